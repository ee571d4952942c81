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
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Strategy to find out until when the authentication of a user is valid, for hubs that
 * close connections then.
 *
 * @since 0.1.0
 * @see HubOptions#closeOnAuthenticationExpiration()
 */
@FunctionalInterface
public interface AuthenticationExpiry {

	/**
	 * Return when an authentication expires. Called once per principal of a connection,
	 * on the thread of the heartbeat; must not block.
	 * @param principal who the client is
	 * @return the point in time, or {@code null} if it is not known or there is none
	 */
	@Nullable Instant expiresAt(Principal principal);

}
