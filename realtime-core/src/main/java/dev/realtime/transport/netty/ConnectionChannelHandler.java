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

package dev.realtime.transport.netty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.Principal;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.ReadGate;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.TransferFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The receiving side of one WebSocket: takes its frames apart and hands the payload on.
 * Called by the event loop of the connection.
 */
final class ConnectionChannelHandler extends ChannelInboundHandlerAdapter implements FrameListener {

	private static final Log logger = LogFactory.getLog(ConnectionChannelHandler.class);

	private static final int POLICY_VIOLATION = 1008;

	private final ClientConnection connection;

	private final NettyChannel channel;

	private final EventLoopLane lane;

	private final FrameReader reader;

	private final @Nullable Principal principal;

	private final HubHandshake handshake;

	private @Nullable ByteBuf leftOver;

	// what was read, but is not yet to be looked at
	private @Nullable ByteBuf unread;

	private boolean ended;

	private boolean paused;

	/**
	 * Create a handler.
	 * @param connection the connection, which no transport is attached to
	 * @param channel the sending side
	 * @param lane the lane of the connection
	 * @param principal who the client is, if known
	 * @param handshake the request that was upgraded
	 * @param compressed whether messages may be compressed
	 * @param leftOver what the container has read beyond that request
	 */
	ConnectionChannelHandler(ClientConnection connection, NettyChannel channel, EventLoopLane lane,
			@Nullable Principal principal, HubHandshake handshake, boolean compressed, ByteBuf leftOver) {
		this.reader = new FrameReader(this, connection.isMessageOriented(),
				compressed ? new MessageInflater(lane.inflaters()) : null);
		this.connection = connection;
		this.channel = channel;
		this.lane = lane;
		this.principal = principal;
		this.handshake = handshake;
		this.leftOver = leftOver;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		ByteBuf leftOver = this.leftOver;
		this.leftOver = null;
		if (!attach()) {
			this.ended = true;
			this.channel.close(POLICY_VIOLATION);
		}
		if (leftOver != null) {
			channelRead(context, leftOver);
			channelReadComplete(context);
		}
		context.fireChannelActive();
	}

	private boolean attach() {
		try {
			return this.connection.attach(this.channel, this.lane, this.principal, this.handshake);
		}
		catch (Throwable ex) {
			logger.error("Failure to attach to " + this.connection, ex);
			this.connection.transportClosed(CloseReason.SERVER_ERROR, ex);
			return false;
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		ByteBuf bytes = (ByteBuf) message;
		ByteBuf unread = this.unread;
		if (unread != null) {
			// one read was under way when reading stopped
			this.unread = Unpooled.wrappedBuffer(unread, bytes);
		}
		else {
			read(bytes);
		}
	}

	private void read(ByteBuf bytes) {
		// what came before the client has changed to another socket is sent again there
		this.ended |= this.channel.isDetached();
		try {
			if (!this.ended) {
				this.channel.readStarted();
				this.ended = !this.reader.read(bytes, this.lane.scratch());
			}
		}
		catch (InvalidFrameException ex) {
			this.ended = true;
			this.channel.refuse(ex.status(), ex);
		}
		if (bytes.isReadable() && !this.ended) {
			this.unread = bytes;
			continueLater();
		}
		else {
			bytes.release();
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		this.channel.readCompleted();
	}

	// others have their turn before the rest
	private void continueLater() {
		if (!this.paused) {
			this.paused = true;
			this.channel.autoRead(false);
			this.lane.execute(this::resume);
		}
	}

	@Override
	public void onPayload(byte[] array, int offset, int length) {
		try {
			this.connection.receive(ByteBuffer.wrap(array, offset, length));
		}
		catch (Throwable ex) {
			receiveFailed(ex);
		}
		if (this.connection.readGate().isPaused()) {
			pause();
		}
	}

	@Override
	public void onMessageBegin(boolean text) {
		try {
			this.connection.messageBegun(format(text));
		}
		catch (Throwable ex) {
			receiveFailed(ex);
		}
	}

	private static TransferFormat format(boolean text) {
		return text ? TransferFormat.TEXT : TransferFormat.BINARY;
	}

	@Override
	public void onMessageEnd(boolean text) {
		try {
			this.connection.messageReceived(format(text));
		}
		catch (Throwable ex) {
			receiveFailed(ex);
		}
		if (this.connection.readGate().isPaused()) {
			pause();
		}
	}

	private void receiveFailed(Throwable ex) {
		logger.error("Failure to receive from " + this.connection, ex);
		this.connection.close(CloseReason.SERVER_ERROR, ex);
	}

	private void pause() {
		if (!this.paused) {
			this.paused = true;
			this.channel.autoRead(false);
			ReadGate gate = this.connection.readGate();
			gate.readable().thenRun(() -> this.lane.execute(this::resume));
		}
	}

	private void resume() {
		this.paused = false;
		if (this.connection.readGate().isPaused()) {
			pause();
			return;
		}
		ByteBuf unread = this.unread;
		if (unread != null) {
			this.unread = null;
			read(unread);
			this.channel.readCompleted();
		}
		if (!this.paused) {
			this.channel.autoRead(true);
		}
	}

	@Override
	public void onPing(byte[] payload) {
		this.connection.heard();
		this.channel.pong(payload);
	}

	@Override
	public void onPong() {
		this.connection.heard();
	}

	@Override
	public void onClose(int status) {
		this.channel.closedByClient(status);
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		this.channel.writable();
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.ended = true;
		this.reader.close();
		ByteBuf unread = this.unread;
		if (unread != null) {
			this.unread = null;
			unread.release();
		}
		this.channel.closed();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (cause instanceof IOException) {
			logger.debug("Failure of the WebSocket of " + this.connection, cause);
		}
		else {
			logger.error("Failure of the WebSocket of " + this.connection, cause);
		}
		this.channel.failed(cause);
	}

}
