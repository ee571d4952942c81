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

package dev.realtime.transport.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.OutboundQueue;
import dev.realtime.connection.TransportChannel;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.OutboundMessage;
import dev.realtime.protocol.TransferFormat;
import dev.realtime.protocol.TransportType;
import dev.realtime.transport.OutboundFrames;
import dev.realtime.transport.WriterPool;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The sending side of one WebSocket: takes what is queued and writes it blockingly on a
 * thread of the {@link WriterPool}.
 */
final class WebSocketChannel implements TransportChannel, Runnable {

	private static final Log logger = LogFactory.getLog(WebSocketChannel.class);

	private static final long DETACH_TIMEOUT_MILLIS = 5000;

	private static final long CLOSE_WAIT_MILLIS = 1000;

	private static final int BATCH_BYTES = 64 * 1024;

	private final ClientConnection connection;

	private final Session session;

	private final WriterPool writers;

	private final long closeTimeoutMillis;

	private final Object monitor = new Object();

	// guarded by 'monitor'
	private @Nullable Thread writer;

	// guarded by 'monitor'
	private boolean aborted;

	// guarded by 'monitor'
	private boolean detached;

	// guarded by 'monitor'
	private boolean draining;

	// guarded by 'monitor'
	private boolean keepsDrainRight;

	private final ReentrantLock receiving = new ReentrantLock();

	// guarded by 'receiving'
	private boolean withinMessage;

	private final CountDownLatch closed = new CountDownLatch(1);

	private volatile boolean closing;

	private volatile long closingSince;

	private volatile @Nullable Throwable failure;

	private volatile boolean broken;

	private volatile boolean pingWanted;

	/**
	 * Create a channel.
	 * @param connection the connection
	 * @param session the WebSocket
	 * @param writers the threads it writes on
	 * @param closeTimeoutMillis how long the client may take to answer a close frame
	 */
	WebSocketChannel(ClientConnection connection, Session session, WriterPool writers, long closeTimeoutMillis) {
		this.connection = connection;
		this.session = session;
		this.writers = writers;
		this.closeTimeoutMillis = closeTimeoutMillis;
	}

	@Override
	public TransportType type() {
		return TransportType.WEB_SOCKETS;
	}

	@Override
	public void drain() {
		this.writers.execute(this);
	}

	@Override
	public void drainBlocking() {
		this.writers.executeOnCaller(this);
	}

	/**
	 * Write one batch; what remains goes to the end of the pool's queue, so that nobody
	 * has a writer for himself.
	 */
	@Override
	public void run() {
		if (!beginDrain()) {
			this.connection.giveBack(this);
			return;
		}
		try {
			drainOnce();
		}
		finally {
			endDrain();
		}
	}

	private boolean beginDrain() {
		synchronized (this.monitor) {
			this.draining = !this.detached;
			return this.draining;
		}
	}

	private void endDrain() {
		boolean giveBack;
		synchronized (this.monitor) {
			this.draining = false;
			giveBack = this.detached && this.keepsDrainRight;
			this.keepsDrainRight = this.keepsDrainRight && !giveBack;
			this.monitor.notifyAll();
		}
		if (giveBack) {
			this.connection.giveBack(this);
		}
	}

	private void drainOnce() {
		OutboundQueue queue = this.connection.queue();
		List<OutboundMessage> batch = new ArrayList<>();
		queue.take(batch, BATCH_BYTES, System.nanoTime());
		boolean ping = this.pingWanted;
		this.pingWanted = false;
		if (!batch.isEmpty() || ping) {
			if (!write(batch, ping)) {
				return;
			}
			queue.written();
			this.connection.sent(System.nanoTime());
		}
		if (queue.isFinished()) {
			close();
		}
		else if (queue.release()) {
			drain();
		}
	}

	// when this fails the drain right is given back only if somebody else may want it
	private boolean write(List<OutboundMessage> batch, boolean ping) {
		if (!beginWrite()) {
			return false;
		}
		try {
			RemoteEndpoint.Basic remote = this.session.getBasicRemote();
			int start = 0;
			while (start < batch.size()) {
				int end = OutboundFrames.end(batch, start, this.connection.protocol());
				writeFrame(remote, batch.subList(start, end));
				start = end;
			}
			if (ping) {
				remote.sendPing(ByteBuffer.allocate(0));
			}
			return true;
		}
		catch (IOException | RuntimeException ex) {
			failed(ex);
			this.broken = true;
			synchronized (this.monitor) {
				this.keepsDrainRight = true;
			}
			drop();
			return false;
		}
		finally {
			endWrite();
		}
	}

	private void writeFrame(RemoteEndpoint.Basic remote, List<OutboundMessage> messages) throws IOException {
		OutboundMessage first = messages.get(0);
		if (first.body().format() == TransferFormat.BINARY) {
			remote.sendBinary(ByteBuffer.wrap(OutboundFrames.join(messages)));
		}
		else if (messages.size() == 1 && first.tail() == null) {
			remote.sendText(first.body().asText());
		}
		else {
			remote.sendText(new String(OutboundFrames.join(messages), StandardCharsets.UTF_8));
		}
	}

	private boolean beginWrite() {
		synchronized (this.monitor) {
			this.writer = this.aborted ? null : Thread.currentThread();
			this.keepsDrainRight = this.aborted;
			return !this.aborted;
		}
	}

