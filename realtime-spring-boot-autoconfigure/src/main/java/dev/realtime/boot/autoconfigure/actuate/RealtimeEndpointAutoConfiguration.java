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

package dev.realtime.boot.autoconfigure.actuate;

import dev.realtime.boot.actuate.RealtimeEndpoint;
import dev.realtime.boot.actuate.RealtimeEndpointJmxExtension;
import dev.realtime.boot.actuate.RealtimeEndpointWebExtension;
import dev.realtime.boot.autoconfigure.RealtimeAutoConfiguration;
import dev.realtime.boot.autoconfigure.servlet.RealtimeWebAutoConfiguration;
import dev.realtime.hub.HubDrain;
import dev.realtime.invocation.HubEngine;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the {@link RealtimeEndpoint}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { RealtimeAutoConfiguration.class, RealtimeWebAutoConfiguration.class })
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(HubEngine.class)
public final class RealtimeEndpointAutoConfiguration {

	/**
	 * The endpoint, which takes the actuator.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnAvailableEndpoint(RealtimeEndpoint.class)
	@ConditionalOnBean(HubDrain.class)
	static class EndpointConfiguration {

		@Bean
		@ConditionalOnMissingBean
		RealtimeEndpoint realtimeEndpoint(HubEngine engine, HubDrain drain) {
			return new RealtimeEndpoint(engine, drain);
		}

		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
		RealtimeEndpointWebExtension realtimeEndpointWebExtension(RealtimeEndpoint endpoint) {
			return new RealtimeEndpointWebExtension(endpoint);
		}

		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.JMX)
		RealtimeEndpointJmxExtension realtimeEndpointJmxExtension(RealtimeEndpoint endpoint) {
			return new RealtimeEndpointJmxExtension(endpoint);
		}

	}

}
