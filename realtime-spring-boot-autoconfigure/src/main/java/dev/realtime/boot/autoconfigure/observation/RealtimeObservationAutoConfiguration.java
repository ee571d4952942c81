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
import dev.realtime.observation.CallRecorder;
import dev.realtime.observation.ConnectObservationConvention;
import dev.realtime.observation.ConnectionEventObservationConvention;
import dev.realtime.observation.HubCallObservationConvention;
import dev.realtime.observation.HubObservations;
import dev.realtime.observation.HubObservations.Conventions;
import dev.realtime.observation.SendObservationConvention;
import dev.realtime.observation.WebhookObservationConvention;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the observation of calls,
 * messages, connections and webhooks.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = RealtimeAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "realtime.enabled", matchIfMissing = true)
@ConditionalOnBean(ObservationRegistry.class)
public final class RealtimeObservationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	HubObservations hubObservations(ObservationRegistry registry,
			ObjectProvider<HubCallObservationConvention> callConvention,
			ObjectProvider<ConnectionEventObservationConvention> eventConvention,
			ObjectProvider<ConnectObservationConvention> connectConvention,
			ObjectProvider<SendObservationConvention> sendConvention,
			ObjectProvider<WebhookObservationConvention> webhookConvention, ObjectProvider<CallRecorder> callRecorder,
			ConfigurableListableBeanFactory beanFactory) {
		HubObservations observations = HubObservations.of(registry,
				new Conventions(callConvention.getIfAvailable(), eventConvention.getIfAvailable(),
						connectConvention.getIfAvailable(), sendConvention.getIfAvailable(),
						webhookConvention.getIfAvailable()));
		CallRecorder recorder = callRecorder.getIfUnique();
		return (recorder != null && new CallListeners(beanFactory, recorder).areNone())
				? observations.recordingCalls(recorder) : observations;
	}

}
