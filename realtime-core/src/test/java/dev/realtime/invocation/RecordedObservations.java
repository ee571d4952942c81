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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.realtime.observation.ConnectionEventObservationContext;
import dev.realtime.observation.ConnectionEventObservationConvention;
import dev.realtime.observation.HubCallObservationContext;
import dev.realtime.observation.HubCallObservationConvention;
import dev.realtime.observation.HubObservations;
import dev.realtime.observation.HubObservations.Conventions;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.awaitility.Awaitility;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of the observations of an application, in a registry of its own.
 */
class RecordedObservations implements ObservationHandler<Observation.Context> {

	final ObservationRegistry registry = ObservationRegistry.create();

	final List<String> steps = new CopyOnWriteArrayList<>();

	private final List<Observation.Context> stopped = new CopyOnWriteArrayList<>();

	RecordedObservations() {
		this.registry.observationConfig().observationHandler(this);
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return true;
	}

	@Override
	public void onStart(Observation.Context context) {
		record(context, "start");
	}

	@Override
	public void onScopeOpened(Observation.Context context) {
		record(context, "open");
	}

	@Override
	public void onScopeClosed(Observation.Context context) {
		record(context, "close");
	}

	@Override
	public void onStop(Observation.Context context) {
		record(context, "stop " + value(context, "outcome") + " " + value(context, "error.type"));
		this.stopped.add(context);
	}

	private void record(Observation.Context context, String step) {
		if (context instanceof HubCallObservationContext) {
			this.steps.add(step);
		}
	}

	static String value(Observation.Context context, String key) {
		KeyValue keyValue = context.getLowCardinalityKeyValue(key);
		return (keyValue != null) ? keyValue.getValue().replaceAll(".*\\.", "") : "";
	}

	/**
	 * Wait for the end of a call, which may be later than its completion.
	 */
	HubCallObservationContext call() {
		return (HubCallObservationContext) await(HubCallObservationContext.class, 1).get(0);
	}

	List<? extends Observation.Context> await(Class<? extends Observation.Context> type, int number) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.untilAsserted(() -> assertThat(stopped(type)).hasSize(number));
		return stopped(type);
	}

	private List<Observation.Context> stopped(Class<? extends Observation.Context> type) {
		return this.stopped.stream().filter(type::isInstance).toList();
	}

	/**
	 * Wait for the handling of events.
	 * @return the events, their outcomes and failures
	 */
	List<String> events(int number) {
		return await(ConnectionEventObservationContext.class, number).stream()
			.map((context) -> value(context, "realtime.event") + " " + value(context, "outcome") + " "
					+ value(context, "error.type"))
			.toList();
	}

	/**
	 * What an application has to have so that its calls are observed.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Observed {

		@Bean
		RecordedObservations recordedObservations() {
			return new RecordedObservations();
		}

		@Bean
		HubObservations observations(RecordedObservations recorded,
				ObjectProvider<HubCallObservationConvention> callConvention,
				ObjectProvider<ConnectionEventObservationConvention> eventConvention) {
			return HubObservations.of(recorded.registry, new Conventions(callConvention.getIfAvailable(),
					eventConvention.getIfAvailable(), null, null, null));
		}

	}

}
