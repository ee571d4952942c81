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

import dev.realtime.protocol.TransportType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link HubRegistry} and {@link HubRegistration}.
 */
class HubRegistryTests {

	private final HubRegistry registry = new HubRegistry((name) -> HubOptions.at("/hubs/" + name));

	@Test
	void hubStartsWithTheDefaults() {
		assertThat(this.registry.hub("chat").name()).isEqualTo("chat");
		assertThat(this.registry.hub("chat").options()).isEqualTo(HubOptions.at("/hubs/chat"));
		assertThat(this.registry.hub("chat").filters()).isEmpty();
	}

	@Test
	void hubsCompareWithoutCase() {
		HubRegistration registration = this.registry.hub("Chat");
		assertThat(this.registry.hub("chat")).isSameAs(registration);
		assertThat(registration.name()).isEqualTo("Chat");
	}

	@Test
	void registrationsAreSortedAndUnmodifiable() {
		this.registry.hub("quotes");
		this.registry.hub("Chat");
		assertThat(this.registry.registrations()).extracting(HubRegistration::name).containsExactly("Chat", "quotes");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(this.registry.registrations()::clear);
	}

	@Test
	void nameMustNotBeEmpty() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.registry.hub(""))
			.withMessage("'name' must not be empty");
	}

	@Test
	void registrationSetsOptions() {
		HubOptions options = this.registry.hub("chat")
			.path("/chat")
			.transports(TransportType.WEB_SOCKETS)
			.protocols("json")
			.options((builder) -> builder.streamBufferCapacity(3).detailedErrors(true))
			.options();
		assertThat(options).isEqualTo(HubOptions.builder("/chat")
			.transports(TransportType.WEB_SOCKETS)
			.protocols("json")
			.streamBufferCapacity(3)
			.detailedErrors(true)
			.build());
	}

	@Test
	void filtersKeepTheirOrder() {
		HubFilter first = new HubFilter() {
		};
		HubFilter second = new HubFilter() {
		};
		HubRegistration registration = this.registry.hub("chat").addFilter(first).addFilter(second);
		assertThat(registration.filters()).containsExactly(first, second);
	}

	@Test
	void configurerMayDoNothing() {
		new HubConfigurer() {
		}.configureHubs(this.registry);
		assertThat(this.registry.registrations()).isEmpty();
	}

}
