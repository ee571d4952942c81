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

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.realtime.event.ConnectedEvent;
import dev.realtime.event.DisconnectedEvent;
import dev.realtime.event.HubEvent;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubContext;
import dev.realtime.hub.annotation.Hub;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for hubs in a running application.
 */
class HubServerTests {

	private static TestServer server;

	private final TestClient client = new TestClient(server.uri("/app/api/hubs/chat"));

	@BeforeAll
	static void start() {
		// paths in front, so that everything that looks at paths has to cope with them
		server = TestServer.start(Application.class, "server.servlet.context-path=/app", "spring.mvc.servlet.path=/api",
				"realtime.cors.allowed-origins=https://example.com", "realtime.cors.allowed-headers=X-Tenant",
				"realtime.cors.max-age=60");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void negotiates() {
		HttpResponse<String> answer = this.client.negotiate();
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).contains("\"WebSockets\"", "\"ServerSentEvents\"", "\"LongPolling\"");
	}

	@Test
	void callsHubMethods() {
		this.client.connect();
		assertThat(this.client.invoke("hello").get("result").asString()).isEqualTo("hello anonymous");
		this.client.close();
	}

	@Test
	void hubContextReachesClients() {
		this.client.connect();
		this.client.invoke("hello");
		server.context().getBean(News.class).publish("all is well");
		JsonNode message = this.client.next();
		assertThat(message.get("target").asString()).isEqualTo("news");
		assertThat(message.get("arguments").get(0).asString()).isEqualTo("all is well");
		this.client.close();
	}

	@Test
	void eventListenersAreTold() throws InterruptedException {
		BlockingQueue<HubEvent> events = server.context().getBean(Listener.class).events;
		events.clear();
		this.client.connect();
		String id = this.client.invoke("id").get("result").asString();
		this.client.close();
		assertThat(next(events, id)).isInstanceOf(ConnectedEvent.class);
		assertThat(next(events, id)).isInstanceOf(DisconnectedEvent.class);
	}

	private static HubEvent next(BlockingQueue<HubEvent> events, String connectionId) throws InterruptedException {
		HubEvent event = events.poll(10, TimeUnit.SECONDS);
		while (event != null && !event.connectionId().equals(connectionId)) {
			event = events.poll(10, TimeUnit.SECONDS);
		}
		return event;
	}

	@Test
	void controllersServeOtherPaths() {
		assertThat(this.client.get("/app/api/plain").body()).isEqualTo("plain");
	}

	@Test
	void accessTokenBecomesHeaderOnHubPathsOnly() {
		Recorder recorder = server.context().getBean(Recorder.class);
		this.client.query("access_token=secret").negotiate();
		assertThat(recorder.last).isEqualTo("Bearer secret, null");
		this.client.get("/app/api/plain?access_token=secret");
		assertThat(recorder.last).isEqualTo("null, secret");
	}

	@Test
	void preflightOfAllowedOrigin() {
		HttpResponse<String> answer = preflight("https://example.com");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("https://example.com");
		assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials")).contains("true");
		assertThat(answer.headers().firstValue("Access-Control-Allow-Headers")).contains("x-requested-with, x-tenant");
		assertThat(answer.headers().firstValue("Access-Control-Max-Age")).contains("60");
	}

	@Test
	void preflightOfForeignOrigin() {
		HttpResponse<String> answer = preflight("https://evil.example.com");
		assertThat(answer.statusCode()).isEqualTo(403);
		assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
	}

	private HttpResponse<String> preflight(String origin) {
		return this.client.send(HttpRequest.newBuilder(server.uri("/app/api/hubs/chat/negotiate"))
			.method("OPTIONS", BodyPublishers.noBody())
			.headers("Origin", origin, "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers",
					"x-requested-with,x-tenant"));
	}

	@Test
	void negotiationOfForeignOrigin() {
		assertThat(this.client.negotiate("Origin", "https://evil.example.com").statusCode()).isEqualTo(403);
		assertThat(this.client.negotiate("Origin", "https://example.com").statusCode()).isEqualTo(200);
	}

	@Test
	void filtersAreBeforeSpringSecurity() {
		assertThat(server.context().getBeansOfType(DelegatingFilterProxyRegistrationBean.class))
			.containsOnlyKeys("hubAccessTokenFilterRegistration", "webPubSubClientFilterRegistration")
			.allSatisfy((name, registration) -> assertThat(registration.getOrder()).isEqualTo(-110));
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ ChatController.class, News.class, Listener.class, PlainController.class, Recorder.class })
	static class Application {

	}

	@HubController("chat")
	static class ChatController {

		@HubMethod
		String hello(HubCallerContext caller) {
			return "hello " + ((caller.userId() != null) ? caller.userId() : "anonymous");
		}

		@HubMethod
		String id(HubCallerContext caller) {
			return caller.connectionId();
		}

	}

	static class News {

		private final HubContext chat;

		News(@Hub("chat") HubContext chat) {
			this.chat = chat;
		}

		void publish(String text) {
			this.chat.all().send("news", text);
		}

	}

	static class Listener {

		private final BlockingQueue<HubEvent> events = new LinkedBlockingQueue<>();

		@EventListener
		void on(HubEvent event) {
			this.events.add(event);
		}

	}

	@RestController
	static class PlainController {

		@GetMapping("/plain")
		String plain() {
			return "plain";
		}

	}

	static class Recorder implements Filter {

		private volatile String last;

		@Override
		public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
				throws IOException, ServletException {
			this.last = ((HttpServletRequest) request).getHeader("Authorization") + ", "
					+ request.getParameter("access_token");
			chain.doFilter(request, response);
		}

	}

}
