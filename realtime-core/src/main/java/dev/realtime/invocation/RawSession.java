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
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.realtime.connection.ClientConnection;
import dev.realtime.invocation.support.CallerScope;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.TransferFormat;
import dev.realtime.protocol.TransportType;
import dev.realtime.protocol.Utf8;
import dev.realtime.raw.RawConnection;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A connection without a hub as its handler sees it, and what is kept for it: the
 * callbacks that wait for their turn.
 */
final class RawSession implements RawConnection {

	private static final Log logger = LogFactory.getLog(RawSession.class);

	private final ClientConnection connection;

	private final RawEndpoint endpoint;

	private final ReceivedPieces inbound;

	private final InvocationQueue queue;

	private final ReadControl reading;

	private final @Nullable InboundRate rate;

	private final CallerIdentity identity;

	private final Map<String, Object> items = new ConcurrentHashMap<>(2);

	private volatile TransferFormat format = TransferFormat.BINARY;

	// touched by the reader only
	private TransferFormat inboundFormat = TransferFormat.BINARY;

	// touched by callbacks only
	private boolean connected;

	/**
	 * Create a session.
	 * @param connection the connection
	 * @param endpoint the endpoint it belongs to
	 */
	RawSession(ClientConnection connection, RawEndpoint endpoint) {
		this.connection = connection;
		this.endpoint = endpoint;
		this.inbound = new ReceivedPieces(endpoint.options().maximumReceiveMessageSize());
		this.rate = InboundRate.of(endpoint.options().limits(), endpoint.executors().invocations(), endpoint::exceeded);
		this.queue = new InvocationQueue(endpoint.executors().invocations(), 1, connection.queue(), connection::lane,
				this.rate);
		this.reading = new ReadControl(connection, this.queue, Map.of(), endpoint.options(), this.rate);
		this.identity = new CallerIdentity(connection, endpoint);
	}

	/**
	 * Return the session of a connection without a hub.
	 * @param connection the connection
	 * @return its session
	 */
	static RawSession of(ClientConnection connection) {
		RawSession session = (RawSession) connection.session();
		Assert.state(session != null, "The connection has no session");
		return session;
	}

	/**
	 * Open the connection: tell the handler before anything else.
	 */
	void open() {
		this.queue.add(new Callback(this::connected, 0, true));
		this.queue.start();
	}

	private void connected() {
		try {
			this.endpoint.handler().onConnected(this);
			this.connected = true;
		}
		catch (Throwable ex) {
			failed(CloseReason.CONNECT_FAILED, ex);
		}
	}

	/**
	 * Take note that a message begins.
	 * @param format whether it is text or not
	 */
	void messageBegun(TransferFormat format) {
		this.inboundFormat = format;
		this.inbound.begin();
	}

	/**
	 * Take bytes of the message.
	 * @param data the bytes, not kept
	 */
	void receive(ByteBuffer data) {
		if (this.rate != null) {
			this.rate.read(data.remaining());
		}
		this.inbound.append(data, this::handOn);
	}

	/**
	 * Take note that the message has ended.
	 */
	void messageEnded() {
		this.inbound.end(this::handOn);
	}

	private void handOn(byte[] piece) {
		if (this.connection.isRetiring()) {
			return;
		}
		TransferFormat format = this.inboundFormat;
		if (format == TransferFormat.TEXT && !Utf8.isValid(piece, 0, piece.length)) {
			this.connection.close(CloseReason.PROTOCOL_ERROR, new IllegalArgumentException("Text is not UTF-8"));
			return;
		}
		this.queue.add(new Callback(() -> received(piece, format), piece.length, true));
		this.queue.flush();
		this.reading.adjust();
	}

	private void received(byte[] piece, TransferFormat format) {
		this.format = format;
		try {
			this.endpoint.handler().onData(this, ByteBuffer.wrap(piece));
		}
		catch (Throwable ex) {
			failed(CloseReason.SERVER_ERROR, ex);
		}
	}

	// once per connection at most
	private void failed(CloseReason reason, Throwable cause) {
		logger.error("Handler of " + this.endpoint.hub() + " failed, which ends connection " + id(), cause);
		this.queue.discard();
		this.connection.close(reason, cause);
	}

