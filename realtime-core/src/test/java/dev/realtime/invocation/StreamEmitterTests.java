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
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubException;
import dev.realtime.hub.StreamEmitter;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.messaging.converter.MessageConversionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for streams that methods write to a {@link StreamEmitter}.
 */
class StreamEmitterTests {

	private static HubTester tester;

	private final TestClient client = tester.connect();

	@BeforeAll
	static void start() {
		tester = HubTester.with(Streams.class);
	}

	@AfterAll
	static void stop() {
		tester.close();
	}

	private void stream(String id, String target, String arguments) {
		this.client
			.send("{'type':4,'invocationId':'" + id + "','target':'" + target + "','arguments':" + arguments + "}");
	}

	private static String item(Object item) {
		return "{'type':2,'invocationId':'s','item':" + item + "}";
	}

	@Test
	void emitterRefusesItemsAfterTheEnd() {
		stream("s", "manual", "[]");
		StreamEmitter<Object> out = tester.bean(Streams.class).emitter(this.client);
		out.complete();
		assertThat(this.client.next()).isEqualTo("{'type':3,'invocationId':'s'}");
		assertThatIllegalStateException().isThrownBy(() -> out.send(1)).withMessageContaining("completed");
		out.complete();
		out.completeWithError(new IllegalStateException());
		assertThat(out.isCancelled()).isFalse();
		assertThat(this.client.invoke("list", "[1]")).contains("'result':[0]");
		assertThat(this.client.received()).isEmpty();
	}

	@Test
	void emitterTellsThatAnItemCannotBeEncodedAndGoesOn() {
		stream("s", "manual", "[]");
		StreamEmitter<Object> out = tester.bean(Streams.class).emitter(this.client);
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> out.send(new StreamingTests.Unwritable()));
		out.send(2);
		out.complete();
		assertThat(this.client.next()).isEqualTo(item(2));
		assertThat(this.client.next()).isEqualTo("{'type':3,'invocationId':'s'}");
	}

	@Test
	void failureOfTheReturnedStageEndsTheStream() {
		stream("s", "failingLater", "[]");
		StreamEmitter<Object> out = tester.bean(Streams.class).emitter(this.client);
		out.send(1);
		assertThat(this.client.next()).isEqualTo(item(1));
		tester.bean(Streams.class).stage.completeExceptionally(new HubException("no more"));
		assertThat(this.client.next()).startsWith("{'type':3,'invocationId':'s','error':'")
			.endsWith("HubException: no more'}");
		assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> out.send(2));
		out.complete();
		this.client.awaitIdle();
		assertThat(this.client.received()).isEmpty();
	}

	@Test
	void itemsOfSeveralThreadsArriveWhole() throws InterruptedException {
		stream("s", "manual", "[]");
		StreamEmitter<Object> out = tester.bean(Streams.class).emitter(this.client);
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			int first = i * 1000;
			Thread thread = new Thread(() -> IntStream.range(first, first + 250).forEach(out::send));
			thread.start();
			threads.add(thread);
		}
		for (Thread thread : threads) {
			thread.join();
		}
		out.complete();
		List<String> received = new ArrayList<>();
		IntStream.range(0, 1000).forEach((i) -> received.add(this.client.next()));
		assertThat(this.client.next()).isEqualTo("{'type':3,'invocationId':'s'}");
		for (int i = 0; i < 4; i++) {
			String prefix = item(i).substring(0, item(i).length() - 2);
			List<String> expected = IntStream.range(i * 1000, i * 1000 + 250)
				.mapToObj(StreamEmitterTests::item)
				.toList();
			assertThat(received).as(prefix).containsSubsequence(expected);
		}
	}

	@Test
	void idInUseIsRefusedWhileTheFirstStreamGoesOn() {
		stream("s", "manual", "[]");
		StreamEmitter<Object> out = tester.bean(Streams.class).emitter(this.client);
		stream("s", "flux", "[3]");
		assertThat(this.client.next())
			.isEqualTo("{'type':3,'invocationId':'s','error':'Invocation ID 's' is already in use.'}");
		out.send(5);
		out.complete();
		assertThat(this.client.next()).isEqualTo(item(5));
		assertThat(this.client.next()).isEqualTo("{'type':3,'invocationId':'s'}");
		stream("s", "flux", "[0]");
		assertThat(this.client.next()).isEqualTo("{'type':3,'invocationId':'s'}");
	}

	@Test
	void streamHoldsBackNoOtherCall() {
		stream("s", "manual", "[]");
		StreamEmitter<Object> out = tester.bean(Streams.class).emitter(this.client);
		assertThat(this.client.invoke("list", "[1]")).contains("'result':[0]");
		stream("t", "flux", "[1]");
		assertThat(this.client.next()).isEqualTo("{'type':2,'invocationId':'t','item':0}");
		assertThat(this.client.next()).isEqualTo("{'type':3,'invocationId':'t'}");
		out.complete();
		assertThat(this.client.next()).isEqualTo("{'type':3,'invocationId':'s'}");
	}

	@HubController("test")
	static class Streams {

		private final Map<String, CompletableFuture<StreamEmitter<Object>>> emitters = new ConcurrentHashMap<>();

		final CompletableFuture<Void> stage = new CompletableFuture<>();

		StreamEmitter<Object> emitter(TestClient client) {
			return this.emitters.computeIfAbsent(client.id(), (id) -> new CompletableFuture<>()).join();
		}

		@HubMethod
		Flux<Integer> flux(int count) {
			return Flux.range(0, count);
		}

		@HubMethod
		List<Integer> list(int count) {
			return IntStream.range(0, count).boxed().toList();
		}

		@HubMethod
		CompletableFuture<Void> failingLater(StreamEmitter<Object> out, HubCallerContext caller) {
			manual(out, caller);
			return this.stage;
		}

		@HubMethod
		void manual(StreamEmitter<Object> out, HubCallerContext caller) {
			this.emitters.computeIfAbsent(caller.connectionId(), (id) -> new CompletableFuture<>()).complete(out);
		}

	}

}
