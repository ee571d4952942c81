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

package dev.realtime.boot.autoconfigure;

import dev.realtime.hub.HubContext;
import dev.realtime.hub.Hubs;
import dev.realtime.hub.TypedHubContext;

import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Scope;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the injection of
 * {@link HubContext} and {@link TypedHubContext}: which hub it is depends on where it is
 * injected.
 *
 * @since 0.1.0
 * @see dev.realtime.hub.annotation.Hub
 */
@AutoConfiguration(after = RealtimeAutoConfiguration.class)
@ConditionalOnBean(Hubs.class)
public final class HubContextAutoConfiguration {

	@Bean
	@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
	@ConditionalOnMissingBean
	HubContext hubContext(InjectionPoint injectionPoint, Hubs hubs) {
		return new HubInjectionPoint(injectionPoint, hubs).hubContext();
	}

	@Bean
	@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
	@ConditionalOnMissingBean
	TypedHubContext<?> typedHubContext(InjectionPoint injectionPoint, Hubs hubs) {
		return new HubInjectionPoint(injectionPoint, hubs).typedHubContext();
	}

}
