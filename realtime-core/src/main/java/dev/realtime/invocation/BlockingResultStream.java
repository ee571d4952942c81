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

import java.util.Iterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import dev.realtime.connection.OutboundQueue;
import dev.realtime.hub.StreamEmitter;
import dev.realtime.protocol.MessageEncodingException;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.util.Assert;

/**
 * A {@link ResultStream} that is written to by a thread, which waits while the
 * connection's queue is full.
 */
final class BlockingResultStream extends ResultStream implements StreamEmitter<@Nullable Object> {

	private final CompletableFuture<@Nullable Object> stopped = new CompletableFuture<>();

	BlockingResultStream(HubCall call) {
		super(call);
	}

	/**
	 * Send everything an iterator returns, and end.
	 * @param source the iterator
	 * @param release called when the source is not needed any more
	 */
	void sendAll(Iterator<?> source, Runnable release) {
		try {
			while (!isCancelled() && source.hasNext()) {
				send(source.next());
			}
			complete();
		}
		catch (CancellationException ex) {
			end(null);
		}
		catch (Throwable ex) {
			end(ex);
		}
		finally {
			release.run();
		}
	}

	@Override
	public void send(@Nullable Object item) {
		awaitRoom();
		try {
			if (isCancelled() || call().session().connection().isEnding()) {
				// a producer that gives up now must hear of it all the same
				call().cancel();
				throw new CancellationException("The client does not receive the stream any more");
			}
			Assert.state(item(item) >= 0, "The stream has been completed");
		}
		catch (MessageEncodingException ex) {
			throw new MessageConversionException(String.valueOf(ex.getMessage()), ex);
		}
	}

	private void awaitRoom() {
		OutboundQueue queue = call().session().connection().queue();
		if (queue.hasRoom()) {
			return;
		}
		CompletableFuture<@Nullable Object> room = new CompletableFuture<>();
		queue.whenRoom(() -> room.complete(null));
		try {
			CompletableFuture.anyOf(room, this.stopped).get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new CancellationException("Interrupted while waiting for the client");
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void complete() {
		end(null);
	}

	@Override
	public void completeWithError(Throwable error) {
		Assert.notNull(error, "'error' must not be null");
		end(error);
	}

	@Override
	public void onCancel(Runnable callback) {
		Assert.notNull(callback, "'callback' must not be null");
		call().cancellation().onCancel(callback);
	}

	@Override
	public boolean isCancelled() {
		return this.stopped.isDone();
	}

	@Override
	void stop() {
		this.stopped.complete(null);
	}

}
