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

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

import dev.realtime.boot.autoconfigure.RealtimeContextRunner;
import dev.realtime.boot.autoconfigure.servlet.TestClient;
import dev.realtime.boot.autoconfigure.servlet.TestServer;
import dev.realtime.hub.Hubs;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.observation.ConnectObservationConvention;
import dev.realtime.observation.ConnectionEventObservationConvention;
import dev.realtime.observation.DefaultConnectObservationConvention;
import dev.realtime.observation.DefaultConnectionEventObservationConvention;
import dev.realtime.observation.DefaultHubCallObservationConvention;
import dev.realtime.observation.DefaultSendObservationConvention;
import dev.realtime.observation.DefaultWebhookObservationConvention;
import dev.realtime.observation.HubCallObservationConvention;
import dev.realtime.observation.HubObservations;
import dev.realtime.observation.SendObservationConvention;
import dev.realtime.observation.WebhookObservationConvention;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RealtimeObservationAutoConfiguration}.
 */
class RealtimeObservationAutoConfigurationTests {

	@Test
	void nothingIsObservedWithoutARegistry() {
		RealtimeContextRunner.create()
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HubObservations.class));
	}

	@Test
	void registryIsUsed() {
		RealtimeContextRunner.create()
			.withBean(ObservationRegistry.class, ObservationRegistry::create)
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(HubObservations.class));
	}

	@Test
	void nothingIsThereIfDisabled() {
		RealtimeContextRunner.create()
			.withBean(ObservationRegistry.class, ObservationRegistry::create)
			.withPropertyValues("realtime.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(HubObservations.class));
	}

	@Test
	void callsAndEventsHaveTimers() {
		try (TestServer server = TestServer.start(Application.class)) {
			MeterRegistry meters = call(server);
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.untilAsserted(() -> assertThat(meters.find("realtime.hub.call")
					.tags("rpc.system", "signalr", "rpc.service", "chat", "rpc.method", "ping", "outcome", "SUCCESS",
							"error.type", "none", "error", "none")
					.timer()).isNotNull());
			assertThat(meters.get("realtime.hub.call").tag("rpc.method", "_OTHER").timer().count()).isEqualTo(1);
			assertThat(meters.find("realtime.hub.call.active").longTaskTimers()).isEmpty();
			assertThat(meters.get("realtime.connection.event").tag("realtime.event", "connected").timer().count())
				.isEqualTo(1);
		}
	}

	@Test
	void metersAreTheSameWhetherSomebodyListensOrNot() {
		String key = "management.observations.key-values.region=eu";
		try (TestServer recording = TestServer.start(UntracedApplication.class, key);
				TestServer observing = TestServer.start(Application.class, key)) {
			assertThat(recording.context().getBean(HubObservations.class).callRecorder()).isNotNull();
			assertThat(observing.context().getBean(HubObservations.class).callRecorder()).isNull();
			MeterRegistry expected = call(observing);
			MeterRegistry actual = call(recording);
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.untilAsserted(() -> assertThat(timers(actual)).hasSize(2)
					.allSatisfy((timer) -> assertThat(timer).contains("region", "eu"))
					.isEqualTo(timers(expected)));
		}
	}

	private static Set<String> timers(MeterRegistry meters) {
		return meters.find("realtime.hub.call")
			.timers()
			.stream()
			.map((timer) -> timer.getId() + " " + timer.count())
			.collect(Collectors.toSet());
	}

	@Test
	void canBeSwitchedOff() {
		try (TestServer server = TestServer.start(Application.class,
				"management.observations.enable.realtime.hub.call=false")) {
			MeterRegistry meters = call(server);
			assertThat(meters.get("realtime.connection.event").tag("realtime.event", "connected").timer().count())
				.isEqualTo(1);
			assertThat(meters.find("realtime.hub.call").timers()).isEmpty();
			assertThat(meters.find("realtime.hub.call.active").longTaskTimers()).isEmpty();
		}
	}

	@Test
	void conventionsAreReplacedByBeans() {
		try (TestServer server = TestServer.start(ConventionApplication.class,
				"realtime.hubs.chat.event-listeners[0].url-template=http://localhost:1/",
				"realtime.hubs.chat.event-listeners[0].system-events=connected",
				"realtime.webhooks.validation=false")) {
			MeterRegistry meters = call(server);
			assertThat(meters.get("my.event").tag("realtime.event", "connected").timer().count()).isEqualTo(1);
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.untilAsserted(() -> assertThat(meters.find("my.call").tag("rpc.method", "ping").timer()).isNotNull());
			assertThat(meters.find("realtime.hub.call").timers()).isEmpty();
			assertThat(meters.get("my.connect").tag("realtime.connect.kind", "negotiate").timer().count()).isEqualTo(1);
			server.context().getBean(Hubs.class).get("chat").all().send("m").join();
			assertThat(meters.get("my.send").tag("realtime.target", "all").timer().count()).isEqualTo(1);
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.untilAsserted(() -> assertThat(meters.find("my.webhook").timers()).isNotEmpty());
		}
	}

	private static MeterRegistry call(TestServer server) {
		TestClient client = new TestClient(server.uri("/hubs/chat")).connect();
		client.invoke("noSuch");
		assertThat(client.invoke("ping").get("result").asString()).isEqualTo("pong");
		client.close();
		return server.context().getBean(MeterRegistry.class);
	}

	@Configuration(proxyBeanMethods = false)
	@Import(ChatController.class)
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = NoopTracerAutoConfiguration.class)
	static class UntracedApplication extends Application {

	}

	@Configuration(proxyBeanMethods = false)
	static class ConventionApplication extends Application {

		@Bean
		HubCallObservationConvention callConvention() {
			return new DefaultHubCallObservationConvention() {

				@Override
				public String getName() {
					return "my.call";
				}

			};
		}

		@Bean
		ConnectionEventObservationConvention eventConvention() {
			return new DefaultConnectionEventObservationConvention() {

				@Override
				public String getName() {
					return "my.event";
				}

			};
		}

		@Bean
		ConnectObservationConvention connectConvention() {
			return new DefaultConnectObservationConvention() {

				@Override
				public String getName() {
					return "my.connect";
				}

			};
		}

		@Bean
		SendObservationConvention sendConvention() {
			return new DefaultSendObservationConvention() {

				@Override
				public String getName() {
					return "my.send";
				}

			};
		}

		@Bean
		WebhookObservationConvention webhookConvention() {
			return new DefaultWebhookObservationConvention() {

				@Override
				public String getName() {
					return "my.webhook";
				}

			};
		}

	}

	@HubController("chat")
	static class ChatController {

		@HubMethod
		String ping() {
			return "pong";
		}

	}

}
