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
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import dev.realtime.connection.ClientConnection;
import dev.realtime.hub.HubOptions;
import dev.realtime.hub.HubRegistry;
import dev.realtime.invocation.support.CallerSecurity;
import dev.realtime.protocol.signalr.JsonHubProtocol;
import dev.realtime.web.TestEngine;
import dev.realtime.web.TestServer;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * A server with raw connections and no hub.
 */
final class RawServer implements AutoCloseable {

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private final HubExecutors executors = HubExecutors.platform();

	final HubEngine engine;

	final TestServer web;

	volatile Instant expiry;

	RawServer(TestEngine engine, Class<?>... components) {
		this(engine, (options) -> options, components);
	}

	RawServer(TestEngine engine, UnaryOperator<HubOptions.Builder> options, Class<?>... components) {
		HubRegistry registry = new HubRegistry((name) -> HubOptions.at("/hubs/" + name));
		Stream.of(components).forEach(this.context::register);
		this.context.registerBean(HubEngine.class,
				() -> HubEngine
					.builder(this.context.getBeanFactory(), registry,
							List.of(new JsonHubProtocol(JsonMapper.builder().build())))
					.executors(this.executors)
					.security(this.context.getBeanProvider(CallerSecurity.class)::getIfAvailable)
					.authenticationExpiry(() -> this::expiresAt)
					.rawOptions(options.apply(HubOptions.builder("/any")).build())
					.build());
		this.context.refresh();
		this.engine = this.context.getBean(HubEngine.class);
		this.web = new TestServer(engine, this.engine.endpoints().toArray(HubEndpoint[]::new));
	}

	private Instant expiresAt(Principal principal) {
		return this.expiry;
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/**
	 * Do something with the only connection.
	 */
	void connection(Consumer<ClientConnection> action) {
		this.web.registry.forEach(action);
	}

	@Override
	public void close() {
		this.web.close();
		this.context.close();
		this.executors.close();
	}

}
