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

import java.util.concurrent.atomic.AtomicBoolean;

import dev.realtime.hub.HubException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A stream of results to a client (SignalR hub protocol, "Server-to-client streams"):
 * turns items into messages and ends once. What asks a source for items, and when, is the
 * matter of subclasses.
 */
abstract class ResultStream {

	private static final Log logger = LogFactory.getLog(ResultStream.class);

	private final HubCall call;

	private final AtomicBoolean ended = new AtomicBoolean();

	ResultStream(HubCall call) {
		this.call = call;
	}

	HubCall call() {
		return this.call;
	}

	boolean isEnded() {
		return this.ended.get();
	}

	/**
	 * Send an item.
	 * @param item the item
	 * @return the size of the message in bytes, or -1 if the stream has ended
	 * @throws dev.realtime.protocol.MessageEncodingException if the item cannot be
	 * encoded
	 */
	int item(@Nullable Object item) {
		if (isEnded() || this.call.session().connection().isEnding()) {
			return -1;
		}
		return this.call.answers().item(this.call, item);
	}

	/**
	 * End the stream.
	 * @param failure why it failed, or {@code null} if it is complete or cancelled
	 */
	void end(@Nullable Throwable failure) {
		if (!this.ended.compareAndSet(false, true)) {
			return;
		}
		if (failure == null) {
			finish(null);
		}
		else {
			this.call.recover(failure)
				.whenComplete((nothing, outcome) -> finish((outcome != null) ? outcome : failure));
		}
	}

	private void finish(@Nullable Throwable failure) {
		if (failure != null && logger.isDebugEnabled()) {
			logger.debug("Stream of hub method '" + this.call.method().name() + "' failed", failure);
		}
		this.call.end(failure, () -> this.call.answers().streamEnd(this.call, failure));
	}

	/**
	 * Stop the source and end the stream without an error: its client does not want it
	 * any more, or is gone.
	 */
	void cancel() {
		stopQuietly();
		end(null);
	}

	/**
	 * Stop the source and end the stream with an error that is not the source's.
	 * @param failure what the client is told
	 */
	void interrupt(HubException failure) {
		stopQuietly();
		if (this.ended.compareAndSet(false, true)) {
			finish(failure);
		}
	}

	/**
	 * Stop the source, whatever it makes of that.
	 */
	void stopQuietly() {
		try {
			stop();
		}
		catch (Throwable ex) {
			logger.debug(
					"The source of a stream of hub method '" + this.call.method().name() + "' could not be stopped",
					ex);
		}
	}

	/**
	 * Stop the source. Called at least once when the stream ends early; must not block.
	 */
	abstract void stop();

}
