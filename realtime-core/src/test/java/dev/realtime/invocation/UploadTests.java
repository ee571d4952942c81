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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.realtime.hub.StreamEmitter;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for streams that clients send: what methods read them as, and how they end.
 */
class UploadTests {

	private final HubTester tester = HubTester.with(Uploads.class);

	private final TestClient client = this.tester.connect();

	@AfterEach
	void close() {
		this.tester.close();
	}

	private static String call(String target, String arguments, String streamIds) {
		return "{'type':1,'invocationId':'c','target':'" + target + "','arguments':" + arguments + ",'streamIds':"
				+ streamIds + "}";
	}

	private static String item(String streamId, Object item) {
		return "{'type':2,'invocationId':'" + streamId + "','item':" + item + "}";
	}

	private static String end(String streamId) {
		return "{'type':3,'invocationId':'" + streamId + "'}";
	}

	private static String result(Object result) {
		return "{'type':3,'invocationId':'c','result':" + result + "}";
	}

	private static String error(String target, String detail) {
		return "{'type':3,'invocationId':'c','error':'An unexpected error occurred invoking '" + target
				+ "' on the server." + detail + "'}";
	}

	@ParameterizedTest
	@ValueSource(strings = { "flux", "publisher", "flow", "stream", "iterator", "fluxLater", "fluxBlocking" })
	void readsWhatTheClientSends(String target) {
		this.client.send(call(target, "[]", "['u']"));
		this.client.send(item("u", 1));
		this.client.send(item("u", 2), item("u", 3));
		this.client.send(end("u"));
		assertThat(this.client.next()).isEqualTo(result("'1,2,3'"));
		this.client.awaitIdle();
	}

	@ParameterizedTest
	@ValueSource(strings = { "flux", "publisher", "flow", "stream", "iterator", "fluxLater", "fluxBlocking" })
	void readsWhatIsInTheFrameOfTheCall(String target) {
		List<String> records = new ArrayList<>();
		records.add(call(target, "[]", "['u']"));
		IntStream.range(0, 100).forEach((i) -> records.add(item("u", i)));
		records.add(end("u"));
		this.client.send(records.toArray(String[]::new));
		String expected = IntStream.range(0, 100).mapToObj(String::valueOf).collect(Collectors.joining(","));
		assertThat(this.client.next()).isEqualTo(result("'" + expected + "'"));
		this.client.awaitIdle();
		this.client.awaitReadable();
	}

	@ParameterizedTest
	@ValueSource(strings = { "flux", "stream", "iterator" })
	void readsAnEmptyStream(String target) {
		this.client.send(call(target, "[]", "['u']"), end("u"));
		assertThat(this.client.next()).isEqualTo(result("''"));
	}

	@Test
	void readsSeveralStreamsInTheOrderOfTheirIds() {
		this.client.send(call("several", "['-',7]", "['u','v']"));
		this.client.send(item("v", "'x'"), item("u", 1), item("v", "'y'"), end("v"), item("u", 2), end("u"));
		assertThat(this.client.next()).isEqualTo(result("'[1, 2]-[x, y]-7'"));
		this.client.awaitIdle();
	}

	@ParameterizedTest
	@ValueSource(strings = { "flux", "flow", "stream", "iterator" })
	void errorOfTheClientReachesTheMethod(String target) {
		this.client.send(call(target, "[]", "['u']"), item("u", 1),
				"{'type':3,'invocationId':'u','error':'out of data'}");
		assertThat(this.client.next()).isEqualTo(error(target, " HubException: out of data"));
		this.client.awaitIdle();
	}

	@ParameterizedTest
	@CsvSource({ "flux, false", "stream, false", "iterator, false", "flux, true", "stream, true" })
	void itemThatCannotBeBoundEndsTheStream(String target, boolean detailed) {
		try (HubTester own = HubTester.with((options) -> options.detailedErrors(detailed), Uploads.class)) {
			TestClient client = own.connect();
			client.send(call(target, "[]", "['u']"), item("u", 1), item("u", "'x'"), item("u", 2));
			String expected = error(target, " HubException: Failed to bind Stream message.");
			assertThat(client.next()).satisfies((record) -> {
				if (detailed) {
					assertThat(record).startsWith(expected.substring(0, expected.length() - 2))
						.hasSizeGreaterThan(expected.length());
				}
				else {
					assertThat(record).isEqualTo(expected);
				}
			});
			assertThat(client.invoke("ping", "[]")).contains("pong");
			client.awaitIdle();
		}
	}

