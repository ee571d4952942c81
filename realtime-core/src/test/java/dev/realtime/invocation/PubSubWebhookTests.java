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

package dev.realtime.invocation;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.realtime.event.ClientEventHandler;
import dev.realtime.event.ClientEventListener;
import dev.realtime.event.ConnectRejectedException;
import dev.realtime.web.webhook.SystemEvent;
import dev.realtime.web.webhook.Webhook;
import dev.realtime.web.webhook.Webhooks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for Web PubSub clients whose events are handled by a webhook.
 */
class PubSubWebhookTests {

	private static final Answer HANDLED = new Answer(204, "");

	private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

	private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

	private final Map<String, Answer> answers = new ConcurrentHashMap<>();

	private final HubTester tester;

	PubSubWebhookTests() throws IOException {
		this.server.createContext("/", this::handle);
		this.server.start();
		WebhookBeans.webhooks = Webhooks.builder()
			.handler("test",
					Webhook.to("http://localhost:" + this.server.getAddress().getPort() + "/{event}")
						.userEvents("echo,fail")
						.systemEvents(EnumSet.allOf(SystemEvent.class)))
			.listener("test",
					Webhook.to("http://localhost:" + this.server.getAddress().getPort() + "/copy").userEvents("copied"))
			.validation(false)
			.build();
		this.tester = HubTester.with(WebhookBeans.class);
	}

	@AfterEach
	void close() {
		this.tester.close();
		WebhookBeans.webhooks.close();
		this.server.stop(0);
	}

	private void handle(HttpExchange exchange) throws IOException {
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		this.requests.add(new Request(exchange.getRequestURI().getPath(), exchange.getRequestHeaders(), body));
		Answer answer = this.answers.getOrDefault(exchange.getRequestURI().getPath(), HANDLED);
		for (int i = 0; i < answer.headers().length; i += 2) {
			exchange.getResponseHeaders().add(answer.headers()[i], answer.headers()[i + 1]);
		}
		byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(answer.status(), (bytes.length > 0) ? bytes.length : -1);
		exchange.getResponseBody().write(bytes);
		exchange.close();
	}

	private Request next(String path) {
		try {
			Request request = this.requests.poll(10, TimeUnit.SECONDS);
			assertThat(request).as("a request to " + path).isNotNull();
			assertThat(request.path()).isEqualTo(path);
			return request;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private PubSubTestClient.Builder client() {
		return PubSubTestClient.to(this.tester.pubSub());
	}

	@Test
	void webhookDecidesAboutAClientAndAnswersItsEvents() {
		this.answers.put("/connect",
				new Answer(200, "{\"userId\":\"bob\",\"groups\":[\"g\"],\"roles\":[]}", "ce-connectionState", "s1"));
		PubSubTestClient client = client().user("ann").open();
		assertThat(client.next()).contains("'userId':'bob'");
		assertThat(next("/connect").headers().getFirst("ce-userId")).isEqualTo("ann");
		assertThat(this.tester.hub().groups().members("g").join()).hasSize(1);
		assertThat(next("/connected").headers().getFirst("ce-connectionState")).isEqualTo("s1");
		assertThat(next("/joined").body()).isEqualTo("{\"group\":\"g\"}");
		assertThat(client.ask("{'type':'joinGroup','group':'h','ackId':1}")).contains("'Forbidden'");

		this.answers.put("/echo",
				new Answer(200, "{ \"a\": 1.0 }", "Content-Type", "application/json", "ce-connectionState", "s2"));
		client.send("{'type':'event','event':'echo','dataType':'text','data':'hi','ackId':2}");
		assertThat(client.next()).isEqualTo("{'type':'message','from':'server','dataType':'json','data':{ 'a': 1.0 }}");
		assertThat(client.next()).isEqualTo("{'type':'ack','ackId':2,'success':true}");
		Request event = next("/echo");
		assertThat(event.body()).isEqualTo("hi");
		assertThat(event.headers().getFirst("ce-userId")).isEqualTo("bob");
		assertThat(event.headers().getFirst("ce-subprotocol")).isEqualTo(PubSubTestClient.JSON);
		assertThat(event.headers().getFirst("ce-connectionState")).isEqualTo("s1");

		this.answers.remove("/echo");
		assertThat(client.ask("{'type':'event','event':'echo','dataType':'text','data':'hi','ackId':3}"))
			.contains("true");
		assertThat(next("/echo").headers().getFirst("ce-connectionState")).isEqualTo("s2");
	}

	@Test
	void webhookRejectsAClient() {
		this.answers.put("/connect", new Answer(403, "because"));
		assertThatExceptionOfType(ConnectRejectedException.class).isThrownBy(() -> client().accept())
			.satisfies((rejection) -> {
				assertThat(rejection.getStatus()).isEqualTo(403);
				assertThat(rejection.getText()).isNull();
			});
	}

	@Test
	void nonsenseIsNoAnswer() {
		this.answers.put("/connect", new Answer(200, "{\"userId\":"));
		assertThatExceptionOfType(ConnectRejectedException.class).isThrownBy(() -> client().accept())
			.satisfies((rejection) -> assertThat(rejection.getStatus()).isEqualTo(500));
	}

	@Test
	void eventFailsAndTheClientStays() {
		PubSubTestClient client = client().connect();
		this.answers.put("/fail", new Answer(400, "because"));
		assertThat(client.ask("{'type':'event','event':'fail','dataType':'text','data':'x','ackId':1}"))
			.startsWith("{'type':'ack','ackId':1,'success':false,'error':{'name':'InternalServerError'");
		assertThat(client.ask("{'type':'event','event':'echo','dataType':'text','data':'x','ackId':1}"))
			.contains("true");
	}

	@Test
	void copySuffices() {
		PubSubTestClient client = client().connect();
		next("/connect");
		next("/connected");
		assertThat(client.ask("{'type':'event','event':'copied','dataType':'text','data':'x','ackId':1}"))
			.contains("true");
		assertThat(next("/copy").body()).isEqualTo("x");
	}

	@Test
	void webhookIsToldWhatBecomesOfAConnection() {
		PubSubTestClient client = client().user("ann").connect();
		next("/connect");
		next("/connected");
		client.ask("{'type':'joinGroup','group':'g','ackId':1}");
		assertThat(next("/joined").body()).isEqualTo("{\"group\":\"g\"}");
		client.ask("{'type':'leaveGroup','group':'g','ackId':2}");
		assertThat(next("/left").body()).isEqualTo("{\"group\":\"g\"}");
		client.disconnect();
		assertThat(next("/disconnected").headers().getFirst("ce-userId")).isEqualTo("ann");
	}

	private record Request(String path, Headers headers, String body) {

	}

	private record Answer(int status, String body, String... headers) {

	}

	@Configuration(proxyBeanMethods = false)
	static class WebhookBeans {

		static Webhooks webhooks;

		@Bean
		ClientEventHandler handler() {
			return webhooks.handler();
		}

		@Bean
		ClientEventListener listener() {
			return webhooks.listener();
		}

	}

}
