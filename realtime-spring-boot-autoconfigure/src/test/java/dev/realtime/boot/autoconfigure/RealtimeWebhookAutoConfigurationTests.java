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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.realtime.boot.diagnostics.Failures;
import dev.realtime.event.ClientEventConnection;
import dev.realtime.event.ClientEventHandler;
import dev.realtime.event.ClientEventListener;
import dev.realtime.event.EventType;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.web.AccessKeys;
import dev.realtime.web.webhook.Webhooks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.LinkedMultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link RealtimeWebhookAutoConfiguration}.
 */
class RealtimeWebhookAutoConfigurationTests {

	private static final String HANDLER = "realtime.hubs.chat.event-handlers[0].";

	private final WebApplicationContextRunner runner = RealtimeContextRunner.createWithoutWeb()
		.withConfiguration(AutoConfigurations.of(RealtimeWebhookAutoConfiguration.class));

	@Test
	void noWebhooks() {
		this.runner.run((context) -> {
			assertThat(context.getBean(ClientEventHandler.class).handles("chat", EventType.CONNECT)).isFalse();
			assertThat(context.getBean(ClientEventListener.class).listensTo("chat", "typing")).isFalse();
		});
	}

	@Test
	void webhooksOfHubs() {
		this.runner
			.withPropertyValues(HANDLER + "url-template=http://localhost/", HANDLER + "system-events=connect",
					"realtime.hubs.chat.event-handlers[1].url-template=http://localhost/{event}",
					"realtime.hubs.chat.event-handlers[1].user-event-pattern=typing,moving",
					"realtime.hubs.news.event-listeners[0].url-template=http://localhost/",
					"realtime.hubs.news.event-listeners[0].user-event-pattern=*")
			.run((context) -> {
				ClientEventHandler handler = context.getBean(ClientEventHandler.class);
				assertThat(handler.handles("Chat", EventType.CONNECT)).isTrue();
				assertThat(handler.handles("chat", EventType.CONNECTED)).isFalse();
				assertThat(handler.handles("chat", "Moving")).isTrue();
				assertThat(handler.handles("news", "moving")).isFalse();
				assertThat(context.getBean(ClientEventListener.class).listensTo("news", "typing")).isTrue();
				assertThat(context.getBean(ClientEventListener.class).listensTo("chat", "typing")).isFalse();
			});
	}

