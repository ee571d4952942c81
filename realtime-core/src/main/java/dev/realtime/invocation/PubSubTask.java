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

import dev.realtime.protocol.webpubsub.AckMessage;
import dev.realtime.protocol.webpubsub.PubSubError;
import org.jspecify.annotations.Nullable;

/**
 * What a Web PubSub client asks for: processed one after another and, if it has an
 * {@code ackId}, once (Web PubSub, processing order).
 */
abstract class PubSubTask implements InvocationQueue.Task {

	private final PubSubSession session;

	private final @Nullable Long ackId;

	private final int size;

	/**
	 * Create a task.
	 * @param session the session of the connection
	 * @param ackId the number of the acknowledgement the client waits for, or
	 * {@code null} if it does not
	 * @param size the size of the message in bytes
	 */
	PubSubTask(PubSubSession session, @Nullable Long ackId, int size) {
		this.session = session;
		this.ackId = ackId;
		this.size = size;
	}

	PubSubSession session() {
		return this.session;
	}

	@Override
	public int size() {
		return this.size;
	}

	@Override
	public final void run() {
		this.session.reading().moved();
		if (this.ackId != null && this.session.acknowledged().contains(this.ackId)) {
			this.session.send(AckMessage.failure(this.ackId, PubSubError.DUPLICATE,
					"Message with ack-id: " + Long.toUnsignedString(this.ackId) + " has been processed"));
			release();
			return;
		}
		try {
			perform();
		}
		catch (Throwable ex) {
			failed(ex);
			release();
		}
	}

	/**
	 * Process the message. Whoever completes it has to {@link #release()} then, unless an
	 * exception is thrown.
	 */
	abstract void perform();

	/**
	 * Take note of a failure that was thrown.
	 * @param failure the failure
	 */
	void failed(Throwable failure) {
		reject(PubSubError.INTERNAL_SERVER_ERROR, "The message could not be processed.");
	}

	/**
	 * Tell the client that the message was processed.
	 */
	void acknowledge() {
		if (this.ackId != null) {
			this.session.acknowledged().add(this.ackId);
			this.session.send(AckMessage.success(this.ackId));
		}
	}

	/**
	 * Tell the client that the message was not processed: it may come again.
	 * @param name the name of the error
	 * @param message a text for the client
	 */
	void reject(String name, String message) {
		if (this.ackId != null) {
			this.session.send(AckMessage.failure(this.ackId, name, message));
		}
	}

	/**
	 * Let the next message be processed.
	 */
	void release() {
		this.session.queue().release();
	}

}
