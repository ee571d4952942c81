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

import java.security.Principal;
import java.util.concurrent.atomic.AtomicReference;

import dev.realtime.connection.ClientConnection;
import dev.realtime.event.ConnectRejectedException;
import dev.realtime.hub.HubOptions;
import dev.realtime.invocation.HubEndpoint;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.transport.ConnectionRegistry;

/**
 * A hub made by hand.
 */
public final class TestHub implements HubEndpoint {

	public final EchoHandler handler = new EchoHandler();

	public final AtomicReference<HubHandshake> handshake = new AtomicReference<>();

	public volatile ConnectRejectedException rejection;

	public volatile String user;

	public volatile ClientConnection latest;

	private final String name;

	private volatile HubOptions options;

	public TestHub(String name, HubOptions options) {
		this.name = name;
		this.options = options;
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
	public ClientConnection connect(Principal principal, HubHandshake handshake) {
		this.handshake.set(handshake);
		if (this.rejection != null) {
			throw this.rejection;
		}
		ClientConnection connection = new ClientConnection(ConnectionRegistry.newToken(), this.name, this.handler,
				this.options.outbound());
		connection.userId(this.user);
		this.latest = connection;
		return connection;
	}

}
