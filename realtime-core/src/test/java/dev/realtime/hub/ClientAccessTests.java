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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.realtime.hub.ClientAccessIssuer.Grant;
import dev.realtime.hub.ClientAccessIssuer.Issued;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ClientAccess}.
 */
class ClientAccessTests {

	private final List<Grant> grants = new ArrayList<>();

	private final ClientAccess access = new ClientAccess("chat", (grant) -> {
		this.grants.add(grant);
		return new Issued("wss://example.com/client/hubs/chat", "secret");
	});

	@Test
	void defaults() {
		assertThat(this.access.url()).hasToString("wss://example.com/client/hubs/chat?access_token=secret");
		assertThat(this.grants).containsExactly(new Grant("chat", null, List.of(), List.of(), Duration.ofHours(1)));
	}

	@Test
	void everythingSet() {
		assertThat(
				this.access.userId("ann").roles("a", "b").groups("g", "h").expiresAfter(Duration.ofSeconds(1)).token())
			.isEqualTo("secret");
		assertThat(this.grants)
			.containsExactly(new Grant("chat", "ann", List.of("a", "b"), List.of("g", "h"), Duration.ofSeconds(1)));
	}

	@Test
	void invalidValues() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.access.userId(" "));
		assertThatIllegalArgumentException().isThrownBy(() -> this.access.groups("g", ""));
		assertThatIllegalArgumentException().isThrownBy(() -> this.access.expiresAfter(Duration.ofMillis(999)));
	}

	@Test
	void withoutAccessKey() {
		assertThatIllegalStateException().isThrownBy(() -> new ClientAccess("chat", ClientAccessIssuer.none()).token())
			.withMessageContaining("realtime.web-pubsub.access-key");
	}

	@Test
	void tokenIsNotShown() {
		assertThat(new Issued("ws://localhost", "secret").toString()).isEqualTo("Issued[url=ws://localhost]");
	}

}
