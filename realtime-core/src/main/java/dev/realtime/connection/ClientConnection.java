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

package dev.realtime.connection;

import java.nio.ByteBuffer;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import dev.realtime.connection.OutboundQueue.Offer;
import dev.realtime.protocol.ClientProtocol;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.EncodedMessage;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.OutboundLimits;
import dev.realtime.protocol.OutboundMessage;
import dev.realtime.protocol.TransferFormat;
import dev.realtime.protocol.TransportType;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * One client's connection to a hub, whatever its protocol family and its transport. It
 * stands between a {@link TransportChannel} on one side and a {@link ConnectionHandler}
 * on the other. Safe for concurrent use.
 *
 * @since 0.1.0
 */
public final class ClientConnection {

	private static final AtomicReferenceFieldUpdater<ClientConnection, ConnectionState> STATE = AtomicReferenceFieldUpdater
		.newUpdater(ClientConnection.class, ConnectionState.class, "state");

	private static final AtomicReferenceFieldUpdater<ClientConnection, @Nullable Permissions> PERMISSIONS = AtomicReferenceFieldUpdater
		.newUpdater(ClientConnection.class, Permissions.class, "permissions");

	private static final AtomicLongFieldUpdater<ClientConnection> RECEIVED_BYTES = AtomicLongFieldUpdater
		.newUpdater(ClientConnection.class, "receivedBytes");

	private static final AtomicLongFieldUpdater<ClientConnection> RECEIVED_MESSAGES = AtomicLongFieldUpdater
		.newUpdater(ClientConnection.class, "receivedMessages");

	private final String id;

	private final String hub;

	private final ConnectionHandler handler;

	private final OutboundQueue queue;

	private final ReadGate readGate = new ReadGate();

	private final Membership membership = new Membership();

	private final Instant connectedAt = Instant.now();

	private final long createdAt = System.nanoTime();

	private volatile ConnectionState state = ConnectionState.NEGOTIATED;

	private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();

	private final AtomicBoolean lastWordSpoken = new AtomicBoolean();

	private volatile boolean terminated;

	private volatile boolean retiring;

	// whether the handler is at what has arrived
	private volatile boolean receiving;

	private volatile Lane lane = Lane.direct();

	private volatile @Nullable TransportChannel channel;

	private volatile @Nullable TransportType transport;

	// held while a transport takes the place of another one
	private final Object resumption = new Object();

	// guarded by 'resumption'
	private @Nullable TransportChannel latestChannel;

	// held for a moment while state and channel change together
	private final Object transition = new Object();

	private volatile boolean resumeAgreed;

	private volatile long resumeTimeoutNanos;

	private volatile long suspendedAt;

	private volatile @Nullable Throwable transportFailure;

	private volatile @Nullable ClientProtocol protocol;

	private volatile @Nullable Principal principal;

	private volatile @Nullable String userId;

	private volatile @Nullable HubHandshake handshake;

	private volatile @Nullable Object session;

	private volatile @Nullable Permissions permissions;

	private volatile @Nullable ConnectionListener listener;

	private volatile long attachedAt;

	private volatile long lastReceived;

	private volatile long lastSent;

	// written by the thread that hands over what the client has sent
	private volatile long receivedBytes;

	private volatile long receivedMessages;

	/**
	 * Create a connection no transport has attached to yet.
	 * @param id its public id
	 * @param hub the name of its hub
	 * @param handler what stands behind it
	 * @param limits the limits of its outbound queue
	 */
	public ClientConnection(String id, String hub, ConnectionHandler handler, OutboundLimits limits) {
		Assert.hasText(id, "'id' must not be empty");
		Assert.hasText(hub, "'hub' must not be empty");
		Assert.notNull(handler, "'handler' must not be null");
		this.id = id;
		this.hub = hub;
		this.handler = handler;
		this.queue = new OutboundQueue(limits);
	}

