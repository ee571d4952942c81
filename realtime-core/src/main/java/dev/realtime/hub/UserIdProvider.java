/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package dev.realtime.hub;

import java.security.Principal;

import dev.realtime.protocol.HubHandshake;
import org.jspecify.annotations.Nullable;

/**
 * Strategy to derive the id of the user a connection belongs to.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface UserIdProvider {

	/**
	 * Return the id of the user.
	 * @param principal the principal of the request, if there is one
	 * @param handshake the request
	 * @return the id, or {@code null} if the connection is anonymous
	 */
	@Nullable String userId(@Nullable Principal principal, HubHandshake handshake);

	/**
	 * Return the default: the name of the principal.
	 * @return a provider that returns {@link Principal#getName()}
	 */
	static UserIdProvider principalName() {
		return (principal, handshake) -> (principal != null) ? principal.getName() : null;
	}

}
