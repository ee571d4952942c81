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
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.realtime.connection.ClientConnection;
import dev.realtime.event.ConnectEventRequest;
import dev.realtime.event.ConnectEventResponse;
import dev.realtime.event.ConnectRejectedException;
import dev.realtime.event.EventMapping;
import dev.realtime.event.EventType;
import dev.realtime.event.GroupJoinedEvent;
import dev.realtime.event.GroupLeftEvent;
import dev.realtime.event.HubEvent;
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
import dev.realtime.observation.RpcSystem;
import dev.realtime.protocol.ClientProtocol;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.signalr.HubProtocol;
import dev.realtime.protocol.webpubsub.PubSubProtocol;
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

	private final ClientEvents clientEvents;

	private final EventDispatcher events;

	private final SignalRConnectionHandler handler;

	private final @Nullable DefaultPubSubEndpoint pubSub;

	private final Supplier<UserIdProvider> userIdProvider;

	private final Arrivals arrivals;

	DefaultHubEndpoint(HubRegistration registration, HubEngine.Builder settings, HubEventPublisher publisher) {
		this.name = registration.name();
		this.registration = registration;
		this.options = options(registration);
		this.clientEvents = new ClientEvents(this.name, settings.decisions);
		this.userIdProvider = settings.userIdProvider;
		this.arrivals = new Arrivals(settings.clock);
		List<HubProtocol> protocols = protocols(settings);
		List<PubSubProtocol> pubSubProtocols = settings.pubSubProtocols;
		List<ClientProtocol> allProtocols = new ArrayList<>(protocols);
		allProtocols.addAll(pubSubProtocols);
		this.lifetime = HubLifetimeManager.builder(this.name, allProtocols)
			.backplane(settings.backplane)
			.events((event) -> publish(event, publisher))
			.resultBinder((raw, protocol, type) -> named(protocol, protocols).readResult(raw, type))
			.resultExecutor(settings.executors::complete)
			.clientAccessIssuer((grant) -> settings.clientAccessIssuer.get().issue(grant))
			.build();
		this.lifetime.clientResults().setAskListener(DefaultHubEndpoint::beforeAsking);
		this.lifetime.clientResults().setPendingListener((connection) -> HubSession.of(connection).asked());
		this.dispatcher = new HubDispatcher(this.name, this.options, this.lifetime, settings.executors,
				settings.adapters, settings.authenticationExpiry, settings.limitListener);
		this.events = new EventDispatcher(settings.adapters, this.clientEvents);
		ConnectionEvents connectionEvents = new ConnectionEvents(this.dispatcher, this.events, publisher);
		this.handler = new SignalRConnectionHandler(this.dispatcher, connectionEvents, protocols);
		this.pubSub = (settings.pubSubMapper != null) ? new DefaultPubSubEndpoint(this, this.dispatcher,
				new PubSubConnectionHandler(this.lifetime, connectionEvents, new PubSubEvents(this.dispatcher,
						this.clientEvents, new PubSubArguments(settings.pubSubMapper), publisher),
						this.options.webPubSub()),
				pubSubProtocols) : null;
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

	private void publish(HubEvent event, Consumer<HubEvent> publisher) {
		publisher.accept(event);
		if (!this.clientEvents.watchesGroups()) {
			return;
		}
		ClientConnection connection = this.lifetime.find(event.connectionId());
		if (connection != null && event instanceof GroupJoinedEvent joined) {
			this.clientEvents.joined(HubSession.of(connection), joined.group());
		}
		else if (connection != null && event instanceof GroupLeftEvent left) {
			this.clientEvents.left(HubSession.of(connection), left.group());
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
	 * Connect the hub with what the application has for it.
	 * @param parts what there is for all hubs
	 */
	void connect(HubParts parts) {
		List<HubFilter> all = new ArrayList<>(parts.filters());
		all.addAll(this.registration.filters());
		HubMethodRegistry methods = new HubMethodRegistry(this.name);
		List<OrderedHandler> handlers = new ArrayList<>();
		for (Candidate candidate : parts.candidates()) {
			if (candidate.hubMethod() != null && candidate.serves(this.name)) {
				methods.register(limited(hubMethod(candidate, candidate.hubMethod(), parts)));
			}
			else if (candidate.eventMapping() != null) {
				EventMapping mapping = candidate.eventMapping();
				if (mapping.matchesHub(this.name) && (candidate.hubs().isEmpty() || candidate.serves(this.name))) {
					addHandler(candidate, mapping, parts, methods, handlers);
				}
			}
		}
		checkLimits(methods);
		handlers.sort(Comparator.comparingInt(OrderedHandler::order));
		this.clientEvents.connect(parts.clientEventHandlers(), parts.clientEventListeners());
		this.events.connect(handlers.stream().map(OrderedHandler::handler).toList(), parts.security());
		this.lifetime.observations(parts.observations(), observedName());
		this.dispatcher.connect(methods, all, parts.security(),
				new HubObserver(parts.observations(), observedName(), this.dispatcher::isRefusal));
	}

	private void checkLimits(HubMethodRegistry methods) {
		for (String name : this.options.limits().methods().keySet()) {
			if (methods.find(name) == null) {
				throw new InvalidHubException(
						"Hub '%s' limits how often '%s' is called, but has no method of that name.".formatted(this.name,
								name),
						"Choose from the methods %s.".formatted(methods.names()));
			}
		}
	}

	private HubMethodDescriptor limited(HubMethodDescriptor method) {
		return method.limitedTo(this.options.limits().methods().get(method.name()));
	}

	private HubMethodDescriptor hubMethod(Candidate candidate, HubMethod annotation, HubParts parts) {
		String name = StringUtils.hasText(annotation.value()) ? annotation.value()
				: candidate.method().getMethod().getName();
		return parts.factory()
			.callable(observedName(), name, candidate.method(), annotation.blocking(),
					parts.exceptionHandlers().find(candidate.beanName(), candidate.type()));
	}

	private void addHandler(Candidate candidate, EventMapping mapping, HubParts parts, HubMethodRegistry methods,
			List<OrderedHandler> handlers) {
		ExceptionHandlers exceptionHandlers = parts.exceptionHandlers().find(candidate.beanName(), candidate.type());
		if (mapping.name() != null) {
			methods.register(limited(parts.factory()
				.callable(observedName(), mapping.name(), candidate.method(), true, exceptionHandlers)
				.forEvent()));
		}
		else {
			InvocableHubMethod method = parts.factory()
				.handler(candidate.method(), mapping.types().contains(EventType.CONNECT), exceptionHandlers);
			handlers.add(new OrderedHandler(order(candidate), new Handler(mapping.types(), method)));
		}
	}

	private static int order(Candidate candidate) {
		Order order = AnnotatedElementUtils.findMergedAnnotation(candidate.method().getMethod(), Order.class);
		return (order != null) ? order.value()
				: OrderUtils.getOrder(candidate.method().getBeanType(), Ordered.LOWEST_PRECEDENCE);
	}

	/**
	 * Return the front door for Web PubSub clients.
	 * @return the endpoint, or {@code null} if there is none
	 */
	@Nullable DefaultPubSubEndpoint pubSub() {
		return this.pubSub;
	}

	/**
	 * Return the name of the hub as those who observe it are told, for whom it must not
	 * be of a client's choice.
	 * @return the name, or what stands for all hubs that nobody has declared
	 */
	String observedName() {
		return isDeclared() ? this.name : HubObservations.UNDECLARED_HUB;
	}

	boolean isDeclared() {
		return this.registration.isDeclared();
	}

	Arrivals arrivals() {
		return this.arrivals;
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
		ConnectEventResponse response = ask(RpcSystem.SIGNALR, request);
		connection.userId(StringUtils.hasLength(response.userId()) ? response.userId() : null);
		connection.handshake(handshake);
		HubSession session = new SignalRSession(connection, this.dispatcher);
		session.initialGroups(response.groups());
		session.state(response.state());
		connection.session(session);
		return connection;
	}

	/**
	 * Ask the handlers of the connect event. May block.
	 * @param system what the client speaks
	 * @param request what is known of the client
	 * @return what the handlers decided together
	 * @throws ConnectRejectedException if one of them refuses the connection
	 */
	ConnectEventResponse ask(RpcSystem system, ConnectEventRequest request) {
		ConnectingClient client = new ConnectingClient(this.name, request.connectionId(), request.userId(),
				request.handshake());
		CallerSecurity security = this.dispatcher.security();
		CallerScope caller = (security != null) ? security.scope(request.principal()) : null;
		AtomicReference<@Nullable ConnectEventResponse> answer = new AtomicReference<>();
		this.arrivals.began();
		try {
			this.dispatcher.observer()
				.<ConnectRejectedException>observe(EventType.CONNECT, system, request.connectionId(), caller,
						(scope, failures) -> answer.set(this.events.connect(
								new EventMessage(request, request.principal(), request.handshake(), null, scope),
								client, this.options.detailedErrors())));
		}
		finally {
			this.arrivals.ended();
		}
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