	/**
	 * Attach a transport: the first one, or one that goes on where another one has ended.
	 * From now on data may arrive.
	 * @param channel the transport's end
	 * @param lane the owner of the connection, always the same
	 * @param principal who the client is, if known; always the same user, with what was
	 * authenticated last
	 * @param handshake the request the transport was established with; that of the first
	 * transport stays
	 * @return {@code false} if another transport attached before and the connection is
	 * not {@linkplain #isResumable() resumable}, or it has ended
	 */
	public boolean attach(TransportChannel channel, Lane lane, @Nullable Principal principal, HubHandshake handshake) {
		if (!STATE.compareAndSet(this, ConnectionState.NEGOTIATED, ConnectionState.CONNECTING)) {
			return resume(channel, lane, principal);
		}
		this.lane = lane;
		this.principal = principal;
		HubHandshake negotiated = this.handshake;
		if (negotiated != null && negotiated != handshake) {
			handshake.attributes().putAll(negotiated.attributes());
		}
		this.handshake = handshake;
		long now = System.nanoTime();
		this.attachedAt = now;
		this.lastReceived = now;
		this.lastSent = now;
		this.transport = channel.type();
		ConnectionListener listener = this.listener;
		if (listener != null) {
			listener.onAttached(this);
		}
		this.handler.onAttached(this);
		synchronized (this.resumption) {
			this.latestChannel = channel;
			this.channel = channel;
		}
		begin(channel);
		return true;
	}

	private void begin(TransportChannel channel) {
		if (this.terminated) {
			channel.abort();
			return;
		}
		lastWord();
		requestDrain(false);
	}

	private boolean resume(TransportChannel channel, Lane lane, @Nullable Principal principal) {
		synchronized (this.resumption) {
			TransportChannel before = this.latestChannel;
			if (before == null || lane != this.lane || !isResumable() || !suspend(before, null)) {
				return false;
			}
			if (!before.detach()) {
				return false;
			}
			this.handler.onResumed(this);
			this.queue.restart();
			this.latestChannel = channel;
			this.lastReceived = System.nanoTime();
			this.principal = principal;
			if (!reopen(channel)) {
				return false;
			}
		}
		begin(channel);
		return true;
	}

	// whoever ends the connection meanwhile finds it either suspended or with a channel
	private boolean reopen(TransportChannel channel) {
		synchronized (this.transition) {
			this.channel = channel;
			if (!STATE.compareAndSet(this, ConnectionState.SUSPENDED, ConnectionState.OPEN)) {
				this.channel = null;
				return false;
			}
			return true;
		}
	}

	/**
	 * Agree with the client that the connection may outlive its transports. Called before
	 * a transport attaches.
	 */
	public void agreeOnResume() {
		this.resumeAgreed = true;
	}

	/**
	 * Return whether it was agreed that the connection may outlive its transports.
	 * @return {@code true} if the client asked for it and the server allows it
	 */
	public boolean isResumeAgreed() {
		return this.resumeAgreed;
	}

	/**
	 * Let the connection outlive its transports from now on. Called by the handler, after
	 * which it may be {@linkplain ConnectionState#SUSPENDED suspended} once it is open.
	 * @param replay keeps what is sent
	 * @param timeout how long the connection may be without a transport
	 */
	public void resumable(ReplayBuffer replay, Duration timeout) {
		this.resumeTimeoutNanos = timeout.toNanos();
		this.queue.replay(replay);
	}

	/**
	 * Return whether another transport may take the place of the one there is or was.
	 * @return {@code true} if the connection is not about to end, and what is sent is
	 * kept
	 */
	public boolean isResumable() {
		return this.queue.replay() != null && !isEnding();
	}

	/**
	 * Number, and send, what was {@linkplain ReplayBuffer#hold() held} so far: the client
	 * is ready to count it. Does nothing unless what is sent is kept.
	 */
	public void startNumbering() {
		ReplayBuffer replay = this.queue.replay();
		if (replay != null) {
			replay.release();
			requestDrain(false);
		}
	}

	/**
	 * Take note of what the client has got. Does nothing unless what is sent is kept.
	 * @param number the number of the last message it has got
	 */
	public void acknowledged(long number) {
		ReplayBuffer replay = this.queue.replay();
		if (replay != null) {
			replay.acknowledge(number);
			requestDrain(false);
		}
	}

	/**
	 * Send a message ahead of all that waits. It replaces the one before, if that was not
	 * sent yet. Does nothing unless what is sent is kept.
	 * @param body the encoded message
	 */
	public void sendAhead(EncodedBody body) {
		ReplayBuffer replay = this.queue.replay();
		if (replay != null && !isEnding()) {
			replay.ahead(OutboundMessage.control(body));
			requestDrain(false);
		}
	}

	/**
	 * Take the drain right from a transport that has ended, for the one that takes its
	 * place.
	 * @param from the transport
	 */
	public void giveBack(TransportChannel from) {
		this.queue.giveBack();
		if (this.channel != from) {
			requestDrain(false);
		}
	}

