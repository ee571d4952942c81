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

package dev.realtime.boot.autoconfigure;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.realtime.hub.ClientLimits;
import dev.realtime.hub.HubOptions;
import dev.realtime.hub.HubRegistry;
import dev.realtime.hub.RateLimit;
import dev.realtime.hub.WebPubSubOptions.EventFailure;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.protocol.OverflowStrategy;
import dev.realtime.protocol.TransportType;
import dev.realtime.protocol.WebSocketCompression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that each property reaches its option, for all hubs and for one.
 */
class RealtimePropertiesTests {

	private final WebApplicationContextRunner runner = RealtimeContextRunner.createWithoutWeb();

	@Test
	void defaultsAreThoseOfTheOptions() {
		this.runner.run((context) -> assertThat(context.getBean(HubRegistry.class).hub("chat").options())
			.isEqualTo(HubOptions.at("/hubs/chat")));
	}

	@ParameterizedTest
	@MethodSource("keys")
	void propertyOfAllHubs(String key, String value, Function<HubOptions, Object> option, Object expected) {
		this.runner.withPropertyValues("realtime." + key + "=" + value)
			.run((context) -> assertThat(options(context.getBean(HubRegistry.class), "chat", option))
				.isEqualTo(expected));
	}

	@ParameterizedTest
	@MethodSource("keys")
	void propertyOfOneHub(String key, String value, Function<HubOptions, Object> option, Object expected) {
		this.runner.withPropertyValues("realtime.hubs.chat." + key + "=" + value).run((context) -> {
			HubRegistry registry = context.getBean(HubRegistry.class);
			assertThat(options(registry, "chat", option)).isEqualTo(expected);
			assertThat(options(registry, "other", option)).isEqualTo(option.apply(HubOptions.at("/hubs/other")));
		});
	}

	@ParameterizedTest
	@MethodSource("keys")
	void hubInheritsWhatItDoesNotSet(String key, String value, Function<HubOptions, Object> option, Object expected) {
		this.runner.withPropertyValues("realtime." + key + "=" + value, "realtime.hubs.chat.path=/chat")
			.run((context) -> assertThat(options(context.getBean(HubRegistry.class), "chat", option))
				.isEqualTo(expected));
	}

