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

import dev.realtime.boot.autoconfigure.RealtimeAutoConfiguration;
import dev.realtime.boot.autoconfigure.servlet.RealtimeWebAutoConfiguration;
import dev.realtime.hub.HubDrain;
import dev.realtime.invocation.HubEngine;
import dev.realtime.web.webhook.Webhooks;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationFilter;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the meters of hubs, connections,
 * events and limits.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { RealtimeAutoConfiguration.class, RealtimeWebAutoConfiguration.class },
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ HubEngine.class, MeterRegistry.class })
public final class RealtimeMetricsAutoConfiguration {

	// hubs are asked when connections end, since the listener is there before them
	@Bean
	@ConditionalOnMissingBean
	ConnectionMeters hubConnectionMeters(ObjectProvider<HubEngine> engine) {
		return new ConnectionMeters((hub) -> engine.getObject().observedName(hub));
	}

	@Bean
	@ConditionalOnMissingBean
	HubMeters hubMeters(HubEngine engine) {
		return new HubMeters(engine);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(HubDrain.class)
	DrainMeters hubDrainMeters(HubDrain drain) {
		return new DrainMeters(drain);
	}

	@Bean
	@ConditionalOnMissingBean
	LimitMeters hubLimitMeters(ObjectProvider<HubEngine> engine) {
		return new LimitMeters((hub) -> engine.getObject().observedName(hub));
	}

	@Bean
	@ConditionalOnMissingBean
	EventMeters hubEventMeters(HubEngine engine, ObjectProvider<Webhooks> webhooks) {
		return new EventMeters(engine, webhooks.getIfAvailable());
	}

	// of the handlers that make meters of an observation the first one does it
	@Bean
	@ConditionalOnMissingBean
	@Order(0)
	HubCallTimers hubCallTimers(MeterRegistry registry, ObjectProvider<ObservationFilter> filters) {
		return new HubCallTimers(registry, () -> filters.orderedStream().toList());
	}

}
