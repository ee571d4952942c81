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
import java.util.concurrent.atomic.AtomicBoolean;
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

	private final AtomicBoolean requesting = new AtomicBoolean();

	private volatile int window;

	private volatile int largest;

	private volatile boolean stopped;

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
		if (this.stopped) {
			subscription.cancel();
		}
		else {
			// how large the elements are is not known yet
			request(1);
		}
	}

	@Override
	public void onNext(Object item) {
		if (!send(item)) {
			stopQuietly();
			return;
		}
		if (this.outstanding.decrementAndGet() <= this.window / 4 && this.requesting.compareAndSet(false, true)) {
			if (queue().hasRoom()) {
				requestMore();
			}
			else {
				queue().whenRoom(this::requestLater);
			}
		}
	}

	private boolean send(Object item) {
		try {
			int size = item(item);
			this.largest = Math.max(this.largest, size);
			return size >= 0;
		}
		catch (Throwable ex) {
			// publishers need not tell anybody
			end(ex);
			return false;
		}
	}

	private OutboundQueue queue() {
		return call().session().connection().queue();
	}

	private void requestLater() {
		try {
			this.executor.execute(() -> call().runInScope(this::requestMore));
		}
		catch (RejectedExecutionException ex) {
			cancel();
		}
	}

	private void requestMore() {
		int wanted = Math.min(WINDOW - this.outstanding.get(), queue().roomFor(this.largest));
		request(Math.max(1, wanted));
	}

	private void request(int elements) {
		Flow.Subscription subscription = this.subscription;
		if (subscription != null && !isEnded()) {
			this.window = elements;
			this.outstanding.addAndGet(elements);
			this.requesting.set(false);
			try {
				subscription.request(elements);
			}
			catch (Throwable ex) {
				stopQuietly();
				end(ex);
			}
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

	/**
	 * Cancel on a thread of the application, since the client says so on one that serves
	 * others as well.
	 */
	@Override
	void cancel() {
		this.stopped = true;
		end(null);
		if (this.subscription != null) {
			call().session().executors().complete(this::stopQuietly);
		}
	}

	@Override
	void stop() {
		this.stopped = true;
		Flow.Subscription subscription = this.subscription;
		if (subscription != null) {
			subscription.cancel();
		}
	}

}
