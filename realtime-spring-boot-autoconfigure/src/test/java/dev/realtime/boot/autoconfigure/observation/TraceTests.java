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

package dev.realtime.boot.autoconfigure.observation;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import brave.Tracing;
import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.ThreadLocalCurrentTraceContext;
import brave.propagation.TraceContext;
import com.sun.net.httpserver.HttpServer;
import dev.realtime.boot.autoconfigure.servlet.RestCaller;
import dev.realtime.boot.autoconfigure.servlet.TestClient;
import dev.realtime.boot.autoconfigure.servlet.TestServer;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubContext;
import dev.realtime.hub.annotation.Hub;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.brave.bridge.BraveBaggageManager;
import io.micrometer.tracing.brave.bridge.BraveCurrentTraceContext;
import io.micrometer.tracing.brave.bridge.BravePropagator;
import io.micrometer.tracing.brave.bridge.BraveTracer;
import io.micrometer.tracing.brave.bridge.W3CPropagation;
import io.micrometer.tracing.propagation.Propagator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One trace from a client through a hub to what is called from there.
 */
class TraceTests {

	private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

	private static final String TRACE_PARENT = "00-" + TRACE_ID + "-b7ad6b7169203331-01";

	private static final BlockingQueue<Received> upstream = new LinkedBlockingQueue<>();

	private static HttpServer http;

	private static TestServer server;

	@BeforeAll
	static void start() throws Exception {
		http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		http.createContext("/", (exchange) -> {
			upstream.add(new Received(exchange.getRequestURI().getPath(),
					exchange.getRequestHeaders().getFirst("traceparent")));
			exchange.sendResponseHeaders(204, -1);
			exchange.close();
		});
		http.start();
		server = start("any=thing");
	}

	private static TestServer start(String property) {
		String url = "http://localhost:" + http.getAddress().getPort();
		return TestServer.start(Application.class, property, "upstream=" + url, RestCaller.PROPERTY,
				"realtime.webhooks.validation=false",
				"realtime.hubs.chat.event-handlers[0].url-template=" + url + "/handler/{event}",
				"realtime.hubs.chat.event-handlers[0].system-events=connect,joined",
				"realtime.hubs.chat.event-listeners[0].url-template=" + url + "/listener/{event}",
				"realtime.hubs.chat.event-listeners[0].system-events=joined");
	}

	@AfterAll
	static void stop() {
		server.close();
		http.stop(0);
	}

	@BeforeEach
	void clear() {
		upstream.clear();
		spans().clear();
	}

	private static List<MutableSpan> spans() {
		return server.context().getBean(Spans.class).finished;
	}

	private static Received received() throws InterruptedException {
		Received received = upstream.poll(10, TimeUnit.SECONDS);
		assertThat(received).as("a request").isNotNull();
		return received;
	}

