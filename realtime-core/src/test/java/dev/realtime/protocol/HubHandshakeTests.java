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

package dev.realtime.protocol;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HubHandshake}.
 */
class HubHandshakeTests {

	@Test
	void descriptionHasNoSecrets() {
		MultiValueMap<String, String> secret = new LinkedMultiValueMap<>();
		secret.add("SESSION", "secret");
		HubHandshake handshake = new HubHandshake(URI.create("http://localhost/hubs/chat?id=***"), secret, secret,
				secret, InetSocketAddress.createUnresolved("10.0.0.1", 1), Map.of("token", "secret"));
		assertThat(handshake.toString()).doesNotContain("secret")
			.isEqualTo("HubHandshake[uri=http://localhost/hubs/chat?id=***, remoteAddress=10.0.0.1/<unresolved>:1]");
	}

}
