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

import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.OutboundQueue;
import dev.realtime.connection.TransportChannel;
import dev.realtime.protocol.ClientProtocol;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.OutboundMessage;
import dev.realtime.protocol.TransportType;
import dev.realtime.protocol.WebSocketCompression;
import dev.realtime.protocol.WebSocketOptions;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The sending side of one WebSocket: takes what is queued, as much as may leave together,
 * and has one write under way at a time. Everything that is not in the kernel's hands
 * waits in the outbound queue, under its limits.
 */
final class NettyChannel implements TransportChannel, Runnable {

	static final int BATCH_BYTES = 64 * 1024;

	private static final int NORMAL_CLOSURE = 1000;

	private static final int GOING_AWAY = 1001;

	private static final int NO_STATUS = 1005;

	private static final int UNEXPECTED_CONDITION = 1011;

	private final ClientConnection connection;

	private final SocketChannel channel;

	private final EventLoopLane lane;

	private final int minCompressed;

	private final long closeTimeoutNanos;

	// everything below is touched by the loop only

	private boolean reading;

	private boolean writing;

	private boolean flushAfterRead;

	private boolean closeSent;

	private boolean detached;

	// since a write has failed
	private boolean keepsDrainRight;

	private byte @Nullable [] unansweredPing;

	private @Nullable Throwable failure;

	/**
	 * Create a channel.
	 * @param connection the connection
	 * @param channel the socket
	 * @param lane the lane of the connection
	 * @param options how frames are compressed, if they are, and how long a close may
	 * take
	 */
	NettyChannel(ClientConnection connection, SocketChannel channel, EventLoopLane lane, WebSocketOptions options) {
		this.connection = connection;
		this.channel = channel;
		this.lane = lane;
		WebSocketCompression compression = options.compression();
		this.minCompressed = (compression != null) ? compression.minMessageSize() : FrameWriter.NO_COMPRESSION;
		this.closeTimeoutNanos = options.closeTimeout().toNanos();
	}

	@Override
	public TransportType type() {
		return TransportType.WEB_SOCKETS;
	}

	@Nullable ClientProtocol protocol() {
		return this.connection.protocol();
	}

	int minCompressed() {
		return this.minCompressed;
	}

	ByteBufAllocator allocator() {
		return this.channel.alloc();
	}

	@Override
	public void drain() {
		if (!this.lane.loop().inEventLoop()) {
			this.lane.execute(this);
		}
		else if (this.reading) {
			this.flushAfterRead = true;
		}
		else {
			this.lane.flushLater(this);
		}
	}

	@Override
	public void run() {
		this.lane.flushLater(this);
	}

	/**
	 * Take note that what the client has sent is about to be handled: the answers leave
	 * together.
	 */
	void readStarted() {
		this.reading = true;
	}

	/**
	 * Take note that nothing more of the client is at hand.
	 */
	void readCompleted() {
		this.reading = false;
		if (this.flushAfterRead) {
			this.flushAfterRead = false;
			flush();
		}
	}

	/**
	 * Write one batch. Called with the drain right of the queue.
	 */
	void flush() {
		if (this.detached) {
			this.connection.giveBack(this);
			return;
		}
		List<OutboundMessage> batch = this.lane.batch();
		this.connection.queue().take(batch, BATCH_BYTES, System.nanoTime());
		if (batch.isEmpty()) {
			goOn();
			return;
		}
		ChannelFuture written = this.channel.writeAndFlush(this.lane.frames(batch, this));
		if (written.isDone()) {
			written(written);
		}
		else {
			this.writing = true;
			written.addListener(this::written);
		}
	}

	// when a write fails the drain right is given back only if somebody else may want it
	private void written(Future<?> written) {
		this.writing = false;
		if (this.detached) {
			this.connection.giveBack(this);
		}
		else if (written.isSuccess()) {
			this.connection.queue().written();
			this.connection.sent(System.nanoTime());
			goOn();
		}
		else {
			this.keepsDrainRight = true;
		}
	}

	private void goOn() {
		OutboundQueue queue = this.connection.queue();
		if (queue.isFinished()) {
			close(status());
		}
		else if (queue.release()) {
			drain();
		}
	}

