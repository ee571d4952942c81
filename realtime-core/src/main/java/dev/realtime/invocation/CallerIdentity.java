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

import java.security.Principal;
import java.time.Instant;

import dev.realtime.connection.ClientConnection;
import dev.realtime.invocation.support.CallerScope;
import dev.realtime.invocation.support.CallerSecurity;
import org.jspecify.annotations.Nullable;

/**
 * What follows from who the client of a connection is. Worked out again when the client
 * has authenticated again.
 */
final class CallerIdentity {

	private final ClientConnection connection;

	private final IdentitySource source;

	private volatile @Nullable KnownScope known;

	// of the heartbeat alone
	private @Nullable Principal expiringPrincipal;

	// of the heartbeat alone
	private @Nullable Instant expiresAt;

	CallerIdentity(ClientConnection connection, IdentitySource source) {
		this.connection = connection;
		this.source = source;
	}

	/**
	 * Return the scope in which code runs on behalf of the client.
	 * @return the scope, or {@code null} if there is none
	 */
	@Nullable CallerScope scope() {
		CallerSecurity security = this.source.security();
		if (security == null) {
			return null;
		}
		Principal principal = this.connection.principal();
		if (principal == null) {
			return security.scope(null);
		}
		KnownScope known = this.known;
		if (known == null || known.principal() != principal) {
			known = new KnownScope(principal, security.scope(principal));
			this.known = known;
		}
		return known.scope();
	}

	/**
	 * Return whether the authentication has expired. Called by the heartbeat.
	 * @return {@code false} if it has not, or does not expire
	 */
	boolean isExpired() {
		Principal principal = this.connection.principal();
		if (principal != this.expiringPrincipal) {
			this.expiringPrincipal = principal;
			this.expiresAt = (principal != null) ? this.source.authenticationExpiry().expiresAt(principal) : null;
		}
		Instant expiresAt = this.expiresAt;
		return expiresAt != null && !Instant.now().isBefore(expiresAt);
	}

	private record KnownScope(Principal principal, @Nullable CallerScope scope) {

	}

}
