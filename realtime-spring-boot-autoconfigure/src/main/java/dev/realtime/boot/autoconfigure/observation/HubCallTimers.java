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

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.realtime.observation.CallRecorder;
import dev.realtime.observation.DefaultHubCallObservationConvention;
import dev.realtime.observation.HubCallObservationContext;
import dev.realtime.observation.HubOutcome;
import dev.realtime.observation.ObservedMethod;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationFilter;
import org.jspecify.annotations.Nullable;

/**
 * Times calls as {@link DefaultMeterObservationHandler} does, with the same names and
 * tags, but remembers the timers, and has none of calls under way: both would cost more
 * than most calls, and more still when several threads end calls at a time. Calls that
 * are not observed are timed as if they were.
 */
final class HubCallTimers implements MeterObservationHandler<HubCallObservationContext>, CallRecorder {

	private static final String NO_ERROR = KeyValue.NONE_VALUE;

	private static final DefaultHubCallObservationConvention CONVENTION = new DefaultHubCallObservationConvention();

	private final MeterRegistry registry;

	private final Supplier<List<ObservationFilter>> filters;

	private final DefaultMeterObservationHandler events;

	private final Map<TimerKey, Timer> timers = new ConcurrentHashMap<>();

	private final Map<CallKind, Timer> timersOfKinds = new ConcurrentHashMap<>();

	/**
	 * Create timers.
	 * @param registry the registry of the timers
	 * @param filters returns the filters of observations, which have their say in the
	 * tags of calls that are not observed, too: once for all calls of a kind
	 */
	HubCallTimers(MeterRegistry registry, Supplier<List<ObservationFilter>> filters) {
		this.registry = registry;
		this.filters = filters;
		this.events = new DefaultMeterObservationHandler(registry,
				DefaultMeterObservationHandler.IgnoredMeters.LONG_TASK_TIMER);
		registry.config().onMeterRemoved(this::forget);
	}

	private void forget(Meter removed) {
		this.timers.values().removeIf((timer) -> timer.getId().equals(removed.getId()));
		this.timersOfKinds.values().removeIf((timer) -> timer.getId().equals(removed.getId()));
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof HubCallObservationContext;
	}

	@Override
	public void onStart(HubCallObservationContext context) {
		context.put(Timer.Sample.class, Timer.start(this.registry));
	}

	@Override
	public void onEvent(Observation.Event event, HubCallObservationContext context) {
		this.events.onEvent(event, context);
	}

	@Override
	public void onStop(HubCallObservationContext context) {
		Timer.Sample sample = context.getRequired(Timer.Sample.class);
		sample.stop(timer(context));
	}

	@Override
	public long nanoTime() {
		return this.registry.config().clock().monotonicTime();
	}

	@Override
	public void record(ObservedMethod method, HubOutcome outcome, @Nullable Throwable failure, long start) {
		long duration = nanoTime() - start;
		CallKind kind = new CallKind(method, outcome, (failure != null) ? failure.getClass() : null);
		Timer timer = this.timersOfKinds.get(kind);
		if (timer == null) {
			timer = timer(observed(method, outcome, failure));
			this.timersOfKinds.put(kind, timer);
		}
		timer.record(duration, TimeUnit.NANOSECONDS);
	}

	// what an observation of the call would have told when it stopped
	private Observation.Context observed(ObservedMethod method, HubOutcome outcome, @Nullable Throwable failure) {
		HubCallObservationContext call = new HubCallObservationContext(method, "", null, Map.of());
		call.setOutcome(outcome);
		call.setName(CONVENTION.getName());
		if (failure != null) {
			call.setError(failure);
		}
		call.addLowCardinalityKeyValues(CONVENTION.getLowCardinalityKeyValues(call));
		Observation.Context context = call;
		for (ObservationFilter filter : this.filters.get()) {
			context = filter.map(context);
		}
		return context;
	}

	private Timer timer(Observation.Context context) {
		Throwable error = context.getError();
		TimerKey key = new TimerKey(String.valueOf(context.getName()), context.getLowCardinalityKeyValues(),
				(error != null) ? error.getClass().getSimpleName() : NO_ERROR);
		Timer timer = this.timers.get(key);
		return (timer != null) ? timer : this.timers.computeIfAbsent(key, this::timer);
	}

	private Timer timer(TimerKey key) {
		return Timer.builder(key.name())
			.tags(key.keyValues().stream().map((keyValue) -> Tag.of(keyValue.getKey(), keyValue.getValue())).toList())
			.tag("error", key.error())
			.register(this.registry);
	}

	private record TimerKey(String name, KeyValues keyValues, String error) {

	}

	/**
	 * What calls have in common that have one timer.
	 */
	private record CallKind(ObservedMethod method, HubOutcome outcome, @Nullable Class<?> failure) {

	}

}
