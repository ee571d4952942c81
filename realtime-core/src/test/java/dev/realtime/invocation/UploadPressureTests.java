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

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for streams of clients that methods read more slowly than they arrive.
 */
class UploadPressureTests {

	private static String call(String target) {
		return "{'type':1,'invocationId':'c','target':'" + target + "','arguments':[],'streamIds':['u']}";
	}

	private static String item(int item) {
		return "{'type':2,'invocationId':'u','item':" + item + "}";
	}

	private static boolean isPaused(TestClient client) {
		return !client.connection().readGate().readable().toCompletableFuture().isDone();
	}

	@ParameterizedTest
	@ValueSource(strings = { "waitingStream", "waitingFlux" })
	void fullBufferStopsReadingUntilTheMethodReads(String target) {
		try (HubTester tester = HubTester.with(Uploads.class)) {
			TestClient client = tester.connect();
			client.send(call(target));
			for (int i = 0; i < 9; i++) {
				client.send(item(i));
			}
			assertThat(isPaused(client)).isFalse();
			client.send(item(9));
			assertThat(isPaused(client)).isTrue();
			tester.bean(Uploads.class).goOn.countDown();
			client.awaitReadable();
			client.send("{'type':3,'invocationId':'u'}");
			assertThat(client.next()).isEqualTo("{'type':3,'invocationId':'c','result':10}");
		}
	}

	@Test
	void readingGoesOnWhenTheMethodEndsWithoutReading() {
		try (HubTester tester = HubTester.with(Uploads.class)) {
			TestClient client = tester.connect();
			client.send(call("waitingAndIgnoring"));
			for (int i = 0; i < 20; i++) {
				client.send(item(i));
			}
			assertThat(isPaused(client)).isTrue();
			tester.bean(Uploads.class).goOn.countDown();
			client.awaitReadable();
			assertThat(client.next()).contains("'result':0");
			client.awaitIdle();
		}
	}

	@Test
	void readingGoesOnWhenTheConnectionEnds() {
		try (HubTester tester = HubTester.with(Uploads.class)) {
			TestClient client = tester.connect();
			client.send(call("waitingStream"));
			for (int i = 0; i < 10; i++) {
				client.send(item(i));
			}
			assertThat(isPaused(client)).isTrue();
			client.disconnect();
			assertThat(isPaused(client)).isFalse();
		}
	}

	@Test
	void capacityIsConfigurable() {
		try (HubTester tester = HubTester.with((options) -> options.streamBufferCapacity(2), Uploads.class)) {
			TestClient client = tester.connect();
			client.send(call("waitingStream"), item(0));
			assertThat(isPaused(client)).isFalse();
			client.send(item(1));
			assertThat(isPaused(client)).isTrue();
			tester.bean(Uploads.class).goOn.countDown();
			client.awaitReadable();
		}
	}

	@ParameterizedTest
	@CsvSource({ "count, 1", "count, 3", "countFlux, 1", "countFlux, 3", "countSlowly, 1" })
	void readingNeverStopsForGood(String target, int capacity) {
		try (HubTester tester = HubTester.with((options) -> options.streamBufferCapacity(capacity), Uploads.class)) {
			TestClient client = tester.connect();
			client.send(call(target));
			for (int i = 0; i < 5000; i++) {
				client.awaitReadable();
				client.send(item(i));
			}
			client.awaitReadable();
			client.send("{'type':3,'invocationId':'u'}");
			assertThat(client.next()).isEqualTo("{'type':3,'invocationId':'c','result':5000}");
			client.awaitIdle();
			assertThat(isPaused(client)).isFalse();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "count", "countFluxBlocking", "countPublisherBlocking", "countFlowBlocking" })
	void stalledUploadsDelayNeitherTheirConnectionNorOthers(String target) {
		try (HubTester tester = HubTester.with(HubTester.oneThread(), (options) -> {
		}, Uploads.class)) {
			TestClient client = tester.connect();
			for (int i = 0; i < 20; i++) {
				client.send("{'type':1,'target':'" + target + "','arguments':[],'streamIds':['" + i + "']}");
			}
			Uploads uploads = tester.bean(Uploads.class);
			Awaitility.await().until(() -> uploads.started.get() == 20);
			assertThat(client.invoke("ping", "[]")).contains("pong");
			assertThat(tester.connect().invoke("ping", "[]")).contains("pong");
			client.disconnect();
			client.awaitIdle();
		}
	}

