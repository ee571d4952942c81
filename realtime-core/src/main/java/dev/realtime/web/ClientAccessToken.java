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

package dev.realtime.web;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a valid access token says about a client of Web PubSub.
 *
 * @param userId the id of the user, or {@code null} if the client is anonymous
 * @param roles the permissions the client starts with
 * @param groups the groups the client is in from the beginning
 * @param claims all claims by their names, whatever they mean, each value as text
 * @since 0.1.0
 * @see AccessTokens#verifyClient
 */
public record ClientAccessToken(@Nullable String userId, List<String> roles, List<String> groups,
		Map<String, List<String>> claims) {

	private static final String SUBJECT = "sub";

	// what SDKs for .NET make of the subject unless they are told not to
	private static final String NAME_IDENTIFIER = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier";

	static final String ROLE = "role";

	static final String GROUP = "webpubsub.group";

	public ClientAccessToken {
		roles = List.copyOf(roles);
		groups = List.copyOf(groups);
		claims = Map.copyOf(claims);
	}

	static ClientAccessToken of(Map<String, List<String>> claims) {
		String userId = first(claims, SUBJECT);
		return new ClientAccessToken((userId != null) ? userId : first(claims, NAME_IDENTIFIER), values(claims, ROLE),
				values(claims, GROUP), claims);
	}

	private static @Nullable String first(Map<String, List<String>> claims, String name) {
		return values(claims, name).stream().findFirst().filter((value) -> !value.isEmpty()).orElse(null);
	}

	private static List<String> values(Map<String, List<String>> claims, String name) {
		return claims.getOrDefault(name, List.of());
	}

	/**
	 * Return whose token it is, without the claims.
	 */
	@Override
	public String toString() {
		return "ClientAccessToken[userId=" + this.userId + ", roles=" + this.roles + ", groups=" + this.groups + "]";
	}

}
