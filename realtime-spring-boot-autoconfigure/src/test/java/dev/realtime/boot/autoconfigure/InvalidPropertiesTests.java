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

import dev.realtime.boot.diagnostics.Failures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that values which are impossible stop the start, and what is said about them.
 */
class InvalidPropertiesTests {

	@ParameterizedTest
	@ValueSource(strings = { "signalr.keep-alive-interval=0s", "signalr.client-timeout-interval=-1s",
			"signalr.handshake-timeout=0", "signalr.disconnect-timeout=0s", "signalr.poll-timeout=-1s",
			"signalr.maximum-receive-message-size=0B", "signalr.maximum-parallel-invocations-per-client=0",
			"signalr.stream-buffer-capacity=-1", "outbound.max-bytes=0", "outbound.max-messages=0",
			"outbound.send-timeout=0s", "signalr.stateful-reconnect.buffer-size=0B",
			"web-pubsub.maximum-message-size=0B", "web-pubsub.ping-interval=0s", "web-pubsub.client-timeout=-1s",
			"web-pubsub.reliable.buffer-messages=0", "web-pubsub.reliable.buffer-size=0B",
			"web-pubsub.reliable.recovery-timeout=0s", "limits.connections-per-user=0",
			"limits.groups-per-connection=-1", "limits.group-name-length=0", "limits.streams-per-connection=0",
			"limits.invocations-per-connection=0", "rate-limit.messages-per-second=0", "rate-limit.burst=0",
			"rate-limit.bytes-per-second=0B" })
	void notPositive(String property) {
		String key = property.substring(0, property.indexOf('='));
		assertThat(analyze("realtime." + property).getDescription())
			.contains("for configuration property 'realtime." + key + "'")
			.endsWith("It must be greater than zero.");
		assertThat(analyze("realtime.hubs.chat." + property).getDescription())
			.contains("for configuration property 'realtime.hubs.chat." + key + "'")
			.endsWith("It must be greater than zero.");
	}

	@Test
	void unknownVersionOfNegotiation() {
		assertThat(analyze("realtime.signalr.minimum-protocol-version=2").getDescription())
			.contains("for configuration property 'realtime.signalr.minimum-protocol-version'")
			.endsWith("It must be 0 or 1.");
	}

	@Test
	void noConnectionsPerAddress() {
		assertThat(analyze("realtime.limits.connections-per-address=0").getDescription())
			.contains("for configuration property 'realtime.limits.connections-per-address'")
			.endsWith("It must be greater than zero.");
		assertThat(analyze("realtime.hubs.chat.limits.connections-per-address=1").getDescription())
			.contains("'realtime.hubs.chat.limits.connections-per-address'")
			.contains("There is no such key.");
	}

	@Test
	void burstWithoutRate() {
		assertThat(analyze("realtime.hubs.chat.rate-limit.burst=2").getDescription())
			.contains("for configuration property 'realtime.hubs.chat.rate-limit.burst'")
			.endsWith("It has no effect without 'messages-per-second'.");
	}

	@ParameterizedTest
	@CsvSource({ "burst=1, It must be set.", "calls-per-second=0, It must be greater than zero.",
			"calls-per-scond=1, Did you mean 'realtime.hubs.chat.rate-limit.methods.send.calls-per-second'?" })
	void impossibleRateOfAMethod(String property, String complaint) {
		assertThat(analyze("realtime.hubs.chat.rate-limit.methods.send." + property).getDescription())
			.contains("'realtime.hubs.chat.rate-limit.methods.send.")
			.endsWith(complaint);
	}

	@Test
	void noConnections() {
		assertThat(analyze("realtime.max-connections=0").getDescription())
			.contains("for configuration property 'realtime.max-connections'")
			.endsWith("It must be greater than zero.");
	}

	@Test
	void negativeMinimumOfCompression() {
		assertThat(analyze("realtime.hubs.chat.compression.min-message-size=-1B").getDescription())
			.contains("for configuration property 'realtime.hubs.chat.compression.min-message-size'")
			.endsWith("It must not be negative, and less than 2GB.");
	}

