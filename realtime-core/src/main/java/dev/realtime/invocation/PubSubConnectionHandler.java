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

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.ConnectionHandler;
import dev.realtime.connection.Permissions;
import dev.realtime.connection.ReplayBuffer;
import dev.realtime.connection.TransportChannel;
import dev.realtime.event.UserEventRequest;
import dev.realtime.hub.WebPubSubOptions;
import dev.realtime.invocation.PubSubConnectRequest.PublishMode;
import dev.realtime.lifetime.GroupStates;
import dev.realtime.lifetime.HubLifetimeManager;
import dev.realtime.lifetime.Target;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.EncodedMessage;
import dev.realtime.protocol.OutboundMessage;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.ServerMessage.DataType;
import dev.realtime.protocol.TransferFormat;
import dev.realtime.protocol.webpubsub.CancelInvocationMessage;
import dev.realtime.protocol.webpubsub.DisconnectedMessage;
import dev.realtime.protocol.webpubsub.EventMessage;
import dev.realtime.protocol.webpubsub.InvokeMessage;
import dev.realtime.protocol.webpubsub.JoinGroupMessage;
import dev.realtime.protocol.webpubsub.LeaveGroupMessage;
import dev.realtime.protocol.webpubsub.PongMessage;
import dev.realtime.protocol.webpubsub.PubSubError;
import dev.realtime.protocol.webpubsub.PubSubProtocolException;
import dev.realtime.protocol.webpubsub.SendToGroupMessage;
import dev.realtime.protocol.webpubsub.SequenceAckMessage;
import dev.realtime.protocol.webpubsub.SetGroupStateMessage;
import dev.realtime.protocol.webpubsub.StreamDataMessage;
import dev.realtime.protocol.webpubsub.StreamEndMessage;
import dev.realtime.protocol.webpubsub.StreamKeepAliveMessage;
import dev.realtime.protocol.webpubsub.StreamStartMessage;
import dev.realtime.protocol.webpubsub.SubscribeGroupStateMessage;
import dev.realtime.protocol.webpubsub.UnsubscribeGroupStateMessage;
import dev.realtime.protocol.webpubsub.UpstreamMessage;
import org.jspecify.annotations.Nullable;

/**
 * The {@link ConnectionHandler} of the Web PubSub family: decoding, groups, events,
 * keep-alive and close of a hub's connections.
 */
final class PubSubConnectionHandler implements ConnectionHandler {

	private static final int TOO_BIG_STATUS = 1009;

	private final HubLifetimeManager lifetime;

	private final ConnectionEvents connectionEvents;

	private final PubSubEvents events;

	private final WebPubSubOptions options;

	PubSubConnectionHandler(HubLifetimeManager lifetime, ConnectionEvents connectionEvents, PubSubEvents events,
			WebPubSubOptions options) {
		this.lifetime = lifetime;
		this.connectionEvents = connectionEvents;
		this.events = events;
		this.options = options;
	}

	@Override
	public boolean isMessageOriented() {
		return true;
	}

	/**
	 * Introduce the connection before anything else is sent to it.
	 */
	@Override
	public void onAttached(ClientConnection connection) {
		PubSubSession session = PubSubSession.of(connection);
		connection.protocol(session.protocol());
		if (session.protocol().reliable()) {
			connection.resumable(new ReplayBuffer(new PubSubReplay(session), this.options.reliableBufferBytes(),
					this.options.reliableBufferMessages()), this.options.recoveryTimeout());
		}
		OutboundMessage introduction = session.introduction();
		if (introduction != null) {
			connection.send(introduction);
		}
		this.connectionEvents.open(session);
	}

	@Override
	public void onMessageBegin(ClientConnection connection, TransferFormat format) {
		PubSubSession.of(connection).inbound().begin();
	}

	@Override
	public void onData(ClientConnection connection, ByteBuffer data) {
		PubSubSession session = PubSubSession.of(connection);
		InboundRate rate = session.rate();
		if (rate != null) {
			rate.read(data.remaining());
		}
		if (!session.inbound().append(data)) {
			connection.close(CloseReason.MESSAGE_TOO_BIG.withStatus(TOO_BIG_STATUS)
				.withText("The message is longer than " + this.options.maximumMessageSize() + " bytes."), null);
		}
	}

	@Override
	public void onMessageEnd(ClientConnection connection, TransferFormat format) {
		PubSubSession session = PubSubSession.of(connection);
		ByteBuffer message = session.inbound().end();
		int size = message.remaining();
		try {
			handle(session, session.protocol().decode(message, format), size);
		}
		catch (PubSubProtocolException ex) {
			connection.close(CloseReason.PROTOCOL_ERROR.withStatus(ex.closeStatus()).withText(ex.getMessage()), ex);
		}
		finally {
			session.queue().flush();
			session.reading().adjust();
		}
	}

