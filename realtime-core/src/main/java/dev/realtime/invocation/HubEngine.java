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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import dev.realtime.backplane.BackplaneNode;
import dev.realtime.connection.LimitListener;
import dev.realtime.event.ClientEventHandler;
import dev.realtime.event.ClientEventListener;
import dev.realtime.hub.AuthenticationExpiry;
import dev.realtime.hub.ClientAccessIssuer;
import dev.realtime.hub.HubContext;
import dev.realtime.hub.HubFilter;
import dev.realtime.hub.HubOptions;
import dev.realtime.hub.HubRegistration;
import dev.realtime.hub.HubRegistry;
import dev.realtime.hub.Hubs;
import dev.realtime.hub.UnknownHubException;
import dev.realtime.hub.UserIdProvider;
import dev.realtime.invocation.HubBeans.Candidate;
import dev.realtime.invocation.support.ArgumentValidator;
import dev.realtime.invocation.support.CallerSecurity;
import dev.realtime.invocation.support.StreamAdapters;
import dev.realtime.lifetime.HubLifetimeManager;
import dev.realtime.observation.HubObservations;
import dev.realtime.protocol.signalr.HubProtocol;
import dev.realtime.protocol.webpubsub.PubSubProtocol;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.messaging.handler.MessagingAdviceBean;
import org.springframework.messaging.handler.annotation.support.HeaderMethodArgumentResolver;
import org.springframework.messaging.handler.annotation.support.HeadersMethodArgumentResolver;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.util.Assert;

/**
 * All hubs of an application, and the endpoints of its raw connections. A hub exists when
 * a controller serves it or it is registered; the methods behind it are connected when
 * all singletons exist, so that any bean may have a {@link HubContext} injected.
 *
 * @since 0.1.0
 */
public final class HubEngine implements Hubs, SmartInitializingSingleton, AutoCloseable {

	private static final int MAX_UNDECLARED = 1000;

	private static final Duration UNDECLARED_REST = Duration.ofMinutes(5);

	private final Builder settings;

	private final HubBeans beans;

	private final HubEventPublisher events;