	static Stream<Object[]> keys() {
		return Stream.of(key("signalr.keep-alive-interval", "5s", HubOptions::keepAliveInterval, Duration.ofSeconds(5)),
				key("signalr.client-timeout-interval", "1m", HubOptions::clientTimeoutInterval, Duration.ofMinutes(1)),
				key("signalr.handshake-timeout", "3s", HubOptions::handshakeTimeout, Duration.ofSeconds(3)),
				key("signalr.disconnect-timeout", "4s", HubOptions::disconnectTimeout, Duration.ofSeconds(4)),
				key("signalr.poll-timeout", "20s", HubOptions::pollTimeout, Duration.ofSeconds(20)),
				key("signalr.minimum-protocol-version", "1", HubOptions::minimumProtocolVersion, 1),
				key("signalr.maximum-receive-message-size", "64KB", HubOptions::maximumReceiveMessageSize, 65536),
				key("signalr.maximum-parallel-invocations-per-client", "4",
						HubOptions::maximumParallelInvocationsPerClient, 4),
				key("signalr.application-max-buffer-size", "0", HubOptions::applicationMaxBufferSize, 0),
				key("signalr.close-timeout", "7s", (options) -> options.webSockets().closeTimeout(),
						Duration.ofSeconds(7)),
				key("detailed-errors", "true", HubOptions::detailedErrors, true),
				key("signalr.stream-buffer-capacity", "20", HubOptions::streamBufferCapacity, 20),
				key("signalr.transports", "web-sockets,LongPolling", HubOptions::transports,
						Set.of(TransportType.WEB_SOCKETS, TransportType.LONG_POLLING)),
				key("signalr.protocols", "json", HubOptions::protocols, Set.of("json")),
				key("signalr.message-target", "data", HubOptions::messageTarget, "data"),
				key("signalr.close-on-authentication-expiration", "true", HubOptions::closeOnAuthenticationExpiration,
						true),
				key("outbound.max-bytes", "2MB", (options) -> options.outbound().maxBytes(), 2 * 1024 * 1024L),
				key("outbound.max-messages", "100", (options) -> options.outbound().maxMessages(), 100),
				key("outbound.send-timeout", "2s", (options) -> options.outbound().sendTimeout(),
						Duration.ofSeconds(2)),
				key("outbound.overflow", "drop-oldest", (options) -> options.outbound().overflow(),
						OverflowStrategy.DROP_OLDEST),
				key("signalr.stateful-reconnect.enabled", "false", HubOptions::statefulReconnectBufferSize, 0),
				key("signalr.stateful-reconnect.buffer-size", "1MB", HubOptions::statefulReconnectBufferSize,
						1024 * 1024),
				key("limits.connections-per-user", "3", (options) -> options.limits().connectionsPerUser(), 3),
				key("limits.groups-per-connection", "4", (options) -> options.limits().groupsPerConnection(), 4),
				key("limits.group-name-length", "5", (options) -> options.limits().groupNameLength(), 5),
				key("limits.streams-per-connection", "6", (options) -> options.limits().streamsPerConnection(), 6),
				key("limits.invocations-per-connection", "7", (options) -> options.limits().invocationsPerConnection(),
						7),
				key("rate-limit.messages-per-second", "2.5", (options) -> options.limits().messages(),
						new RateLimit(2.5, 3)),
				key("rate-limit.bytes-per-second", "10KB", (options) -> options.limits().bytesPerSecond(), 10240L),
				key("compression.enabled", "true", HubOptions::compression, WebSocketCompression.DEFAULT),
				key("web-pubsub.allow-anonymous", "true", (options) -> options.webPubSub().allowAnonymous(), true),
				key("web-pubsub.maximum-message-size", "2KB", (options) -> options.webPubSub().maximumMessageSize(),
						2048),
				key("web-pubsub.ping-interval", "5s", (options) -> options.webPubSub().pingInterval(),
						Duration.ofSeconds(5)),
				key("web-pubsub.client-timeout", "90s", (options) -> options.webPubSub().clientTimeout(),
						Duration.ofSeconds(90)),
				key("web-pubsub.event-failure", "close", (options) -> options.webPubSub().eventFailure(),
						EventFailure.CLOSE),
				key("web-pubsub.reliable.buffer-messages", "10",
						(options) -> options.webPubSub().reliableBufferMessages(), 10),
				key("web-pubsub.reliable.buffer-size", "1KB", (options) -> options.webPubSub().reliableBufferBytes(),
						1024L),
				key("web-pubsub.reliable.recovery-timeout", "1m", (options) -> options.webPubSub().recoveryTimeout(),
						Duration.ofMinutes(1)));
	}

	private static Object[] key(String key, String value, Function<HubOptions, Object> option, Object expected) {
		return new Object[] { key, value, option, expected };
	}

	@Test
	void rateOfOneHub() {
		this.runner.withBean(ChatController.class)
			.withPropertyValues("realtime.rate-limit.messages-per-second=10", "realtime.rate-limit.burst=30",
					"realtime.rate-limit.bytes-per-second=1KB", "realtime.hubs.chat.rate-limit.messages-per-second=5",
					"realtime.hubs.news.rate-limit.burst=7",
					"realtime.hubs.chat.rate-limit.methods.sendAll.calls-per-second=0.5",
					"realtime.hubs.chat.rate-limit.methods.join.calls-per-second=3",
					"realtime.hubs.chat.rate-limit.methods.join.burst=9")
			.run((context) -> {
				HubRegistry registry = context.getBean(HubRegistry.class);
				ClientLimits limits = registry.hub("chat").options().limits();
				assertThat(limits.messages()).isEqualTo(new RateLimit(5, 5));
				assertThat(limits.bytesPerSecond()).isEqualTo(1024);
				assertThat(limits.methods()).containsOnly(Map.entry("sendAll", new RateLimit(0.5, 1)),
						Map.entry("join", new RateLimit(3, 9)));
				assertThat(registry.hub("news").options().limits().messages()).isEqualTo(new RateLimit(10, 7));
				assertThat(registry.hub("other").options().limits().messages()).isEqualTo(new RateLimit(10, 30));
			});
	}

