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

import java.util.function.Consumer;

import dev.realtime.protocol.webpubsub.PubSubError;
import org.jspecify.annotations.Nullable;

/**
 * Something a Web PubSub client asks of the states of a group (Web PubSub, group state).
 */
final class PubSubStateTask extends PubSubTask {

	private final Consumer<Consumer<@Nullable PubSubError>> action;

	/**
	 * Create a task.
	 * @param session the session of the connection
	 * @param ackId the number of the acknowledgement the client waits for, or
	 * {@code null} if it does not
	 * @param size the size of the message in bytes
	 * @param action does it, and tells what is wrong or {@code null} when it is done
	 */
	PubSubStateTask(PubSubSession session, @Nullable Long ackId, int size,
			Consumer<Consumer<@Nullable PubSubError>> action) {
		super(session, ackId, size);
		this.action = action;
	}

	@Override
	void perform() {
		this.action.accept((error) -> {
			if (error == null) {
				acknowledge();
			}
			else {
				reject(error.name(), error.message());
			}
			release();
		});
	}

}
