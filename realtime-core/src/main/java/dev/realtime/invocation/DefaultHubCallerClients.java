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
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import dev.realtime.hub.ClientProxy;
import dev.realtime.hub.HubCallerClients;
import dev.realtime.hub.HubClients;
import dev.realtime.hub.PlainMessage;
import dev.realtime.hub.SingleClientProxy;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;

/**
 * The {@link HubCallerClients} of a connection: the clients of its hub, and those named
 * after their relation to the caller.
 */
final class DefaultHubCallerClients implements HubCallerClients {

	private final HubSession session;

	private final @Nullable HubCall call;

	private final HubClients clients;

	DefaultHubCallerClients(HubSession session, @Nullable HubCall call) {
		this.session = session;
		this.call = call;
		this.clients = session.lifetime().clients();
	}

	private String callerId() {
		return this.session.connection().id();
	}

	@Override
	public SingleClientProxy caller() {
		return client(callerId());
	}

	@Override
	public ClientProxy others() {
		return allExcept(Set.of(callerId()));
	}

	@Override
	public ClientProxy othersInGroup(String group) {
		return groupExcept(group, Set.of(callerId()));
	}

	@Override
	public SingleClientProxy client(String connectionId) {
		SingleClientProxy client = this.clients.client(connectionId);
		if (!connectionId.equals(callerId())) {
			return client;
		}
		HubCall call = this.call;
		return new YieldingProxy((call != null) ? call::yieldPermit : this.session::connectedHandlerAsks, client);
	}

	@Override
	public ClientProxy all() {
		return this.clients.all();
	}

	@Override
	public ClientProxy allExcept(Collection<String> connectionIds) {
		return this.clients.allExcept(connectionIds);
	}

	@Override
	public ClientProxy clients(Collection<String> connectionIds) {
		return this.clients.clients(connectionIds);
	}

	@Override
	public ClientProxy group(String group) {
		return this.clients.group(group);
	}

	@Override
	public ClientProxy groups(Collection<String> groups) {
		return this.clients.groups(groups);
	}

	@Override
	public ClientProxy groupExcept(String group, Collection<String> connectionIds) {
		return this.clients.groupExcept(group, connectionIds);
	}

	@Override
	public ClientProxy user(String userId) {
		return this.clients.user(userId);
	}

	@Override
	public ClientProxy userExcept(String userId, Collection<String> connectionIds) {
		return this.clients.userExcept(userId, connectionIds);
	}

	@Override
	public ClientProxy users(Collection<String> userIds) {
		return this.clients.users(userIds);
	}

	@Override
	public ClientProxy matching(String filter) {
		return this.clients.matching(filter);
	}

	/**
	 * Asks the caller: lets the calls behind the asking one start first, since the client
	 * may need one of them to be able to answer.
	 */
	private record YieldingProxy(Runnable beforeAsking, SingleClientProxy client) implements SingleClientProxy {

		@Override
		public CompletableFuture<Void> send(String target, @Nullable Object... arguments) {
			return this.client.send(target, arguments);
		}

		@Override
		public CompletableFuture<Void> send(String target, List<?> arguments) {
			return this.client.send(target, arguments);
		}

		@Override
		public CompletableFuture<Void> publish(PlainMessage message) {
			return this.client.publish(message);
		}

		@Override
		public <T> CompletableFuture<T> invoke(String target, ParameterizedTypeReference<T> resultType,
				@Nullable Object... arguments) {
			this.beforeAsking.run();
			return this.client.invoke(target, resultType, arguments);
		}

		@Override
		public <T> CompletableFuture<T> invoke(String target, Duration timeout,
				ParameterizedTypeReference<T> resultType, @Nullable Object... arguments) {
			this.beforeAsking.run();
			return this.client.invoke(target, timeout, resultType, arguments);
		}

	}

}