	@Test
	void hubOverridesWhatIsSetForAll() {
		this.runner
			.withPropertyValues("realtime.outbound.max-messages=10", "realtime.outbound.max-bytes=10KB",
					"realtime.hubs.chat.outbound.max-messages=20")
			.run((context) -> {
				HubOptions options = context.getBean(HubRegistry.class).hub("chat").options();
				assertThat(options.outbound().maxMessages()).isEqualTo(20);
				assertThat(options.outbound().maxBytes()).isEqualTo(10240);
			});
	}

	@Test
	void compressionOfOneHub() {
		this.runner
			.withPropertyValues("realtime.compression.min-message-size=2KB",
					"realtime.hubs.chat.compression.enabled=true", "realtime.hubs.chat.compression.min-message-size=0B")
			.run((context) -> {
				HubRegistry registry = context.getBean(HubRegistry.class);
				assertThat(registry.hub("chat").options().compression()).isEqualTo(new WebSocketCompression(0));
				assertThat(registry.hub("other").options().compression()).isNull();
			});
	}

	@Test
	void detailedErrorsOfAllHubsButOne() {
		this.runner.withPropertyValues("realtime.detailed-errors=true", "realtime.hubs.chat.detailed-errors=false")
			.run((context) -> {
				HubRegistry registry = context.getBean(HubRegistry.class);
				assertThat(registry.hub("chat").options().detailedErrors()).isFalse();
				assertThat(registry.hub("other").options().detailedErrors()).isTrue();
			});
	}

	@Test
	void maximumReceiveMessageSizeMayBeAsLargeAsMessagesCanBe() {
		this.runner.withPropertyValues("realtime.signalr.maximum-receive-message-size=2147483647B")
			.run((context) -> assertThat(
					options(context.getBean(HubRegistry.class), "chat", HubOptions::maximumReceiveMessageSize))
				.isEqualTo(Integer.MAX_VALUE));
	}

	@Test
	void basePath() {
		this.runner.withPropertyValues("realtime.signalr.path=/live")
			.run((context) -> assertThat(options(context.getBean(HubRegistry.class), "chat", HubOptions::path))
				.isEqualTo("/live/chat"));
	}

	@Test
	void basePathMayBeTheRoot() {
		this.runner.withPropertyValues("realtime.signalr.path=/")
			.run((context) -> assertThat(options(context.getBean(HubRegistry.class), "chat", HubOptions::path))
				.isEqualTo("/chat"));
	}

	@Test
	void pathOfHub() {
		this.runner.withPropertyValues("realtime.hubs.chat.path=/talk")
			.run((context) -> assertThat(options(context.getBean(HubRegistry.class), "chat", HubOptions::path))
				.isEqualTo("/talk"));
	}

	@Test
	void pathOfHubWhoseNameCannotBePartOfOne() {
		this.runner.withPropertyValues("realtime.hubs[the room].path=/room")
			.run((context) -> assertThat(options(context.getBean(HubRegistry.class), "the room", HubOptions::path))
				.isEqualTo("/room"));
	}

	@Test
	void namesOfHubsCompareWithoutCase() {
		this.runner.withPropertyValues("realtime.hubs.chatRoom.path=/talk")
			.run((context) -> assertThat(options(context.getBean(HubRegistry.class), "ChatRoom", HubOptions::path))
				.isEqualTo("/talk"));
	}

	@Test
	void environmentVariables() {
		this.runner.withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("systemEnvironment",
					Map.of("REALTIME_SIGNALR_MESSAGETARGET", "data", "REALTIME_HUBS_CHAT_PATH", "/talk",
							"REALTIME_HUBS_CHAT_SIGNALR_HANDSHAKETIMEOUT", "4s", "REALTIME_SIGNALR_SOMETHING",
							"else"))))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				HubOptions options = context.getBean(HubRegistry.class).hub("chat").options();
				assertThat(options.messageTarget()).isEqualTo("data");
				assertThat(options.path()).isEqualTo("/talk");
				assertThat(options.handshakeTimeout()).isEqualTo(Duration.ofSeconds(4));
			});
	}

	private static Object options(HubRegistry registry, String hub, Function<HubOptions, Object> option) {
		return option.apply(registry.hub(hub).options());
	}

	@HubController("chat")
	static class ChatController {

		@HubMethod
		void sendAll() {
		}

		@HubMethod
		void join() {
		}

	}

}
