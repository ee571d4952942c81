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

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A response that is given after its request's thread has left; completed once.
 */
final class AsyncAnswer implements AsyncListener {

	private static final Log logger = LogFactory.getLog(AsyncAnswer.class);

	private final AsyncContext context;

	private final AtomicBoolean completed = new AtomicBoolean();

	private final Consumer<@Nullable Throwable> onGone;

	private AsyncAnswer(AsyncContext context, Consumer<@Nullable Throwable> onGone) {
		this.context = context;
		this.onGone = onGone;
	}

	/**
	 * Let the request's thread leave without an answer.
	 * @param request the request
	 * @param onGone called when the container finds out that the client is gone
	 * @return the answer
	 */
	static AsyncAnswer start(HttpServletRequest request, Consumer<@Nullable Throwable> onGone) {
		AsyncContext context = request.startAsync();
		// the heartbeat's matter
		context.setTimeout(0);
		AsyncAnswer answer = new AsyncAnswer(context, onGone);
		context.addListener(answer);
		return answer;
	}

	/**
	 * Finish the response. Does not block.
	 */
	void complete() {
		if (this.completed.compareAndSet(false, true)) {
			try {
				this.context.complete();
			}
			catch (IllegalStateException ex) {
				// the container has finished it after a failure
				logger.debug("Asynchronous response was finished before", ex);
			}
		}
	}

	@Override
	public void onComplete(AsyncEvent event) {
		if (this.completed.compareAndSet(false, true)) {
			this.onGone.accept(null);
		}
	}

	@Override
	public void onError(AsyncEvent event) {
		this.onGone.accept(event.getThrowable());
		complete();
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		onError(event);
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
	}

}
