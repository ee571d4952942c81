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

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.realtime.hub.HubCancellation;
import dev.realtime.hub.StreamEmitter;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.protocol.CloseReason;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for calls whose client does not want the result any more, or is gone.
 */
class StreamCancellationTests {

	private final HubTester tester = HubTester.with(Streams.class);

	private final TestClient client = this.tester.connect();

	private Streams streams;

	@BeforeEach
	void streams() {
		this.streams = this.tester.bean(Streams.class);
	}

	@AfterEach
	void close() {
		this.tester.close();
	}

	private void stream(String target) {
		this.client.send("{'type':4,'invocationId':'s','target':'" + target + "','arguments':[]}");
	}

	private void invoke(String target) {
		this.client.send("{'type':1,'invocationId':'p','target':'" + target + "','arguments':[]}");
	}

	private void cancel(String id) {
		this.client.send("{'type':5,'invocationId':'" + id + "'}");
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@ParameterizedTest
	@CsvSource({ "silentFlux, false", "stageOfSilentFlux, false", "flow, false", "waitingStream, true",
			"emitter, false" })
	void cancelledByTheClient(String target, boolean needsItem) {
		stream(target);
		await(this.streams.started);
		cancel("s");
		assertThat(this.client.next()).isEqualTo("{'type':3,'invocationId':'s'}");
		if (needsItem) {
			// a blocked source is left alone until it returns
			this.streams.items.add(1);
		}
		await(this.streams.cancelled);
		this.client.awaitIdle();
		cancel("s");
		assertThat(this.client.invoke("ping", "[]")).contains("'result':'pong'");
		assertThat(this.client.received()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "silentFlux, false", "stageOfSilentFlux, false", "flow, false", "waitingStream, true",
			"emitter, false" })
	void cancelledByTheEndOfTheConnection(String target, boolean needsItem) {
		stream(target);
		await(this.streams.started);
		this.client.disconnect();
		if (needsItem) {
			this.streams.items.add(1);
		}
		await(this.streams.cancelled);
		this.client.awaitIdle();
		assertThat(this.client.received()).isEmpty();
	}

	@Test
	void cancelWhileTheMethodRuns() {
		stream("slowToReturn");
		await(this.streams.started);
		cancel("s");
		this.streams.goOn.countDown();
		assertThat(this.client.next()).isEqualTo("{'type':3,'invocationId':'s'}");
		await(this.streams.cancelled);
		this.client.awaitIdle();
	}

	@Test
	void cancelBeforeTheMethodRuns() {
		invoke("pending");
		await(this.streams.started);
		stream("fast");
		cancel("s");
		this.streams.pending.complete("done");
		assertThat(this.client.next()).contains("'invocationId':'p','result':'done'");
		assertThat(this.client.next()).isEqualTo("{'type':3,'invocationId':'s'}");
		this.client.awaitIdle();
	}

	@Test
	void emitterTellsThatItWasCancelled() {
		stream("emitter");
		await(this.streams.started);
		StreamEmitter<Integer> out = this.streams.emitter;
		assertThat(out).isNotNull();
		assertThat(out.isCancelled()).isFalse();
		cancel("s");
		assertThat(out.isCancelled()).isTrue();
		assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> out.send(1));
		CountDownLatch late = new CountDownLatch(1);
		out.onCancel(late::countDown);
		await(late);
	}

	@Test
	void emitterThatFindsTheClientGoneHearsOfItEvenIfItFailsThen() {
		this.client.stall();
		stream("sendingEmitter");
		await(this.streams.started);
		this.client.connection().close(CloseReason.SERVER_CLOSED, null);
		this.streams.goOn.countDown();
		await(this.streams.cancelled);
		assertThat(this.client.isClosed()).isFalse();
		this.client.awaitIdle();
	}

