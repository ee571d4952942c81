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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.EncodedBody;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A {@link ConnectionHandler} that notes what it is told.
 */
final class RecordingHandler implements ConnectionHandler {

	final List<String> log = new CopyOnWriteArrayList<>();

	final List<Integer> received = new ArrayList<>();

	final AtomicInteger heartbeats = new AtomicInteger();

	Runnable onAttached = () -> {
	};

	Runnable onResumed = () -> {
	};

	@Nullable EncodedBody lastWord = EncodedBody.text("bye".getBytes());

	@Nullable Throwable cause;

	@Override
	public void onAttached(ClientConnection connection) {
		this.log.add("attached");
		this.onAttached.run();
	}

	@Override
	public void onData(ClientConnection connection, ByteBuffer data) {
		this.received.add(data.remaining());
	}

	@Override
	public void onResumed(ClientConnection connection) {
		assertThat(connection.state()).isIn(ConnectionState.SUSPENDED, ConnectionState.CLOSED);
		this.log.add("resumed");
		this.onResumed.run();
	}

	@Override
	public @Nullable EncodedBody onClosing(ClientConnection connection, CloseReason reason) {
		this.log.add("closing " + reason.name());
		return this.lastWord;
	}

	@Override
	public void onClosed(ClientConnection connection, CloseReason reason, @Nullable Throwable cause) {
		assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED);
		this.log.add("closed " + reason.name());
		this.cause = cause;
	}

	@Override
	public void onHeartbeat(ClientConnection connection, long nanoTime) {
		this.heartbeats.incrementAndGet();
	}

}
