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

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.realtime.hub.StreamEmitter;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.protocol.OutboundLimits;
import dev.realtime.protocol.OverflowStrategy;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for streams whose client reads more slowly than they flow.
 */
class StreamDemandTests {

	private static final int HIGH_WATERMARK = 64 * 1024;

	private static void stream(TestClient client, String target, int count, int size) {
		client.send("{'type':4,'invocationId':'s','target':'" + target + "','arguments':[" + count + "," + size + "]}");
	}

	private static void awaitFull(TestClient client) {
		Awaitility.await().until(() -> !client.connection().queue().hasRoom());
	}

	private static void readAll(TestClient client, int count) {
		for (int i = 0; i < count; i++) {
			assertThat(client.next()).startsWith("{'type':2,'invocationId':'s','item':'" + i + ":");
		}
		assertThat(client.next()).isEqualTo("{'type':3,'invocationId':'s'}");
		client.awaitIdle();
	}

	@ParameterizedTest
	@CsvSource({ "flux, 1000", "stream, 1000", "emitter, 1000", "flux, 20000", "stream, 20000", "emitter, 20000",
			"flux, 100000", "stream, 100000", "emitter, 100000" })
	void sourceWaitsForAStalledClientAndGoesOn(String target, int size) {
		int count = 6_000_000 / size;
		try (HubTester tester = HubTester.with(Sources.class)) {
			TestClient client = tester.connect();
			client.stall();
			stream(client, target, count, size);
			awaitFull(client);
			assertThat(client.connection().queue().bytes()).isLessThan(HIGH_WATERMARK + 2L * size + 2000);
			assertThat(tester.bean(Sources.class).produced).hasValueLessThan(HIGH_WATERMARK / size + 18);
			client.resume();
			readAll(client, count);
			assertThat(client.connection().isEnding()).isFalse();
		}
	}

	@ParameterizedTest
	@CsvSource({ "flux, 8", "stream, 8", "emitter, 8", "flux, 1", "stream, 1", "flux, 100", "stream, 100" })
	void streamsKeepWithinTheLimitOfMessages(String target, int maxMessages) {
		OutboundLimits limits = new OutboundLimits(1024 * 1024, maxMessages, Duration.ofSeconds(10),
				OverflowStrategy.TERMINATE);
		try (HubTester tester = HubTester.with((options) -> options.outbound(limits), Sources.class)) {
			TestClient client = tester.connect();
			client.stall();
			stream(client, target, 500, 1);
			awaitFull(client);
			client.resume();
			readAll(client, 500);
		}
	}

	@Test
	void demandOfAFluxIsBounded() {
		try (HubTester tester = HubTester.with(Sources.class)) {
			TestClient client = tester.connect();
			stream(client, "flux", 5000, 10);
			readAll(client, 5000);
			Sources sources = tester.bean(Sources.class);
			assertThat(sources.largestRequest).hasValueBetween(8, 16);
			assertThat(sources.requested).hasValueBetween(5000, 5016);
		}
	}

	@Test
	void severalStreamsOfOneStalledClientShareItsRoom() {
		try (HubTester tester = HubTester.with(Sources.class)) {
			TestClient client = tester.connect();
			client.stall();
			for (int i = 0; i < 10; i++) {
				client.send("{'type':4,'invocationId':'s" + i + "','target':'flux','arguments':[50,10000]}");
			}
			awaitFull(client);
			client.resume();
			for (int i = 0; i < 10; i++) {
				assertThat(client.completion("s" + i)).isEqualTo("{'type':3,'invocationId':'s" + i + "'}");
			}
			assertThat(client.received()).hasSize(500);
			client.awaitIdle();
		}
	}

	@Test
	void stalledClientDelaysNoOther() {
		try (HubTester tester = HubTester.with(Sources.class)) {
			TestClient stalled = tester.connect();
			stalled.stall();
			stream(stalled, "flux", 1000, 1000);
			awaitFull(stalled);
			TestClient other = tester.connect();
			stream(other, "flux", 1000, 1000);
			readAll(other, 1000);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "cancel", "disconnect", "interrupt" })
	void producerThatWaitsIsFreed(String way) {
		try (HubTester tester = HubTester.with(Sources.class)) {
			TestClient client = tester.connect();
			client.stall();
			stream(client, "emitter", 1000, 1000);
			Sources sources = tester.bean(Sources.class);
			Awaitility.await()
				.until(() -> sources.producer != null && (sources.producer.getState() == Thread.State.WAITING
						|| sources.producer.getState() == Thread.State.TIMED_WAITING));
			switch (way) {
				case "cancel" -> client.send("{'type':5,'invocationId':'s'}");
				case "disconnect" -> client.disconnect();
				default -> sources.producer.interrupt();
			}
			assertThat(sources.failure).succeedsWithin(Duration.ofSeconds(10))
				.isInstanceOf(CancellationException.class);
			assertThat(sources.interrupted).isEqualTo(way.equals("interrupt"));
			client.awaitIdle();
		}
	}

	@HubController("test")
	static class Sources {

		final AtomicInteger produced = new AtomicInteger();

		final AtomicLong requested = new AtomicLong();

		final AtomicLong largestRequest = new AtomicLong();

		final CompletableFuture<Throwable> failure = new CompletableFuture<>();

		volatile @Nullable Thread producer;

		volatile boolean interrupted;

		private String item(int i, int size) {
			this.produced.incrementAndGet();
			return i + ":" + "x".repeat(size);
		}

		@HubMethod
		Flux<String> flux(int count, int size) {
			return Flux.range(0, count).map((i) -> item(i, size)).doOnRequest((n) -> {
				this.requested.addAndGet(n);
				this.largestRequest.accumulateAndGet(n, Math::max);
			});
		}

		@HubMethod
		Stream<String> stream(int count, int size) {
			return IntStream.range(0, count).mapToObj((i) -> item(i, size));
		}

		@HubMethod
		void emitter(int count, int size, StreamEmitter<String> out) {
			this.producer = Thread.currentThread();
			try {
				for (int i = 0; i < count; i++) {
					out.send(item(i, size));
				}
			}
			catch (CancellationException ex) {
				this.interrupted = Thread.interrupted();
				this.failure.complete(ex);
				throw ex;
			}
			out.complete();
		}

	}

}
