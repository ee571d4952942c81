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

package dev.realtime.invocation;

import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.realtime.backplane.BackplaneNode;
import dev.realtime.connection.LimitListener;
import dev.realtime.event.ClientEventHandler;
import dev.realtime.event.ClientEventListener;
import dev.realtime.hub.AuthenticationExpiry;
import dev.realtime.hub.HubContext;
import dev.realtime.hub.HubFilter;
import dev.realtime.hub.HubOptions;
import dev.realtime.hub.HubRegistry;
import dev.realtime.hub.UserIdProvider;
import dev.realtime.invocation.support.ArgumentValidator;
import dev.realtime.invocation.support.BeanArgumentValidator;
import dev.realtime.invocation.support.CallerSecurity;
import dev.realtime.observation.HubObservations;
import dev.realtime.protocol.TransportType;
import dev.realtime.protocol.signalr.HubProtocol;
import dev.realtime.protocol.signalr.JsonHubProtocol;
import dev.realtime.protocol.signalr.MessagePackHubProtocol;
import dev.realtime.protocol.webpubsub.PubSubProtocol;
import dev.realtime.protocol.webpubsub.PubSubProtocols;
import dev.realtime.web.HubWeb;
import jakarta.validation.Validation;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.Profiles;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * An application with hubs and without a web server.
 */
final class HubTester implements AutoCloseable {

	private static final ArgumentValidator VALIDATOR = new BeanArgumentValidator(
			Validation.buildDefaultValidatorFactory().getValidator());

	static {
		Awaitility.setDefaultPollDelay(Duration.ZERO);
		Awaitility.setDefaultPollInterval(Duration.ofMillis(5));
	}

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private static final List<HubProtocol> PROTOCOLS = List.of(new JsonHubProtocol(JsonMapper.builder().build()),
			new MessagePackHubProtocol(JsonMapper.builder().build()));

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private static final List<PubSubProtocol> PUB_SUB_PROTOCOLS = PubSubProtocols.available(MAPPER);

	private final HubExecutors executors;

	private final HubEngine engine;

	private HubTester(BackplaneNode node, HubExecutors executors, Consumer<HubRegistry> hubs,
			Consumer<HubOptions.Builder> options, Class<?>... components) {
		this.executors = executors;
		HubRegistry registry = new HubRegistry((name) -> {
			HubOptions.Builder builder = HubOptions.builder("/hubs/" + name);
			options.accept(builder);
			return builder.build();
		});
		registry.hub("test");
		hubs.accept(registry);
		Stream.of(components).forEach(this.context::register);
		this.context.registerBean("hubEngine", HubEngine.class, () -> HubEngine
			.builder(this.context.getBeanFactory(), registry, PROTOCOLS)
			.backplane(node)
			.executors(this.executors)
			.eventPublisher(this.context)
			.filters(() -> ordered(HubFilter.class))
			.argumentResolvers(() -> ordered(HandlerMethodArgumentResolver.class))
			.advice(() -> HubWeb.controllerAdvice(this.context))
			.validator(() -> new BeanArgumentValidator(Validation.buildDefaultValidatorFactory().getValidator()))
			.userIdProvider(() -> this.context.getBeanProvider(UserIdProvider.class)
				.getIfAvailable(UserIdProvider::principalName))
			.security(this.context.getBeanProvider(CallerSecurity.class)::getIfAvailable)
			.observations(
					() -> this.context.getBeanProvider(HubObservations.class).getIfAvailable(HubObservations::none))
			.authenticationExpiry(() -> this.context.getBean(AuthenticationExpiry.class))
			.limitListener(() -> this.context.getBeanProvider(LimitListener.class).getIfAvailable(LimitListener::none))
			.clientEventHandlers(() -> ordered(ClientEventHandler.class))
			.clientEventListeners(() -> ordered(ClientEventListener.class))
			.webPubSub(PUB_SUB_PROTOCOLS, MAPPER)
			.undeclaredHubs(this.context.getEnvironment().acceptsProfiles(Profiles.of("undeclared")))
			.build());
		this.context.registerBean("test", HubContext.class,
				() -> this.context.getBean("hubEngine", HubEngine.class).get("test"));
		try {
			this.context.refresh();
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
		this.engine = this.context.getBean(HubEngine.class);
		this.engine.start();
	}

	/**
	 * Return executors that run one call at a time.
	 */
	static HubExecutors oneThread() {
		return new HubExecutors(Executors.newSingleThreadExecutor(), HubExecutors.platform().streams());
	}

	private <T> List<T> ordered(Class<T> type) {
		return new ArrayList<>(this.context.getBeanProvider(type).orderedStream().toList());
	}

	static HubTester with(Class<?>... components) {
		return with((options) -> {
		}, components);
	}

	static HubTester with(Consumer<HubOptions.Builder> options, Class<?>... components) {
		return with(HubExecutors.platform(), options, components);
	}

	static HubTester with(HubExecutors executors, Consumer<HubOptions.Builder> options, Class<?>... components) {
		return new HubTester(BackplaneNode.local(), executors, (registry) -> {
		}, options, components);
	}

	static HubTester withHubs(Consumer<HubRegistry> hubs, Class<?>... components) {
		return new HubTester(BackplaneNode.local(), HubExecutors.platform(), hubs, (options) -> {
		}, components);
	}

	/**
	 * One node of several, which the caller starts and stops.
	 */
	static HubTester onNode(BackplaneNode node, Class<?>... components) {
		return new HubTester(node, HubExecutors.platform(), (registry) -> {
		}, (options) -> {
		}, components);
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	HubEngine engine() {
		return this.engine;
	}

	HubContext hub() {
		return this.engine.get("test");
	}

	HubEndpoint endpoint() {
		return endpoint("test");
	}

	HubEndpoint endpoint(String name) {
		return this.engine.endpoints()
			.stream()
			.filter((endpoint) -> endpoint.hub().equals(name))
			.findFirst()
			.orElseThrow();
	}

	PubSubEndpoint pubSub() {
		return Objects.requireNonNull(this.engine.pubSubEndpoint("test", true));
	}

	TestClient connect() {
		return connect((String) null);
	}

	TestClient connect(@Nullable String user) {
		return open(user).handshake();
	}

	TestClient open(@Nullable String user) {
		return open(endpoint(), TransportType.WEB_SOCKETS, user, new LinkedMultiValueMap<>());
	}

	TestClient open(HubEndpoint endpoint, TransportType type, @Nullable String user,
			MultiValueMap<String, String> headers) {
		Principal principal = (user != null) ? () -> user : null;
		return TestClient.attach(endpoint, type, principal, TestClient.handshake(new LinkedMultiValueMap<>(), headers));
	}

	static Stream<String> completions(List<String> records) {
		return records.stream().filter((record) -> record.startsWith("{'type':3"));
	}

	@Override
	public void close() {
		this.context.close();
		this.executors.close();
	}

}
