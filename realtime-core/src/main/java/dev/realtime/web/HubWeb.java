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

package dev.realtime.web;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import dev.realtime.hub.NegotiateRedirector;
import dev.realtime.invocation.HubEndpoint;
import dev.realtime.lifetime.HubLifetimeManager;
import dev.realtime.observation.HubObservations;
import dev.realtime.transport.ConnectionRegistry;
import dev.realtime.transport.WebSocketEngine;
import dev.realtime.transport.WriterPool;
import dev.realtime.transport.http.HttpTransports;
import dev.realtime.transport.netty.NettyWebSocketEngine;
import dev.realtime.transport.netty.SocketTakeover;
import dev.realtime.transport.websocket.ServletWebSocketEngine;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.http.server.PathContainer;
import org.springframework.messaging.handler.MessagingAdviceBean;
import org.springframework.util.Assert;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.method.ControllerAdviceBean;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;

/**
 * The front door of all hubs: what a servlet application has to register so that clients
 * can connect. Closing it ends the threads that write; it is to be closed after the
 * connections.
 *
 * @since 0.1.0
 * @see #builder
 */
public final class HubWeb implements AutoCloseable {

	private final HubPaths paths;

	private final RouterFunctionMapping handlerMapping;

	private final @Nullable RouterFunction<ServerResponse> pubSubRoutes;

	private final WriterPool webSocketWriters;

	private final WriterPool httpWriters;

	private final @Nullable NettyWebSocketEngine nettyEngine;

	private HubWeb(Builder builder) {
		CorsConfiguration cors = HubCors.complete(builder.cors);
		ConnectionRegistry registry = builder.registry;
		this.paths = new HubPaths(builder.endpoints);
		this.webSocketWriters = WriterPool.create("realtime-ws-writer-");
		// apart: a container lets go of a stalled response late, when its own timeout
		// says so
		this.httpWriters = WriterPool.create("realtime-http-writer-");
		WebSocketEngine portable = new ServletWebSocketEngine(this.webSocketWriters);
		this.nettyEngine = (builder.takeover != null) ? new NettyWebSocketEngine(builder.takeover, portable) : null;
		WebSocketEngine engine = (this.nettyEngine != null) ? this.nettyEngine : portable;
		HttpTransports transports = new HttpTransports(registry, this.httpWriters);
		ConnectObserver observer = new ConnectObserver(builder.observations);
		HubRouterFunctions functions = new HubRouterFunctions(
				new NegotiateHandler(registry, builder.redirector, observer),
				new ConnectHandler(registry, engine, transports, new OriginCheck(cors), observer),
				new SendHandler(registry, transports), new TerminateHandler(registry, transports));
		this.pubSubRoutes = (builder.pubSubHubs != null) ? new PubSubRouterFunctions(
				new PubSubConnectHandler(builder.pubSubHubs, builder.accessTokens, registry, engine, observer))
			.routes() : null;
		RouterFunction<ServerResponse> routes = functions.routes(builder.endpoints);
		this.handlerMapping = new RouterFunctionMapping(
				(this.pubSubRoutes != null) ? routes.and(this.pubSubRoutes) : routes);
		this.handlerMapping.setOrder(builder.order);
		this.handlerMapping.setCorsConfigurationSource((request) -> cors);
	}

	/**
	 * Start to build the front door.
	 * @param registry the connections by their tokens; something has to pass it the
	 * heartbeat
	 * @param endpoints the hubs
	 * @return the builder
	 */
	public static Builder builder(ConnectionRegistry registry, Collection<? extends HubEndpoint> endpoints) {
		return new Builder(registry, endpoints);
	}

	/**
	 * Return what maps requests to hubs, for the application context of a
	 * {@code DispatcherServlet}.
	 * @return the handler mapping, a bean to be
	 */
	public HandlerMapping handlerMapping() {
		return this.handlerMapping;
	}

	/**
	 * Return the filter that turns the {@code access_token} parameter of requests to hubs
	 * into an {@code Authorization} header and hides it. It has to come before whatever
	 * authenticates, and has to support asynchronous requests.
	 * @return a new filter
	 */
	public Filter accessTokenFilter() {
		return new AccessTokenFilter(this.paths);
	}

