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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.Limit;
import dev.realtime.connection.OutboundQueue;
import dev.realtime.invocation.PubSubConnectRequest.PublishMode;
import dev.realtime.lifetime.Target;
import dev.realtime.observation.RpcSystem;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.EncodedMessage;
import dev.realtime.protocol.OutboundMessage;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.webpubsub.ConnectedMessage;
import dev.realtime.protocol.webpubsub.DownstreamMessage;
import dev.realtime.protocol.webpubsub.InvokeResponseMessage;
import dev.realtime.protocol.webpubsub.PubSubProtocol;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What the Web PubSub family keeps for one connection.
 */
final class PubSubSession extends HubSession implements GroupStreams.Output {

	private final PubSubProtocol protocol;

	private final @Nullable String subprotocol;

	private final @Nullable String reconnectionToken;

	private final @Nullable PublishMode publishMode;

	private final WholeMessage inbound;

	private final AcknowledgedIds acknowledged = new AcknowledgedIds();

	private final Map<String, PubSubCall> invocations = new ConcurrentHashMap<>(2);

	private volatile @Nullable GroupStreams streams;

	private volatile long pingedAt;

	// of the heartbeat alone
	private @Nullable Long waitingSince;

	// of the heartbeat alone
	private int progress;

	/**
	 * Create a session.
	 * @param connection the connection
	 * @param dispatcher dispatches the calls of its hub
	 * @param protocol what the client speaks
	 * @param subprotocol the subprotocol of its WebSocket, or {@code null} if there is
	 * none
	 * @param publishMode how its frames are published, or {@code null} if they are events
	 */
	PubSubSession(ClientConnection connection, HubDispatcher dispatcher, PubSubProtocol protocol,
			@Nullable String subprotocol, @Nullable PublishMode publishMode) {
		super(connection, dispatcher, 1);
		this.protocol = protocol;
		this.subprotocol = subprotocol;
		this.publishMode = publishMode;
		this.reconnectionToken = protocol.reliable() ? DefaultHubEndpoint.newId() : null;
		this.inbound = new WholeMessage(dispatcher.options().webPubSub().maximumMessageSize());
	}

	/**
	 * Return the session of a connection of this family.
	 * @param connection the connection
	 * @return its session
	 */
	static PubSubSession of(ClientConnection connection) {
		PubSubSession session = (PubSubSession) connection.session();
		Assert.state(session != null, "The connection has no session");
		return session;
	}

	PubSubProtocol protocol() {
		return this.protocol;
	}

	@Override
	RpcSystem rpcSystem() {
		return RpcSystem.WEB_PUBSUB;
	}

	@Override
	public @Nullable String subprotocol() {
		return this.subprotocol;
	}

	/**
	 * Return the secret with which the client may come back.
	 * @return the token, or {@code null} if it may not
	 */
	@Nullable String reconnectionToken() {
		return this.reconnectionToken;
	}

	@Nullable PublishMode publishMode() {
		return this.publishMode;
	}

	WholeMessage inbound() {
		return this.inbound;
	}

	AcknowledgedIds acknowledged() {
		return this.acknowledged;
	}

	/**
	 * Return how many calls there are whose answer the client waits for.
	 * @return the number of calls
	 */
	int invocations() {
		return this.invocations.size();
	}

	/**
	 * Note a call whose answer the client waits for.
	 * @param invocationId the id the client has given it
	 * @param call the call
	 * @return {@code false} if the id is in use
	 */
	boolean begin(String invocationId, PubSubCall call) {
		return this.invocations.putIfAbsent(invocationId, call) == null;
	}

	/**
	 * Answer a call and forget it, unless it was answered or the client does not want the
	 * answer any more.
	 * @param call the call
	 * @param response the answer
	 * @throws dev.realtime.protocol.MessageEncodingException if the answer cannot be
	 * encoded: the call waits for another one
	 */
	void answer(PubSubCall call, InvokeResponseMessage response) {
		OutboundMessage message = encode(response);
		if (message != null && this.invocations.remove(response.invocationId(), call)) {
			connection().send(message);
		}
	}

