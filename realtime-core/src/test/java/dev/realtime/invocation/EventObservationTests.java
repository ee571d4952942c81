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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import dev.realtime.event.ConnectEventResponse;
import dev.realtime.event.ConnectRejectedException;
import dev.realtime.event.EventHandler;
import dev.realtime.event.EventType;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubFilter;
import dev.realtime.hub.HubLifecycleChain;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.invocation.RecordedObservations.Observed;
import dev.realtime.observation.ConnectionEventObservationContext;
import dev.realtime.security.SecurityContextCallerSecurity;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the observation of events in the life of connections.
 */
class EventObservationTests {

	private final HubTester tester = HubTester.with(Observed.class, Security.class, Handlers.class, Filter.class);

	private final RecordedObservations observations = this.tester.bean(RecordedObservations.class);

	private final Handlers handlers = this.tester.bean(Handlers.class);

	@AfterEach
	void close() {
		this.tester.close();
	}

	@Test
	void eachEventIsObserved() {
		TestClient client = this.tester.connect();
		client.send("{'type':7}");
		assertThat(this.observations.events(3)).containsExactly("connect SUCCESS none", "connected SUCCESS none",
				"disconnected SUCCESS none");
		Observation.Context context = this.observations.await(ConnectionEventObservationContext.class, 3).get(1);
		assertThat(context.getName()).isEqualTo("realtime.connection.event");
		assertThat(context.getContextualName()).isEqualTo("test connected");
		assertThat(context.getLowCardinalityKeyValues()).containsExactlyInAnyOrder(KeyValue.of("rpc.system", "signalr"),
				KeyValue.of("rpc.service", "test"), KeyValue.of("realtime.event", "connected"),
				KeyValue.of("outcome", "SUCCESS"), KeyValue.of("error.type", "none"));
		assertThat(context.getHighCardinalityKeyValues())
			.containsExactly(KeyValue.of("realtime.connection.id", client.id()));
		assertThat(this.handlers.current).isEqualTo("realtime.connection.event");
		assertThat(this.handlers.filter).isEqualTo("realtime.connection.event");
		assertThat(this.observations.registry.getCurrentObservation()).isNull();
	}

	@Test
	void eventsOfAWebPubSubClient() {
		PubSubTestClient.to(this.tester.pubSub()).connect().disconnect();
		assertThat(this.observations.await(ConnectionEventObservationContext.class, 3))
			.allSatisfy((context) -> assertThat(context.getLowCardinalityKeyValues())
				.contains(KeyValue.of("rpc.system", "webpubsub")));
	}

	@ParameterizedTest
	@CsvSource({ "reject, REFUSED ConnectRejectedException", "answer, REFUSED ConnectRejectedException",
			"unavailable, ERROR ConnectRejectedException", "deny, REFUSED AccessDeniedException",
			"fail, ERROR IllegalStateException", "later, ERROR IllegalStateException" })
	void refusedConnections(String connect, String outcome) {
		this.handlers.connect = connect;
		assertThatExceptionOfType(ConnectRejectedException.class).isThrownBy(this.tester::connect);
		assertThat(this.observations.events(1)).containsExactly("connect " + outcome);
		assertThat(this.observations.registry.getCurrentObservation()).isNull();
	}

	@Test
	void failureOfAConnectedHandler() {
		this.handlers.connected = new IllegalStateException();
		this.tester.connect();
		assertThat(this.observations.events(2)).last().isEqualTo("connected ERROR IllegalStateException");
	}

	@ParameterizedTest
	@CsvSource({ "false, ERROR IllegalStateException", "true, REFUSED AccessDeniedException" })
	void failureOfADisconnectedHandler(boolean denied, String outcome) {
		this.handlers.disconnected = denied ? new AccessDeniedException("no") : new IllegalStateException();
		this.tester.connect().send("{'type':7}");
		assertThat(this.observations.events(3)).last().isEqualTo("disconnected " + outcome);
	}

	@Test
	void nothingIsObservedIfSwitchedOff() {
		this.observations.registry.observationConfig()
			.observationPredicate((name, context) -> !name.equals("realtime.connection.event"));
		this.tester.connect().send("{'type':7}");
		this.tester.connect();
		assertThat(this.observations.events(0)).isEmpty();
	}

	@Configuration(proxyBeanMethods = false)
	static class Security {

		@Bean
		SecurityContextCallerSecurity security() {
			return new SecurityContextCallerSecurity(SecurityContextHolder.getContextHolderStrategy(), false);
		}

	}

	static class Filter implements HubFilter {

		private final RecordedObservations observations;

		private final Handlers handlers;

		Filter(RecordedObservations observations, Handlers handlers) {
			this.observations = observations;
			this.handlers = handlers;
		}

		@Override
		public void connected(HubCallerContext caller, HubLifecycleChain next) throws Throwable {
			Observation observation = this.observations.registry.getCurrentObservation();
			this.handlers.filter = (observation != null) ? observation.getContextView().getName() : null;
			next.proceed();
		}

	}

	@HubController("test")
	static class Handlers {

		private final RecordedObservations observations;

		volatile String connect = "";

		volatile @Nullable RuntimeException connected;

		volatile @Nullable RuntimeException disconnected;

		volatile @Nullable String current;

		volatile @Nullable String filter;

		Handlers(RecordedObservations observations) {
			this.observations = observations;
		}

		@EventHandler(type = EventType.CONNECT)
		Object connect() {
			return switch (this.connect) {
				case "reject" -> throw new ConnectRejectedException(401, "Sign in");
				case "answer" -> ConnectEventResponse.reject(403, "No");
				case "unavailable" -> throw new ConnectRejectedException(503, null);
				case "deny" -> throw new AccessDeniedException("no");
				case "fail" -> throw new IllegalStateException();
				case "later" -> CompletableFuture.failedFuture(new IllegalStateException());
				default -> ConnectEventResponse.accept();
			};
		}

		@EventHandler(type = EventType.CONNECTED)
		Mono<Void> connected() {
			if (this.connected != null) {
				throw this.connected;
			}
			return Mono.fromRunnable(() -> this.current = String
				.valueOf(this.observations.registry.getCurrentObservation().getContextView().getName()));
		}

		@EventHandler(type = EventType.DISCONNECTED)
		CompletionStage<Void> disconnected() {
			return (this.disconnected != null) ? CompletableFuture.failedFuture(this.disconnected)
					: CompletableFuture.completedFuture(null);
		}

	}

}
