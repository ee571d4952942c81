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

package dev.realtime.web.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import dev.realtime.observation.HubObservations;
import dev.realtime.observation.HubObservations.Conventions;
import dev.realtime.observation.WebhookObservationContext;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the observations of requests to webhooks.
 */
class WebhookObservationTests {

	private final Upstream upstream = Upstream.start();

	private final List<WebhookObservationContext> stopped = new CopyOnWriteArrayList<>();

	private final ObservationRegistry registry = registry();

	private final TestConnection connection = TestConnection.of("c1");

	private WebhookTester tester = tester(WebhookTester.all(this.upstream.url()));

	private ObservationRegistry registry() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new ObservationHandler<WebhookObservationContext>() {

			@Override
			public void onStart(WebhookObservationContext context) {
				context.getSetter().set(context.getCarrier(), "traceparent", "of this request");
				context.getSetter().set(context.getCarrier(), "other", "of the propagator");
			}

			@Override
			public void onStop(WebhookObservationContext context) {
				WebhookObservationTests.this.stopped.add(context);
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return context instanceof WebhookObservationContext;
			}

		});
		return registry;
	}

	private WebhookTester tester(Webhook webhook) {
		return WebhookTester.of(Webhooks.builder()
			.handler("chat", webhook)
			.validation(false)
			.observations(() -> HubObservations.of(this.registry, Conventions.DEFAULT)));
	}

	@AfterEach
	void close() {
		this.tester.close();
		this.upstream.close();
	}

	private Map<String, String> keys(int index) {
		await().untilAsserted(() -> assertThat(this.stopped).hasSizeGreaterThan(index));
		return this.stopped.get(index)
			.getAllKeyValues()
			.stream()
			.collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
	}

	@Test
	void requestIsObservedAndCarriesOnTheTrace() {
		this.tester.handler().connected(this.connection);
		Upstream.Received request = this.upstream.take();
		assertThat(request.header("traceparent")).isEqualTo("of this request");
		assertThat(request.header("ce-traceparent")).isEqualTo("of this request");
		assertThat(request.header("ce-other")).isNull();
		assertThat(keys(0)).containsEntry("rpc.service", "chat")
			.containsEntry("realtime.webhook", this.upstream.url())
			.containsEntry("realtime.event", "connected")
			.containsEntry("realtime.connection.id", "c1")
			.containsEntry("http.response.status_code", "200")
			.containsEntry("outcome", "SUCCESS")
			.containsEntry("error.type", "none");
		assertThat(this.stopped.get(0).getParentObservation()).isNull();
	}

	@Test
	void eachAttemptIsObserved() {
		this.upstream.answersInTurn((exchange) -> Upstream.answer(exchange, 500, ""),
				(exchange) -> Upstream.answer(exchange, 403, ""));
		this.tester.handler().connected(this.connection);
		this.tester.awaitAndAdvance(Duration.ofSeconds(1));
		assertThat(keys(0)).containsEntry("http.response.status_code", "500").containsEntry("outcome", "ERROR");
		assertThat(keys(1)).containsEntry("http.response.status_code", "403").containsEntry("outcome", "REFUSED");
	}

	@Test
	void failureIsObserved() {
		this.upstream.close();
		this.tester.handler().connected(this.connection);
		assertThat(keys(0)).containsEntry("http.response.status_code", "none")
			.containsEntry("outcome", "ERROR")
			.containsEntry("error.type", "java.net.ConnectException");
	}

	@Test
	void belongsToWhatWasObservedWhenTheEventHappened() {
		Observation call = Observation.start("call", this.registry);
		call.scoped(() -> {
			this.tester.handler().connected(this.connection);
			this.tester.handler().joined(this.connection, "lobby");
		});
		call.stop();
		keys(1);
		assertThat(this.stopped).allMatch((context) -> context.getParentObservation() == call);
	}

	@Test
	void headersOfTheWebhookWin() {
		this.tester.close();
		this.tester = tester(WebhookTester.all(this.upstream.url()).header("traceparent", "mine"));
		this.tester.handler().connected(this.connection);
		assertThat(this.upstream.take().header("traceparent")).isEqualTo("mine");
	}

	@Test
	void nothingIsSentIfNothingIsObserved() {
		this.registry.observationConfig().observationPredicate((name, context) -> false);
		this.tester.handler().connected(this.connection);
		assertThat(this.upstream.take().header("traceparent")).isNull();
	}

}
