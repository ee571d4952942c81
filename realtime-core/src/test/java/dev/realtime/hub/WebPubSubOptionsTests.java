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
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.realtime.hub.WebPubSubOptions.EventFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link WebPubSubOptions}.
 */
class WebPubSubOptionsTests {

	@Test
	void defaults() {
		assertThat(WebPubSubOptions.DEFAULT).isEqualTo(new WebPubSubOptions(false, 1048576, 1000, 16777216,
				Duration.ofSeconds(30), Duration.ofSeconds(20), Duration.ofSeconds(60), EventFailure.KEEP_OPEN));
	}

	@Test
	void builderSetsEverything() {
		WebPubSubOptions options = WebPubSubOptions.builder()
			.allowAnonymous(true)
			.maximumMessageSize(1)
			.reliableBufferMessages(2)
			.reliableBufferBytes(3)
			.recoveryTimeout(Duration.ofSeconds(4))
			.pingInterval(Duration.ofSeconds(5))
			.clientTimeout(Duration.ofSeconds(6))
			.eventFailure(EventFailure.CLOSE)
			.build();
		assertThat(options).isEqualTo(new WebPubSubOptions(true, 1, 2, 3, Duration.ofSeconds(4), Duration.ofSeconds(5),
				Duration.ofSeconds(6), EventFailure.CLOSE));
		assertThat(options.toBuilder().build()).isEqualTo(options);
	}

	@ParameterizedTest
	@MethodSource
	void invalidValuesAreRejected(String message, Consumer<WebPubSubOptions.Builder> customizer) {
		WebPubSubOptions.Builder builder = WebPubSubOptions.builder();
		customizer.accept(builder);
		assertThatIllegalArgumentException().isThrownBy(builder::build).withMessage(message);
	}

	static Stream<Arguments> invalidValuesAreRejected() {
		return Stream.of(invalid("'maximumMessageSize' must be positive", (builder) -> builder.maximumMessageSize(0)),
				invalid("'reliableBufferMessages' must be positive", (builder) -> builder.reliableBufferMessages(0)),
				invalid("'reliableBufferBytes' must be positive", (builder) -> builder.reliableBufferBytes(-1)),
				invalid("'recoveryTimeout' must be positive", (builder) -> builder.recoveryTimeout(Duration.ZERO)),
				invalid("'pingInterval' must not be null", (builder) -> builder.pingInterval(null)),
				invalid("'clientTimeout' must be positive", (builder) -> builder.clientTimeout(Duration.ofSeconds(-1))),
				invalid("'eventFailure' must not be null", (builder) -> builder.eventFailure(null)));
	}

	private static Arguments invalid(String message, Consumer<WebPubSubOptions.Builder> customizer) {
		return Arguments.of(message, customizer);
	}

}
