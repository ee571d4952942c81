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
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonGetter;
import dev.realtime.hub.HubException;
import dev.realtime.hub.StreamEmitter;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.hub.annotation.Streaming;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for streams of results: what they are made from, and how they end.
 */
class StreamingTests {

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

	private List<String> stream(String target, String arguments) {
		stream("s", target, arguments);
		List<String> received = new ArrayList<>();
		String record;
		do {
			record = this.client.next();
			received.add(record);
		}
		while (!record.startsWith("{'type':3"));
		return received;
	}

	private static String item(Object item) {
		return "{'type':2,'invocationId':'s','item':" + item + "}";
	}

	private static String error(String text) {
		return "{'type':3,'invocationId':'s','error':'" + text + "'}";
	}

	@ParameterizedTest
	@ValueSource(strings = { "flux", "flow", "stream", "intStream", "iterable", "iterator", "emitter", "emitterLater",
			"stageOfFlux", "stageOfStream", "monoOfFlux", "reactivePublisher" })
	void streamsItemsInOrder(String target) {
		for (int count : new int[] { 0, 1, 3, 100 }) {
			List<String> expected = new ArrayList<>();
			IntStream.range(0, count).forEach((i) -> expected.add(item(i)));
			expected.add("{'type':3,'invocationId':'s'}");
			assertThat(stream(target, "[" + count + "]")).isEqualTo(expected);
		}
		this.client.awaitIdle();
	}

	@Test
	void iterableIsOneResultUnlessAnnotated() {
		assertThat(this.client.invoke("list", "[3]")).isEqualTo("{'type':3,'result':[0,1,2]}");
		assertThat(stream("list", "[3]")).containsExactly(
				error("The client attempted to invoke the non-streaming 'list' method with a streaming invocation."));
	}

	@ParameterizedTest
	@ValueSource(strings = { "flux", "stream", "emitter", "stageOfFlux" })
	void refusesPlainInvocation(String target) {
		assertThat(this.client.invoke(target, "[3]")).isEqualTo("{'type':3,'error':'The client attempted to invoke "
				+ "the streaming '" + target + "' method with a non-streaming invocation.'}");
		this.client.awaitIdle();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			throwing       | An unexpected error occurred invoking 'throwing' on the server.
			throwingHub    | An unexpected error occurred invoking 'throwingHub' on the server. HubException: told you
			failedStage    | An unexpected error occurred invoking 'failedStage' on the server. HubException: told you
			emitterThrows  | An unexpected error occurred invoking 'emitterThrows' on the server.
			failedFlux     | An error occurred on the server while streaming results.
			failedFluxHub  | An error occurred on the server while streaming results. HubException: told you
			emitterFails   | An error occurred on the server while streaming results. HubException: told you
			nothing        | The value returned by the streaming method 'nothing' is null.
			emptyStage     | The value returned by the streaming method 'emptyStage' is null.
			""")
	void failsBeforeTheFirstItem(String target, String error) {
		assertThat(stream(target, "[]")).containsExactly(error(error));
		this.client.awaitIdle();
		assertThat(stream("flux", "[1]")).hasSize(2);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			midwayFlux         |
			midwayFluxHub      | ` HubException: told you`
			midwayStream       |
			midwayIterator     | ` HubException: told you`
			midwayEmitter      | ` HubException: told you`
			midwayUnwritable   |
			streamUnwritable   |
			""")
	void failsMidway(String target, @Nullable String detail) {
		assertThat(stream(target, "[]")).containsExactly(item(0), item(1),
				error("An error occurred on the server while streaming results." + ((detail != null) ? detail : "")));
		this.client.awaitIdle();
	}