	// false if the connection is in no state to wait for another transport
	private boolean suspend(@Nullable TransportChannel from, @Nullable Throwable cause) {
		synchronized (this.transition) {
			TransportChannel present = this.channel;
			if (present != null && present != from) {
				// another one has taken its place
				return true;
			}
			if (!isResumable()) {
				return false;
			}
			if (this.state == ConnectionState.OPEN) {
				this.suspendedAt = System.nanoTime();
				this.transportFailure = cause;
				if (STATE.compareAndSet(this, ConnectionState.OPEN, ConnectionState.SUSPENDED)) {
					this.channel = null;
				}
			}
		}
		return this.state == ConnectionState.SUSPENDED && !isEnding();
	}

	/**
	 * Take note that a transport has broken, without a word from the client. Another one
	 * may take its place, if the connection is {@linkplain #isResumable() resumable},
	 * otherwise this is its end. Does nothing if another one has taken its place already.
	 * Called by the transport, at least once.
	 * @param from the transport, or {@code null} if it has not even attached
	 * @param cause the transport's failure, if any
	 */
	public void transportLost(@Nullable TransportChannel from, @Nullable Throwable cause) {
		if (!suspend(from, cause)) {
			transportClosed(CloseReason.CLIENT_GONE, cause);
		}
	}

	/**
	 * Mark the connection open: messages of the server reach it from now on.
	 * @return {@code false} if it has ended meanwhile
	 */
	public boolean open() {
		return STATE.compareAndSet(this, ConnectionState.CONNECTING, ConnectionState.OPEN);
	}

	/**
	 * Hand over bytes from the client. Called by one thread at a time.
	 * @param data the bytes; not kept
	 */
	public void receive(ByteBuffer data) {
		if (!isEnding()) {
			this.receiving = true;
			try {
				this.lastReceived = System.nanoTime();
				RECEIVED_BYTES.lazySet(this, this.receivedBytes + data.remaining());
				this.handler.onData(this, data);
			}
			finally {
				this.receiving = false;
			}
		}
	}

	/**
	 * Take note of how many messages were found in what was handed over. Called by the
	 * handler, on the thread that has handed it over, where the transport does not know.
	 * @param messages the number of messages
	 */
	public void received(int messages) {
		RECEIVED_MESSAGES.lazySet(this, this.receivedMessages + messages);
	}

	/**
	 * Take note of a sign of life of the client that carries no data. Called by the
	 * transport.
	 */
	public void heard() {
		this.lastReceived = System.nanoTime();
	}

	/**
	 * Return whether the transport has to say where messages begin and end.
	 * @return {@code true} if it has to call {@link #messageBegun} and
	 * {@link #messageReceived}
	 */
	public boolean isMessageOriented() {
		return this.handler.isMessageOriented();
	}

	/**
	 * Take note that what is handed over from now on belongs to a new message. Called by
	 * the thread that hands it over.
	 * @param format whether it is a text or a binary message
	 */
	public void messageBegun(TransferFormat format) {
		if (!isEnding()) {
			this.handler.onMessageBegin(this, format);
		}
	}

	/**
	 * Take note that all bytes of a message were handed over. Called by the thread that
	 * has done that.
	 * @param format whether it was a text or a binary message
	 */
	public void messageReceived(TransferFormat format) {
		if (!isEnding()) {
			this.receiving = true;
			try {
				this.lastReceived = System.nanoTime();
				received(1);
				this.handler.onMessageEnd(this, format);
			}
			finally {
				this.receiving = false;
			}
		}
	}

	/**
	 * Queue the connection's part of a message that may have other receivers, behind what
	 * the lane has yet to queue. Does nothing unless the connection is open.
	 * @param message the encoded message
	 */
	public void deliver(EncodedMessage message) {
		OutboundMessage entry = entry(message);
		if (entry != null) {
			send(entry);
		}
	}

	/**
	 * Queue the connection's part of a message to many, whose turn it is. Called by the
	 * {@linkplain Lane#deliver deliveries} of the lane. Does nothing unless the
	 * connection is open.
	 * @param message the encoded message
	 */
	public void deliverInTurn(EncodedMessage message) {
		OutboundMessage entry = entry(message);
		if (entry != null) {
			offered(this.queue.offer(entry), false);
		}
	}

	private @Nullable OutboundMessage entry(EncodedMessage message) {
		ClientProtocol protocol = this.protocol;
		ConnectionState state = this.state;
		boolean open = state == ConnectionState.OPEN || state == ConnectionState.SUSPENDED;
		return (protocol != null && open) ? message.entry(protocol) : null;
	}

