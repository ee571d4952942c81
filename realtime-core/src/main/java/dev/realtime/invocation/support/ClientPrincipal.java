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

package dev.realtime.invocation.support;

import java.security.Principal;
import java.util.Set;

import org.springframework.util.Assert;

/**
 * The user of a Web PubSub client, known by its access token and what handlers of the
 * connect event have made of it.
 *
 * @param name the id of the user
 * @param roles the roles
 * @since 0.1.0
 */
public record ClientPrincipal(String name, Set<String> roles) implements Principal {

	public ClientPrincipal {
		Assert.hasText(name, "'name' must not be empty");
		roles = Set.copyOf(roles);
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public String toString() {
		return "ClientPrincipal[" + this.name + "]";
	}

}