	@Test
	void negativeApplicationBuffer() {
		assertThat(analyze("realtime.hubs.chat.signalr.application-max-buffer-size=-1B").getDescription())
			.contains("for configuration property 'realtime.hubs.chat.signalr.application-max-buffer-size'")
			.endsWith("It must not be negative, and less than 2GB.");
	}

	@Test
	void noTimeToClose() {
		assertThat(analyze("realtime.signalr.close-timeout=0").getDescription())
			.contains("for configuration property 'realtime.signalr.close-timeout'")
			.endsWith("It must be greater than zero.");
	}

	@Test
	void negativeShutdownTimeout() {
		assertThat(analyze("realtime.shutdown.timeout=-1s").getDescription()).contains("realtime.shutdown.timeout")
			.endsWith("It must not be negative.");
	}

	@Test
	void sizeBeyondInteger() {
		assertThat(analyze("realtime.signalr.maximum-receive-message-size=3GB").getDescription())
			.contains("realtime.signalr.maximum-receive-message-size")
			.endsWith("It must be less than 2GB.");
	}

	@Test
	void impossibleTimeouts() {
		FailureAnalysis analysis = analyze("realtime.signalr.client-timeout-interval=10s");
		assertThat(analysis.getDescription())
			.startsWith("Invalid value '10s' for configuration property 'realtime.signalr.client-timeout-interval'")
			.contains("The client timeout interval (10s) must be greater than the keep-alive interval (15s)");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			realtime.signalr.keep-alive-interval=30s             | realtime.signalr.keep-alive-interval
			realtime.hubs.chat.signalr.keep-alive-interval=40s   | realtime.hubs.chat.signalr.keep-alive-interval
			realtime.hubs.chat.signalr.client-timeout-interval=5s| realtime.hubs.chat.signalr.client-timeout-interval
			realtime.web-pubsub.ping-interval=60s                | realtime.web-pubsub.ping-interval
			realtime.hubs.chat.web-pubsub.client-timeout=5s      | realtime.hubs.chat.web-pubsub.client-timeout
			""")
	void impossibleTimeoutsNameTheKeyThatIsSet(String property, String key) {
		assertThat(analyze(property).getDescription()).contains("configuration property '" + key + "'");
	}

	@Test
	void unknownProtocol() {
		assertThat(analyze("realtime.signalr.protocols=jsonp").getDescription())
			.contains("'realtime.signalr.protocols'")
			.endsWith("There is no protocol named 'jsonp'. Choose from: json, messagepack.");
		assertThat(analyze("realtime.hubs.chat.signalr.protocols=json,xml").getDescription())
			.contains("'realtime.hubs.chat.signalr.protocols'")
			.endsWith("There is no protocol named 'xml'. Choose from: json, messagepack.");
	}

	@Test
	void noProtocol() {
		assertThat(analyze("realtime.signalr.protocols=").getDescription()).contains("'realtime.signalr.protocols'")
			.endsWith("It must not be empty. Leave it out for all there are.");
	}

	@Test
	void unknownTransport() {
		FailureAnalysis analysis = analyze("realtime.hubs.chat.signalr.transports=forever-frame");
		assertThat(analysis.getDescription()).contains("realtime.hubs.chat.signalr.transports")
			.contains("forever-frame");
		assertThat(analysis.getAction()).contains("WEB_SOCKETS");
	}

	@Test
	void unknownOverflowStrategy() {
		FailureAnalysis analysis = analyze("realtime.outbound.overflow=block");
		assertThat(analysis.getDescription()).contains("realtime.outbound.overflow").contains("block");
		assertThat(analysis.getAction()).contains("DROP_OLDEST");
	}

	@ParameterizedTest
	@CsvSource({ "realtime.signalr.path,hubs", "realtime.hubs.chat.path,/chat/", "realtime.hubs.chat.path,/chat/*" })
	void impossiblePath(String key, String path) {
		assertThat(analyze(key + "=" + path).getDescription()).contains("'" + key + "'").contains("The path must");
	}

	@Test
	void emptyMessageTarget() {
		assertThat(analyze("realtime.signalr.message-target=").getDescription())
			.contains("'realtime.signalr.message-target'")
			.endsWith("It must not be empty.");
	}

	@Test
	void credentialsForAllOrigins() {
		WebApplicationContextRunner runner = RealtimeContextRunner.create();
		assertThat(analyze(runner, "realtime.cors.allowed-origins=*", "realtime.cors.allow-credentials=true")
			.getDescription()).contains("'realtime.cors.allow-credentials'")
			.contains("Credentials cannot be allowed for all origins.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			realtime.signalr.keep-alive              | realtime.signalr.keep-alive-interval
			realtime.outbound.sent-timeout           | realtime.outbound.send-timeout
			realtime.shutdown.timeouts               | realtime.shutdown.timeout
			realtime.cors.allowed-origin             | realtime.cors.allowed-origins
			realtime.hubs.chat.paht                  | realtime.hubs.chat.path
			realtime.hubs.chat.signalr.protocol      | realtime.hubs.chat.signalr.protocols
			realtime.hubs.chat.outbound.max-byte     | realtime.hubs.chat.outbound.max-bytes
			realtime.web-pubsub.public-endpoint      | realtime.web-pubsub.public-endpoints
			realtime.hubs.chat.web-pubsub.ping-inter | realtime.hubs.chat.web-pubsub.ping-interval
			realtime.webhooks.timeouts               | realtime.webhooks.timeout
			""")
	void mistypedKey(String key, String known) {
		assertThat(analyze(key + "=1").getDescription()).contains("'" + key + "'")
			.endsWith("There is no such key. Did you mean '" + known + "'?");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			event-handlers[0].url-tmplate    | event-handlers[0].url-template
			event-listeners[0].system-event  | event-listeners[0].system-events
			event-handlers[0].auth.barer-token | event-handlers[0].auth.bearer-token
			event-handler[1].url-template    | event-handlers[1].url-template
			""")
	void mistypedKeyOfAWebhookWhoseValueMayBeASecret(String key, String known) {
		FailureAnalysis analysis = analyze("realtime.hubs.chat." + key + "=secret",
				"realtime.hubs.chat.event-handlers[0].user-event-pattern=*",
				"realtime.hubs.chat.event-listeners[0].user-event-pattern=*");
		assertThat(analysis.getDescription()).isEqualTo(
				"There is no configuration property 'realtime.hubs.chat.%s'. Did you mean 'realtime.hubs.chat.%s'?",
				key, known);
	}

	@Test
	void keyThatIsSimilarToNone() {
		assertThat(analyze("realtime.shutdown.qwertyuiop=1").getDescription()).endsWith("There is no such key.");
	}

	@Test
	void otherKeysBelowTheRootAreNotOurs() {
		RealtimeContextRunner.create()
			.withPropertyValues("realtime.something=else", "realtime.of-the.application=x")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void negativeCorsMaxAge() {
		assertThat(analyze(RealtimeContextRunner.create(), "realtime.cors.max-age=-1").getDescription())
			.contains("'realtime.cors.max-age'")
			.endsWith("It must not be negative.");
	}

	private static FailureAnalysis analyze(String... properties) {
		return analyze(RealtimeContextRunner.createWithoutWeb(), properties);
	}

	private static FailureAnalysis analyze(WebApplicationContextRunner runner, String... properties) {
		FailureAnalysis[] analysis = new FailureAnalysis[1];
		StandardEnvironment[] environment = new StandardEnvironment[1];
		runner.withPropertyValues(properties)
			.withInitializer((context) -> environment[0] = (StandardEnvironment) context.getEnvironment())
			.run((context) -> analysis[0] = Failures.analyze(context.getStartupFailure(), environment[0]));
		return analysis[0];
	}

}