	@Test
	void explainsWithDetailedErrors() {
		try (HubTester detailed = HubTester.with((options) -> options.detailedErrors(true), Streams.class)) {
			TestClient client = detailed.connect();
			client.send("{'type':4,'invocationId':'s','target':'midwayFlux','arguments':[]}");
			assertThat(client.completion("s")).isEqualTo(
					error("An error occurred on the server while streaming results. IllegalStateException: secret"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "stream, 3", "midwayStream, 2" })
	void closesStreamOfJava(String target, int items) throws InterruptedException {
		CountDownLatch closed = new CountDownLatch(1);
		tester.bean(Streams.class).onClose = closed::countDown;
		assertThat(stream(target, target.equals("stream") ? "[3]" : "[]")).hasSize(items + 1);
		assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void itemsOfBlockingSourcesMayBeNull() {
		assertThat(stream("nulls", "[]")).containsExactly(item(null), item(1), "{'type':3,'invocationId':'s'}");
	}

	static class Unwritable {

		@JsonGetter
		String name() {
			throw new IllegalStateException("secret");
		}

	}

	@HubController("test")
	static class Streams {

		volatile Runnable onClose = () -> {
		};

		@HubMethod
		Flux<Integer> flux(int count) {
			return Flux.range(0, count);
		}

		@HubMethod
		org.reactivestreams.Publisher<Integer> reactivePublisher(int count) {
			return Flux.range(0, count).hide();
		}

		@HubMethod
		Flow.Publisher<Integer> flow(int count) {
			return JdkFlowAdapter.publisherToFlowPublisher(Flux.range(0, count));
		}

		@HubMethod
		Stream<Integer> stream(int count) {
			return IntStream.range(0, count).boxed().onClose(this.onClose);
		}

		@HubMethod
		@Streaming
		Iterable<Integer> intStream(int count) {
			return () -> IntStream.range(0, count).iterator();
		}

		@HubMethod
		@Streaming
		List<Integer> iterable(int count) {
			return list(count);
		}

		@HubMethod
		@Streaming
		Iterator<Integer> iterator(int count) {
			return list(count).iterator();
		}

		@HubMethod
		List<Integer> list(int count) {
			return IntStream.range(0, count).boxed().toList();
		}

		@HubMethod
		void emitter(int count, StreamEmitter<Integer> out) {
			IntStream.range(0, count).forEach(out::send);
			out.complete();
		}

		@HubMethod
		void emitterLater(StreamEmitter<Integer> out, int count) {
			CompletableFuture.runAsync(() -> emitter(count, out));
		}

		@HubMethod
		CompletionStage<Flux<Integer>> stageOfFlux(int count) {
			return CompletableFuture.supplyAsync(() -> Flux.range(0, count));
		}

		@HubMethod
		CompletableFuture<Stream<Integer>> stageOfStream(int count) {
			return CompletableFuture.completedFuture(stream(count));
		}

		@HubMethod
		Mono<Flux<Integer>> monoOfFlux(int count) {
			return Mono.fromSupplier(() -> Flux.range(0, count));
		}

		@HubMethod
		Flux<Integer> throwing() {
			throw new IllegalStateException("secret");
		}

		@HubMethod
		Stream<Integer> throwingHub() {
			throw new HubException("told you");
		}

		@HubMethod
		CompletionStage<Flux<Integer>> failedStage() {
			return CompletableFuture.failedFuture(new HubException("told you"));
		}

		@HubMethod
		void emitterThrows(StreamEmitter<Integer> out) {
			throw new IllegalStateException("secret");
		}

		@HubMethod
		Flux<Integer> failedFlux() {
			return Flux.error(new IllegalStateException("secret"));
		}

		@HubMethod
		Flux<Integer> failedFluxHub() {
			return Flux.error(new HubException("told you"));
		}

		@HubMethod
		void emitterFails(StreamEmitter<Integer> out) {
			out.completeWithError(new HubException("told you"));
		}

		@HubMethod
		@Nullable Flux<Integer> nothing() {
			return null;
		}

		@HubMethod
		CompletionStage<@Nullable Stream<Integer>> emptyStage() {
			return CompletableFuture.completedFuture(null);
		}

		@HubMethod
		Flux<Integer> midwayFlux() {
			return Flux.range(0, 2).concatWith(failedFlux());
		}

		@HubMethod
		Flux<Integer> midwayFluxHub() {
			return Flux.range(0, 2).concatWith(failedFluxHub());
		}

		@HubMethod
		Stream<Integer> midwayStream() {
			return Stream.of(0, 1, 2).onClose(this.onClose).map((i) -> {
				if (i == 2) {
					throw new IllegalStateException("secret");
				}
				return i;
			});
		}

		@HubMethod
		@Streaming
		Iterator<Integer> midwayIterator() {
			return Stream.of(0, 1, 2).map((i) -> (i < 2) ? i : throwingHub().count()).map(Number::intValue).iterator();
		}

		@HubMethod
		void midwayEmitter(StreamEmitter<Integer> out) {
			out.send(0);
			out.send(1);
			out.completeWithError(new HubException("told you"));
		}

		@HubMethod
		Flux<Object> midwayUnwritable() {
			return Flux.just(0, 1, new Unwritable(), 3);
		}

		@HubMethod
		Stream<Object> streamUnwritable() {
			return Stream.of(0, 1, new Unwritable(), 3);
		}

		@HubMethod
		@Streaming
		Iterator<Integer> nulls() {
			List<Integer> items = new ArrayList<>();
			items.add(null);
			items.add(1);
			return items.iterator();
		}

	}

}
