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
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import dev.realtime.connection.ClientConnection;
import dev.realtime.event.ConnectEventRequest;
import dev.realtime.event.ConnectEventResponse;
import dev.realtime.event.ConnectRejectedException;
import dev.realtime.event.EventMapping;
import dev.realtime.event.EventType;
import dev.realtime.hub.HubException;
import dev.realtime.hub.HubFilter;
import dev.realtime.hub.HubOptions;
import dev.realtime.hub.HubRegistration;
import dev.realtime.hub.UserIdProvider;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.invocation.EventDispatcher.Handler;
import dev.realtime.invocation.HubBeans.Candidate;
import dev.realtime.invocation.support.CallerScope;
import dev.realtime.invocation.support.CallerSecurity;
import dev.realtime.lifetime.HubLifetimeManager;
import dev.realtime.observation.HubObservations;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.signalr.HubProtocol;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.Order;
import org.springframework.core.annotation.OrderUtils;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * One hub, put together: its endpoint, its methods and handlers, and who is connected.
 */
final class DefaultHubEndpoint implements HubEndpoint {

	private static final SecureRandom RANDOM = new SecureRandom();

	private final String name;

	private final HubRegistration registration;

	private final HubOptions options;

	private final HubLifetimeManager lifetime;

	private final HubDispatcher dispatcher;

	private final EventDispatcher events;

	private final SignalRConnectionHandler handler;

	private final Supplier<UserIdProvider> userIdProvider;

	DefaultHubEndpoint(HubRegistration registration, HubEngine.Builder settings, HubEventPublisher publisher) {
		this.name = registration.name();
		this.registration = registration;
		this.options = options(registration);
		this.userIdProvider = settings.userIdProvider;
		List<HubProtocol> protocols = protocols(settings);
		this.lifetime = HubLifetimeManager.builder(this.name, protocols)
			.backplane(settings.backplane)
			.events(publisher)
			.resultBinder((raw, protocol, type) -> named(protocol, protocols).readResult(raw, type))
			.resultExecutor(settings.executors::complete)
			.build();
		this.lifetime.clientResults().setAskListener(DefaultHubEndpoint::beforeAsking);
		this.lifetime.clientResults().setPendingListener((connection) -> HubSession.of(connection).asked());
		this.dispatcher = new HubDispatcher(this.name, this.options, this.lifetime, settings.executors,
				settings.adapters, settings.authenticationExpiry);
		this.events = new EventDispatcher(settings.adapters);
		this.handler = new SignalRConnectionHandler(this.dispatcher,
				new ConnectionEvents(this.dispatcher, this.events, publisher), protocols);
	}

	private static HubOptions options(HubRegistration registration) {
		try {
			return registration.options();
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidHubException(
					"The options of hub '%s' are invalid: %s.".formatted(registration.name(), ex.getMessage()),
					"Correct what a HubConfigurer sets for the hub.");
		}
	}

	private List<HubProtocol> protocols(HubEngine.Builder settings) {
		List<HubProtocol> available = settings.protocols.stream()
			.map((protocol) -> protocol.withMessageTarget(this.options.messageTarget()))
			.toList();
		Set<String> wanted = this.options.protocols();
		if (wanted == null) {
			return available;
		}
		List<HubProtocol> protocols = new ArrayList<>();
		for (String name : wanted) {
			protocols.add(available.stream()
				.filter((protocol) -> protocol.name().equalsIgnoreCase(name))
				.findFirst()
				.orElseThrow(() -> new InvalidHubException(
						"Hub '%s' asks for the protocol '%s', which is not available.".formatted(this.name, name),
						"Choose from %s.".formatted(available.stream().map(HubProtocol::name).toList()))));
		}
		return protocols;
	}

	private static HubProtocol named(String name, List<HubProtocol> protocols) {
		return protocols.stream()
			.filter((protocol) -> protocol.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("Answered with the protocol '" + name + "'"));
	}

	// lets the calls behind what runs on this thread start, on another thread: the client
	// may need them to answer
	private static void beforeAsking(@Nullable ClientConnection connection) {
		try {
			InvocationPool.aboutToWait();
		}
		catch (RejectedExecutionException ex) {
			throw new HubException("The server waits for too many clients", ex);
		}
		if (connection != null) {
			HubSession.of(connection).askedOnThread();
		}
	}