	/**
	 * Return the filter that connects Web PubSub clients ahead of what else authenticates
	 * requests, where they would be refused: they authenticate by their access tokens.
	 * Without it they are connected by {@link #handlerMapping()}.
	 * @return a new filter, which does nothing where no Web PubSub clients are served
	 */
	public Filter webPubSubClientFilter() {
		return (this.pubSubRoutes != null) ? new PubSubClientFilter(this.pubSubRoutes)
				: (request, response, chain) -> chain.doFilter(request, response);
	}

	/**
	 * Return the listener that closes a user's connections when the session ends in which
	 * they were made: where users log in to sessions, logging out disconnects them.
	 * @param registry the connections by their tokens
	 * @return a new listener, which is a {@link HttpSessionIdListener} as well
	 */
	public static HttpSessionListener sessionListener(ConnectionRegistry registry) {
		Assert.notNull(registry, "'registry' must not be null");
		return new UserSessions(registry);
	}

	/**
	 * Return the filter that serves the REST API of Web PubSub: the operations on hubs
	 * below {@code /api/hubs/}, and {@code HEAD /api/health}. It authenticates requests
	 * itself, and has to come before whatever else would, and before firewalls.
	 * @param tokens verifies the tokens of requests
	 * @param hubs finds a hub by its name in any case, or returns {@code null}
	 * @param refused tells raw paths that the container lets pass for the API alone;
	 * requests to others are answered with status 400
	 * @return a new filter
	 */
	public static Filter restFilter(AccessTokens tokens, Function<String, @Nullable HubLifetimeManager> hubs,
			Predicate<String> refused) {
		Assert.notNull(tokens, "'tokens' must not be null");
		Assert.notNull(hubs, "'hubs' must not be null");
		Assert.notNull(refused, "'refused' must not be null");
		return new RestFilter(tokens, hubs, refused, new RestFailures(System::nanoTime));
	}

	/**
	 * Find the {@code @ControllerAdvice} beans, whose {@code @MessageExceptionHandler}
	 * methods handle exceptions of hub controllers.
	 * @param context the application context
	 * @return the beans, in order
	 */
	public static List<MessagingAdviceBean> controllerAdvice(ApplicationContext context) {
		return ControllerAdviceBean.findAnnotatedBeans(context)
			.stream()
			.<MessagingAdviceBean>map(MessagingControllerAdvice::new)
			.toList();
	}

	/**
	 * Return what tells requests to hubs from others, negotiation included.
	 * @return a predicate for requests whose path is that of a hub
	 */
	public Predicate<HttpServletRequest> requestMatcher() {
		return this.paths;
	}

	/**
	 * Return what tells the requests by which clients of hubs change something from
	 * others: POST to negotiate and to send, DELETE to end a connection.
	 * @return a predicate for the requests that need no protection against CSRF
	 */
	public Predicate<HttpServletRequest> changeMatcher() {
		return this.paths::isChange;
	}

	/**
	 * Return what tells requests of Web PubSub clients from others, whether they are
	 * served or not.
	 * @return a predicate for requests whose path is that of the client endpoint, or
	 * below
	 */
	public static Predicate<HttpServletRequest> webPubSubClientMatcher() {
		return (request) -> isWebPubSubClientPath(Endpoints.path(request));
	}

	private static boolean isWebPubSubClientPath(String path) {
		return path.equals(PubSubPaths.CLIENT) || path.startsWith(PubSubPaths.CLIENT + "/");
	}

	/**
	 * Return whether queries of requests to a path may have secrets.
	 * @param path a path below the context path, as it was sent
	 * @return {@code true} if it is that of a hub, or of the client endpoint of Web
	 * PubSub
	 * @see #maskSecrets
	 */
	public boolean hasSecrets(String path) {
		return isWebPubSubClientPath(path) || this.paths.test(PathContainer.parsePath(path));
	}

