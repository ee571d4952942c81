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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for subscriptions that begin when the stream is not wanted any more.
 */
class LateSubscriptionTests {

	private final HubTester tester = HubTester.with(Streams.class);

	private final TestClient client = this.tester.connect();

	@AfterEach
	void close() {
		this.tester.close();
	}

	private Flow.Subscriber<? super Integer> subscriber() {
		this.client.send("{'type':4,'invocationId':'s','target':'silent','arguments':[]}");
		return this.tester.bean(Streams.class).subscriber.join();
	}

	@Test
	void sourceThatSubscribesAfterTheClientCancelledIsCancelled() {
		Flow.Subscriber<? super Integer> subscriber = subscriber();
		this.client.send("{'type':5,'invocationId':'s'}");
		assertThat(this.client.next()).isEqualTo("{'type':3,'invocationId':'s'}");
		RecordingSubscription subscription = new RecordingSubscription();
		subscriber.onSubscribe(subscription);
		assertThat(subscription.signals).containsExactly("cancel");
	}

	@Test
	void sourceThatSubscribesAfterTheEndOfTheConnectionIsCancelled() {
		Flow.Subscriber<? super Integer> subscriber = subscriber();
		this.client.disconnect();
		RecordingSubscription subscription = new RecordingSubscription();
		subscriber.onSubscribe(subscription);
		assertThat(subscription.signals).containsExactly("cancel");
	}

	@Test
	void subscriberOfAnUploadThatCancelsAtOnceHearsNothing() {
		UploadStream upload = new UploadStream(Integer.class, 10, Runnable::run, () -> {
		});
		upload.item(1);
		RecordingSubscriber subscriber = new RecordingSubscriber(Flow.Subscription::cancel);
		upload.publisher().subscribe(subscriber);
		upload.item(2);
		upload.end(null);
		assertThat(subscriber.signals).isEmpty();
		assertThat(upload.size()).isZero();
	}

	@Test
	void subscriberOfAnUploadThatHasEndedHearsOfTheEnd() {
		UploadStream upload = new UploadStream(Integer.class, 10, Runnable::run, () -> {
		});
		upload.item(1);
		upload.end(new IllegalStateException("gone"));
		RecordingSubscriber subscriber = new RecordingSubscriber((subscription) -> subscription.request(10));
		upload.publisher().subscribe(subscriber);
		assertThat(subscriber.signals).containsExactly("1", "gone");
	}

	@HubController("test")
	static class Streams {

		final CompletableFuture<Flow.Subscriber<? super Integer>> subscriber = new CompletableFuture<>();

		@HubMethod
		Flow.Publisher<Integer> silent() {
			return this.subscriber::complete;
		}

	}

	private static final class RecordingSubscription implements Flow.Subscription {

		final List<String> signals = new ArrayList<>();

		@Override
		public void request(long n) {
			this.signals.add("request " + n);
		}

		@Override
		public void cancel() {
			this.signals.add("cancel");
		}

	}

	private static final class RecordingSubscriber implements Flow.Subscriber<Object> {

		final List<String> signals = new ArrayList<>();

		private final Consumer<Flow.Subscription> start;

		RecordingSubscriber(Consumer<Flow.Subscription> start) {
			this.start = start;
		}

		@Override
		public void onSubscribe(Flow.Subscription subscription) {
			this.start.accept(subscription);
		}

		@Override
		public void onNext(Object item) {
			this.signals.add(String.valueOf(item));
		}

		@Override
		public void onError(Throwable failure) {
			this.signals.add(String.valueOf(failure.getMessage()));
		}

		@Override
		public void onComplete() {
			this.signals.add("complete");
		}

	}

}
