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

import java.util.List;

import dev.realtime.backplane.BackplaneNode;
import dev.realtime.boot.autoconfigure.RealtimeAutoConfiguration;
import dev.realtime.boot.autoconfigure.RealtimeProperties;
import dev.realtime.connection.ConnectionListener;
import dev.realtime.connection.LimitListener;
import dev.realtime.hub.NegotiateRedirector;
import dev.realtime.invocation.HubEngine;
import dev.realtime.observation.HubObservations;
import dev.realtime.transport.ConnectionLimits;
import dev.realtime.transport.ConnectionRegistry;
import dev.realtime.transport.Heartbeat;
import dev.realtime.transport.netty.SocketTakeover;
import dev.realtime.web.AccessTokens;
import dev.realtime.web.HubWeb;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpSessionListener;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.HandlerMapping;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the front door of hubs in a
 * servlet application.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { RealtimeAutoConfiguration.class, RealtimeWebPubSubAutoConfiguration.class,
		RealtimeWebSocketAutoConfiguration.class })
@ConditionalOnBean(HubEngine.class)
public final class RealtimeWebAutoConfiguration {

	private static final int MAX_DETACHED_CONNECTIONS = 100_000;

	@Bean
	@ConditionalOnMissingBean
	ConnectionRegistry connectionRegistry(RealtimeProperties properties, ObjectProvider<ConnectionListener> listener,
			ObjectProvider<LimitListener> limitListener) {
		ConnectionRegistry registry = connectionRegistry(properties);
		listener.ifAvailable(registry::setListener);
		Integer perAddress = properties.getLimits().getConnectionsPerAddress();
		registry.setLimits(new ConnectionLimits((perAddress != null) ? perAddress : 0,
				limitListener.getIfAvailable(LimitListener::none)));
		return registry;
	}

	private static ConnectionRegistry connectionRegistry(RealtimeProperties properties) {
		Integer maxConnections = properties.getMaxConnections();
		if (maxConnections != null) {
			return new ConnectionRegistry(maxConnections);
		}
		boolean detached = properties.getWebsocket().getNetty().isDetach();
		return detached ? new ConnectionRegistry(MAX_DETACHED_CONNECTIONS) : new ConnectionRegistry();
	}

	@Bean
	@ConditionalOnMissingBean
	HubWeb hubWeb(ConnectionRegistry connectionRegistry, HubEngine engine, RealtimeProperties properties,
			ObjectProvider<SocketTakeover> takeover, ObjectProvider<NegotiateRedirector> redirector,
			ObjectProvider<AccessTokens> accessTokens, ObjectProvider<HubObservations> observations) {
		HubWeb.Builder builder = HubWeb.builder(connectionRegistry, engine.endpoints())
			.cors(CorsProperties.configuration(properties.getCors()))
			.observations(() -> observations.getIfAvailable(HubObservations::none));
		takeover.ifAvailable(builder::socketTakeover);
		redirector.ifAvailable(builder::redirector);
		if (engine.servesWebPubSub()) {
			builder.webPubSub(engine::pubSubEndpoint, accessTokens.getIfAvailable());
		}
		return builder.build();
	}

	@Bean
	@ConditionalOnMissingBean(name = "hubHandlerMapping")
	HandlerMapping hubHandlerMapping(HubWeb hubWeb) {
		return hubWeb.handlerMapping();
	}

	@Bean
	@ConditionalOnMissingBean(name = "hubAccessTokenFilter")
	Filter hubAccessTokenFilter(HubWeb hubWeb) {
		return hubWeb.accessTokenFilter();
	}

	@Bean
	@ConditionalOnMissingBean(name = "webPubSubClientFilter")
	Filter webPubSubClientFilter(HubWeb hubWeb) {
		return hubWeb.webPubSubClientFilter();
	}

	// a proxy, so that hubs are not created while the web server is
	@Bean
	@ConditionalOnMissingBean(name = "webPubSubClientFilterRegistration")
	DelegatingFilterProxyRegistrationBean webPubSubClientFilterRegistration(Environment environment) {
		DelegatingFilterProxyRegistrationBean registration = new DelegatingFilterProxyRegistrationBean(
				"webPubSubClientFilter");
		registration.setOrder(FilterOrder.beforeSecurity(environment));
		return registration;
	}

	@Bean
	@ConditionalOnMissingBean(name = "hubSessionListener")
	HttpSessionListener hubSessionListener(ConnectionRegistry connectionRegistry) {
		return HubWeb.sessionListener(connectionRegistry);
	}

	// a proxy, so that hubs are not created while the web server is
	@Bean
	@ConditionalOnMissingBean(name = "hubAccessTokenFilterRegistration")
	DelegatingFilterProxyRegistrationBean hubAccessTokenFilterRegistration(Environment environment) {
		DelegatingFilterProxyRegistrationBean registration = new DelegatingFilterProxyRegistrationBean(
				"hubAccessTokenFilter");
		registration.setOrder(FilterOrder.beforeSecurity(environment));
		return registration;
	}

	@Bean
	@ConditionalOnMissingBean
	Heartbeat hubHeartbeat(ConnectionRegistry connectionRegistry) {
		return new Heartbeat(List.of(connectionRegistry::onHeartbeat));
	}

	@Bean
	HubEngineLifecycle hubEngineLifecycle(HubEngine engine, BackplaneNode backplane, Heartbeat heartbeat) {
		return new HubEngineLifecycle(engine, backplane, heartbeat);
	}

	@Bean
	DefaultHubDrain hubDrain(ConnectionRegistry connectionRegistry, HubEngine engine, RealtimeProperties properties,
			ApplicationContext context, ObjectProvider<ApplicationAvailability> availability) {
		return new DefaultHubDrain(connectionRegistry, engine::connectionCount, properties.getShutdown().getTimeout(),
				new DrainReadiness(context, availability.getIfAvailable()));
	}

	@Bean
	HubShutdownLifecycle hubShutdownLifecycle(DefaultHubDrain drain, RealtimeProperties properties,
			ObjectProvider<LifecycleProperties> lifecycleProperties) {
		return new HubShutdownLifecycle(drain, properties.getShutdown().getTimeout(),
				lifecycleProperties.getIfAvailable(LifecycleProperties::new).getTimeoutPerShutdownPhase());
	}

}
