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

package dev.realtime.boot.autoconfigure.servlet;

import dev.realtime.web.HubWeb;
import org.apache.catalina.valves.ValveBase;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.util.function.SingletonSupplier;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for hubs in embedded Tomcat: keeps
 * secrets out of its access log.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = RealtimeWebAutoConfiguration.class)
@ConditionalOnBean(HubWeb.class)
@ConditionalOnClass({ ValveBase.class, ConfigurableTomcatWebServerFactory.class })
public final class RealtimeTomcatAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "hubAccessLogCustomizer")
	WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> hubAccessLogCustomizer(
			ObjectProvider<HubWeb> hubWeb) {
		return (factory) -> factory.addEngineValves(new SecretMaskingValve(
				SingletonSupplier.of(() -> HubWeb.webPubSubClientMatcher().or(hubWeb.getObject().requestMatcher()))));
	}

}
