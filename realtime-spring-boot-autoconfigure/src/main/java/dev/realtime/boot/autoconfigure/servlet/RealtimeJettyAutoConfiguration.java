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

import java.util.function.Supplier;

import dev.realtime.web.HubWeb;
import jakarta.servlet.ServletContext;
import org.eclipse.jetty.server.RequestLog;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.util.function.SingletonSupplier;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for hubs in embedded Jetty: keeps
 * secrets out of its request log.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = RealtimeWebAutoConfiguration.class)
@ConditionalOnBean(HubWeb.class)
@ConditionalOnClass({ RequestLog.class, ConfigurableJettyWebServerFactory.class })
public final class RealtimeJettyAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "hubRequestLogCustomizer")
	WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> hubRequestLogCustomizer(ObjectProvider<HubWeb> hubWeb,
			ObjectProvider<ServletContext> servletContext) {
		return (factory) -> factory.addServerCustomizers((server) -> {
			RequestLog log = server.getRequestLog();
			if (log != null) {
				Supplier<HubWeb> web = SingletonSupplier.of(hubWeb::getObject);
				Supplier<String> contextPath = SingletonSupplier.of(() -> servletContext.getObject().getContextPath());
				server.setRequestLog(
						new SecretMaskingRequestLog(log, (path) -> hasSecrets(path, web.get(), contextPath.get())));
			}
		});
	}

	private static boolean hasSecrets(String path, HubWeb web, String contextPath) {
		return path.startsWith(contextPath) && web.hasSecrets(path.substring(contextPath.length()));
	}

}
