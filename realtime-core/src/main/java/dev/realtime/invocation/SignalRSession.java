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

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

import dev.realtime.connection.ClientConnection;
import dev.realtime.observation.RpcSystem;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.InboundBuffer;
import dev.realtime.protocol.InvocationBinder;
import dev.realtime.protocol.signalr.CompletionMessage;
import dev.realtime.protocol.signalr.HubMessage;
import dev.realtime.protocol.signalr.HubProtocol;
import dev.realtime.protocol.signalr.StreamItemMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What the SignalR family keeps for one connection, and how its calls are answered.
 */
final class SignalRSession extends HubSession implements CallAnswers, InvocationBinder {

	private static final Runnable NOTHING = () -> {
	};

	private final InboundBuffer inbound = new InboundBuffer();

	private volatile @Nullable HubProtocol protocol;

	private volatile @Nullable StatefulReconnect reconnect;

	private volatile boolean pinged;

	/**
	 * Create a session.
	 * @param connection the connection
	 * @param dispatcher dispatches the calls of its hub
	 */
	SignalRSession(ClientConnection connection, HubDispatcher dispatcher) {
		super(connection, dispatcher, dispatcher.options().maximumParallelInvocationsPerClient());
	}

	/**
	 * Return the session of a connection of this family.
	 * @param connection the connection
	 * @return its session
	 */
	static SignalRSession of(ClientConnection connection) {
		SignalRSession session = (SignalRSession) connection.session();
		Assert.state(session != null, "The connection has no session");
		return session;
	}

	InboundBuffer inbound() {
		return this.inbound;
	}

	@Override
	RpcSystem rpcSystem() {
		return RpcSystem.SIGNALR;
	}

	@Override
	void ended(HubCall call) {
		super.ended(call);
		CallLimits limits = callLimits();
		if (limits != null) {
			limits.ended(call.method());
		}
	}

	@Nullable HubProtocol protocol() {
		return this.protocol;
	}

	void protocol(HubProtocol protocol) {
		this.protocol = protocol;
		connection().protocol(protocol);
	}

	/**
	 * Return what lets the client reconnect.
	 * @return stateful reconnect, or {@code null} if it was not agreed on
	 */
	@Nullable StatefulReconnect reconnect() {
		return this.reconnect;
	}

	void reconnect(StatefulReconnect reconnect) {
		this.reconnect = reconnect;
	}

	boolean pinged() {
		return this.pinged;
	}

	void markPinged() {
		this.pinged = true;
	}

	@Override
	void onHeartbeat(long nanoTime) {
		super.onHeartbeat(nanoTime);
		StatefulReconnect reconnect = this.reconnect;
		if (reconnect != null) {
			reconnect.onHeartbeat(nanoTime);
		}
	}

	/**
	 * Queue a message for the client.
	 * @param message the message
	 * @return its size in bytes
	 */
	int send(HubMessage message) {
		HubProtocol protocol = this.protocol;
		Assert.state(protocol != null, "The handshake has not taken place");
		EncodedBody body = protocol.encode(message);
		connection().send(body);
		return body.size();
	}

	@Override
	public Runnable result(HubCall call, @Nullable Object result) {
		String id = call.invocationId();
		HubProtocol protocol = this.protocol;
		if (id == null || protocol == null) {
			return NOTHING;
		}
		EncodedBody body = protocol.encode(CompletionMessage.result(id, result));
		return () -> complete(call, body);
	}

	// the thread that ran the last of the calls at hand writes the completion out itself;
	// completions of calls that others follow leave together
	private void complete(HubCall call, EncodedBody body) {
		if (HubCall.current() == call && queue().waiting() == 0) {
			connection().sendBlocking(body);
		}
		else {
			connection().send(body);
		}
	}

	@Override
	public void error(HubCall call, Throwable failure) {
		String id = call.invocationId();
		if (id != null) {
			HubDispatcher dispatcher = dispatcher();
			String method = call.method().name();
			String error = dispatcher.isRefusal(failure) ? ErrorTexts.unauthorized(method)
					: dispatcher.errorTexts().invocation(method, failure);
			send(CompletionMessage.error(id, error));
		}
	}

	@Override
	public int item(HubCall call, @Nullable Object item) {
		String id = call.invocationId();
		return (id != null) ? send(new StreamItemMessage(Map.of(), id, item)) : 0;
	}

	@Override
	public void streamEnd(HubCall call, @Nullable Throwable failure) {
		String id = call.invocationId();
		if (id != null) {
			send((failure != null) ? CompletionMessage.error(id, dispatcher().streamError(call, failure))
					: CompletionMessage.empty(id));
		}
	}

	@Override
	public @Nullable List<Type> parameterTypes(String target) {
		HubMethodDescriptor method = dispatcher().find(target);
		return (method != null) ? method.argumentTypes() : null;
	}

	@Override
	public @Nullable Type resultType(String invocationId) {
		return lifetime().clientResults().resultType(connection().id(), invocationId);
	}

	@Override
	public @Nullable Type streamItemType(String streamId) {
		UploadStream stream = upload(streamId);
		return (stream != null) ? stream.itemType() : null;
	}

}