	private void endWrite() {
		synchronized (this.monitor) {
			this.writer = null;
			// an abort that came too late must not meet the thread's next connection
			Thread.interrupted();
		}
	}

	/**
	 * Have a ping written by whoever drains the queue, since one frame is sent at a time.
	 */
	@Override
	public void ping() {
		this.pingWanted = true;
		if (this.connection.queue().acquire()) {
			drain();
		}
	}

	/**
	 * Take note of a failure, which the container follows by closing the session.
	 * @param cause the failure
	 */
	void failed(Throwable cause) {
		if (this.failure == null) {
			this.failure = cause;
		}
		if (logger.isDebugEnabled()) {
			logger.debug("Failure of the WebSocket of " + this.connection, cause);
		}
	}

	/**
	 * Take note that the session is closed.
	 * @param status the status of the close frame, or 1006 if there was none
	 */
	void closed(int status) {
		if (isDetached()) {
			return;
		}
		boolean inOrder = status == CloseCodes.NORMAL_CLOSURE.getCode() || status == CloseCodes.GOING_AWAY.getCode()
				|| status == CloseCodes.NO_STATUS_CODE.getCode();
		if (!inOrder && (this.broken || status == CloseCodes.CLOSED_ABNORMALLY.getCode())) {
			this.connection.transportLost(this, this.failure);
			return;
		}
		this.connection.transportClosed(inOrder ? CloseReason.CLIENT_CLOSED : CloseReason.CLIENT_GONE,
				inOrder ? null : this.failure);
	}

	/**
	 * Close in order: the container then waits for the client's close frame and fires its
	 * close event, before it or after it.
	 */
	private void close() {
		CloseReason reason = this.connection.closeReason();
		close((reason != null) ? reason.webSocketStatus() : CloseCodes.NORMAL_CLOSURE.getCode());
	}

	/**
	 * Hand over what has arrived, unless another transport has taken this one's place.
	 * @param data the bytes
	 * @param last whether these are the last ones of a message
	 * @param format whether it is a text or a binary message
	 */
	void receive(ByteBuffer data, boolean last, TransferFormat format) {
		this.receiving.lock();
		try {
			if (!isDetached()) {
				boolean messages = this.connection.isMessageOriented();
				if (messages && !this.withinMessage) {
					this.connection.messageBegun(format);
				}
				this.connection.receive(data);
				this.withinMessage = !last;
				if (messages && last) {
					this.connection.messageReceived(format);
				}
			}
		}
		finally {
			this.receiving.unlock();
		}
	}

	private boolean isDetached() {
		synchronized (this.monitor) {
			return this.detached;
		}
	}

	@Override
	public boolean detach() {
		synchronized (this.monitor) {
			this.detached = true;
		}
		abort();
		try {
			if (!this.receiving.tryLock(DETACH_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
				return false;
			}
			this.receiving.unlock();
			return awaitDrained();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private boolean awaitDrained() throws InterruptedException {
		boolean giveBack;
		synchronized (this.monitor) {
			long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DETACH_TIMEOUT_MILLIS);
			while (this.draining) {
				long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
				if (millis <= 0) {
					return false;
				}
				this.monitor.wait(millis);
			}
			giveBack = this.keepsDrainRight;
			this.keepsDrainRight = false;
		}
		if (giveBack) {
			this.connection.giveBack(this);
		}
		return true;
	}

	@Override
	public void abort() {
		synchronized (this.monitor) {
			this.aborted = true;
			if (this.writer != null) {
				// Containers let one frame out at a time, a close frame as well, so that
				// closing from here would wait for the frame that is stuck. Interrupted,
				// the write fails, upon which Tomcat drops the socket.
				this.writer.interrupt();
			}
		}
		this.writers.execute(this::drop);
	}

	/**
	 * Close without waiting for what is being sent. The status is never 1000: with any
	 * other one Tomcat waits but 50 ms for its turn to send the close frame and then
	 * drops the socket.
	 */
	private void drop() {
		CloseReason reason = this.connection.closeReason();
		int status = (reason != null) ? reason.webSocketStatus() : CloseCodes.NORMAL_CLOSURE.getCode();
		boolean normal = status == CloseCodes.NORMAL_CLOSURE.getCode();
		close(normal ? CloseCodes.UNEXPECTED_CONDITION.getCode() : status);
	}

	private void close(int status) {
		if (!this.closing) {
			this.closingSince = System.nanoTime();
			this.closing = true;
		}
		try {
			if (this.session.isOpen()) {
				// makes containers other than Tomcat drop a client that does not answer
				this.session.setMaxIdleTimeout(this.closeTimeoutMillis);
				this.session.close(new jakarta.websocket.CloseReason(CloseCodes.getCloseCode(status), null));
			}
		}
		catch (IOException | RuntimeException ex) {
			failed(ex);
		}
		finally {
			this.closed.countDown();
		}
	}

	/**
	 * Wait a moment for the close frame to be on its way. Tomcat drops the socket when
	 * its reading thread returns between the beginning and the end of a close, and the
	 * frame with it.
	 */
	void awaitClose() {
		try {
			this.closed.await(CLOSE_WAIT_MILLIS, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void onHeartbeat(long nanoTime) {
		if (this.closing && nanoTime - this.closingSince >= TimeUnit.MILLISECONDS.toNanos(this.closeTimeoutMillis)) {
			this.connection.transportLost(this, this.failure);
		}
	}

}