	/**
	 * Return whether the handler is at what the client has sent, or still to see it.
	 * @return {@code false} if the handler has seen all of it
	 */
	boolean isBusy() {
		return !this.queue.isIdle();
	}

	/**
	 * Take note that the connection has ended: tell the handler after everything else.
	 * @param reason why it ended
	 * @param cause the failure behind it, if any
	 */
	void closed(CloseReason reason, @Nullable Throwable cause) {
		this.queue.discardLate();
		this.queue.add(new Callback(() -> disconnected(reason, cause), 0, false));
		this.queue.flush();
	}

	private void disconnected(CloseReason reason, @Nullable Throwable cause) {
		try {
			if (this.connected) {
				this.endpoint.handler().onDisconnected(this, reason, cause);
			}
		}
		catch (Throwable ex) {
			logger.error("Handler of " + this.endpoint.hub() + " failed to take leave of connection " + id(), ex);
		}
		finally {
			this.endpoint.ended();
		}
	}

	/**
	 * Return whether the authentication of the user has expired. Called by the heartbeat.
	 * @return {@code false} if it has not, or does not expire
	 */
	boolean isAuthenticationExpired() {
		return this.identity.isExpired();
	}

	@Override
	public String id() {
		return this.connection.id();
	}

	@Override
	public @Nullable String userId() {
		return this.connection.userId();
	}

	@Override
	public @Nullable Principal principal() {
		return this.connection.principal();
	}

	@Override
	public HubHandshake handshake() {
		HubHandshake handshake = this.connection.handshake();
		Assert.state(handshake != null, "No transport is attached");
		return handshake;
	}

	@Override
	public TransportType transport() {
		TransportType transport = this.connection.transport();
		Assert.state(transport != null, "No transport is attached");
		return transport;
	}

	@Override
	public TransferFormat transferFormat() {
		return effective(this.format);
	}

	private TransferFormat effective(TransferFormat format) {
		return transport().supports(format) ? format : TransferFormat.TEXT;
	}

	@Override
	public Map<String, Object> items() {
		return this.items;
	}

	@Override
	public boolean send(ByteBuffer data) {
		return send(data, this.format);
	}

	@Override
	public boolean send(ByteBuffer data, TransferFormat format) {
		Assert.notNull(data, "'data' must not be null");
		Assert.notNull(format, "'format' must not be null");
		byte[] bytes = new byte[data.remaining()];
		data.duplicate().get(bytes);
		if (effective(format) == TransferFormat.BINARY) {
			return this.connection.send(EncodedBody.binary(bytes));
		}
		Assert.isTrue(Utf8.isValid(bytes, 0, bytes.length), "'data' must be UTF-8 to be sent as text");
		return this.connection.send(EncodedBody.text(bytes));
	}

	@Override
	public boolean send(String text) {
		Assert.notNull(text, "'text' must not be null");
		return this.connection.send(EncodedBody.text(text.getBytes(StandardCharsets.UTF_8)));
	}

	@Override
	public void close(CloseReason reason) {
		Assert.notNull(reason, "'reason' must not be null");
		this.queue.discard();
		this.connection.close(reason, null);
	}

	@Override
	public String toString() {
		return "RawConnection[path=" + this.endpoint.hub() + ", id=" + id() + "]";
	}

	/**
	 * A call of the handler, one at a time.
	 */
	private final class Callback implements InvocationQueue.Task {

		private final Runnable action;

		private final int size;

		private final boolean discardable;

		/**
		 * Create a call.
		 * @param action calls the handler
		 * @param size the size of what was received, in bytes
		 * @param discardable whether it is dropped once the handler wants no more
		 */
		Callback(Runnable action, int size, boolean discardable) {
			this.action = action;
			this.size = size;
			this.discardable = discardable;
		}

		@Override
		public void run() {
			RawSession.this.reading.moved();
			try {
				CallerScope scope = RawSession.this.identity.scope();
				if (scope != null) {
					scope.run(this.action);
				}
				else {
					this.action.run();
				}
			}
			finally {
				RawSession.this.queue.release();
			}
		}

		@Override
		public boolean discardable() {
			return this.discardable;
		}

		@Override
		public int size() {
			return this.size;
		}

	}

}