	@Test
	void eventsArriveWithWhatAuthenticatesThem() throws Exception {
		BlockingQueue<Headers> requests = new LinkedBlockingQueue<>();
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", (exchange) -> {
			requests.add(exchange.getRequestHeaders());
			exchange.sendResponseHeaders(204, -1);
			exchange.close();
		});
		server.start();
		try {
			this.runner.withPropertyValues(
					HANDLER + "url-template=http://localhost:" + server.getAddress().getPort() + "/?code=x",
					HANDLER + "system-events=connected", HANDLER + "auth.bearer-token=t0ken",
					HANDLER + "auth.headers.X-Api-Key=k3y", "realtime.webhooks.validation=false",
					"realtime.web-pubsub.public-endpoints=https://chat.example.com:8443/x,http://other.example.com:80")
				.withBean(AccessKeys.class, AccessKeys::generate)
				.run((context) -> {
					context.getBean(ClientEventHandler.class).connected(connection());
					Headers headers = requests.poll(10, TimeUnit.SECONDS);
					assertThat(headers).isNotNull();
					assertThat(headers.getFirst("Authorization")).isEqualTo("Bearer t0ken");
					assertThat(headers.getFirst("X-Api-Key")).isEqualTo("k3y");
					assertThat(headers.getFirst("WebHook-Request-Origin"))
						.isEqualTo("chat.example.com:8443,other.example.com");
					assertThat(headers.getFirst("ce-signature"))
						.isEqualTo("sha256=" + context.getBean(AccessKeys.class).signatures("c1").get(0));
				});
		}
		finally {
			server.stop(0);
		}
	}

	private static ClientEventConnection connection() {
		ClientEventConnection connection = mock(ClientEventConnection.class);
		given(connection.hub()).willReturn("chat");
		given(connection.connectionId()).willReturn("c1");
		given(connection.handshake())
			.willReturn(new HubHandshake(URI.create("http://localhost/"), new LinkedMultiValueMap<>(),
					new LinkedMultiValueMap<>(), new LinkedMultiValueMap<>(), null, new ConcurrentHashMap<>()));
		return connection;
	}

	@Test
	void webhooksOfTheApplication() {
		this.runner.withBean(Webhooks.class, () -> Webhooks.builder().build())
			.run((context) -> assertThat(context).hasSingleBean(Webhooks.class));
	}

	@Test
	void switchedOff() {
		this.runner.withPropertyValues("realtime.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(Webhooks.class));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			event-handlers[0].url-template=tunnel:///?secret | event-handlers[0].url-template | begin with http
			event-handlers[0].url-template=http://{hub}/?secret | event-handlers[0].url-template | host part
			event-handlers[0].url-template=http://h/{x}?secret | event-handlers[0].url-template | {x}
			event-handlers[0].user-event-pattern=a* | event-handlers[0].user-event-pattern | 'a*' is not the name
			event-handlers[0].system-events=conect | event-handlers[0].system-events | conect
			event-handlers[0].auth.headers.Host=secret | event-handlers[0].auth.headers.Host | 'Host' cannot be set
			event-handlers[0].auth.bearer-token=sécret | event-handlers[0].auth.bearer-token | ASCII
			event-listeners[0].system-events=connect | event-listeners[0].system-events | no copies of connect
			""")
	void mistakesStopTheStart(String property, String key, String reason) {
		FailureAnalysis analysis = analyze("realtime.hubs.chat." + property);
		assertThat(analysis.getDescription()).contains("realtime.hubs.chat." + key)
			.contains(reason)
			.doesNotContain("secret")
			.doesNotContain("sécret");
	}

	@Test
	void webhookWithoutUrl() {
		assertThat(analyze("realtime.hubs.chat.event-listeners[1].user-event-pattern=a").getDescription())
			.isEqualTo("The value of 'realtime.hubs.chat.event-listeners[1].url-template' is invalid: "
					+ "the URL must not be empty.");
	}

	@Test
	void webhookWithoutEvents() {
		FailureAnalysis analysis = analyze("realtime.hubs.chat.event-handlers[1].url-template=http://localhost/");
		assertThat(analysis.getDescription())
			.isEqualTo("The webhook at 'realtime.hubs.chat.event-handlers[1]' gets no events.");
		assertThat(analysis.getAction()).contains("realtime.hubs.chat.event-handlers[1].user-event-pattern");
	}

	@ParameterizedTest
	@CsvSource({ "timeout=0s, must be positive", "max-requests=0, must be positive",
			"request-origins=https://example.com, is not a host" })
	void impossibleSettings(String property, String reason) {
		assertThat(analyze("realtime.webhooks." + property).getDescription())
			.contains("realtime.webhooks." + property.substring(0, property.indexOf('=')))
			.contains(reason);
	}

	private FailureAnalysis analyze(String property) {
		FailureAnalysis[] analysis = new FailureAnalysis[1];
		StandardEnvironment[] environment = new StandardEnvironment[1];
		this.runner
			.withPropertyValues(HANDLER + "url-template=http://localhost/?code=secret",
					HANDLER + "system-events=connected",
					"realtime.hubs.chat.event-listeners[0].url-template=http://localhost/",
					"realtime.hubs.chat.event-listeners[0].system-events=connected")
			.withPropertyValues(property)
			.withInitializer((context) -> environment[0] = (StandardEnvironment) context.getEnvironment())
			.run((context) -> analysis[0] = Failures.analyze(context.getStartupFailure(), environment[0]));
		return analysis[0];
	}

}
