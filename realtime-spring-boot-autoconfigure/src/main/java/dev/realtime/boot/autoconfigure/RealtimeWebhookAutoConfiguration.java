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

import dev.realtime.event.ClientEventHandler;
import dev.realtime.event.ClientEventListener;
import dev.realtime.hub.HubRegistry;
import dev.realtime.observation.HubObservations;
import dev.realtime.web.AccessKeys;
import dev.realtime.web.webhook.Webhooks;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the webhooks of hubs. They come
 * after the handlers that are beans of the application.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = RealtimeAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "realtime.enabled", matchIfMissing = true)
@EnableConfigurationProperties(RealtimeProperties.class)
public final class RealtimeWebhookAutoConfiguration {

	// the registry has checked the keys of the properties
	@Bean
	@ConditionalOnMissingBean
	Webhooks webhooks(RealtimeProperties properties, HubRegistry registry, ObjectProvider<AccessKeys> accessKeys,
			ObjectProvider<HubObservations> observations) {
		return new PropertiesWebhooks(properties).build(accessKeys.getIfAvailable(),
				() -> observations.getIfAvailable(HubObservations::none));
	}

	@Bean
	@ConditionalOnMissingBean(name = "webhookEventHandler")
	@Order(Ordered.LOWEST_PRECEDENCE)
	ClientEventHandler webhookEventHandler(Webhooks webhooks) {
		return webhooks.handler();
	}

	@Bean
	@ConditionalOnMissingBean(name = "webhookEventListener")
	@Order(Ordered.LOWEST_PRECEDENCE)
	ClientEventListener webhookEventListener(Webhooks webhooks) {
		return webhooks.listener();
	}

}
