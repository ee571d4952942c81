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

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.realtime.observation.HubCallObservationContext;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.Observation;

/**
 * Times calls as {@link DefaultMeterObservationHandler} does, with the same names and
 * tags, but remembers the timers, and has none of calls under way: both would cost more
 * than most calls, and more still when several threads end calls at a time.
 */
final class HubCallTimers implements MeterObservationHandler<HubCallObservationContext> {

	private static final String NO_ERROR = KeyValue.NONE_VALUE;

	private final MeterRegistry registry;

	private final DefaultMeterObservationHandler events;

	private final Map<TimerKey, Timer> timers = new ConcurrentHashMap<>();

	HubCallTimers(MeterRegistry registry) {
		this.registry = registry;
		this.events = new DefaultMeterObservationHandler(registry,
				DefaultMeterObservationHandler.IgnoredMeters.LONG_TASK_TIMER);
		registry.config().onMeterRemoved(this::forget);
	}

	private void forget(Meter removed) {
		this.timers.values().removeIf((timer) -> timer.getId().equals(removed.getId()));
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
		Throwable error = context.getError();
		TimerKey key = new TimerKey(String.valueOf(context.getName()), context.getLowCardinalityKeyValues(),
				(error != null) ? error.getClass().getSimpleName() : NO_ERROR);
		Timer timer = this.timers.get(key);
		sample.stop((timer != null) ? timer : this.timers.computeIfAbsent(key, this::timer));
	}

	private Timer timer(TimerKey key) {
		return Timer.builder(key.name())
			.tags(key.keyValues().stream().map((keyValue) -> Tag.of(keyValue.getKey(), keyValue.getValue())).toList())
			.tag("error", key.error())
			.register(this.registry);
	}

	private record TimerKey(String name, KeyValues keyValues, String error) {

	}

}
