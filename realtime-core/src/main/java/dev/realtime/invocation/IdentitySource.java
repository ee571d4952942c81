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

package dev.realtime.invocation;

import dev.realtime.hub.AuthenticationExpiry;
import dev.realtime.invocation.support.CallerSecurity;
import org.jspecify.annotations.Nullable;

/**
 * Knows what follows from who a client is, for connections of one kind.
 *
 * @see CallerIdentity
 */
interface IdentitySource {

	/**
	 * Return what secures code that runs on behalf of clients.
	 * @return the security, or {@code null} if there is none
	 */
	@Nullable CallerSecurity security();

	/**
	 * Return what tells when the authentication of a user expires.
	 * @return the strategy
	 */
	AuthenticationExpiry authenticationExpiry();

}
