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

import dev.realtime.invocation.HubEngine;
import dev.realtime.web.AccessTokens;
import dev.realtime.web.HubWeb;
import jakarta.servlet.Filter;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the REST API of Web PubSub. It
 * is served ahead of Spring Security, and authenticates requests by their own tokens.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = RealtimeWebPubSubAutoConfiguration.class)
@ConditionalOnBean(AccessTokens.class)
@ConditionalOnBooleanProperty(name = "realtime.web-pubsub.rest.enabled", matchIfMissing = true)
public final class RealtimeRestAutoConfiguration {

	private static final String FILTER = "webPubSubRestFilter";

	@Bean
	OpenedPaths webPubSubOpenedPaths() {
		return new OpenedPaths();
	}

	@Bean
	@ConditionalOnMissingBean(name = FILTER)
	Filter webPubSubRestFilter(AccessTokens tokens, HubEngine engine, OpenedPaths openedPaths) {
		return HubWeb.restFilter(tokens, engine::find, openedPaths);
	}

	// a proxy, so that hubs are not created while the web server is
	@Bean
	@ConditionalOnMissingBean(name = "webPubSubRestFilterRegistration")
	DelegatingFilterProxyRegistrationBean webPubSubRestFilterRegistration(Environment environment) {
		DelegatingFilterProxyRegistrationBean registration = new DelegatingFilterProxyRegistrationBean(FILTER);
		registration.setOrder(FilterOrder.beforeSecurity(environment));
		return registration;
	}

	/**
	 * Has Tomcat let encoded slashes and backslashes pass. Last, to see what others have
	 * set.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Connector.class, ConfigurableTomcatWebServerFactory.class })
	static class TomcatConfiguration {

		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE)
		WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> webPubSubTomcatCustomizer(
				OpenedPaths openedPaths) {
			return (factory) -> factory.addConnectorCustomizers((connector) -> open(connector, openedPaths));
		}

		static void open(Connector connector, OpenedPaths openedPaths) {
			String passThrough = EncodedSolidusHandling.PASS_THROUGH.getValue();
			if (isRejected(connector.getEncodedSolidusHandling())) {
				connector.setEncodedSolidusHandling(passThrough);
				openedPaths.opened(OpenedPaths.SLASH);
			}
			String backslash = connector.getEncodedReverseSolidusHandling();
			// what is decoded is rejected then, unless backslashes are allowed
			boolean decoded = EncodedSolidusHandling.DECODE.getValue().equals(backslash);
			if (isRejected(backslash) || decoded && !connector.getAllowBackslash()) {
				connector.setEncodedReverseSolidusHandling(passThrough);
				openedPaths.opened(OpenedPaths.BACKSLASH);
			}
		}

		private static boolean isRejected(String handling) {
			return EncodedSolidusHandling.REJECT.getValue().equals(handling);
		}

	}

	/**
	 * Has Jetty let encoded slashes, backslashes and percent signs pass. Last, to see
	 * what others have set.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Server.class, ConfigurableJettyWebServerFactory.class })
	static class JettyConfiguration {

		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE)
		WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> webPubSubJettyCustomizer(
				OpenedPaths openedPaths) {
			return (factory) -> factory.addServerCustomizers((server) -> open(server, openedPaths));
		}

		private static void open(Server server, OpenedPaths openedPaths) {
			for (org.eclipse.jetty.server.Connector connector : server.getConnectors()) {
				connector.getConnectionFactories()
					.stream()
					.filter(HttpConfiguration.ConnectionFactory.class::isInstance)
					.map((factory) -> ((HttpConfiguration.ConnectionFactory) factory).getHttpConfiguration())
					.forEach((configuration) -> open(configuration, openedPaths));
			}
		}

		private static void open(HttpConfiguration configuration, OpenedPaths openedPaths) {
			open(configuration, Violation.AMBIGUOUS_PATH_SEPARATOR, () -> openedPaths.opened(OpenedPaths.SLASH));
			open(configuration, Violation.AMBIGUOUS_PATH_ENCODING, () -> openedPaths.opened(OpenedPaths.PERCENT));
			open(configuration, Violation.SUSPICIOUS_PATH_CHARACTERS, () -> openedPaths.opened(OpenedPaths.SUSPICIOUS));
		}

		private static void open(HttpConfiguration configuration, Violation violation, Runnable opened) {
			UriCompliance compliance = configuration.getUriCompliance();
			if (!compliance.allows(violation)) {
				configuration.setUriCompliance(compliance.with("REALTIME", violation));
				opened.run();
			}
		}

	}

}
