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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.Limit;
import dev.realtime.connection.LimitListener;
import dev.realtime.hub.AuthenticationExpiry;
import dev.realtime.hub.HubOptions;
import dev.realtime.hub.UserIdProvider;
import dev.realtime.invocation.support.CallerSecurity;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.raw.RawConnectionHandler;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The endpoint of connections without a hub: one path of a handler.
 */
final class RawEndpoint implements HubEndpoint, IdentitySource {

	private final String beanName;

	private final Class<?> type;

	private final HubOptions options;

	private final HubExecutors executors;

	private final Supplier<UserIdProvider> userIdProvider;

	private final Supplier<AuthenticationExpiry> authenticationExpiry;

	private final Supplier<LimitListener> limitListener;

	private final RawConnectionAdapter adapter = new RawConnectionAdapter(this);

	private final AtomicInteger connections = new AtomicInteger();

	private volatile @Nullable RawConnectionHandler handler;

	private volatile @Nullable CallerSecurity security;

	/**
	 * Create an endpoint whose handler does not exist yet.
	 * @param beanName the name of the handler's bean
	 * @param type its class, without proxies
	 * @param options the options, with the path
	 * @param settings what else there is to know
	 */
	RawEndpoint(String beanName, Class<?> type, HubOptions options, HubEngine.Builder settings) {
		this.beanName = beanName;
		this.type = type;
		this.options = options;
		this.executors = settings.executors;
		this.userIdProvider = settings.userIdProvider;
		this.authenticationExpiry = settings.authenticationExpiry;
		this.limitListener = settings.limitListener;
	}

	/**
	 * Set what is called, once the beans it belongs to exist.
	 * @param handler the handler
	 * @param security what secures it, or {@code null}
	 */
	void connect(RawConnectionHandler handler, @Nullable CallerSecurity security) {
		this.handler = handler;
		this.security = security;
	}

	String beanName() {
		return this.beanName;
	}

	Class<?> type() {
		return this.type;
	}

	RawConnectionHandler handler() {
		RawConnectionHandler handler = this.handler;
		Assert.state(handler != null, "The application is not ready");
		return handler;
	}

	HubExecutors executors() {
		return this.executors;
	}

	/**
	 * Take note that a client has come up against a limit.
	 * @param limit the limit
	 */
	void exceeded(Limit limit) {
		this.limitListener.get().exceeded(hub(), limit);
	}

	@Override
	public @Nullable CallerSecurity security() {
		return this.security;
	}

	@Override
	public AuthenticationExpiry authenticationExpiry() {
		return this.authenticationExpiry.get();
	}

	/**
	 * Take note that a transport has attached to a connection.
	 */
	void begun() {
		this.connections.incrementAndGet();
	}

	/**
	 * Take note that the handler knows of the end of a connection.
	 */
	void ended() {
		this.connections.decrementAndGet();
	}

	/**
	 * Return how many connections the handler has not seen the end of.
	 * @return the number of connections
	 */
	int connectionCount() {
		return this.connections.get();
	}

	/**
	 * Return what stands for the name of a hub.
	 * @return the path
	 */
	@Override
	public String hub() {
		return this.options.path();
	}

	@Override
	public HubOptions options() {
		return this.options;
	}

	@Override
	public ClientConnection connect(@Nullable Principal principal, HubHandshake handshake) {
		ClientConnection connection = new ClientConnection(DefaultHubEndpoint.newId(), hub(), this.adapter,
				this.options.outbound());
		connection.userId(this.userIdProvider.get().userId(principal, handshake));
		connection.handshake(handshake);
		connection.session(new RawSession(connection, this));
		return connection;
	}

}
