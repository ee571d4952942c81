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

import dev.realtime.connection.ClientConnection;
import dev.realtime.hub.HubOptions;
import dev.realtime.invocation.PubSubConnectRequest;
import dev.realtime.invocation.PubSubEndpoint;
import dev.realtime.protocol.HubHandshake;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint of a hub for Web PubSub clients, which takes new connections only as long
 * as that is allowed.
 *
 * @param endpoint the endpoint
 * @param check throws an exception if no connection is taken
 */
record GuardedPubSubEndpoint(PubSubEndpoint endpoint, Runnable check) implements PubSubEndpoint {

	@Override
	public String hub() {
		return this.endpoint.hub();
	}

	@Override
	public HubOptions options() {
		return this.endpoint.options();
	}

	@Override
	public Accepted connect(PubSubConnectRequest request, HubHandshake handshake) {
		this.check.run();
		return this.endpoint.connect(request, handshake);
	}

	@Override
	public @Nullable Accepted recover(String connectionId, String reconnectionToken) {
		return this.endpoint.recover(connectionId, reconnectionToken);
	}

	@Override
	public ClientConnection refuseRecovery() {
		return this.endpoint.refuseRecovery();
	}

}