	/**
	 * Connect the hub with the methods behind it.
	 * @param candidates the methods of all beans
	 * @param factory makes them callable
	 * @param exceptionHandlers finds what handles their exceptions
	 * @param filters the filters of all hubs
	 * @param security what secures the methods, or {@code null}
	 * @param observations observe what happens
	 */
	void connect(List<Candidate> candidates, HubMethodFactory factory, ExceptionHandlerFinder exceptionHandlers,
			List<HubFilter> filters, @Nullable CallerSecurity security, HubObservations observations) {
		List<HubFilter> all = new ArrayList<>(filters);
		all.addAll(this.registration.filters());
		HubMethodRegistry methods = new HubMethodRegistry(this.name);
		List<OrderedHandler> handlers = new ArrayList<>();
		for (Candidate candidate : candidates) {
			if (candidate.hubMethod() != null && candidate.serves(this.name)) {
				HubMethod annotation = candidate.hubMethod();
				String name = StringUtils.hasText(annotation.value()) ? annotation.value()
						: candidate.method().getMethod().getName();
				methods.register(factory.callable(this.name, name, candidate.method(), annotation.blocking(),
						exceptionHandlers.find(candidate.beanName(), candidate.type())));
			}
			else if (candidate.eventMapping() != null) {
				EventMapping mapping = candidate.eventMapping();
				if (!mapping.matchesHub(this.name) || !candidate.hubs().isEmpty() && !candidate.serves(this.name)) {
					continue;
				}
				ExceptionHandlers handlersOfBean = exceptionHandlers.find(candidate.beanName(), candidate.type());
				if (mapping.name() != null) {
					methods.register(
							factory.callable(this.name, mapping.name(), candidate.method(), true, handlersOfBean));
				}
				else {
					InvocableHubMethod method = factory.handler(candidate.method(),
							mapping.types().contains(EventType.CONNECT), handlersOfBean);
					handlers.add(new OrderedHandler(order(candidate), new Handler(mapping.types(), method)));
				}
			}
		}
		handlers.sort(Comparator.comparingInt(OrderedHandler::order));
		this.events.connect(handlers.stream().map(OrderedHandler::handler).toList(), security);
		this.dispatcher.connect(methods, all, security, observations);
	}

	private static int order(Candidate candidate) {
		Order order = AnnotatedElementUtils.findMergedAnnotation(candidate.method().getMethod(), Order.class);
		return (order != null) ? order.value()
				: OrderUtils.getOrder(candidate.method().getBeanType(), Ordered.LOWEST_PRECEDENCE);
	}

	HubLifetimeManager lifetime() {
		return this.lifetime;
	}

	@Override
	public String hub() {
		return this.name;
	}

	@Override
	public HubOptions options() {
		return this.options;
	}

	@Override
	public ClientConnection connect(@Nullable Principal principal, HubHandshake handshake) {
		ClientConnection connection = new ClientConnection(newId(), this.name, this.handler, this.options.outbound());
		ConnectEventRequest request = new ConnectEventRequest(this.name, connection.id(),
				this.userIdProvider.get().userId(principal, handshake), principal, handshake);
		CallerSecurity security = this.dispatcher.security();
		ConnectEventResponse response = ask(request, (security != null) ? security.scope(principal) : null);
		connection.userId(response.userId());
		connection.handshake(handshake);
		connection.session(new HubSession(connection, this.dispatcher, response.groups()));
		return connection;
	}

	private ConnectEventResponse ask(ConnectEventRequest request, @Nullable CallerScope caller) {
		AtomicReference<@Nullable ConnectEventResponse> answer = new AtomicReference<>();
		this.dispatcher.observer()
			.<ConnectRejectedException>observe(EventType.CONNECT, request.connectionId(), caller,
					(scope, failures) -> answer.set(this.events.connect(
							new EventMessage(request, request.principal(), request.handshake(), null, scope),
							this.options.detailedErrors())));
		ConnectEventResponse response = answer.get();
		Assert.state(response != null, "The handlers have not been asked");
		return response;
	}

	/**
	 * Return an id for a connection: 16 random bytes in base64url.
	 * @return 22 characters
	 */
	static String newId() {
		byte[] bytes = new byte[16];
		RANDOM.nextBytes(bytes);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	private record OrderedHandler(int order, Handler handler) {

	}

}
