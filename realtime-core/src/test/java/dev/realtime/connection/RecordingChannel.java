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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.OutboundMessage;
import dev.realtime.protocol.TransportType;

/**
 * A {@link TransportChannel} that notes what it is asked to write.
 */
final class RecordingChannel implements TransportChannel {

	private final ClientConnection connection;

	final List<String> log = new CopyOnWriteArrayList<>();

	final List<String> written = new CopyOnWriteArrayList<>();

	boolean stalled;

	boolean detachable = true;

	private boolean detached;

	// has the drain right
	private boolean draining;

	RecordingChannel(ClientConnection connection) {
		this.connection = connection;
	}

	@Override
	public TransportType type() {
		return TransportType.WEB_SOCKETS;
	}

	@Override
	public void drain() {
		this.log.add("drain");
		if (this.detached) {
			this.connection.giveBack(this);
			return;
		}
		this.draining = true;
		if (!this.stalled) {
			write();
		}
	}

	void resume() {
		this.stalled = false;
		write();
	}

	void beginWrite(long nanoTime) {
		this.connection.queue().take(new ArrayList<>(), 1000, nanoTime);
	}

	private void write() {
		do {
			List<OutboundMessage> batch = new ArrayList<>();
			this.connection.queue().take(batch, 1000, System.nanoTime());
			batch.forEach((message) -> this.written.add(message.body().asText()));
			this.connection.queue().written();
			if (this.connection.queue().isFinished()) {
				this.connection.transportClosed(CloseReason.CLIENT_CLOSED, null);
				return;
			}
		}
		while (this.connection.queue().release());
		this.draining = false;
	}

	/**
	 * Break without a word.
	 */
	void lose() {
		this.connection.transportLost(this, null);
	}

	@Override
	public boolean detach() {
		this.log.add("detach");
		this.detached = this.detachable;
		if (this.detached && this.draining) {
			this.draining = false;
			this.connection.giveBack(this);
		}
		return this.detached;
	}

	@Override
	public void abort() {
		this.log.add("abort");
		this.connection.transportClosed(CloseReason.CLIENT_GONE, null);
	}

}
