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

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import dev.realtime.protocol.webpubsub.PubSubError;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Something a Web PubSub client asks of the server itself, which does not block: joining,
 * leaving, publishing.
 */
final class PubSubOperation extends PubSubTask {

	private static final Log logger = LogFactory.getLog(PubSubOperation.class);

	private final Supplier<@Nullable String> check;

	private final Supplier<CompletableFuture<Void>> action;

	/**
	 * Create an operation.
	 * @param session the session of the connection
	 * @param ackId the number of the acknowledgement the client waits for, or
	 * {@code null} if it does not
	 * @param size the size of the message in bytes
	 * @param check returns why the client may not do that, or {@code null} if it may
	 * @param action does it; completes when it is done
	 */
	PubSubOperation(PubSubSession session, @Nullable Long ackId, int size, Supplier<@Nullable String> check,
			Supplier<CompletableFuture<Void>> action) {
		super(session, ackId, size);
		this.check = check;
		this.action = action;
	}

	@Override
	void perform() {
		String objection = this.check.get();
		if (objection != null) {
			reject(PubSubError.FORBIDDEN, objection);
			release();
			return;
		}
		CompletableFuture<Void> done = this.action.get();
		if (done.isDone() && !done.isCompletedExceptionally()) {
			acknowledge();
			release();
			return;
		}
		done.whenComplete((nothing, failure) -> {
			if (failure == null) {
				acknowledge();
			}
			else {
				logger.debug("Operation of connection " + session().connectionId() + " failed", failure);
				reject(PubSubError.INTERNAL_SERVER_ERROR, "The message could not be processed.");
			}
			release();
		});
	}

}