	private void handle(PubSubSession session, UpstreamMessage message, int size) {
		if (session.connection().isRetiring() && isRequest(message)) {
			// its client learns from the end of the connection that it is not answered
			return;
		}
		switch (message.type()) {
			case PING -> session.send(PongMessage.INSTANCE);
			case SEQUENCE_ACK -> session.connection().acknowledged(((SequenceAckMessage) message).sequenceId());
			case JOIN_GROUP -> {
				JoinGroupMessage join = (JoinGroupMessage) message;
				membership(session, join.group(), join.ackId(), size, () -> session.objectionToGroup(join.group()),
						() -> join(session, join.group()));
			}
			case LEAVE_GROUP -> {
				LeaveGroupMessage leave = (LeaveGroupMessage) message;
				membership(session, leave.group(), leave.ackId(), size, () -> null,
						() -> leave(session, leave.group()));
			}
			case SEND_TO_GROUP -> publish(session, (SendToGroupMessage) message, size);
			case EVENT -> event(session, (EventMessage) message, size);
			case INVOKE -> {
				InvokeMessage invoke = (InvokeMessage) message;
				call(session, invoke.event(), data(invoke.dataType(), invoke.payload(), invoke.metadata()), null,
						invoke.invocationId(), size);
			}
			case CANCEL_INVOCATION -> {
				PubSubCall call = session.end(((CancelInvocationMessage) message).invocationId());
				if (call != null) {
					call.cancel();
				}
			}
			case STREAM_START ->
				stream(session, size, (streams, now) -> streams.start((StreamStartMessage) message, now));
			case STREAM_DATA -> stream(session, size, (streams, now) -> streams.data((StreamDataMessage) message, now));
			case STREAM_KEEP_ALIVE ->
				stream(session, size, (streams, now) -> streams.keepAlive((StreamKeepAliveMessage) message, now));
			case STREAM_END -> stream(session, size, (streams, now) -> streams.end((StreamEndMessage) message, now));
			case SET_GROUP_STATE -> {
				SetGroupStateMessage set = (SetGroupStateMessage) message;
				state(session, set.ackId(), size,
						(states, answer) -> states.set(session.connection(), set.group(), set.state(), answer));
			}
			case SUBSCRIBE_GROUP_STATE -> {
				SubscribeGroupStateMessage subscribe = (SubscribeGroupStateMessage) message;
				state(session, subscribe.ackId(), size,
						(states, answer) -> states.subscribe(session.connection(), subscribe.group(), answer));
			}
			case UNSUBSCRIBE_GROUP_STATE -> {
				UnsubscribeGroupStateMessage unsubscribe = (UnsubscribeGroupStateMessage) message;
				state(session, unsubscribe.ackId(), size,
						(states, answer) -> states.unsubscribe(session.connection(), unsubscribe.group(), answer));
			}
		}
	}

	private static boolean isRequest(UpstreamMessage message) {
		return switch (message.type()) {
			case PING, SEQUENCE_ACK, CANCEL_INVOCATION -> false;
			case JOIN_GROUP, LEAVE_GROUP, SEND_TO_GROUP, EVENT, INVOKE, STREAM_START, STREAM_DATA, STREAM_KEEP_ALIVE,
					STREAM_END, SET_GROUP_STATE, SUBSCRIBE_GROUP_STATE, UNSUBSCRIBE_GROUP_STATE ->
				true;
		};
	}

	private void state(PubSubSession session, @Nullable Long ackId, int size,
			BiConsumer<GroupStates, Consumer<@Nullable PubSubError>> action) {
		session.runOrAdd(new PubSubStateTask(session, ackId, size,
				(answer) -> action.accept(this.lifetime.groupStates(), answer)));
	}

	private static void stream(PubSubSession session, int size, ObjLongConsumer<GroupStreams> action) {
		session.runOrAdd(new PubSubOperation(session, null, size, () -> null, () -> {
			action.accept(session.streams(), System.nanoTime());
			return CompletableFuture.completedFuture(null);
		}));
	}

	private void membership(PubSubSession session, String group, @Nullable Long ackId, int size,
			Supplier<@Nullable String> objection, Supplier<CompletableFuture<Void>> action) {
		Permissions permissions = session.connection().permissions();
		session.runOrAdd(new PubSubOperation(session, ackId, size, () -> permissions.mayJoinOrLeave(group)
				? objection.get() : "The client may not join or leave the group.", action));
	}

	private CompletableFuture<Void> join(PubSubSession session, String group) {
		return this.lifetime.joinEverywhere(session.connection(), group);
	}

