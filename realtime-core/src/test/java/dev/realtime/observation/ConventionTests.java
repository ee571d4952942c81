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

package dev.realtime.observation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.realtime.event.EventType;
import dev.realtime.hub.HubException;
import dev.realtime.observation.HubObservations.Conventions;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationTextPublisher;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the conventions and what replaces them.
 */
class ConventionTests {

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final HubCallObservationContext call = new HubCallObservationContext(ObservedMethod.of("chat", "send"),
			"id", null, Map.of());

	private final ConnectionEventObservationContext event = new ConnectionEventObservationContext(EventType.CONNECT,
			RpcSystem.SIGNALR, "chat", "id");

	ConventionTests() {
		this.registry.observationConfig().observationHandler(new ObservationTextPublisher((text) -> {
		}));
	}

	private void observe(HubObservations observations) {
		Observation call = observations.start(this.call);
		Observation event = observations.start(this.event);
		assertThat(call).isNotNull();
		assertThat(event).isNotNull();
		call.stop();
		event.stop();
	}

	@Test
	void nothingIsObservedWithoutHandlers() {
		assertThat(HubObservations.none().isEnabled()).isFalse();
		assertThat(HubObservations.of(ObservationRegistry.create(), Conventions.DEFAULT).isEnabled()).isFalse();
		assertThat(HubObservations.none().start(this.call)).isNull();
		assertThat(HubObservations.none().start(this.event)).isNull();
		assertThat(HubObservations.of(this.registry, Conventions.DEFAULT).isEnabled()).isTrue();
	}

	@Test
	void keysAreThoseOfTheDocumentation() {
		this.call.setOutcome(HubOutcome.SUCCESS);
		this.event.setOutcome(HubOutcome.ERROR);
		this.event.setError(new HubException("text"));
		observe(HubObservations.of(this.registry, Conventions.DEFAULT));
		assertThat(keys(this.call.getLowCardinalityKeyValues()))
			.containsExactlyInAnyOrderElementsOf(names(HubObservationDocumentation.CALL.getLowCardinalityKeyNames()));
		assertThat(keys(this.call.getHighCardinalityKeyValues()))
			.containsExactlyInAnyOrderElementsOf(names(HubObservationDocumentation.CALL.getHighCardinalityKeyNames()));
		assertThat(keys(this.event.getLowCardinalityKeyValues())).containsExactlyInAnyOrderElementsOf(
				names(HubObservationDocumentation.CONNECTION_EVENT.getLowCardinalityKeyNames()));
		assertThat(keys(this.event.getHighCardinalityKeyValues())).containsExactlyInAnyOrderElementsOf(
				names(HubObservationDocumentation.CONNECTION_EVENT.getHighCardinalityKeyNames()));
		assertThat(this.event.getLowCardinalityKeyValue("error.type"))
			.isEqualTo(KeyValue.of("error.type", HubException.class.getName()));
		assertThat(HubObservationDocumentation.CALL.getDefaultConvention())
			.isEqualTo(DefaultHubCallObservationConvention.class);
		assertThat(HubObservationDocumentation.CONNECTION_EVENT.getDefaultConvention())
			.isEqualTo(DefaultConnectionEventObservationConvention.class);
	}

	@Test
	void keysOfMessagesAndRequestsAreThoseOfTheDocumentation() {
		HubObservations observations = HubObservations.of(this.registry, Conventions.DEFAULT);
		ConnectObservationContext connect = new ConnectObservationContext("chat", "negotiate", (name) -> null);
		connect.answered(HubOutcome.SUCCESS, 200);
		SendObservationContext send = new SendObservationContext("chat", "all", "m");
		send.setOutcome(HubOutcome.SUCCESS);
		WebhookObservationContext webhook = new WebhookObservationContext("chat", "http://localhost", "e", "id");
		webhook.answered(HubOutcome.ERROR, 0);
		observations.start(connect).stop();
		observations.start(send).stop();
		observations.start(webhook, null).stop();
		hasKeys(connect, HubObservationDocumentation.CONNECT);
		hasKeys(send, HubObservationDocumentation.SEND);
		hasKeys(webhook, HubObservationDocumentation.WEBHOOK);
		assertThat(webhook.getLowCardinalityKeyValue("http.response.status_code").getValue()).isEqualTo("none");
	}

	private static void hasKeys(Observation.Context context, HubObservationDocumentation documentation) {
		assertThat(keys(context.getLowCardinalityKeyValues()))
			.containsExactlyInAnyOrderElementsOf(names(documentation.getLowCardinalityKeyNames()));
		assertThat(keys(context.getHighCardinalityKeyValues()))
			.containsExactlyInAnyOrderElementsOf(names(documentation.getHighCardinalityKeyNames()));
	}

	@Test
	void callThatGoesOnHasNoOutcomeYet() {
		List<String> keys = new ArrayList<>();
		this.registry.observationConfig().observationHandler(new ObservationHandler<>() {

			@Override
			public boolean supportsContext(Observation.Context context) {
				return context instanceof HubCallObservationContext;
			}

			@Override
			public void onStart(Observation.Context context) {
				keys.addAll(keys(context.getLowCardinalityKeyValues()));
			}

		});
		observe(HubObservations.of(this.registry, Conventions.DEFAULT));
		assertThat(keys).containsExactlyInAnyOrder("rpc.system", "rpc.service", "rpc.method");
	}

	@Test
	void failureWithoutANameOfItsOwn() {
		this.call.setOutcome(HubOutcome.ERROR);
		this.call.setError(new RuntimeException() {

		});
		observe(HubObservations.of(this.registry, Conventions.DEFAULT));
		assertThat(this.call.getLowCardinalityKeyValue("error.type").getValue())
			.startsWith(ConventionTests.class.getName() + "$");
	}

	@Test
	void conventionsMayBeReplaced() {
		observe(HubObservations.of(this.registry, new Conventions(new DefaultHubCallObservationConvention() {

			@Override
			public String getName() {
				return "my.call";
			}

			@Override
			public KeyValues getLowCardinalityKeyValues(HubCallObservationContext context) {
				return super.getLowCardinalityKeyValues(context).and("user", String.valueOf(context.getUserId()));
			}

		}, new DefaultConnectionEventObservationConvention() {

			@Override
			public String getName() {
				return "my.event";
			}

		}, null, null, null)));
		assertThat(this.call.getName()).isEqualTo("my.call");
		assertThat(this.call.getLowCardinalityKeyValue("user")).isEqualTo(KeyValue.of("user", "null"));
		assertThat(this.event.getName()).isEqualTo("my.event");
	}

	@Test
	void conventionOfTheRegistry() {
		this.registry.observationConfig().observationConvention(new MyConvention());
		observe(HubObservations.of(this.registry, Conventions.DEFAULT));
		assertThat(this.call.getName()).isEqualTo("global");
		assertThat(this.event.getName()).isEqualTo("realtime.connection.event");
	}

	private static List<String> keys(KeyValues keyValues) {
		return keyValues.stream().map(KeyValue::getKey).toList();
	}

	private static List<String> names(KeyName[] names) {
		return List.of(names).stream().map(KeyName::asString).toList();
	}

	static class MyConvention extends DefaultHubCallObservationConvention
			implements GlobalObservationConvention<HubCallObservationContext> {

		@Override
		public String getName() {
			return "global";
		}

	}

}
