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

import dev.realtime.backplane.BackplaneNode;
import dev.realtime.boot.autoconfigure.RealtimeProperties.WebPubsub.UndeclaredHubs;
import dev.realtime.connection.LimitListener;
import dev.realtime.event.ClientEventHandler;
import dev.realtime.event.ClientEventListener;
import dev.realtime.hub.AuthenticationExpiry;
import dev.realtime.hub.ClientAccessIssuer;
import dev.realtime.hub.HubConfigurer;
import dev.realtime.hub.HubFilter;
import dev.realtime.hub.HubRegistry;
import dev.realtime.hub.UserIdProvider;
import dev.realtime.invocation.HubEngine;
import dev.realtime.invocation.HubExecutors;
import dev.realtime.invocation.support.ArgumentValidator;
import dev.realtime.invocation.support.CallerSecurity;
import dev.realtime.observation.HubObservations;
import dev.realtime.protocol.signalr.HubProtocol;
import dev.realtime.protocol.signalr.JsonHubProtocol;
import dev.realtime.protocol.signalr.MessagePackHubProtocol;
import dev.realtime.protocol.webpubsub.PubSubProtocols;
import dev.realtime.web.HubWeb;
import org.msgpack.core.MessagePack;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.util.function.SingletonSupplier;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for hubs and raw connections.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { RealtimeBackplaneAutoConfiguration.class, RealtimeValidationAutoConfiguration.class },
		afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "realtime.enabled", matchIfMissing = true)
@EnableConfigurationProperties(RealtimeProperties.class)
public final class RealtimeAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	HubRegistry hubRegistry(RealtimeProperties properties, Environment environment,
			ObjectProvider<HubProtocol> protocols, ObjectProvider<HubConfigurer> configurers) {
		UnknownKeys.check(environment);
		HubRegistry registry = new HubRegistry(options(properties, protocols));
		properties.getHubs().keySet().forEach(registry::hub);
		configurers.orderedStream().forEach((configurer) -> configurer.configureHubs(registry));
		return registry;
	}

	private static PropertiesHubOptions options(RealtimeProperties properties, ObjectProvider<HubProtocol> protocols) {
		return new PropertiesHubOptions(properties, protocols.orderedStream().map(HubProtocol::name).toList());
	}

	@Bean
	@ConditionalOnMissingBean
	@Order(0)
	JsonHubProtocol jsonHubProtocol(ObjectProvider<JsonMapper> jsonMapper) {
		return new JsonHubProtocol(jsonMapper.getIfAvailable(JsonMapper::shared));
	}

	@Bean
	@ConditionalOnMissingBean
	UserIdProvider userIdProvider() {
		return UserIdProvider.principalName();
	}

	@Bean
	@ConditionalOnMissingBean
	HubExecutors hubExecutors(Environment environment) {
		return Threading.VIRTUAL.isActive(environment) ? HubExecutors.virtual() : HubExecutors.platform();
	}

	@Bean
	@ConditionalOnMissingBean
	HubEngine hubEngine(RealtimeProperties properties, ApplicationContext context,
			ConfigurableListableBeanFactory beanFactory, HubRegistry registry, ObjectProvider<HubProtocol> protocols,
			BackplaneNode backplane, HubExecutors executors, ObjectProvider<HubFilter> filters,
			ObjectProvider<HandlerMethodArgumentResolver> argumentResolvers,
			ObjectProvider<ArgumentValidator> argumentValidator, ObjectProvider<CallerSecurity> security,
			ObjectProvider<HubObservations> observations, ObjectProvider<UserIdProvider> userIdProvider,
			ObjectProvider<AuthenticationExpiry> authenticationExpiry,
			ObjectProvider<ClientAccessIssuer> clientAccessIssuer,
			ObjectProvider<ClientEventHandler> clientEventHandlers,
			ObjectProvider<ClientEventListener> clientEventListeners, ObjectProvider<LimitListener> limitListener,
			ObjectProvider<JsonMapper> jsonMapper) {
		HubEngine.Builder builder = HubEngine.builder(beanFactory, registry, protocols.orderedStream().toList())
			.backplane(backplane)
			.executors(executors)
			.eventPublisher(context)
			.filters(() -> filters.orderedStream().toList())
			.argumentResolvers(() -> argumentResolvers.orderedStream().toList())
			.advice(() -> HubWeb.controllerAdvice(context))
			.validator(argumentValidator::getIfAvailable)
			.security(security::getIfAvailable)
			.observations(() -> observations.getIfAvailable(HubObservations::none))
			.clientEventHandlers(() -> clientEventHandlers.orderedStream().toList())
			.clientEventListeners(() -> clientEventListeners.orderedStream().toList())
			.userIdProvider(userIdProvider::getObject)
			.authenticationExpiry(() -> authenticationExpiry.getIfAvailable(() -> (principal) -> null))
			.clientAccessIssuer(() -> clientAccessIssuer.getIfAvailable(ClientAccessIssuer::none))
			.limitListener(SingletonSupplier.of(() -> limitListener.getIfAvailable(LimitListener::none)))
			.rawOptions(options(properties, protocols).rawConnections());
		if (WebPubSubKeys.isServed(properties, registry.registrations())) {
			JsonMapper mapper = jsonMapper.getIfAvailable(JsonMapper::shared);
			builder.webPubSub(PubSubProtocols.available(mapper), mapper)
				.undeclaredHubs(properties.getWebPubsub().getUndeclaredHubs() == UndeclaredHubs.ALLOW);
		}
		return builder.build();
	}

	// it connects hubs with their methods when all singletons exist
	@Bean
	static LazyInitializationExcludeFilter hubEngineLazyInitializationExcludeFilter() {
		return LazyInitializationExcludeFilter.forBeanTypes(HubEngine.class);
	}

	/**
	 * The protocol that needs a library of its own.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MessagePack.class)
	static class MessagePackConfiguration {

		@Bean
		@ConditionalOnMissingBean
		@Order(1)
		MessagePackHubProtocol messagePackHubProtocol(ObjectProvider<JsonMapper> jsonMapper) {
			return new MessagePackHubProtocol(jsonMapper.getIfAvailable(JsonMapper::shared));
		}

	}

}