	private CompletableFuture<Void> leave(PubSubSession session, String group) {
		this.lifetime.leave(session.connection(), group);
		return CompletableFuture.completedFuture(null);
	}

	private void publish(PubSubSession session, SendToGroupMessage message, int size) {
		Permissions permissions = session.connection().permissions();
		session.runOrAdd(new PubSubOperation(session, message.ackId(), size,
				() -> permissions.maySend(message.group()) ? null : "The client may not send to the group.",
				() -> deliver(session, message.group(), data(session, message), message.noEcho(),
						message.ttlSeconds())));
	}

	private static ServerMessage.Data data(PubSubSession session, SendToGroupMessage message) {
		return new ServerMessage.Data(message.group(), session.userId(), message.dataType(), message.payload(),
				message.metadata());
	}

	private static ServerMessage.Data data(DataType dataType, Object payload, Map<String, String> metadata) {
		return new ServerMessage.Data(null, null, dataType, payload, metadata);
	}

	private CompletableFuture<Void> deliver(PubSubSession session, String group, ServerMessage.Data data,
			boolean noEcho, int ttlSeconds) {
		long deadline = EncodedMessage.deadlineAfter(Duration.ofSeconds(ttlSeconds));
		Target target = noEcho ? new Target.Group(group, Set.of(session.connectionId())) : Target.group(group);
		return this.lifetime.deliver(target, this.lifetime.encode(data, deadline));
	}

	private void event(PubSubSession session, EventMessage event, int size) {
		PublishMode mode = session.publishMode();
		if (mode != null) {
			ServerMessage.Data data = new ServerMessage.Data(mode.group(), session.userId(), event.dataType(),
					event.payload(), Map.of());
			Permissions permissions = session.connection().permissions();
			session.runOrAdd(new PubSubOperation(session, null, size,
					() -> permissions.maySend(mode.group()) ? null : "The client may not send to the group.",
					() -> deliver(session, mode.group(), data, mode.noEcho(), 0)));
			return;
		}
		call(session, event.event(), data(event.dataType(), event.payload(), event.metadata()), event.ackId(), null,
				size);
	}

	private void call(PubSubSession session, String event, ServerMessage.Data data, @Nullable Long ackId,
			@Nullable String invocationId, int size) {
		this.events
			.add(new PubSubCall(this.events, session, new UserEventRequest(event, data), ackId, invocationId, size));
	}

	/**
	 * What is half received is not completed by another transport.
	 */
	@Override
	public void onResumed(ClientConnection connection) {
		PubSubSession session = PubSubSession.of(connection);
		session.inbound().begin();
		GroupStreams streams = session.openStreams();
		if (streams != null) {
			streams.onResumed(System.nanoTime());
		}
	}

	@Override
	public boolean isBusy(ClientConnection connection) {
		return HubSession.of(connection).isBusy();
	}

	@Override
	public void endStreams(ClientConnection connection) {
		HubSession.of(connection).endStreams();
	}

	@Override
	public @Nullable EncodedBody onClosing(ClientConnection connection, CloseReason reason) {
		String text = reason.text();
		return PubSubSession.of(connection)
			.protocol()
			.encode(new DisconnectedMessage((text != null) ? text : reason.name()));
	}

	@Override
	public void onClosed(ClientConnection connection, CloseReason reason, @Nullable Throwable cause) {
		PubSubSession session = PubSubSession.of(connection);
		GroupStreams streams = session.openStreams();
		if (streams != null) {
			streams.close();
		}
		this.connectionEvents.close(session, reason, cause);
	}

	/**
	 * Ping clients that are silent, and let go of those that stay so: they may be back
	 * over another transport if they can.
	 */
	@Override
	public void onHeartbeat(ClientConnection connection, long nanoTime) {
		PubSubSession session = PubSubSession.of(connection);
		session.onHeartbeat(nanoTime);
		TransportChannel channel = connection.channel();
		if (channel == null) {
			return;
		}
		if (session.isUnacknowledged(nanoTime, connection.queue().limits().sendTimeout())) {
			connection.terminate(CloseReason.SLOW_CONSUMER, null);
		}
		else if (isOver(session.reading().silence(nanoTime), this.options.clientTimeout())) {
			if (connection.isResumable()) {
				channel.abort();
			}
			else {
				connection.close(CloseReason.CLIENT_TIMEOUT, null);
			}
		}
		else if (session.isPingDue(nanoTime, this.options.pingInterval().toNanos())) {
			channel.ping();
		}
	}

	private static boolean isOver(long nanos, Duration limit) {
		return nanos >= limit.toNanos();
	}

}
