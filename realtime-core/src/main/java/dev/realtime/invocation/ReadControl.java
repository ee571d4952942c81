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

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.ReadGate;
import dev.realtime.hub.HubOptions;
import dev.realtime.protocol.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * Stops reading of a client while its calls and the items of its streams are not taken,
 * or while it does not take the answers: whoever sends faster is slowed down by TCP.
 */
final class ReadControl {

	static final int MAX_WAITING_CALLS = 256;

	/**
	 * How much more is held while the gate must stay open for a client's answer.
	 */
	static final int HELD_FACTOR = 16;

	// no fewer than fit into what a client sends before it is told to go on
	private static final int MAX_HELD_ITEMS = 4096;

	private final ClientConnection connection;

	private final InvocationQueue queue;

	private final Map<String, UploadStream> uploads;

	private final int streamBufferCapacity;

	private final int maxWaitingBytes;

	private final @Nullable InboundRate rate;

	private final AtomicBoolean waitsForRoom = new AtomicBoolean();

	private volatile @Nullable Long pausedAt;

	/**
	 * Create a control.
	 * @param connection the connection that is read
	 * @param queue the calls of the connection
	 * @param uploads its streams, by their ids
	 * @param options tell how much of both may wait
	 * @param rate how fast the client may send, or {@code null} if that is not limited
	 */
	ReadControl(ClientConnection connection, InvocationQueue queue, Map<String, UploadStream> uploads,
			HubOptions options, @Nullable InboundRate rate) {
		this.connection = connection;
		this.queue = queue;
		this.uploads = uploads;
		this.streamBufferCapacity = options.streamBufferCapacity();
		this.maxWaitingBytes = options.applicationMaxBufferSize();
		this.rate = rate;
	}

	/**
	 * Stop or resume reading.
	 */
	void adjust() {
		ReadGate gate = this.connection.readGate();
		if (this.rate != null && slowDown(this.rate, gate)) {
			return;
		}
		if (mayRead()) {
			gate.resume();
		}
		else if (this.connection.isResumable() && !isOverloaded(HELD_FACTOR)) {
			// its acknowledgements must be heard; it is slowed down by getting none
			gate.resume();
		}
		else if (this.connection.queue().waitsForAcknowledgement()) {
			this.connection.close(CloseReason.TOO_MANY_INVOCATIONS, null);
		}
		else if (gate.pause()) {
			// what was taken meanwhile found the gate open still
			if (mayRead()) {
				gate.resume();
			}
			else if (!this.connection.queue().takesAnswers() && this.waitsForRoom.compareAndSet(false, true)) {
				this.connection.queue().whenRoom(this::roomFound);
			}
		}
		else if (isOverloaded(HELD_FACTOR)) {
			this.connection.close(CloseReason.TOO_MANY_INVOCATIONS, null);
		}
	}

	private boolean slowDown(InboundRate rate, ReadGate gate) {
		long ahead = this.connection.isEnding() ? 0 : rate.ahead();
		if (ahead == 0) {
			return false;
		}
		if (gate.pause()) {
			rate.whenSettled(this::adjust);
			return true;
		}
		if (ahead >= InboundRate.MAX_AHEAD) {
			this.connection.close(CloseReason.RATE_EXCEEDED, null);
		}
		return false;
	}

	/**
	 * Return whether more of the client is welcome.
	 * @return {@code false} while too much of it waits, or too much waits for it
	 */
	boolean mayRead() {
		return this.connection.isEnding() || (this.connection.queue().takesAnswers() && !isOverloaded(1));
	}

	private void roomFound() {
		this.waitsForRoom.set(false);
		moved();
	}

	/**
	 * Take note that a call, an item or an answer was taken.
	 */
	void moved() {
		if (this.connection.readGate().isPaused()) {
			adjust();
		}
	}

	private boolean isOverloaded(int factor) {
		if (this.queue.waiting() > factor * MAX_WAITING_CALLS
				|| (this.maxWaitingBytes > 0 && this.queue.waitingBytes() > (long) factor * this.maxWaitingBytes)) {
			return true;
		}
		if (!this.uploads.isEmpty()) {
			int capacity = (factor > 1) ? Math.max(factor * this.streamBufferCapacity, MAX_HELD_ITEMS)
					: this.streamBufferCapacity;
			for (UploadStream upload : this.uploads.values()) {
				if (upload.size() >= capacity) {
					return true;
				}
			}
		}
		return false;
	}

	/**
	 * Return for how long nothing was heard of the client although it was listened to.
	 * Called by the heartbeat.
	 * @param nanoTime the current time
	 * @return the duration in nanoseconds
	 */
	long silence(long nanoTime) {
		if (this.connection.readGate().isPaused()) {
			this.pausedAt = nanoTime;
			return 0;
		}
		long silence = nanoTime - this.connection.lastReceived();
		Long pausedAt = this.pausedAt;
		return (pausedAt != null) ? Math.min(silence, nanoTime - pausedAt) : silence;
	}

}