	@Test
	void subscriberThatBreaksTheRulesHarmsNobodyElse() {
		try (HubTester tester = HubTester.with(Uploads.class)) {
			TestClient client = tester.connect();
			client.send(call("throwingSubscriber"), item(1), item(2));
			Uploads uploads = tester.bean(Uploads.class);
			Awaitility.await().until(() -> uploads.started.get() == 1);
			for (int i = 0; i < 50; i++) {
				client.awaitReadable();
				client.send(item(i));
			}
			assertThat(client.invoke("ping", "[]")).contains("pong");
		}
	}

	@Test
	void subscriberThatCancelsAtOnceHearsNothingMore() {
		try (HubTester tester = HubTester.with(Uploads.class)) {
			TestClient client = tester.connect();
			client.send(call("cancellingSubscriber"), item(1), "{'type':3,'invocationId':'u'}");
			assertThat(client.next()).contains("'result':0");
			assertThat(tester.bean(Uploads.class).started).hasValue(0);
		}
	}

	@HubController("test")
	static class Uploads {

		final CountDownLatch goOn = new CountDownLatch(1);

		final AtomicInteger started = new AtomicInteger();

		@HubMethod
		String ping() {
			return "pong";
		}

		private void await() throws InterruptedException {
			assertThat(this.goOn.await(10, TimeUnit.SECONDS)).isTrue();
		}

		@HubMethod
		long waitingStream(Stream<Integer> items) throws InterruptedException {
			await();
			return items.count();
		}

		@HubMethod
		Mono<Long> waitingFlux(Flux<Integer> items) throws InterruptedException {
			await();
			return items.count();
		}

		@HubMethod
		int waitingAndIgnoring(Flux<Integer> items) throws InterruptedException {
			await();
			return 0;
		}

		@HubMethod
		long count(Stream<Integer> items) {
			this.started.incrementAndGet();
			return items.count();
		}

		@HubMethod
		long countFluxBlocking(Flux<Integer> items) {
			this.started.incrementAndGet();
			return items.toStream().count();
		}

		@HubMethod
		long countPublisherBlocking(Publisher<Integer> items) {
			return countFluxBlocking(Flux.from(items));
		}

		@HubMethod
		void countFlowBlocking(Flow.Publisher<Integer> items) {
			countFluxBlocking(JdkFlowAdapter.flowPublisherToFlux(items));
		}

		@HubMethod
		Mono<Long> countFlux(Flux<Integer> items) {
			return items.count();
		}

		@HubMethod
		Mono<Long> countSlowly(Flux<Integer> items) {
			return items.limitRate(2).count();
		}

		@HubMethod
		Mono<Integer> throwingSubscriber(Flow.Publisher<Integer> items) {
			items.subscribe(new RecordingSubscriber() {

				@Override
				public void onSubscribe(Flow.Subscription subscription) {
					subscription.request(10);
				}

				@Override
				public void onNext(Integer item) {
					Uploads.this.started.incrementAndGet();
					throw new IllegalStateException("on purpose");
				}

			});
			return Mono.never();
		}

		@HubMethod
		int cancellingSubscriber(Flow.Publisher<Integer> items) {
			items.subscribe(new RecordingSubscriber() {

				@Override
				public void onSubscribe(Flow.Subscription subscription) {
					subscription.cancel();
				}

			});
			return this.started.get();
		}

		private class RecordingSubscriber implements Flow.Subscriber<Integer> {

			@Override
			public void onSubscribe(Flow.Subscription subscription) {
				subscription.request(Long.MAX_VALUE);
			}

			@Override
			public void onNext(Integer item) {
				Uploads.this.started.incrementAndGet();
			}

			@Override
			public void onError(Throwable failure) {
				Uploads.this.started.incrementAndGet();
			}

			@Override
			public void onComplete() {
				Uploads.this.started.incrementAndGet();
			}

		}

	}

}