	/**
	 * Forget a call, whose answer the client does not want any more.
	 * @param invocationId the id the client has given it
	 * @return the call, or {@code null} if it is not known
	 */
	@Nullable PubSubCall end(String invocationId) {
		return this.invocations.remove(invocationId);
	}

	/**
	 * Return the streams that the client publishes, if it has ever published one.
	 * @return the streams, or {@code null}
	 */
	@Nullable GroupStreams openStreams() {
		return this.streams;
	}

	/**
	 * Return the streams that the client publishes. Called by one task at a time.
	 * @return the streams
	 */
	GroupStreams streams() {
		GroupStreams streams = this.streams;
		if (streams == null) {
			streams = new GroupStreams(connection(), this, options().limits().streamsPerConnection(),
					() -> dispatcher().exceeded(Limit.STREAMS_PER_CONNECTION));
			this.streams = streams;
			if (connection().isEnding()) {
				streams.close();
			}
		}
		return streams;
	}

	@Override
	public void reply(DownstreamMessage message) {
		send(message);
	}

	@Override
	public void publish(Target target, ServerMessage.Data message) {
		lifetime().deliver(target, lifetime().encode(message, EncodedMessage.NO_DEADLINE));
	}

	@Override
	void onHeartbeat(long nanoTime) {
		super.onHeartbeat(nanoTime);
		GroupStreams streams = this.streams;
		if (streams != null) {
			streams.onHeartbeat(nanoTime);
		}
	}

	/**
	 * Process something that does not block: now if nothing before it is still under way,
	 * else in its turn.
	 * @param task what to process
	 */
	void runOrAdd(PubSubTask task) {
		if (!queue().runNow(task)) {
			queue().add(task);
		}
	}

	@Override
	int underWay() {
		return super.underWay() + this.invocations.size();
	}

	/**
	 * Return what a transport starts with.
	 * @return the message, or {@code null} if the protocol has none
	 */
	@Nullable OutboundMessage introduction() {
		EncodedBody body = this.protocol.encode(new ConnectedMessage(userId(), connectionId(), this.reconnectionToken));
		return (body != null) ? OutboundMessage.control(body) : null;
	}

	/**
	 * Queue a message for this client alone. Only what is numbered is sent again over
	 * another transport.
	 * @param message the message
	 */
	void send(DownstreamMessage message) {
		OutboundMessage encoded = encode(message);
		if (encoded != null) {
			connection().send(encoded);
		}
	}

	private @Nullable OutboundMessage encode(DownstreamMessage message) {
		EncodedBody body = this.protocol.encode(message);
		if (body == null) {
			return null;
		}
		return message.sequenced() ? OutboundMessage.of(body) : OutboundMessage.control(body);
	}

	/**
	 * Queue data for this client alone.
	 * @param data the data
	 * @throws dev.realtime.protocol.MessageEncodingException if it cannot be encoded
	 */
	void send(ServerMessage.Data data) {
		connection().send(this.protocol.encode(data));
	}

	/**
	 * Return whether the client has acknowledged nothing for long although more waits for
	 * it. Called by the heartbeat.
	 * @param nanoTime the current time
	 * @param limit what is too long
	 * @return {@code true} if it does not keep up
	 */
	boolean isUnacknowledged(long nanoTime, Duration limit) {
		OutboundQueue queue = connection().queue();
		if (!queue.waitsForAcknowledgement() || queue.messages() == 0) {
			this.waitingSince = null;
			return false;
		}
		int progress = queue.progress();
		Long since = this.waitingSince;
		if (since == null || progress != this.progress) {
			this.waitingSince = nanoTime;
			this.progress = progress;
			return false;
		}
		return nanoTime - since >= limit.toNanos();
	}

	/**
	 * Ask for a sign of life if nothing was heard for a while.
	 * @param nanoTime the current time
	 * @param interval how long to wait before asking, in nanoseconds
	 * @return whether to ask now
	 */
	boolean isPingDue(long nanoTime, long interval) {
		if (nanoTime - connection().lastReceived() >= interval && nanoTime - this.pingedAt >= interval) {
			this.pingedAt = nanoTime;
			return true;
		}
		return false;
	}

}
