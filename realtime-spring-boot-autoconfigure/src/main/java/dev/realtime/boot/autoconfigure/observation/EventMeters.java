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

import java.util.function.ToDoubleFunction;

import dev.realtime.invocation.HubEngine;
import dev.realtime.web.webhook.Webhooks;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * The meters of events that have not reached whom they were for.
 */
final class EventMeters implements MeterBinder {

	static final String DISCARDED = "realtime.events.discarded";

	static final String WEBHOOKS_DISCARDED = "realtime.webhooks.discarded";

	static final String WEBHOOKS_FAILED = "realtime.webhooks.failed";

	private final HubEngine engine;

	private final @Nullable Webhooks webhooks;

	/**
	 * Create the meters.
	 * @param engine publishes events to listeners
	 * @param webhooks told of events, or {@code null} if there are none
	 */
	EventMeters(HubEngine engine, @Nullable Webhooks webhooks) {
		this.engine = engine;
		this.webhooks = webhooks;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		counter(DISCARDED, "Events that no listener has seen, because too many waited.", this.engine,
				HubEngine::discardedEvents, registry);
		if (this.webhooks != null) {
			counter(WEBHOOKS_DISCARDED, "Events that no webhook was told, because too many waited.", this.webhooks,
					Webhooks::discarded, registry);
			counter(WEBHOOKS_FAILED, "Events that a webhook was told and has not taken.", this.webhooks,
					Webhooks::failed, registry);
		}
	}

	private static <T> void counter(String name, String description, T source, ToDoubleFunction<T> figure,
			MeterRegistry registry) {
		FunctionCounter.builder(name, source, figure).description(description).register(registry);
	}

}
