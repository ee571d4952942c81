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

import dev.realtime.boot.autoconfigure.actuate.RealtimeEndpointAutoConfiguration;
import dev.realtime.boot.autoconfigure.observation.RealtimeMetricsAutoConfiguration;
import dev.realtime.boot.autoconfigure.observation.RealtimeObservationAutoConfiguration;
import dev.realtime.boot.autoconfigure.security.RealtimeSecurityAutoConfiguration;
import dev.realtime.boot.autoconfigure.servlet.RealtimeJettyAutoConfiguration;
import dev.realtime.boot.autoconfigure.servlet.RealtimeRestAutoConfiguration;
import dev.realtime.boot.autoconfigure.servlet.RealtimeTomcatAutoConfiguration;
import dev.realtime.boot.autoconfigure.servlet.RealtimeWebAutoConfiguration;
import dev.realtime.boot.autoconfigure.servlet.RealtimeWebPubSubAutoConfiguration;
import dev.realtime.boot.autoconfigure.servlet.RealtimeWebSocketAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;

/**
 * Creates runners for servlet applications without a web server.
 */
public final class RealtimeContextRunner {

	/**
	 * All auto-configurations of this module for servlet applications.
	 */
	public static final Class<?>[] AUTO_CONFIGURATIONS = { HubContextAutoConfiguration.class,
			RealtimeAutoConfiguration.class, RealtimeBackplaneAutoConfiguration.class,
			RealtimeEndpointAutoConfiguration.class, RealtimeJettyAutoConfiguration.class,
			RealtimeMetricsAutoConfiguration.class, RealtimeObservationAutoConfiguration.class,
			RealtimeReactiveAutoConfiguration.class, RealtimeRestAutoConfiguration.class,
			RealtimeSecurityAutoConfiguration.class, RealtimeTomcatAutoConfiguration.class,
			RealtimeValidationAutoConfiguration.class, RealtimeWebAutoConfiguration.class,
			RealtimeWebPubSubAutoConfiguration.class, RealtimeWebhookAutoConfiguration.class,
			RealtimeWebSocketAutoConfiguration.class };

	private RealtimeContextRunner() {
	}

	public static WebApplicationContextRunner create() {
		return withoutRealtime().withConfiguration(AutoConfigurations.of(AUTO_CONFIGURATIONS));
	}

	/**
	 * Create a runner for what hubs are made of, without the front door.
	 */
	public static WebApplicationContextRunner createWithoutWeb() {
		return new WebApplicationContextRunner().withConfiguration(
				AutoConfigurations.of(RealtimeAutoConfiguration.class, RealtimeBackplaneAutoConfiguration.class));
	}

	public static WebApplicationContextRunner withoutRealtime() {
		return new WebApplicationContextRunner().withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class,
				WebMvcAutoConfiguration.class, DispatcherServletAutoConfiguration.class));
	}

}