	/**
	 * Queue a message that is never discarded.
	 * @param body the encoded message
	 * @return {@code false} if the connection is ending
	 */
	public boolean send(EncodedBody body) {
		return send(OutboundMessage.of(body));
	}

	/**
	 * Queue a message that is never discarded, on a thread that may write it out itself:
	 * one that runs a call of this very connection and has nothing else to do.
	 * @param body the encoded message
	 */
	public void sendBlocking(EncodedBody body) {
		offer(OutboundMessage.of(body), true);
	}

	/**
	 * Queue a message. Returns at once; ends the connection if its queue has no room.
	 * @param message the queue entry
	 * @return {@code false} if the connection is ending
	 */
	public boolean send(OutboundMessage message) {
		return offer(message, false);
	}

	private boolean offer(OutboundMessage message, boolean blocking) {
		if (!this.lane.isBehind()) {
			return offered(this.queue.offer(message), blocking);
		}
		Offer offer = this.queue.reserve(message);
		if (offer == Offer.ACCEPTED) {
			return inTurn(() -> offered(this.queue.addReserved(message), false));
		}
		return offered(offer, false);
	}

	// false if the lane has ended, and with it the connection
	private boolean inTurn(Runnable task) {
		try {
			this.lane.deliver(task);
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

	private boolean offered(Offer offer, boolean blocking) {
		return switch (offer) {
			case ACCEPTED -> {
				requestDrain(blocking);
				yield true;
			}
			case OVERFLOW -> {
				terminate(CloseReason.SLOW_CONSUMER, null);
				yield false;
			}
			case REJECTED -> false;
		};
	}

	private void requestDrain(boolean blocking) {
		TransportChannel channel = this.channel;
		if (channel != null && this.queue.hasWork() && this.queue.acquire()) {
			if (blocking) {
				channel.drainBlocking();
			}
			else {
				channel.drain();
			}
		}
	}

	/**
	 * Take nothing new from the client, since the connection is to be closed soon: what
	 * it asks for from now on is passed over, and what it has asked for before is
	 * answered. The connection goes on otherwise.
	 * @see #isBusy()
	 */
	public void retire() {
		this.retiring = true;
	}

	/**
	 * Return whether nothing new is taken from the client.
	 * @return {@code true} after {@link #retire()}
	 */
	public boolean isRetiring() {
		return this.retiring;
	}

	/**
	 * Return whether the client would miss something if the connection were closed now:
	 * it is about to open, waits for another transport, or has asked for something that
	 * has not been answered. Once {@code false} for a connection that
	 * {@linkplain #isRetiring() retires} and has a transport, it stays so.
	 * @return {@code false} if nothing is under way
	 */
	public boolean isBusy() {
		// in this order: what is being received may be under way a moment later
		if (this.receiving) {
			return true;
		}
		return switch (this.state) {
			case NEGOTIATED, CONNECTING, SUSPENDED -> true;
			case OPEN -> this.handler.isBusy(this);
			case CLOSED -> false;
		};
	}

	/**
	 * End what could go on for as long as the connection does, telling the client why.
	 * May be called again for what has begun meanwhile.
	 */
	public void endStreams() {
		this.handler.endStreams(this);
	}

	/**
	 * Close the connection once everything queued and the protocol's last word are sent.
	 * The first reason wins.
	 * @param reason why
	 * @param cause the failure behind it, if any
	 */
	public void close(CloseReason reason, @Nullable Throwable cause) {
		if (this.ending.compareAndSet(null, new Ending(reason, cause))) {
			this.readGate.resume();
			if (!endUnattached() && !(this.lane.isBehind() && inTurn(this::lastWord))) {
				lastWord();
			}
		}
	}

	private void lastWord() {
		Ending ending = this.ending.get();
		if (ending != null && this.channel != null && this.lastWordSpoken.compareAndSet(false, true)) {
			EncodedBody last = this.handler.onClosing(this, ending.reason());
			this.queue.complete((last != null) ? OutboundMessage.of(last) : null);
			requestDrain(false);
		}
	}

	/**
	 * End the connection at once, whatever is queued. The first reason wins, but the
	 * transport is dropped in any case.
	 * @param reason why
	 * @param cause the failure behind it, if any
	 */
	public void terminate(CloseReason reason, @Nullable Throwable cause) {
		this.ending.compareAndSet(null, new Ending(reason, cause));
		this.terminated = true;
		this.readGate.resume();
		TransportChannel channel = this.channel;
		if (channel != null) {
			channel.abort();
		}
		else {
			endUnattached();
		}
	}

	private boolean endUnattached() {
		if (STATE.compareAndSet(this, ConnectionState.NEGOTIATED, ConnectionState.CLOSED)) {
			ended(ConnectionState.NEGOTIATED);
			return true;
		}
		return endSuspended(null);
	}

	private boolean endSuspended(@Nullable Throwable cause) {
		if (STATE.compareAndSet(this, ConnectionState.SUSPENDED, ConnectionState.CLOSED)) {
			this.ending.compareAndSet(null, new Ending(CloseReason.CLIENT_GONE, cause));
			ended(ConnectionState.SUSPENDED);
			return true;
		}
		return false;
	}

	/**
	 * Take note that the transport has ended. Called by the transport, at least once.
	 * @param reason why, as far as the transport knows; ignored if the connection was
	 * closed for another reason before
	 * @param cause the transport's failure, if any
	 */
	public void transportClosed(CloseReason reason, @Nullable Throwable cause) {
		this.ending.compareAndSet(null, new Ending(reason, cause));
		ConnectionState before = STATE.getAndSet(this, ConnectionState.CLOSED);
		if (before != ConnectionState.CLOSED) {
			ended(before);
		}
	}

	private void ended(ConnectionState before) {
		this.queue.clear();
		this.readGate.resume();
		ConnectionListener listener = this.listener;
		if (before != ConnectionState.NEGOTIATED) {
			Ending first = this.ending.get();
			Assert.state(first != null, "No reason to end");
			try {
				if (listener != null) {
					listener.onClosed(this, first.reason());
					listener.onEnded(this);
				}
			}
			finally {
				this.handler.onClosed(this, first.reason(), first.cause());
			}
		}
		else if (listener != null) {
			listener.onEnded(this);
		}
	}

	/**
	 * Called about once a second by the heartbeat.
	 * @param nanoTime the current time as {@link System#nanoTime()} tells it
	 */
	public void onHeartbeat(long nanoTime) {
		TransportChannel channel = this.channel;
		if (this.state == ConnectionState.SUSPENDED) {
			if (nanoTime - this.suspendedAt >= this.resumeTimeoutNanos) {
				endSuspended(this.transportFailure);
			}
			return;
		}
		if (channel == null || this.state == ConnectionState.CLOSED) {
			return;
		}
		if (this.queue.isStalled(nanoTime)) {
			terminate(CloseReason.SLOW_CONSUMER, null);
			return;
		}
		channel.onHeartbeat(nanoTime);
		if (!isEnding()) {
			this.handler.onHeartbeat(this, nanoTime);
		}
	}

	/**
	 * Take note that something was written to the client. Called by the transport.
	 * @param nanoTime the current time
	 */
	public void sent(long nanoTime) {
		this.lastSent = nanoTime;
	}

	/**
	 * Return the public id, which other clients may see.
	 * @return the connection id
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Return the name of the hub.
	 * @return the hub's name as configured
	 */
	public String hub() {
		return this.hub;
	}

	/**
	 * Return the outbound queue.
	 * @return the queue, drained by the transport
	 */
	public OutboundQueue queue() {
		return this.queue;
	}

	/**
	 * Return the gate that stops the transport from reading.
	 * @return the gate
	 */
	public ReadGate readGate() {
		return this.readGate;
	}

	/**
	 * Return the groups the connection is a member of.
	 * @return the membership
	 */
	public Membership membership() {
		return this.membership;
	}

	/**
	 * Return what the connection may do, if it needs permissions at all.
	 * @return the permissions, without any until some are granted
	 */
	public Permissions permissions() {
		Permissions existing = this.permissions;
		if (existing != null) {
			return existing;
		}
		Permissions created = new Permissions();
		return PERMISSIONS.compareAndSet(this, null, created) ? created : Objects.requireNonNull(this.permissions);
	}

	/**
	 * Return the state.
	 * @return the current state
	 */
	public ConnectionState state() {
		return this.state;
	}

	/**
	 * Return whether the connection is about to end or has ended.
	 * @return {@code true} once there is a reason to close it
	 */
	public boolean isEnding() {
		return this.ending.get() != null;
	}

	/**
	 * Return why the connection ends.
	 * @return the first reason given, or {@code null} while it lives
	 */
	public @Nullable CloseReason closeReason() {
		Ending ending = this.ending.get();
		return (ending != null) ? ending.reason() : null;
	}

	/**
	 * Return the failure because of which the connection ends.
	 * @return the failure, or {@code null} if there is none
	 */
	public @Nullable Throwable closeCause() {
		Ending ending = this.ending.get();
		return (ending != null) ? ending.cause() : null;
	}

	/**
	 * Return the owner of the connection.
	 * @return the lane
	 */
	public Lane lane() {
		return this.lane;
	}

	/**
	 * Return the transport's end.
	 * @return the attached channel, or {@code null} before, and while the connection is
	 * {@linkplain ConnectionState#SUSPENDED suspended}
	 */
	public @Nullable TransportChannel channel() {
		return this.channel;
	}

	/**
	 * Return the transport.
	 * @return the type of the transport that is attached or was attached last, or
	 * {@code null} before
	 */
	public @Nullable TransportType transport() {
		return this.transport;
	}

	/**
	 * Return the protocol the handshake agreed on.
	 * @return the protocol, or {@code null} before the handshake
	 */
	public @Nullable ClientProtocol protocol() {
		return this.protocol;
	}

	/**
	 * Set the protocol the handshake agreed on.
	 * @param protocol the protocol
	 */
	public void protocol(ClientProtocol protocol) {
		this.protocol = protocol;
	}

	/**
	 * Return who the client is.
	 * @return the principal of the request the latest transport attached with, or of the
	 * newest of a transport that consists of requests, or {@code null}
	 */
	public @Nullable Principal principal() {
		return this.principal;
	}

	/**
	 * Set who the client is, since it has authenticated again. Must be the same user.
	 * @param principal the principal of another request
	 */
	public void principal(@Nullable Principal principal) {
		this.principal = principal;
	}

	/**
	 * Return the user's id.
	 * @return the id, or {@code null} for an anonymous client
	 */
	public @Nullable String userId() {
		return this.userId;
	}

	/**
	 * Set the user's id, before a transport attaches.
	 * @param userId the id, or {@code null} for an anonymous client
	 */
	public void userId(@Nullable String userId) {
		this.userId = userId;
	}

	/**
	 * Set the request the connection was negotiated with, whose attributes are handed on
	 * to that of the transport.
	 * @param handshake the handshake
	 */
	public void handshake(HubHandshake handshake) {
		this.handshake = handshake;
	}

	/**
	 * Return the request the transport was established with.
	 * @return the handshake, or that of the negotiation before a transport attached, if
	 * there was one
	 */
	public @Nullable HubHandshake handshake() {
		return this.handshake;
	}

	/**
	 * Return what the protocol family keeps for the connection.
	 * @return the family's session, or {@code null}
	 */
	public @Nullable Object session() {
		return this.session;
	}

	/**
	 * Set what the protocol family keeps for the connection.
	 * @param session the family's session
	 */
	public void session(Object session) {
		this.session = session;
	}

	/**
	 * Set who hears of the begin and the end of the connection, before a transport
	 * attaches.
	 * @param listener the listener, or {@code null} for none
	 */
	public void listener(@Nullable ConnectionListener listener) {
		this.listener = listener;
	}

	/**
	 * Return when the client connected.
	 * @return the point in time
	 */
	public Instant connectedAt() {
		return this.connectedAt;
	}

	/**
	 * Return when the connection was created.
	 * @return a {@link System#nanoTime()}
	 */
	public long createdAt() {
		return this.createdAt;
	}

	/**
	 * Return when a transport attached.
	 * @return a {@link System#nanoTime()}, meaningless before
	 */
	public long attachedAt() {
		return this.attachedAt;
	}

	/**
	 * Return when something arrived last.
	 * @return a {@link System#nanoTime()}
	 */
	public long lastReceived() {
		return this.lastReceived;
	}

	/**
	 * Return when bytes were written last.
	 * @return a {@link System#nanoTime()}
	 */
	public long lastSent() {
		return this.lastSent;
	}

	/**
	 * Return how many bytes have arrived.
	 * @return the size in bytes, without what the transport adds
	 */
	public long receivedBytes() {
		return this.receivedBytes;
	}

	/**
	 * Return how many messages have arrived.
	 * @return the number of messages, those without content included
	 */
	public long receivedMessages() {
		return this.receivedMessages;
	}

	@Override
	public String toString() {
		return "ClientConnection[hub=" + this.hub + ", id=" + this.id + ", state=" + this.state + "]";
	}

	private record Ending(CloseReason reason, @Nullable Throwable cause) {

	}

}