	private final Map<String, DefaultHubEndpoint> hubs = new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);

	// those that nobody has declared, in the order they came into being; guarded by
	// itself
	private final Set<DefaultHubEndpoint> undeclared = new LinkedHashSet<>();

	private volatile @Nullable HubParts parts;

	private final RawEndpoints raw;

	private HubEngine(Builder settings) {
		this.settings = settings;
		this.beans = new HubBeans(settings.beanFactory);
		this.events = new HubEventPublisher(settings.eventPublisher);
		this.beans.hubNames().forEach(settings.registry::hub);
		Collection<HubRegistration> registrations = settings.registry.registrations();
		registrations.forEach((registration) -> this.hubs.put(registration.name(),
				new DefaultHubEndpoint(registration, settings, this.events)));
		this.raw = new RawEndpoints(settings);
		checkPaths();
	}

	/**
	 * Return a builder.
	 * @param beanFactory where controllers and event handlers are found
	 * @param registry the registered hubs; those that controllers name are added to it
	 * @param protocols the protocols that are available
	 * @return a new builder
	 */
	public static Builder builder(ConfigurableListableBeanFactory beanFactory, HubRegistry registry,
			Collection<? extends HubProtocol> protocols) {
		return new Builder(beanFactory, registry, protocols);
	}

	private void checkPaths() {
		EndpointPaths paths = new EndpointPaths();
		this.hubs.values().forEach(paths::add);
		this.raw.all().forEach(paths::add);
	}

	@Override
	public void afterSingletonsInstantiated() {
		StreamAdapters adapters = this.settings.adapters;
		List<HandlerMethodArgumentResolver> resolvers = new ArrayList<>();
		resolvers.add(new HeaderMethodArgumentResolver(DefaultConversionService.getSharedInstance(),
				this.settings.beanFactory));
		resolvers.add(new HeadersMethodArgumentResolver());
		resolvers.addAll(this.settings.argumentResolvers.get());
		HubMethodFactory factory = new HubMethodFactory(resolvers, this.settings.validator.get(), adapters);
		ExceptionHandlerFinder exceptionHandlers = new ExceptionHandlerFinder(this.beans, factory, adapters,
				this.settings.advice.get());
		List<Candidate> candidates = this.beans.findMethods();
		candidates.forEach(this::checkHubs);
		HubParts parts = new HubParts(candidates, factory, exceptionHandlers, this.settings.filters.get(),
				this.settings.security.get(), this.settings.observations.get(), this.settings.clientEventHandlers.get(),
				this.settings.clientEventListeners.get());
		this.parts = parts;
		this.hubs.values().forEach((hub) -> hub.connect(parts));
		this.raw.connect();
	}

	private void checkHubs(Candidate candidate) {
		if (candidate.eventMapping() != null) {
			for (String name : candidate.eventMapping().hubs()) {
				if (!contains(name)) {
					throw new InvalidHubException(
							"Event handler %s is for the hub '%s', which does not exist."
								.formatted(candidate.method().getShortLogMessage(), name),
							"Choose from the known hubs %s.".formatted(names()));
				}
				if (!candidate.hubs().isEmpty() && !candidate.serves(name)) {
					throw new InvalidHubException(
							"Event handler %s of bean '%s' is for the hub '%s', but its controller serves only %s."
								.formatted(candidate.method().getShortLogMessage(), candidate.beanName(), name,
										candidate.hubs()),
							"Choose from the hubs of the controller, add the hub to @HubController, or move the method "
									+ "to a bean that is no controller.");
				}
			}
		}
	}

	/**
	 * Start publishing events to listeners.
	 */
	public void start() {
		this.events.start();
	}

	/**
	 * Stop publishing events to listeners, and let go of all hubs.
	 */
	@Override
	public void close() {
		this.events.stop();
		this.hubs.values().forEach((hub) -> hub.lifetime().close());
	}

	/**
	 * Return the front doors of all hubs, and of the handlers of raw connections.
	 * @return one endpoint per hub and per handler
	 */
	public List<HubEndpoint> endpoints() {
		List<HubEndpoint> endpoints = new ArrayList<>(this.hubs.values());
		endpoints.addAll(this.raw.all());
		return List.copyOf(endpoints);
	}

	/**
	 * Return how many connections of this node are open, or closing with handlers of the
	 * disconnected event still to run, raw connections included.
	 * @return the number of connections
	 */
	public int connectionCount() {
		return this.hubs.values().stream().mapToInt((hub) -> hub.lifetime().connectionCount()).sum()
				+ this.raw.connectionCount();
	}

	/**
	 * Return how many events no listener of the application has seen because too many
	 * waited for the slow ones.
	 * @return the number of events since the start
	 */
	public long discardedEvents() {
		return this.events.discarded();
	}

	@Override
	public HubContext get(String name) {
		return hub(name).lifetime().hubContext();
	}

	private DefaultHubEndpoint hub(String name) {
		DefaultHubEndpoint hub = this.hubs.get(name);
		if (hub == null) {
			throw new UnknownHubException(name, this.hubs.keySet());
		}
		return hub;
	}

	/**
	 * Return whether there are front doors for Web PubSub clients.
	 * @return {@code true} if the engine was built with Web PubSub
	 */
	public boolean servesWebPubSub() {
		return this.settings.pubSubMapper != null;
	}

	/**
	 * Return the front door of a hub for Web PubSub clients. With undeclared hubs
	 * allowed, a hub that does not exist is created by this.
	 * @param name the name of the hub, in any case
	 * @param authenticated whether the client has a valid token: for others a hub is only
	 * created if it allows anonymous clients
	 * @return the front door, or {@code null} if there is no such hub, or there are
	 * {@value #MAX_UNDECLARED} undeclared ones with connections already
	 * @throws IllegalStateException if the engine serves no Web PubSub clients
	 */
	public @Nullable PubSubEndpoint pubSubEndpoint(String name, boolean authenticated) {
		Assert.state(servesWebPubSub(), "There is no Web PubSub");
		boolean mayCreate = authenticated || allowsAnonymous(name);
		DefaultHubEndpoint hub = mayCreate ? findOrCreate(name) : this.hubs.get(name);
		return (hub != null) ? hub.pubSub() : null;
	}

	/**
	 * Return a hub that a Web PubSub server asks for. With undeclared hubs allowed, a hub
	 * that does not exist is created by this.
	 * @param name the name of the hub, in any case
	 * @return the hub, or {@code null} if there is no such hub
	 */
	public @Nullable HubLifetimeManager find(String name) {
		DefaultHubEndpoint hub = findOrCreate(name);
		return (hub != null) ? hub.lifetime() : null;
	}

	private boolean allowsAnonymous(String name) {
		return this.settings.undeclaredHubs
				&& this.settings.registry.undeclared(name).options().webPubSub().allowAnonymous();
	}

	private @Nullable DefaultHubEndpoint findOrCreate(String name) {
		DefaultHubEndpoint hub = this.hubs.get(name);
		HubParts parts = this.parts;
		if (!this.settings.undeclaredHubs || parts == null || (hub != null && hub.isDeclared())) {
			return hub;
		}
		synchronized (this.undeclared) {
			hub = this.hubs.get(name);
			if (hub == null) {
				hub = create(name.toLowerCase(Locale.ROOT), parts);
			}
			if (hub != null) {
				hub.arrivals().announced();
			}
			return hub;
		}
	}

	private @Nullable DefaultHubEndpoint create(String name, HubParts parts) {
		if (this.undeclared.size() >= this.settings.maxUndeclared && !forgetOne()) {
			return null;
		}
		DefaultHubEndpoint hub = new DefaultHubEndpoint(this.settings.registry.undeclared(name), this.settings,
				this.events);
		hub.connect(parts);
		this.undeclared.add(hub);
		this.hubs.put(name, hub);
		return hub;
	}

	private boolean forgetOne() {
		for (DefaultHubEndpoint hub : this.undeclared) {
			if (hub.lifetime().connectionCount() == 0 && hub.arrivals().noneFor(UNDECLARED_REST)) {
				this.undeclared.remove(hub);
				this.hubs.remove(hub.hub());
				hub.lifetime().close();
				return true;
			}
		}
		return false;
	}

	/**
	 * Return the name of this node.
	 * @return the name, unique among the nodes
	 */
	public String node() {
		return this.settings.backplane.name();
	}

	/**
	 * Return all hubs.
	 * @return the hubs in the order of their names
	 */
	public List<HubEntry> hubs() {
		return this.hubs.values().stream().map(this::entry).toList();
	}

	/**
	 * Look a hub up. None is created by this.
	 * @param name the name of the hub, in any case
	 * @return the hub, or {@code null} if there is no such hub
	 */
	public @Nullable HubEntry lookUp(String name) {
		DefaultHubEndpoint hub = this.hubs.get(name);
		return (hub != null) ? entry(hub) : null;
	}

	/**
	 * Return the name of a hub as those who observe it are told.
	 * @param name the name of the hub, or the path of raw connections
	 * @return the name, or what stands for all hubs that nobody has declared
	 */
	public String observedName(String name) {
		DefaultHubEndpoint hub = this.hubs.get(name);
		if (hub != null) {
			return hub.observedName();
		}
		return name.startsWith("/") ? name : HubObservations.UNDECLARED_HUB;
	}

	private HubEntry entry(DefaultHubEndpoint hub) {
		return new HubEntry(hub, hub.pubSub() != null, hub.isDeclared(), hub.lifetime());
	}

	@Override
	public boolean contains(String name) {
		return this.hubs.containsKey(name);
	}

	@Override
	public Set<String> names() {
		return Collections.unmodifiableSet(new LinkedHashSet<>(this.hubs.keySet()));
	}

	/**
	 * Builds a {@link HubEngine}.
	 */
	public static final class Builder {

		final ConfigurableListableBeanFactory beanFactory;

		final HubRegistry registry;

		final List<HubProtocol> protocols;

		final StreamAdapters adapters = new StreamAdapters();

		BackplaneNode backplane = BackplaneNode.local();

		HubExecutors executors = HubExecutors.platform();

		ApplicationEventPublisher eventPublisher = (event) -> {
		};

		Supplier<List<HubFilter>> filters = List::of;

		Supplier<List<HandlerMethodArgumentResolver>> argumentResolvers = List::of;

		Supplier<List<MessagingAdviceBean>> advice = List::of;

		Supplier<@Nullable ArgumentValidator> validator = () -> null;

		Supplier<@Nullable CallerSecurity> security = () -> null;

		Supplier<HubObservations> observations = HubObservations::none;

		Supplier<List<ClientEventHandler>> clientEventHandlers = List::of;

		Supplier<List<ClientEventListener>> clientEventListeners = List::of;

		Supplier<UserIdProvider> userIdProvider = UserIdProvider::principalName;

		Supplier<AuthenticationExpiry> authenticationExpiry = () -> (principal) -> null;

		Supplier<ClientAccessIssuer> clientAccessIssuer = ClientAccessIssuer::none;

		Supplier<LimitListener> limitListener = LimitListener::none;

		HubOptions rawOptions = HubOptions.at("/raw");

		List<PubSubProtocol> pubSubProtocols = List.of();

		@Nullable JsonMapper pubSubMapper;

		boolean undeclaredHubs;

		final Semaphore decisions = new Semaphore(ClientEvents.MAX_WAITING);

		int maxUndeclared = MAX_UNDECLARED;

		LongSupplier clock = System::nanoTime;

		private Builder(ConfigurableListableBeanFactory beanFactory, HubRegistry registry,
				Collection<? extends HubProtocol> protocols) {
			Assert.notNull(beanFactory, "'beanFactory' must not be null");
			Assert.notNull(registry, "'registry' must not be null");
			Assert.notEmpty(protocols, "'protocols' must not be empty");
			this.beanFactory = beanFactory;
			this.registry = registry;
			this.protocols = List.copyOf(protocols);
		}

		/**
		 * Set the node that connects this process with others.
		 * @param backplane the node; stands alone by default
		 * @return this builder
		 */
		public Builder backplane(BackplaneNode backplane) {
			this.backplane = backplane;
			return this;
		}

		/**
		 * Set the threads that hub methods run on.
		 * @param executors the executors
		 * @return this builder
		 */
		public Builder executors(HubExecutors executors) {
			this.executors = executors;
			return this;
		}

		/**
		 * Set where events for listeners are published.
		 * @param eventPublisher the publisher
		 * @return this builder
		 */
		public Builder eventPublisher(ApplicationEventPublisher eventPublisher) {
			this.eventPublisher = eventPublisher;
			return this;
		}

		/**
		 * Set the filters of all hubs, outermost first.
		 * @param filters called when all singletons exist
		 * @return this builder
		 */
		public Builder filters(Supplier<List<HubFilter>> filters) {
			this.filters = filters;
			return this;
		}

		/**
		 * Set what resolves arguments that clients do not send.
		 * @param argumentResolvers called when all singletons exist
		 * @return this builder
		 */
		public Builder argumentResolvers(Supplier<List<HandlerMethodArgumentResolver>> argumentResolvers) {
			this.argumentResolvers = argumentResolvers;
			return this;
		}

		/**
		 * Set the beans whose exception handlers are for several controllers, in order.
		 * @param advice called when all singletons exist
		 * @return this builder
		 */
		public Builder advice(Supplier<List<MessagingAdviceBean>> advice) {
			this.advice = advice;
			return this;
		}

		/**
		 * Set what validates constrained arguments.
		 * @param validator called when all singletons exist; may return {@code null}
		 * @return this builder
		 */
		public Builder validator(Supplier<@Nullable ArgumentValidator> validator) {
			this.validator = validator;
			return this;
		}

		/**
		 * Set what secures methods and handlers.
		 * @param security called when all singletons exist; may return {@code null}
		 * @return this builder
		 */
		public Builder security(Supplier<@Nullable CallerSecurity> security) {
			this.security = security;
			return this;
		}

		/**
		 * Set what observes calls and the events of connections.
		 * @param observations called when all singletons exist
		 * @return this builder
		 */
		public Builder observations(Supplier<HubObservations> observations) {
			this.observations = observations;
			return this;
		}

		/**
		 * Set what handles events outside of the application, in order.
		 * @param clientEventHandlers called when all singletons exist
		 * @return this builder
		 */
		public Builder clientEventHandlers(Supplier<List<ClientEventHandler>> clientEventHandlers) {
			this.clientEventHandlers = clientEventHandlers;
			return this;
		}

		/**
		 * Set what listens to events outside of the application.
		 * @param clientEventListeners called when all singletons exist
		 * @return this builder
		 */
		public Builder clientEventListeners(Supplier<List<ClientEventListener>> clientEventListeners) {
			this.clientEventListeners = clientEventListeners;
			return this;
		}

		/**
		 * Set what tells the user id of a principal.
		 * @param userIdProvider called when the first client connects
		 * @return this builder
		 */
		public Builder userIdProvider(Supplier<UserIdProvider> userIdProvider) {
			this.userIdProvider = userIdProvider;
			return this;
		}

		/**
		 * Set what tells when the authentication of a user expires.
		 * @param authenticationExpiry called when that matters
		 * @return this builder
		 */
		public Builder authenticationExpiry(Supplier<AuthenticationExpiry> authenticationExpiry) {
			this.authenticationExpiry = authenticationExpiry;
			return this;
		}

		/**
		 * Set what issues what clients of Web PubSub connect with.
		 * @param clientAccessIssuer called when that is asked for
		 * @return this builder
		 */
		public Builder clientAccessIssuer(Supplier<ClientAccessIssuer> clientAccessIssuer) {
			this.clientAccessIssuer = clientAccessIssuer;
			return this;
		}

		/**
		 * Set what hears of clients that come up against a limit.
		 * @param limitListener called when one does
		 * @return this builder
		 */
		public Builder limitListener(Supplier<LimitListener> limitListener) {
			this.limitListener = limitListener;
			return this;
		}

		/**
		 * Set the options of raw connections.
		 * @param rawOptions the options; each handler has a path of its own
		 * @return this builder
		 */
		public Builder rawOptions(HubOptions rawOptions) {
			this.rawOptions = rawOptions;
			return this;
		}

		/**
		 * Have Web PubSub clients served as well. By default they are not.
		 * @param protocols the protocols they may speak, that of plain clients among them
		 * @param mapper reads what they send with their events
		 * @return this builder
		 */
		public Builder webPubSub(Collection<? extends PubSubProtocol> protocols, JsonMapper mapper) {
			Assert.notEmpty(protocols, "'protocols' must not be empty");
			Assert.notNull(mapper, "'mapper' must not be null");
			this.pubSubProtocols = List.copyOf(protocols);
			this.pubSubMapper = mapper;
			return this;
		}

		/**
		 * Set whether a hub that nobody has declared comes into being when a Web PubSub
		 * client or server asks for it. By default it does not.
		 * @param undeclaredHubs whether it does
		 * @return this builder
		 */
		public Builder undeclaredHubs(boolean undeclaredHubs) {
			this.undeclaredHubs = undeclaredHubs;
			return this;
		}

		/**
		 * Build the engine.
		 * @return the engine
		 * @throws InvalidHubException if hubs, or handlers of raw connections, are in
		 * conflict
		 */
		public HubEngine build() {
			return new HubEngine(this);
		}

	}

}
