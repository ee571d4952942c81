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

package dev.realtime.boot.autoconfigure.servlet;

import dev.realtime.boot.autoconfigure.RealtimeContextRunner;
import dev.realtime.boot.diagnostics.Failures;
import dev.realtime.hub.Hubs;
import dev.realtime.web.AccessKeys;
import dev.realtime.web.AccessTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for the access keys of Web PubSub, and what depends on them.
 */
@ExtendWith(OutputCaptureExtension.class)
class AccessKeyTests {

	private static final String KEY = "a-secret-of-thirty-six-bytes-at-most";

	private static final String PRIMARY = "realtime.web-pubsub.access-key=" + KEY;

	private static final String SECONDARY = "realtime.web-pubsub.secondary-access-key=" + KEY;

	private static final String GENERATE = "realtime.web-pubsub.generate-access-key=true";

	private final WebApplicationContextRunner runner = RealtimeContextRunner.create()
		.withPropertyValues("realtime.hubs.chat.path=/chat");

	@Test
	void nothingWithoutKey() {
		this.runner.run((context) -> {
			assertThat(context).doesNotHaveBean(AccessKeys.class)
				.doesNotHaveBean(AccessTokens.class)
				.doesNotHaveBean("webPubSubRestFilter")
				.doesNotHaveBean("webPubSubTomcatCustomizer")
				.doesNotHaveBean("webPubSubJettyCustomizer");
			assertThatIllegalStateException()
				.isThrownBy(() -> context.getBean(Hubs.class).get("chat").clientAccess().url())
				.withMessageContaining("realtime.web-pubsub.access-key");
		});
	}

	@Test
	void restCanBeTurnedOff() {
		this.runner.withPropertyValues(PRIMARY, "realtime.web-pubsub.rest.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(AccessTokens.class)
				.doesNotHaveBean("webPubSubRestFilter")
				.doesNotHaveBean("webPubSubTomcatCustomizer")
				.doesNotHaveBean("webPubSubJettyCustomizer"));
	}

	@Test
	void clientAccess() {
		this.runner.withPropertyValues(PRIMARY, "realtime.web-pubsub.public-endpoints=https://example.com/")
			.run((context) -> assertThat(
					context.getBean(Hubs.class).get("chat").clientAccess().userId("ann").url().toString())
				.startsWith("wss://example.com/client/hubs/chat?access_token=ey"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			realtime.web-pubsub.access-key=not-long-enough           | realtime.web-pubsub.access-key
			realtime.web-pubsub.access-key=                          | realtime.web-pubsub.access-key
			realtime.web-pubsub.secondary-access-key=not-long-enough | realtime.web-pubsub.secondary-access-key
			""")
	void shortKey(String property, String key) {
		FailureAnalysis analysis = analyze(PRIMARY, property);
		assertThat(analysis.getDescription()).startsWith(key + " is not valid: ")
			.contains("at least 32 bytes")
			.doesNotContain("not-long-enough");
		assertThat(analysis.getAction()).contains("openssl rand");
	}

	@Test
	void keyThatCannotBePartOfConnectionString() {
		assertThat(analyze(PRIMARY + ";more").getDescription()).contains("neither ';' nor control characters")
			.doesNotContain(KEY);
	}

	@Test
	void configuredAndGenerated() {
		FailureAnalysis analysis = analyze(PRIMARY, GENERATE);
		assertThat(analysis.getDescription()).contains("realtime.web-pubsub.access-key")
			.contains("realtime.web-pubsub.generate-access-key")
			.doesNotContain(KEY);
		assertThat(analysis.getAction()).contains("Remove one of them");
		assertThat(analyze(SECONDARY, GENERATE).getDescription()).contains("realtime.web-pubsub.secondary-access-key");
	}

	@Test
	void secondaryKeyAlone() {
		assertThat(analyze(SECONDARY).getDescription())
			.isEqualTo("There is a secondary access key, but no primary one.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "realtime.web-pubsub.acces-key", "realtime.hubs.chat.web-pubsub.access-key",
			"realtime.web-pubsub.keys" })
	void valueOfMistypedKeyIsNotShown(String key) {
		FailureAnalysis analysis = analyze(key + "=" + KEY);
		assertThat(analysis.getDescription()).startsWith("There is no configuration property '" + key + "'.")
			.doesNotContain(KEY);
		assertThat(analysis.getAction()).doesNotContain(KEY);
	}

	@Test
	void invalidPublicEndpoint() {
		assertThat(analyze(PRIMARY, "realtime.web-pubsub.public-endpoints=https://example.com,example.com")
			.getDescription()).contains("realtime.web-pubsub.public-endpoints", "http:// or https://");
	}

	@Test
	void generatedKeyIsToldAndConfiguredKeyIsNot(CapturedOutput output) {
		try (TestServer server = TestServer.start(EngineApplication.class, GENERATE, "server.servlet.context-path=/app",
				"logging.level.dev.realtime=debug")) {
			assertThat(output).containsPattern(
					"Endpoint=http://localhost:" + server.port() + "/app;AccessKey=[\\w-]{43};Version=1\\.0;");
			assertThat(server.context().getBean(Hubs.class).get("chat").clientAccess().url().toString())
				.startsWith("ws://localhost:" + server.port() + "/app/client/hubs/chat?access_token=");
		}
		int before = output.getAll().length();
		TestServer.start(EngineApplication.class, PRIMARY, "logging.level.dev.realtime=debug").close();
		assertThat(output.getAll().substring(before)).doesNotContain(KEY).doesNotContain("AccessKey=");
	}

	private FailureAnalysis analyze(String... properties) {
		FailureAnalysis[] analysis = new FailureAnalysis[1];
		StandardEnvironment[] environment = new StandardEnvironment[1];
		this.runner.withPropertyValues(properties)
			.withInitializer((context) -> environment[0] = (StandardEnvironment) context.getEnvironment())
			.run((context) -> analysis[0] = Failures.analyze(context.getStartupFailure(), environment[0]));
		return analysis[0];
	}

}