	private static MutableSpan span(String name) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.until(() -> spans().stream().anyMatch((span) -> name.equals(span.name())));
		return spans().stream().filter((span) -> name.equals(span.name())).findFirst().orElseThrow();
	}

	@Test
	void goesOnFromACallToRequestsOfItsMethodAndToWhatItSends() throws Exception {
		TestClient client = new TestClient(server.uri("/hubs/chat")).connect();
		clear();
		client.invoke(Map.of("traceparent", TRACE_PARENT), "relay");
		Received request = received();
		assertThat(request.path()).isEqualTo("/relayed");
		assertThat(request.traceParent()).startsWith("00-" + TRACE_ID).isNotEqualTo(TRACE_PARENT);
		MutableSpan call = span("chat/relay");
		assertThat(call.traceId()).isEqualTo(TRACE_ID);
		MutableSpan send = span("chat send all");
		assertThat(send.traceId()).isEqualTo(TRACE_ID);
		assertThat(send.parentId()).isEqualTo(call.id());
		assertThat(send.tags()).containsEntry("realtime.method", "relayed").containsEntry("outcome", "SUCCESS");
		client.close();
	}

	@Test
	void goesOnFromACallToWebhooks() throws Exception {
		TestClient client = new TestClient(server.uri("/hubs/chat")).connect();
		clear();
		client.invoke(Map.of("traceparent", TRACE_PARENT), "join");
		List<Received> requests = List.of(received(), received());
		assertThat(requests).extracting(Received::path)
			.containsExactlyInAnyOrder("/handler/joined", "/listener/joined");
		assertThat(requests).allMatch((request) -> request.traceParent().startsWith("00-" + TRACE_ID));
		MutableSpan webhook = span("chat webhook");
		assertThat(webhook.kind()).isEqualTo(brave.Span.Kind.CLIENT);
		assertThat(webhook.tags()).containsEntry("http.response.status_code", "204")
			.containsEntry("realtime.event", "joined");
		client.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.observations.enable.http.server=false",
			"management.observations.enable.http.server=true" })
	void goesOnFromANegotiationToWebhooks(String property) throws Exception {
		try (TestServer other = start(property)) {
			TestClient client = new TestClient(other.uri("/hubs/chat"));
			assertThat(client.negotiate("traceparent", TRACE_PARENT).statusCode()).isEqualTo(200);
			Received request = received();
			assertThat(request.path()).isEqualTo("/handler/connect");
			assertThat(request.traceParent()).startsWith("00-" + TRACE_ID);
			List<MutableSpan> finished = other.context().getBean(Spans.class).finished;
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.until(() -> finished.stream().anyMatch((span) -> "chat negotiate".equals(span.name())));
			boolean traced = property.endsWith("true");
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.until(() -> finished.stream()
					.anyMatch((span) -> String.valueOf(span.name()).startsWith("http post")) == traced);
			MutableSpan negotiate = finished.stream()
				.filter((span) -> "chat negotiate".equals(span.name()))
				.findFirst()
				.orElseThrow();
			assertThat(negotiate.traceId()).isEqualTo(TRACE_ID);
			assertThat("b7ad6b7169203331".equals(negotiate.parentId())).isEqualTo(!traced);
		}
	}

	@Test
	void goesOnFromARequestToTheRestApi() {
		new RestCaller(server.uri("/")).send("POST", "/api/hubs/chat/:send", BodyPublishers.ofString("hi"),
				"Content-Type", "text/plain", "traceparent", TRACE_PARENT);
		MutableSpan span = span("http post /api/hubs/{hub}/:send");
		assertThat(span.traceId()).isEqualTo(TRACE_ID);
	}

	private record Received(String path, String traceParent) {

	}

	static final class Spans extends SpanHandler {

		private final List<MutableSpan> finished = new CopyOnWriteArrayList<>();

		@Override
		public boolean end(TraceContext context, MutableSpan span, Cause cause) {
			return this.finished.add(span);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(ChatController.class)
	static class Application {

		@Bean
		Spans spans() {
			return new Spans();
		}

		@Bean
		Tracing tracing(Spans spans) {
			return Tracing.newBuilder()
				.currentTraceContext(ThreadLocalCurrentTraceContext.create())
				.propagationFactory(new W3CPropagation())
				.traceId128Bit(true)
				.supportsJoin(false)
				.addSpanHandler(spans)
				.build();
		}

		@Bean
		Tracer tracer(Tracing tracing) {
			return new BraveTracer(tracing.tracer(), new BraveCurrentTraceContext(tracing.currentTraceContext()),
					new BraveBaggageManager());
		}

		@Bean
		Propagator propagator(Tracing tracing) {
			return new BravePropagator(tracing);
		}

	}

	@HubController("chat")
	static class ChatController {

		private final HubContext chat;

		private final RestClient upstream;

		ChatController(@Hub("chat") HubContext chat, ObservationRegistry registry, Environment environment) {
			this.chat = chat;
			this.upstream = RestClient.builder()
				.baseUrl(URI.create(environment.getRequiredProperty("upstream")))
				.observationRegistry(registry)
				.build();
		}

		@HubMethod
		void relay() {
			this.chat.all().send("relayed");
			this.upstream.get().uri("/relayed").retrieve().toBodilessEntity();
		}

		@HubMethod
		void join(HubCallerContext caller) {
			caller.join("lobby");
		}

	}

}