	@Test
	void nullIsAnItemForBlockingReadersOnly() {
		this.client.send(call("stream", "[]", "['u']"), item("u", null), item("u", 1), end("u"));
		assertThat(this.client.next()).isEqualTo(result("'null,1'"));
		this.client.send(call("flux", "[]", "['v']"), item("v", null), item("v", 1), end("v"));
		assertThat(this.client.next()).isEqualTo(error("flux", " HubException: A stream item must not be null"));
		this.client.awaitIdle();
	}

	@ParameterizedTest
	@ValueSource(strings = { "firstOfStream", "firstOfFlux", "ignored", "cancelledAtOnce" })
	void methodMayEndBeforeTheStream(String target) {
		this.client.send(call(target, "[]", "['u']"), item("u", 1));
		assertThat(this.client.next()).startsWith("{'type':3,'invocationId':'c','result'");
		this.client.awaitIdle();
		this.client.send(item("u", 2), item("u", "'not a number'"), end("u"));
		assertThat(this.client.invoke("ping", "[]")).contains("pong");
		assertThat(this.client.received()).isEmpty();
	}

	@Test
	void failureOfTheMethodLetsGoOfItsStream() {
		this.client.send(call("failing", "[]", "['u']"), item("u", 1));
		assertThat(this.client.next()).isEqualTo(error("failing", ""));
		this.client.awaitIdle();
	}

	@ParameterizedTest
	@ValueSource(strings = { "recordFlux", "recordStream" })
	void endOfTheConnectionReachesTheMethod(String target) {
		this.client.send(call(target, "[]", "['u']"), item("u", 1));
		Uploads uploads = this.tester.bean(Uploads.class);
		assertThat(uploads.first).succeedsWithin(10, TimeUnit.SECONDS);
		this.client.disconnect();
		assertThat(uploads.failure).succeedsWithin(10, TimeUnit.SECONDS)
			.satisfies((failure) -> assertThat(failure).hasMessage("The underlying connection was closed."));
		this.client.awaitIdle();
	}

	@ParameterizedTest
	@CsvSource({ "upper", "upperBlocking", "upperEmitter" })
	void uploadAndStreamOfResultsInOneCall(String target) {
		this.client.send(call(target, "[]", "['u']").replace("'type':1", "'type':4"), item("u", "'a'"));
		assertThat(this.client.next()).isEqualTo(item("c", "'A'"));
		this.client.send(item("u", "'b'"));
		assertThat(this.client.next()).isEqualTo(item("c", "'B'"));
		this.client.send(end("u"));
		assertThat(this.client.next()).isEqualTo("{'type':3,'invocationId':'c'}");
		this.client.awaitIdle();
	}

