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

package dev.realtime.transport.http;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.OutboundQueue;
import dev.realtime.protocol.ClientProtocol;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.OutboundMessage;
import dev.realtime.protocol.TransportType;
import dev.realtime.transport.ConnectionRegistry;
import dev.realtime.transport.OutboundFrames;
import dev.realtime.transport.WriterPool;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of polls (SignalR transport protocols, "Long Polling"). At most one poll
 * waits; a newer one takes its place.
 *
 * <p>
 * Messages leave the queue only when there is a poll to answer with them. An answer that
 * cannot be written ends the connection, so that nothing is lost without the client's
 * knowledge. As with any transport without acknowledgements, an answer the network took
 * but the client never read is lost.
 */
final class LongPollingChannel extends HttpChannel {

	private static final int ANSWER_BYTES = 1024 * 1024;

	private static final String TEXT = "text/plain";

	private final String token;

	private final ConnectionRegistry registry;

	private final WriterPool writers;

	private final long pollTimeout;

	private final Duration disconnectTimeout;

	private final Object monitor = new Object();

	// all guarded by 'monitor'
	private @Nullable Poll waiting;

	// the drain right is here, for the next poll
	private boolean drainRequested;

	private boolean answering;

	private boolean terminated;

	private boolean ended;

	private long idleSince = System.nanoTime();

	LongPollingChannel(ClientConnection connection, String token, ConnectionRegistry registry, WriterPool writers,
			Duration pollTimeout, Duration disconnectTimeout) {
		super(connection);
		this.token = token;
		this.registry = registry;
		this.writers = writers;
		this.pollTimeout = pollTimeout.toNanos();
		this.disconnectTimeout = disconnectTimeout;
	}

	@Override
	public TransportType type() {
		return TransportType.LONG_POLLING;
	}

	/**
	 * Take a poll: answer it at once if there is something to say, else when there is.
	 * @param poll the poll, on the thread of its request
	 */
	void poll(Poll poll) {
		Poll older;
		boolean ended;
		boolean answer;
		synchronized (this.monitor) {
			older = this.waiting;
			this.waiting = null;
			ended = this.ended;
			answer = !ended && this.drainRequested && !this.answering;
			if (answer) {
				this.drainRequested = false;
				this.answering = true;
			}
			else if (!ended) {
				park(poll);
			}
		}
		if (older != null) {
			older.answerNoContent();
		}
		if (ended) {
			this.registry.remove(this.token);
			poll.answerNoContent();
		}
		else if (answer) {
			answer(poll);
		}
	}

	@Nullable Poll waiting() {
		synchronized (this.monitor) {
			return this.waiting;
		}
	}

	private void park(Poll poll) {
		poll.park((cause) -> gone(poll));
		this.waiting = poll;
	}

	// nothing was taken for it: the client may poll again
	private void gone(Poll poll) {
		synchronized (this.monitor) {
			if (this.waiting == poll) {
				this.waiting = null;
				this.idleSince = System.nanoTime();
			}
		}
	}

	@Override
	public void drain() {
		Poll poll;
		synchronized (this.monitor) {
			this.drainRequested = true;
			poll = this.answering ? null : this.waiting;
			if (poll != null) {
				this.waiting = null;
				this.drainRequested = false;
				this.answering = true;
			}
		}
		if (poll != null) {
			this.writers.execute(() -> answer(poll));
		}
		else {
			endIfTerminated();
		}
	}

	// called with the drain right
	private void answer(Poll poll) {
		OutboundQueue queue = connection().queue();
		List<OutboundMessage> batch = new ArrayList<>();
		take(queue, batch);
		if (!batch.isEmpty() && !write(poll, batch)) {
			return;
		}
		if (queue.isFinished()) {
			finish(batch.isEmpty() ? poll : null);
			return;
		}
		synchronized (this.monitor) {
			this.answering = false;
			this.idleSince = System.nanoTime();
		}
		if (batch.isEmpty()) {
			putBack(poll);
		}
		if (queue.release()) {
			drain();
		}
		else {
			endIfTerminated();
		}
	}

	private void take(OutboundQueue queue, List<OutboundMessage> batch) {
		ClientProtocol protocol = connection().protocol();
		boolean joins = protocol == null || protocol.joinsMessages();
		queue.take(batch, joins ? ANSWER_BYTES : 1, System.nanoTime());
	}

	private boolean write(Poll poll, List<OutboundMessage> batch) {
		try {
			poll.answer(OutboundFrames.join(batch));
		}
		catch (IOException | RuntimeException ex) {
			end(CloseReason.CLIENT_GONE, ex, false);
			poll.complete();
			return false;
		}
		connection().queue().written();
		connection().sent(System.nanoTime());
		return true;
	}

	private void finish(@Nullable Poll poll) {
		CloseReason reason = connection().closeReason();
		boolean told = poll != null;
		end((reason != null) ? reason : CloseReason.SERVER_CLOSED, null, !told);
		if (poll != null) {
			poll.answerNoContent();
		}
	}

	// everything that waited for this poll had expired
	private void putBack(Poll poll) {
		boolean superseded;
		synchronized (this.monitor) {
			superseded = this.waiting != null || this.ended;
			if (!superseded) {
				park(poll);
			}
		}
		if (superseded) {
			poll.answerNoContent();
		}
	}

	/**
	 * Take note that the client ends the connection (DELETE): the poll that waits gets
	 * what remains.
	 * @return {@code false} if the client has done so before
	 */
	boolean terminate() {
		synchronized (this.monitor) {
			if (this.terminated) {
				return false;
			}
			this.terminated = true;
		}
		connection().close(CloseReason.CLIENT_CLOSED, null);
		endIfTerminated();
		return true;
	}

	// no poll has to be waited for: none need come any more
	private void endIfTerminated() {
		boolean end;
		synchronized (this.monitor) {
			end = this.terminated && this.waiting == null && !this.answering && !this.ended;
		}
		if (end) {
			end(CloseReason.CLIENT_CLOSED, null, true);
		}
	}

	@Override
	public void abort() {
		CloseReason reason = connection().closeReason();
		end((reason != null) ? reason : CloseReason.SERVER_CLOSED, null, true);
	}

	/**
	 * End the connection.
	 * @param reason why
	 * @param cause the failure behind it, if any
	 * @param linger whether another poll is to be told
	 */
	private void end(CloseReason reason, @Nullable Throwable cause, boolean linger) {
		Poll poll;
		synchronized (this.monitor) {
			this.ended = true;
			poll = this.waiting;
			this.waiting = null;
		}
		if (poll == null && linger) {
			this.registry.linger(this.token, this.disconnectTimeout);
		}
		connection().transportClosed(reason, cause);
		if (poll != null) {
			poll.answerNoContent();
		}
		if (poll != null || !linger) {
			this.registry.remove(this.token);
		}
	}

	@Override
	public void onHeartbeat(long nanoTime) {
		Poll expired = null;
		boolean abandoned = false;
		synchronized (this.monitor) {
			if (this.waiting != null) {
				if (nanoTime - this.waiting.since() >= this.pollTimeout) {
					expired = this.waiting;
					this.waiting = null;
					this.idleSince = nanoTime;
				}
			}
			else {
				abandoned = !this.answering && nanoTime - this.idleSince >= this.disconnectTimeout.toNanos();
			}
		}
		if (expired != null) {
			expired.answerEmpty(TEXT);
			endIfTerminated();
		}
		else if (abandoned) {
			end(CloseReason.DISCONNECT_TIMEOUT, null, false);
		}
	}

}
