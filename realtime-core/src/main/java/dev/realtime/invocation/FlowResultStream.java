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

import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import dev.realtime.connection.OutboundQueue;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ResultStream} that subscribes to a publisher, and requests elements only as
 * the connection's queue drains.
 */
final class FlowResultStream extends ResultStream implements Flow.Subscriber<Object> {

	private static final int WINDOW = 16;

	private final Executor executor;

	private final AtomicInteger outstanding = new AtomicInteger();

	private volatile Flow.@Nullable Subscription subscription;

	/**
	 * Create a stream.
	 * @param call the call
	 * @param executor requests further elements, so that sources never run on a thread
	 * that serves connections
	 */
	FlowResultStream(HubCall call, Executor executor) {
		super(call);
		this.executor = executor;
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		this.subscription = subscription;
		if (isEnded()) {
			subscription.cancel();
		}
		else {
			request(WINDOW);
		}
	}

	@Override
	public void onNext(Object item) {
		if (!item(item)) {
			stop();
			return;
		}
		if (this.outstanding.decrementAndGet() == WINDOW / 4) {
			OutboundQueue queue = call().session().connection().queue();
			if (queue.hasRoom()) {
				request(WINDOW - WINDOW / 4);
			}
			else {
				queue.whenRoom(this::requestLater);
			}
		}
	}

	private void requestLater() {
		try {
			this.executor.execute(() -> request(WINDOW - WINDOW / 4));
		}
		catch (RejectedExecutionException ex) {
			cancel();
		}
	}

	private void request(int elements) {
		Flow.Subscription subscription = this.subscription;
		if (subscription != null && !isEnded()) {
			this.outstanding.addAndGet(elements);
			subscription.request(elements);
		}
	}

	@Override
	public void onError(Throwable failure) {
		end(failure);
	}

	@Override
	public void onComplete() {
		end(null);
	}

	@Override
	void stop() {
		Flow.Subscription subscription = this.subscription;
		if (subscription != null) {
			subscription.cancel();
		}
	}

}