	/**
	 * Return what of a query to a hub may be logged: the values of {@code access_token},
	 * {@code awps_reconnection_token} and {@code id} are masked.
	 * @param query a raw query string, or {@code null}
	 * @return the query without secrets, or {@code null} if there was none
	 */
	public static @Nullable String maskSecrets(@Nullable String query) {
		return new QueryString(query).mask(HandshakeRequests.SECRETS);
	}

	/**
	 * End the threads that write. What is queued is not written any more.
	 */
	@Override
	public void close() {
		if (this.nettyEngine != null) {
			this.nettyEngine.close();
		}
		this.webSocketWriters.close();
		this.httpWriters.close();
	}

	/**
	 * Builds a {@link HubWeb}. Not safe for concurrent use.
	 */
	public static final class Builder {

		// before the mapping of the application's own router functions (-1)
		private static final int DEFAULT_ORDER = -10;

		private final ConnectionRegistry registry;

		private final List<HubEndpoint> endpoints;

		private @Nullable SocketTakeover takeover;

		private NegotiateRedirector redirector = (hub, principal, handshake) -> null;

		private CorsConfiguration cors = new CorsConfiguration();

		private int order = DEFAULT_ORDER;

		private @Nullable PubSubHubs pubSubHubs;

		private @Nullable AccessTokens accessTokens;

		private Supplier<HubObservations> observations = HubObservations::none;

		private Builder(ConnectionRegistry registry, Collection<? extends HubEndpoint> endpoints) {
			Assert.notNull(registry, "'registry' must not be null");
			Assert.notNull(endpoints, "'endpoints' must not be null");
			this.registry = registry;
			this.endpoints = List.copyOf(endpoints);
		}

		/**
		 * Have WebSockets leave the servlet container for event loops of Netty, which has
		 * to be on the class path, wherever their sockets can be taken over. By default
		 * they stay.
		 * @param takeover takes the sockets from the container
		 * @return this builder
		 */
		public Builder socketTakeover(SocketTakeover takeover) {
			Assert.notNull(takeover, "'takeover' must not be null");
			this.takeover = takeover;
			return this;
		}

		/**
		 * Set what sends clients to other servers. By default all stay.
		 * @param redirector the redirector
		 * @return this builder
		 */
		public Builder redirector(NegotiateRedirector redirector) {
			Assert.notNull(redirector, "'redirector' must not be null");
			this.redirector = redirector;
			return this;
		}

		/**
		 * Set which other origins web pages may come from, and which headers they may
		 * send besides those of the clients. Methods need not be set; credentials are
		 * allowed unless set otherwise or all origins are allowed. The origins are valid
		 * for WebSockets as well. By default only the server's own origin is allowed.
		 * @param cors the configuration
		 * @return this builder
		 */
		public Builder cors(CorsConfiguration cors) {
			Assert.notNull(cors, "'cors' must not be null");
			this.cors = cors;
			return this;
		}

		/**
		 * Let Web PubSub clients connect. By default they cannot.
		 * @param hubs the hubs
		 * @param tokens verifies the tokens of clients, or {@code null} if there are only
		 * anonymous ones
		 * @return this builder
		 */
		public Builder webPubSub(PubSubHubs hubs, @Nullable AccessTokens tokens) {
			Assert.notNull(hubs, "'hubs' must not be null");
			this.pubSubHubs = hubs;
			this.accessTokens = tokens;
			return this;
		}

		/**
		 * Set what observes requests for connections. By default they are not observed.
		 * @param observations called when the first one arrives
		 * @return this builder
		 */
		public Builder observations(Supplier<HubObservations> observations) {
			Assert.notNull(observations, "'observations' must not be null");
			this.observations = observations;
			return this;
		}

		/**
		 * Set the order of the handler mapping. The default is -10, which is before the
		 * application's own router functions and controllers.
		 * @param order the order
		 * @return this builder
		 */
		public Builder order(int order) {
			this.order = order;
			return this;
		}

		/**
		 * Build the front door.
		 * @return the front door
		 */
		public HubWeb build() {
			return new HubWeb(this);
		}

	}

}