	@Test
	void cancellingTheResultsEndsTheUpload() {
		this.client.send(call("upper", "[]", "['u']").replace("'type':1", "'type':4"), item("u", "'a'"));
		assertThat(this.client.next()).isEqualTo(item("c", "'A'"));
		this.client.send("{'type':5,'invocationId':'c'}");
		assertThat(this.client.next()).isEqualTo("{'type':3,'invocationId':'c'}");
		this.client.awaitIdle();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			stream  | []        | ['u','v'] | Client sent 2 stream(s), Hub method expects 1.
			stream  | []        | []        | Client sent 0 stream(s), Hub method expects 1.
			several | ['-',1]   | ['u']     | Client sent 1 stream(s), Hub method expects 2.
			ping    | []        | ['u']     | Client sent 1 stream(s), Hub method expects 0.
			""")
	void refusesOtherNumberOfStreams(String target, String arguments, String streamIds, String text) {
		this.client.send(call(target, arguments, streamIds), item("u", 1));
		assertThat(this.client.next()).isEqualTo(error(target, " HubException: " + text));
		assertThat(this.client.invoke("ping", "[]")).contains("pong");
		this.client.awaitIdle();
	}

	@Test
	void refusesStreamIdInUse() {
		this.client.send(call("stream", "[]", "['u']"));
		this.client.send("{'type':1,'invocationId':'d','target':'stream','arguments':[],'streamIds':['u']}");
		assertThat(this.client.next()).startsWith("{'type':3,'invocationId':'d','error'");
		this.client.send(item("u", 1), end("u"));
		assertThat(this.client.next()).isEqualTo(result("'1'"));
		this.client.awaitIdle();
	}

	@Test
	void streamNamedTwiceFailsTheCallOnly() {
		this.client.send(call("several", "['-',7]", "['u','u']"), item("u", 1), end("u"));
		assertThat(this.client.next()).startsWith("{'type':3,'invocationId':'c','error'");
		assertThat(this.client.invoke("ping", "[]")).contains("pong");
		this.client.awaitIdle();
	}

	@Test
	void readsAStreamWithoutInvocationId() {
		this.client.send("{'type':1,'target':'recordStream','arguments':[],'streamIds':['u']}", item("u", 1));
		assertThat(this.tester.bean(Uploads.class).first).succeedsWithin(10, TimeUnit.SECONDS);
		this.client.send(end("u"));
		this.client.awaitIdle();
	}

	@Test
	void subscriberMayAskForOneItemAtATime() {
		List<String> records = new ArrayList<>();
		records.add(call("oneByOne", "[]", "['u']"));
		IntStream.range(0, 50).forEach((i) -> records.add(item("u", i)));
		records.add(end("u"));
		this.client.send(records.toArray(String[]::new));
		assertThat(this.client.next()).isEqualTo(result(50));
	}

	@HubController("test")
	static class Uploads {

		final CompletableFuture<Integer> first = new CompletableFuture<>();

		final CompletableFuture<Throwable> failure = new CompletableFuture<>();

		final CountDownLatch goOn = new CountDownLatch(1);

		@HubMethod
		String ping() {
			return "pong";
		}

		@HubMethod
		Mono<String> flux(Flux<Integer> items) {
			return items.map(String::valueOf).collect(Collectors.joining(","));
		}

		@HubMethod
		String fluxBlocking(Flux<Integer> items) {
			return items.toStream().map(String::valueOf).collect(Collectors.joining(","));
		}

		@HubMethod
		CompletableFuture<String> fluxLater(Flux<Integer> items) {
			return CompletableFuture.supplyAsync(() -> flux(items)).thenCompose(Mono::toFuture);
		}

		@HubMethod
		Mono<String> publisher(org.reactivestreams.Publisher<Integer> items) {
			return flux(Flux.from(items));
		}

		@HubMethod
		CompletableFuture<String> flow(Flow.Publisher<Integer> items) {
			return flux(JdkFlowAdapter.flowPublisherToFlux(items)).toFuture();
		}

		@HubMethod
		String stream(Stream<Integer> items) {
			return items.map(String::valueOf).collect(Collectors.joining(","));
		}

		@HubMethod
		String iterator(Iterator<@Nullable Integer> items) {
			List<String> read = new ArrayList<>();
			items.forEachRemaining((item) -> read.add(String.valueOf(item)));
			return String.join(",", read);
		}

		@HubMethod
		String several(Stream<Integer> numbers, String separator, Iterator<String> texts, int last) {
			List<String> read = new ArrayList<>();
			texts.forEachRemaining(read::add);
			return numbers.toList() + separator + read + separator + last;
		}

		@HubMethod
		int firstOfStream(Stream<Integer> items) {
			return items.findFirst().orElseThrow();
		}

		@HubMethod
		Mono<Integer> firstOfFlux(Flux<Integer> items) {
			return items.next();
		}

		@HubMethod
		int ignored(Flux<Integer> items) {
			return 0;
		}

		@HubMethod
		int cancelledAtOnce(Flux<Integer> items) {
			items.subscribe().dispose();
			return 0;
		}

		@HubMethod
		int failing(Stream<Integer> items) {
			throw new IllegalStateException("secret");
		}

		@HubMethod
		void recordFlux(Flux<Integer> items) {
			try {
				items.doOnNext(this.first::complete).blockLast();
			}
			catch (RuntimeException ex) {
				this.failure.complete(ex);
				throw ex;
			}
		}

		@HubMethod
		void recordStream(Stream<Integer> items) {
			try {
				items.forEach(this.first::complete);
			}
			catch (RuntimeException ex) {
				this.failure.complete(ex);
				throw ex;
			}
		}

		@HubMethod
		Mono<Long> oneByOne(Flux<Integer> items) {
			return items.limitRate(1).count();
		}

		@HubMethod
		Flux<String> upper(Flux<String> items) {
			return items.map(String::toUpperCase);
		}

		@HubMethod
		Stream<String> upperBlocking(Stream<String> items) {
			return items.map(String::toUpperCase);
		}

		@HubMethod
		void upperEmitter(Iterator<String> items, StreamEmitter<String> out) {
			items.forEachRemaining((item) -> out.send(item.toUpperCase()));
			out.complete();
		}

	}

}
