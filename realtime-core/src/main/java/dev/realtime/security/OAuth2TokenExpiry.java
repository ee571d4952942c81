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

package dev.realtime.security;

import java.security.Principal;
import java.time.Instant;

import dev.realtime.hub.AuthenticationExpiry;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.server.resource.authentication.AbstractOAuth2TokenAuthenticationToken;

/**
 * The {@link AuthenticationExpiry} of OAuth 2 resource servers: an authentication expires
 * with its token, a JWT or an opaque one.
 *
 * @since 0.1.0
 */
public final class OAuth2TokenExpiry implements AuthenticationExpiry {

	@Override
	public @Nullable Instant expiresAt(Principal principal) {
		return (principal instanceof AbstractOAuth2TokenAuthenticationToken<?> authentication)
				? authentication.getToken().getExpiresAt() : null;
	}

}
