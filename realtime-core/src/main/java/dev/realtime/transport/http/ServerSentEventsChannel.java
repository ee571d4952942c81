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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.OutboundQueue;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.OutboundMessage;
import dev.realtime.protocol.TransportType;
import dev.realtime.transport.OutboundFrames;
import dev.realtime.transport.WriterPool;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * A stream of server-sent events (SignalR transport protocols, "Server-Sent Events"). The
 * connection ends with it.
 */
final class ServerSentEventsChannel extends HttpChannel implements Runnable {

	private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(5);

	private static final int BATCH_BYTES = 64 * 1024;

	private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] LINE_END = { '\r', '\n' };

	private final WriterPool writers;

	private final Object monitor = new Object();

	// all guarded by 'monitor'
	private @Nullable OutputStream body;

	private @Nullable AsyncAnswer answer;

	private boolean drainRequested;

	private boolean writing;

	private volatile boolean probe;

	private volatile long lastWrite = System.nanoTime();

	private boolean aborted;

	ServerSentEventsChannel(ClientConnection connection, WriterPool writers) {
		super(connection);
		this.writers = writers;
	}

	@Override
	public TransportType type() {
		return TransportType.SERVER_SENT_EVENTS;
	}

	/**
	 * Begin the response; what was queued before follows. Called once, by the thread of
	 * the request.
	 * @param request the request
	 * @param response its response
	 * @throws IOException if nothing can be written
	 */
	void start(HttpServletRequest request, HttpServletResponse response) throws IOException {
		response.setContentType("text/event-stream");
		response.setHeader("Cache-Control", "no-cache,no-store");
		response.setHeader("Pragma", "no-cache");
		response.setHeader("Content-Encoding", "identity");
		response.setHeader("X-Accel-Buffering", "no");
		OutputStream body = response.getOutputStream();
		// some browsers report the stream as open only when data arrives
		body.write(':');
		body.write(LINE_END);
		body.flush();
		AsyncAnswer answer = AsyncAnswer.start(request, this::gone);
		boolean drain;
		boolean aborted;
		synchronized (this.monitor) {
			this.body = body;
			this.answer = answer;
			drain = this.drainRequested;
			aborted = this.aborted;
		}
		if (aborted) {
			answer.complete();
		}
		else if (drain) {
			this.writers.execute(this);
		}
	}

	private void gone(@Nullable Throwable cause) {
		connection().transportClosed(CloseReason.CLIENT_GONE, cause);
	}

	@Override
	public void drain() {
		synchronized (this.monitor) {
			if (this.body == null) {
				this.drainRequested = true;
				return;
			}
		}
		this.writers.execute(this);
	}

	@Override
	public void run() {
		OutboundQueue queue = connection().queue();
		List<OutboundMessage> batch = new ArrayList<>();
		queue.take(batch, BATCH_BYTES, System.nanoTime());
		if (!batch.isEmpty()) {
			if (!write(batch)) {
				return;
			}
			queue.written();
			connection().sent(System.nanoTime());
		}
		else if (this.probe && !write(batch)) {
			return;
		}
		this.probe = false;
		this.lastWrite = System.nanoTime();
		if (queue.isFinished()) {
			abort();
		}
		else if (queue.release()) {
			drain();
		}
	}

	/**
	 * Write a comment after some silence. Containers do not read from a client whose
	 * response is under way, so that only a write, and then another one, tells whether it
	 * is still there.
	 */
	@Override
	public void onHeartbeat(long nanoTime) {
		if (nanoTime - this.lastWrite >= PROBE_NANOS && connection().queue().acquire()) {
			this.probe = true;
			drain();
		}
	}

	// when this fails the drain right is never given back
	private boolean write(List<OutboundMessage> batch) {
		OutputStream body = beginWrite();
		if (body == null) {
			return false;
		}
		boolean written = false;
		try {
			body.write(events(batch));
			body.flush();
			written = true;
		}
		catch (IOException | RuntimeException ex) {
			gone(ex);
		}
		finally {
			endWrite(!written);
		}
		return written;
	}

	private byte[] events(List<OutboundMessage> batch) throws IOException {
		ByteArrayOutputStream events = new ByteArrayOutputStream(256);
		if (batch.isEmpty()) {
			events.write(':');
			events.write(LINE_END);
		}
		int start = 0;
		while (start < batch.size()) {
			int end = OutboundFrames.end(batch, start, connection().protocol());
			writeEvent(OutboundFrames.join(batch.subList(start, end)), events);
			start = end;
		}
		return events.toByteArray();
	}

	// each end of a line that the client knows as one: it would take what follows for
	// another field
	static void writeEvent(byte[] payload, OutputStream events) throws IOException {
		int start = 0;
		while (start <= payload.length) {
			int end = start;
			while (end < payload.length && payload[end] != '\n' && payload[end] != '\r') {
				end++;
			}
			events.write(DATA);
			events.write(payload, start, end - start);
			events.write(LINE_END);
			boolean pair = end + 1 < payload.length && payload[end] == '\r' && payload[end + 1] == '\n';
			start = end + (pair ? 2 : 1);
		}
		events.write(LINE_END);
	}

	private @Nullable OutputStream beginWrite() {
		synchronized (this.monitor) {
			this.writing = !this.aborted;
			return this.aborted ? null : this.body;
		}
	}

	private void endWrite(boolean failed) {
		AsyncAnswer answer = null;
		synchronized (this.monitor) {
			this.writing = false;
			this.aborted |= failed;
			if (this.aborted) {
				answer = this.answer;
			}
		}
		if (answer != null) {
			answer.complete();
		}
	}

	/**
	 * End the response. A response must not be completed while something is being written
	 * to it: then the writer does so as soon as the container's write timeout lets it go.
	 */
	@Override
	public void abort() {
		AsyncAnswer answer = null;
		synchronized (this.monitor) {
			this.aborted = true;
			if (!this.writing) {
				answer = this.answer;
			}
		}
		CloseReason reason = connection().closeReason();
		connection().transportClosed((reason != null) ? reason : CloseReason.SERVER_CLOSED, null);
		if (answer != null) {
			answer.complete();
		}
	}

}
