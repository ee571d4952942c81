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
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.realtime.protocol.OutboundLimits;
import dev.realtime.protocol.OverflowStrategy;
import dev.realtime.protocol.SubProtocolSelector;
import dev.realtime.protocol.TransportType;
import dev.realtime.protocol.WebSocketCompression;
import dev.realtime.protocol.WebSocketOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link HubOptions}.
 */
class HubOptionsTests {

	@Test
	void defaultsAreThoseOfTheProtocol() {
		HubOptions options = HubOptions.at("/hubs/chat");
		assertThat(options.path()).isEqualTo("/hubs/chat");
		assertThat(options.transports()).containsExactly(TransportType.values());
		assertThat(options.protocols()).isNull();
		assertThat(options.keepAliveInterval()).isEqualTo(Duration.ofSeconds(15));
		assertThat(options.clientTimeoutInterval()).isEqualTo(Duration.ofSeconds(30));
		assertThat(options.handshakeTimeout()).isEqualTo(Duration.ofSeconds(15));
		assertThat(options.disconnectTimeout()).isEqualTo(Duration.ofSeconds(15));
		assertThat(options.pollTimeout()).isEqualTo(Duration.ofSeconds(90));
		assertThat(options.maximumReceiveMessageSize()).isEqualTo(32768);
		assertThat(options.maximumParallelInvocationsPerClient()).isOne();
		assertThat(options.streamBufferCapacity()).isEqualTo(10);
		assertThat(options.messageTarget()).isEqualTo("message");
		assertThat(options.detailedErrors()).isFalse();
		assertThat(options.closeOnAuthenticationExpiration()).isFalse();
		assertThat(options.outbound()).isEqualTo(OutboundLimits.DEFAULT);
		assertThat(options.webPubSub()).isEqualTo(WebPubSubOptions.DEFAULT);
		assertThat(options.limits()).isEqualTo(ClientLimits.NONE);
	}

	@Test
	void builderSetsEverything() {
		OutboundLimits outbound = new OutboundLimits(1, 2, Duration.ofSeconds(3), OverflowStrategy.TERMINATE);
		SubProtocolSelector selector = (requested) -> null;
		WebPubSubOptions webPubSub = WebPubSubOptions.builder().allowAnonymous(true).build();
		ClientLimits limits = ClientLimits.builder().connectionsPerUser(12).build();
		HubOptions options = HubOptions.builder("/hubs/chat")
			.path("/chat")
			.transports(TransportType.LONG_POLLING)
			.protocols("messagepack", "json")
			.keepAliveInterval(Duration.ofSeconds(1))
			.minimumProtocolVersion(1)
			.clientTimeoutInterval(Duration.ofSeconds(2))
			.handshakeTimeout(Duration.ofSeconds(3))
			.disconnectTimeout(Duration.ofSeconds(4))
			.pollTimeout(Duration.ofSeconds(5))
			.maximumReceiveMessageSize(6)
			.applicationMaxBufferSize(10)
			.maximumParallelInvocationsPerClient(7)
			.streamBufferCapacity(8)
			.statefulReconnectBufferSize(9)
			.messageTarget("data")
			.detailedErrors(true)
			.closeOnAuthenticationExpiration(true)
			.outbound(outbound)
			.compression(WebSocketCompression.DEFAULT)
			.closeTimeout(Duration.ofSeconds(11))
			.subProtocolSelector(selector)
			.webPubSub(webPubSub)
			.limits(limits)
			.build();
		assertThat(options).isEqualTo(new HubOptions("/chat", Set.of(TransportType.LONG_POLLING),
				Set.of("json", "messagepack"), 1, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3),
				Duration.ofSeconds(4), Duration.ofSeconds(5), 6, 10, 7, 8, 9, "data", true, true, outbound,
				new WebSocketOptions(WebSocketCompression.DEFAULT, Duration.ofSeconds(11), selector), webPubSub,
				limits));
		assertThat(options.protocols()).containsExactly("messagepack", "json");
		assertThat(options.toBuilder().build()).isEqualTo(options);
	}

	@Test
	void protocolsCanBeAllAgain() {
		HubOptions options = HubOptions.builder("/chat").protocols("json").build();
		assertThat(options.toBuilder().protocols((List<String>) null).build().protocols()).isNull();
	}

	@Test
	void setsAreCopiedAndUnmodifiable() {
		Set<TransportType> transports = EnumSet.allOf(TransportType.class);
		HubOptions options = HubOptions.builder("/chat").transports(transports).protocols("json").build();
		transports.clear();
		assertThat(options.transports()).hasSize(3);
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(options.transports()::clear);
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(options.protocols()::clear);
	}

	@ParameterizedTest
	@MethodSource
	void invalidValuesAreRejected(String message, Consumer<HubOptions.Builder> customizer) {
		HubOptions.Builder builder = HubOptions.builder("/chat");
		customizer.accept(builder);
		assertThatIllegalArgumentException().isThrownBy(builder::build).withMessage(message);
	}

	static Stream<Arguments> invalidValuesAreRejected() {
		return Stream.of(invalid("'path' must not be empty", (builder) -> builder.path("")),
				invalid("'path' must start with '/'", (builder) -> builder.path("chat")),
				invalid("'path' must not be '/'", (builder) -> builder.path("/")),
				invalid("'path' must not end with '/'", (builder) -> builder.path("/chat/")),
				invalid("'path' must not contain '//'", (builder) -> builder.path("/a//b")),
				invalid("'path' must not contain whitespace, wildcards, variables, a query or a fragment",
						(builder) -> builder.path("/hubs/{hub}")),
				invalid("'transports' must not be empty", (builder) -> builder.transports()),
				invalid("'protocols' must be null or not empty", (builder) -> builder.protocols()),
				invalid("'protocols' must not contain empty names", (builder) -> builder.protocols("")),
				invalid("'keepAliveInterval' must be positive", (builder) -> builder.keepAliveInterval(Duration.ZERO)),
				invalid("'clientTimeoutInterval' must be positive",
						(builder) -> builder.clientTimeoutInterval(Duration.ofSeconds(-1))),
				invalid("'handshakeTimeout' must not be null", (builder) -> builder.handshakeTimeout(null)),
				invalid("'disconnectTimeout' must be positive", (builder) -> builder.disconnectTimeout(Duration.ZERO)),
				invalid("'pollTimeout' must be positive", (builder) -> builder.pollTimeout(Duration.ZERO)),
				invalid("'maximumReceiveMessageSize' must be positive",
						(builder) -> builder.maximumReceiveMessageSize(0)),
				invalid("'applicationMaxBufferSize' must not be negative",
						(builder) -> builder.applicationMaxBufferSize(-1)),
				invalid("'closeTimeout' must be positive", (builder) -> builder.closeTimeout(Duration.ZERO)),
				invalid("'maximumParallelInvocationsPerClient' must be positive",
						(builder) -> builder.maximumParallelInvocationsPerClient(0)),
				invalid("'streamBufferCapacity' must be positive", (builder) -> builder.streamBufferCapacity(0)),
				invalid("'messageTarget' must not be empty", (builder) -> builder.messageTarget(" ")),
				invalid("'outbound' must not be null", (builder) -> builder.outbound(null)),
				invalid("'webPubSub' must not be null", (builder) -> builder.webPubSub(null)));
	}

	private static Arguments invalid(String message, Consumer<HubOptions.Builder> customizer) {
		return Arguments.of(message, customizer);
	}

}