	private int status() {
		CloseReason reason = this.connection.closeReason();
		return (reason != null) ? reason.webSocketStatus() : NORMAL_CLOSURE;
	}

	/**
	 * Answer a ping, the latest one if the client does not read (RFC 6455, section
	 * 5.5.3).
	 * @param payload the payload of the ping
	 */
	void pong(byte[] payload) {
		if (this.closeSent) {
			return;
		}
		if (this.channel.isWritable()) {
			this.channel.writeAndFlush(FrameWriter.pong(payload, allocator()));
		}
		else {
			this.unansweredPing = payload;
		}
	}

	@Override
	public void ping() {
		this.lane.execute(() -> {
			if (!this.closeSent && this.channel.isWritable()) {
				this.channel.writeAndFlush(FrameWriter.ping(allocator()));
			}
		});
	}

	/**
	 * Take note that the socket takes more.
	 */
	void writable() {
		byte[] payload = this.unansweredPing;
		if (payload != null && this.channel.isWritable()) {
			this.unansweredPing = null;
			pong(payload);
		}
	}

	/**
	 * Send a close frame, and give the client some time to answer it.
	 * @param status the close code
	 */
	void close(int status) {
		if (!this.closeSent) {
			this.closeSent = true;
			this.channel.writeAndFlush(FrameWriter.close(status, allocator()));
			closeLater();
		}
	}

	private void closeLater() {
		this.lane.loop().schedule((Runnable) this.channel::close, this.closeTimeoutNanos, TimeUnit.NANOSECONDS);
	}

	/**
	 * Take note of the client's close frame: answer it, or be content with the answer.
	 * @param status its status
	 */
	void closedByClient(int status) {
		boolean inOrder = status == NORMAL_CLOSURE || status == GOING_AWAY || status == NO_STATUS;
		this.connection.transportClosed(inOrder ? CloseReason.CLIENT_CLOSED : CloseReason.CLIENT_GONE, this.failure);
		if (this.closeSent) {
			this.channel.close();
			return;
		}
		this.closeSent = true;
		int answer = (status == NO_STATUS) ? NORMAL_CLOSURE : status;
		ChannelFuture answered = this.channel.writeAndFlush(FrameWriter.close(answer, allocator()));
		answered.addListener(ChannelFutureListener.CLOSE);
		if (!answered.isDone()) {
			closeLater();
		}
	}

	/**
	 * End the connection because the client does not follow the protocol. What it sends
	 * meanwhile is still read: a reset would take the close frame with it.
	 * @param status the close code
	 * @param cause what was wrong
	 */
	void refuse(int status, Exception cause) {
		this.failure = cause;
		close(status);
		this.connection.transportClosed(CloseReason.CLIENT_GONE, cause);
		this.channel.shutdownOutput();
	}

	@Override
	public void abort() {
		this.lane.execute(this::drop);
	}

	// never with the status of a normal closure, which this is not
	private void drop() {
		if (!this.writing) {
			int status = status();
			close((status != NORMAL_CLOSURE) ? status : UNEXPECTED_CONDITION);
		}
		this.channel.close();
	}

	/**
	 * Take note of a failure of the socket, which ends it.
	 * @param cause the failure
	 */
	void failed(Throwable cause) {
		if (this.failure == null) {
			this.failure = cause;
		}
		this.channel.close();
	}

	/**
	 * Close the socket, whatever its state. Called from any thread.
	 */
	void shut() {
		this.channel.close();
		this.lane.execute(this::closed);
	}

	/**
	 * Take note that the socket is closed.
	 */
	void closed() {
		this.connection.transportLost(this, this.failure);
	}

	@Override
	public boolean detach() {
		if (!this.lane.loop().inEventLoop()) {
			return false;
		}
		this.detached = true;
		this.channel.close();
		if (this.keepsDrainRight) {
			this.keepsDrainRight = false;
			this.connection.giveBack(this);
		}
		return true;
	}

	/**
	 * Return whether another transport has taken this one's place.
	 * @return {@code true} if nothing is handed over any more
	 */
	boolean isDetached() {
		return this.detached;
	}

	/**
	 * Stop or resume reading.
	 * @param reading whether to read
	 */
	void autoRead(boolean reading) {
		this.channel.config().setAutoRead(reading);
	}

}
