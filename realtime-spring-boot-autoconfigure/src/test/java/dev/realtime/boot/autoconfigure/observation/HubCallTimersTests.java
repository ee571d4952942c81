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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.realtime.observation.HubCallObservationContext;
import dev.realtime.observation.HubObservations;
import dev.realtime.observation.HubObservations.Conventions;
import dev.realtime.observation.HubOutcome;
import dev.realtime.observation.ObservedMethod;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler.IgnoredMeters;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationFilter;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HubCallTimers}.
 */
class HubCallTimersTests {

	private final MockClock clock = new MockClock();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry(SimpleConfig.DEFAULT, this.clock);

	private final ObservedMethod method = ObservedMethod.of("chat", "ping");

	@Test
	void metersAreThoseOfMicrometersHandler() {
		SimpleMeterRegistry others = new SimpleMeterRegistry(SimpleConfig.DEFAULT, this.clock);
		ObservationRegistry expected = registry(
				new DefaultMeterObservationHandler(others, IgnoredMeters.LONG_TASK_TIMER));
		ObservationRegistry actual = registry(new HubCallTimers(this.meters, List::of));
		for (ObservationRegistry registry : List.of(expected, actual)) {
			registry.observationConfig()
				.observationFilter((context) -> context.addLowCardinalityKeyValue(KeyValue.of("node", "a")));
			call(registry, null);
			call(registry, null);
			call(registry, new IllegalStateException());
			call(registry, new IllegalArgumentException());
		}
		assertThat(ids(this.meters)).isNotEmpty().containsExactlyInAnyOrderElementsOf(ids(others));
		assertThat(this.meters.get("realtime.hub.call").tag("outcome", "SUCCESS").timer().count()).isEqualTo(2);
		assertThat(this.meters.get("realtime.hub.call").tag("error", "IllegalStateException").timer().count()).isOne();
		assertThat(this.meters.get("realtime.hub.call").tag("outcome", "SUCCESS").timer().totalTime(TimeUnit.SECONDS))
			.isEqualTo(6);
	}

	@Test
	void recordedCallsHaveTheMetersOfObservedOnes() {
		SimpleMeterRegistry others = new SimpleMeterRegistry(SimpleConfig.DEFAULT, this.clock);
		ObservationFilter filter = (context) -> context.addLowCardinalityKeyValue(KeyValue.of("node", "a"))
			.addLowCardinalityKeyValue(KeyValue.of("rpc.system", "changed"));
		ObservationRegistry registry = registry(new HubCallTimers(others, List::of));
		registry.observationConfig().observationFilter(filter);
		HubCallTimers recorder = new HubCallTimers(this.meters, () -> List.of(filter));
		for (Throwable failure : Arrays.asList(null, null, new IllegalStateException(), new IllegalArgumentException(),
				new IllegalStateException())) {
			call(registry, failure);
			long start = recorder.nanoTime();
			this.clock.add(Duration.ofSeconds(3));
			recorder.record(this.method, (failure != null) ? HubOutcome.ERROR : HubOutcome.SUCCESS, failure, start);
		}
		others.remove(others.get("realtime.hub.call.noticed").counter());
		assertThat(measurements(this.meters)).hasSize(3).containsExactlyInAnyOrderElementsOf(measurements(others));
		assertThat(this.meters.get("realtime.hub.call").tag("error", "none").timer().totalTime(TimeUnit.SECONDS))
			.isEqualTo(6);
	}

	@Test
	void timerOfRecordedCallsThatWasRemovedIsMadeAnew() {
		HubCallTimers recorder = new HubCallTimers(this.meters, List::of);
		recorder.record(this.method, HubOutcome.SUCCESS, null, 0);
		this.meters.remove(this.meters.get("realtime.hub.call").timer());
		recorder.record(this.method, HubOutcome.SUCCESS, null, 0);
		assertThat(this.meters.get("realtime.hub.call").timer().count()).isOne();
	}

	@Test
	void timerThatWasRemovedIsMadeAnew() {
		ObservationRegistry registry = registry(new HubCallTimers(this.meters, List::of));
		call(registry, null);
		Timer timer = this.meters.get("realtime.hub.call").timer();
		this.meters.remove(timer);
		call(registry, null);
		assertThat(this.meters.get("realtime.hub.call").timer()).isNotSameAs(timer);
		assertThat(this.meters.get("realtime.hub.call").timer().count()).isOne();
	}

	private static ObservationRegistry registry(ObservationHandler<?> handler) {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(handler);
		return registry;
	}

	private void call(ObservationRegistry registry, @Nullable Throwable failure) {
		HubCallObservationContext context = new HubCallObservationContext(this.method, "id", null, Map.of());
		Observation observation = HubObservations.of(registry, Conventions.DEFAULT).start(context);
		assertThat(observation).isNotNull();
		this.clock.add(Duration.ofSeconds(3));
		observation.event(Observation.Event.of("noticed"));
		context.setOutcome((failure != null) ? HubOutcome.ERROR : HubOutcome.SUCCESS);
		if (failure != null) {
			observation.error(failure);
		}
		observation.stop();
	}

	private static List<String> measurements(SimpleMeterRegistry registry) {
		return registry.getMeters().stream().map((meter) -> meter.getId() + " " + meter.measure()).toList();
	}

	private static List<String> ids(SimpleMeterRegistry registry) {
		return registry.getMeters().stream().map(Meter::getId).map(String::valueOf).toList();
	}

}
