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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import dev.realtime.connection.ClientConnection;
import dev.realtime.hub.HubCallerClients;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubException;
import dev.realtime.protocol.ClientProtocol;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.TransportType;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The {@link HubCallerContext} on top of a session.
 */
final class DefaultHubCallerContext implements HubCallerContext {

	private final HubSession session;

	private final @Nullable HubCall call;

	/**
	 * Create a context.
	 * @param session the session of the connection
	 * @param call the call it is made for, or {@code null} if it is made for an event
	 */
	DefaultHubCallerContext(HubSession session, @Nullable HubCall call) {
		this.session = session;
		this.call = call;
	}

	private ClientConnection connection() {
		return this.session.connection();
	}

	@Override
	public String hub() {
		return connection().hub();
	}

	@Override
	public String connectionId() {
		return connection().id();
	}

	@Override
	public @Nullable String userId() {
		return connection().userId();
	}

	@Override
	public @Nullable Principal principal() {
		return connection().principal();
	}

	@Override
	public Map<String, Object> items() {
		return this.session.items();
	}

	@Override
	public String protocol() {
		ClientProtocol protocol = connection().protocol();
		Assert.state(protocol != null, "The handshake has not taken place");
		return protocol.name();
	}

	@Override
	public TransportType transport() {
		TransportType transport = connection().transport();
		Assert.state(transport != null, "No transport is attached");
		return transport;
	}

	@Override
	public HubHandshake handshake() {
		return this.session.handshake();
	}

	@Override
	public CompletableFuture<Void> join(String group) {
		Assert.hasText(group, "'group' must not be empty");
		synchronized (connection().membership()) {
			String objection = this.session.objectionToGroup(group);
			if (objection != null) {
				throw new HubException(objection);
			}
			this.session.lifetime().join(connection(), group);
		}
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public CompletableFuture<Void> leave(String group) {
		Assert.hasText(group, "'group' must not be empty");
		this.session.lifetime().leave(connection(), group);
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public HubCallerClients clients() {
		return new DefaultHubCallerClients(this.session, this.call);
	}

	@Override
	public CompletionStage<Void> aborted() {
		return this.session.aborted().minimalCompletionStage();
	}

	@Override
	public void abort() {
		connection().close(CloseReason.SERVER_CLOSED, null);
	}

}
