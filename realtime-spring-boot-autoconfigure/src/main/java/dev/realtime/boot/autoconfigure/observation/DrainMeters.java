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

import java.util.function.ToLongFunction;

import dev.realtime.hub.HubDrain;
import dev.realtime.hub.HubDrain.Status;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Meters of the drain of this node: how many connections are still to go, and how many
 * have gone in order or were dropped.
 */
final class DrainMeters implements MeterBinder {

	static final String REMAINING = "realtime.drain.remaining";

	static final String CONNECTIONS = "realtime.drain.connections";

	static final String OUTCOME = "outcome";

	private final HubDrain drain;

	DrainMeters(HubDrain drain) {
		this.drain = drain;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder(REMAINING, this.drain, (drain) -> drain.status().remaining())
			.description("Number of connections that are still to go while the node drains.")
			.baseUnit(BaseUnits.CONNECTIONS)
			.register(registry);
		counter(registry, "closed", Status::closed);
		counter(registry, "dropped", Status::dropped);
	}

	private void counter(MeterRegistry registry, String outcome, ToLongFunction<Status> count) {
		FunctionCounter.builder(CONNECTIONS, this.drain, (drain) -> count.applyAsLong(drain.status()))
			.description("Number of connections that have ended because the node drains.")
			.baseUnit(BaseUnits.CONNECTIONS)
			.tag(OUTCOME, outcome)
			.register(registry);
	}

}
