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

import java.net.URI;
import java.util.Map;

import dev.realtime.protocol.HubHandshake;
import org.junit.jupiter.api.Test;

import org.springframework.util.LinkedMultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UserIdProvider}.
 */
class UserIdProviderTests {

	private final HubHandshake handshake = new HubHandshake(URI.create("/hubs/chat"), new LinkedMultiValueMap<>(),
			new LinkedMultiValueMap<>(), new LinkedMultiValueMap<>(), null, Map.of());

	@Test
	void defaultIsTheNameOfThePrincipal() {
		assertThat(UserIdProvider.principalName().userId(() -> "ann", this.handshake)).isEqualTo("ann");
	}

	@Test
	void withoutPrincipalThereIsNoUser() {
		assertThat(UserIdProvider.principalName().userId(null, this.handshake)).isNull();
	}

}