	@ParameterizedTest
	@ValueSource(strings = { "emitter", "silentFlux" })
	void sourceThatGoesOnAfterTheEndIsIgnored(String target) {
		stream(target);
		await(this.streams.started);
		this.client.disconnect();
		await(this.streams.cancelled);
		if (this.streams.emitter != null) {
			this.streams.emitter.complete();
		}
		assertThat(this.client.received()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "cancellableStream", "cancellableStage", "cancellableLoop" })
	void cancellationParameterHearsOfTheClientsWish(String target) {
		boolean streaming = target.endsWith("Stream");
		if (streaming) {
			stream(target);
		}
		else {
			invoke(target);
		}
		await(this.streams.started);
		cancel(streaming ? "s" : "p");
		await(this.streams.cancelled);
		String completion = this.client.next();
		assertThat(completion).isEqualTo(
				streaming ? "{'type':3,'invocationId':'s'}" : "{'type':3,'invocationId':'p','result':'cancelled'}");
		this.client.awaitIdle();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'type':4,'invocationId':'1','target':'cancellableStream','arguments':[]}",
			"{'type':1,'invocationId':'1','target':'cancellableStage','arguments':[]}",
			"{'type':1,'target':'cancellableStage','arguments':[]}",
			"{'type':1,'invocationId':'1','target':'cancellableLoop','arguments':[]}",
			"{'type':1,'target':'cancellableLoop','arguments':[]}" })
	void cancellationParameterHearsOfTheEndOfTheConnection(String call) {
		this.client.send(call);
		await(this.streams.started);
		this.client.disconnect();
		await(this.streams.cancelled);
		this.client.awaitIdle();
		Awaitility.await().until(() -> this.tester.engine().get("test").connections().list().join().isEmpty());
	}

	@Test
	void cancellationOfOneCallDoesNotReachAnother() {
		invoke("cancellableStage");
		await(this.streams.started);
		cancel("x");
		cancel("s");
		assertThat(this.streams.cancellation.isCancelled()).isFalse();
		this.streams.pending.complete("done");
		assertThat(this.client.next()).contains("'result':'done'");
	}

	@Test
	void failingCallbackKeepsNoOtherFromRunning() {
		invoke("cancellableStage");
		await(this.streams.started);
		CountDownLatch called = new CountDownLatch(2);
		this.streams.cancellation.onCancel(called::countDown);
		this.streams.cancellation.onCancel(() -> {
			throw new IllegalStateException("on purpose");
		});
		this.streams.cancellation.onCancel(called::countDown);
		cancel("p");
		await(called);
		await(this.streams.cancelled);
	}

	@Test
	void cancellationIsHeardWhenAllMethodsWaitForIt() {
		try (HubTester narrow = HubTester.with(HubTester.oneThread(), (options) -> {
		}, Streams.class)) {
			TestClient first = narrow.connect();
			first.send("{'type':1,'invocationId':'p','target':'waitsForCancellation','arguments':[]}");
			await(narrow.bean(Streams.class).started);
			first.send("{'type':5,'invocationId':'p'}");
			assertThat(first.next()).contains("'result':'cancelled'");
		}
	}

	@HubController("test")
	static class Streams {

		final CountDownLatch started = new CountDownLatch(1);

		final CountDownLatch cancelled = new CountDownLatch(1);

		final CountDownLatch goOn = new CountDownLatch(1);

		final BlockingQueue<Integer> items = new LinkedBlockingQueue<>();

		final CompletableFuture<String> pending = new CompletableFuture<>();

		volatile @Nullable StreamEmitter<Integer> emitter;

		volatile HubCancellation cancellation;

		@HubMethod
		String ping() {
			return "pong";
		}

		@HubMethod
		Flux<Integer> silentFlux() {
			return Flux.<Integer>never()
				.doOnSubscribe((subscription) -> this.started.countDown())
				.doOnCancel(this.cancelled::countDown);
		}

		@HubMethod
		Mono<Flux<Integer>> stageOfSilentFlux() {
			return Mono.just(silentFlux());
		}

		@HubMethod
		Flow.Publisher<Integer> flow() {
			return (subscriber) -> subscriber.onSubscribe(new Flow.Subscription() {

				@Override
				public void request(long n) {
					Streams.this.started.countDown();
				}

				@Override
				public void cancel() {
					Streams.this.cancelled.countDown();
				}

			});
		}

		@HubMethod
		Stream<Integer> waitingStream() {
			return Stream.generate(() -> {
				this.started.countDown();
				try {
					return this.items.take();
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			}).onClose(this.cancelled::countDown);
		}

		@HubMethod
		void emitter(StreamEmitter<Integer> out) {
			this.emitter = out;
			out.onCancel(this.cancelled::countDown);
			this.started.countDown();
		}

		@HubMethod
		void sendingEmitter(StreamEmitter<Integer> out) throws InterruptedException {
			out.onCancel(this.cancelled::countDown);
			this.started.countDown();
			this.goOn.await();
			out.send(1);
		}

		@HubMethod
		Flux<Integer> slowToReturn() throws InterruptedException {
			this.started.countDown();
			this.goOn.await();
			return Flux.<Integer>never().doOnCancel(this.cancelled::countDown);
		}

		@HubMethod
		Flux<Integer> fast() {
			return Flux.range(0, 3);
		}

		@HubMethod
		CompletableFuture<String> pending() {
			this.started.countDown();
			return this.pending;
		}

		@HubMethod
		Flux<Integer> cancellableStream(HubCancellation cancellation) {
			cancellation.onCancel(this.cancelled::countDown);
			return Flux.<Integer>never().doOnSubscribe((subscription) -> this.started.countDown());
		}

		@HubMethod
		CompletableFuture<String> cancellableStage(HubCancellation cancellation) {
			this.cancellation = cancellation;
			cancellation.cancelled().thenRun(() -> {
				this.pending.complete("cancelled");
				this.cancelled.countDown();
			});
			this.started.countDown();
			return this.pending;
		}

		@HubMethod
		String cancellableLoop(HubCancellation cancellation) {
			this.started.countDown();
			while (!cancellation.isCancelled()) {
				Thread.onSpinWait();
			}
			this.cancelled.countDown();
			return "cancelled";
		}

		@HubMethod
		String waitsForCancellation(HubCancellation cancellation) {
			this.started.countDown();
			cancellation.cancelled().toCompletableFuture().join();
			return "cancelled";
		}

	}

}
