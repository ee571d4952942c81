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

import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ClientLimits} and {@link RateLimit}.
 */
class ClientLimitsTests {

	@Test
	void nothingIsLimitedByDefault() {
		assertThat(ClientLimits.NONE).isEqualTo(new ClientLimits(0, 0, 0, 0, 0, null, 0, Map.of()));
		assertThat(ClientLimits.NONE.hasRates()).isFalse();
	}

	@Test
	void builderSetsEverything() {
		ClientLimits limits = ClientLimits.builder()
			.connectionsPerUser(1)
			.groupsPerConnection(2)
			.groupNameLength(3)
			.streamsPerConnection(4)
			.invocationsPerConnection(5)
			.messages(new RateLimit(6, 7))
			.bytesPerSecond(8)
			.method("Send", new RateLimit(0.5, 1))
			.build();
		assertThat(limits)
			.isEqualTo(new ClientLimits(1, 2, 3, 4, 5, new RateLimit(6, 7), 8, Map.of("Send", new RateLimit(0.5, 1))));
		assertThat(limits.toBuilder().build()).isEqualTo(limits);
		assertThat(limits.hasRates()).isTrue();
	}

	@Test
	void bytesAloneAreARate() {
		assertThat(ClientLimits.builder().bytesPerSecond(1).build().hasRates()).isTrue();
	}

	@Test
	void namesOfMethodsCompareWithoutCase() {
		ClientLimits limits = ClientLimits.builder().method("send", RateLimit.perSecond(3)).build();
		assertThat(limits.methods().get("SEND")).isEqualTo(new RateLimit(3, 3));
	}

	@Test
	void burstIsWhatMayHappenWithinASecondByDefault() {
		assertThat(RateLimit.perSecond(2.5)).isEqualTo(new RateLimit(2.5, 3));
		assertThat(RateLimit.perSecond(0.1)).isEqualTo(new RateLimit(0.1, 1));
		assertThat(RateLimit.perSecond(1e12).burst()).isEqualTo(Integer.MAX_VALUE);
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0, -1, Double.NaN, Double.POSITIVE_INFINITY })
	void rateHasToBePositive(double perSecond) {
		assertThatIllegalArgumentException().isThrownBy(() -> new RateLimit(perSecond, 1));
	}

	@Test
	void burstHasToBePositive() {
		assertThatIllegalArgumentException().isThrownBy(() -> new RateLimit(1, 0));
	}

	@Test
	void numbersMustNotBeNegative() {
		refuses((limits) -> limits.connectionsPerUser(-1));
		refuses((limits) -> limits.groupsPerConnection(-1));
		refuses((limits) -> limits.groupNameLength(-1));
		refuses((limits) -> limits.streamsPerConnection(-1));
		refuses((limits) -> limits.invocationsPerConnection(-1));
		refuses((limits) -> limits.bytesPerSecond(-1));
	}

	private static void refuses(Consumer<ClientLimits.Builder> setting) {
		ClientLimits.Builder builder = ClientLimits.builder();
		setting.accept(builder);
		assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageEndingWith("must not be negative");
	}

}
