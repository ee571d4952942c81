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

import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

import dev.realtime.event.EventHandler;
import dev.realtime.event.EventType;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubCancellation;
import dev.realtime.hub.StreamEmitter;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the threads that run hub methods.
 */
class VirtualThreadTests {

	private static String thread() {
		Thread thread = Thread.currentThread();
		Method isVirtual = ReflectionUtils.findMethod(Thread.class, "isVirtual");
		boolean virtual = isVirtual != null && Boolean.TRUE.equals(ReflectionUtils.invokeMethod(isVirtual, thread));
		return thread.getName().replaceAll("[0-9]+$", "") + (virtual ? " virtual" : "");
	}

	private static String call(String target, String suffix) {
		return "{'type':" + (suffix.startsWith("4") ? 4 : 1) + ",'invocationId':'1','target':'" + target
				+ "','arguments':[]" + suffix.substring(suffix.startsWith("4") ? 1 : 0) + "}";
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			blocking   | ``                    | realtime-invocation-
			event      | ``                    | realtime-invocation-
			stream     | ,'streamIds':['u']    | realtime-stream-
			emitter    | 4                     | realtime-stream-
			source     | 4                     | realtime-stream-
			flux       | 4                     | realtime-invocation-
			subscriber | ,'streamIds':['u']    | realtime-invocation-
			mapper     | 4,'streamIds':['u']   | realtime-invocation-
			fluxWaiting | ,'streamIds':['u']   | realtime-stream-
			flowWaiting | ,'streamIds':['u']   | realtime-stream-
			fluxInline | ,'streamIds':['u']    | realtime-invocation-
			""")
	void platformThreads(String target, String suffix, String thread) {
		try (HubTester tester = HubTester.with(Threads.class)) {
			TestClient client = tester.connect();
			assertThat(client.next()).contains("'arguments':['realtime-invocation-']");
			client.send(call(target, suffix), "{'type':2,'invocationId':'u','item':1}",
					"{'type':3,'invocationId':'u'}");
			assertThat(client.next((record) -> record.contains("realtime-"))).contains("'" + thread + "'");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "blocking", "event", "stream", "emitter", "source", "flux", "subscriber" })
	@EnabledForJreRange(min = JRE.JAVA_21)
	void virtualThreads(String target) {
		try (HubTester tester = HubTester.with(HubExecutors.virtual(), (options) -> {
		}, Threads.class)) {
			TestClient client = tester.connect();
			assertThat(client.next()).contains("'arguments':['realtime-invocation- virtual']");
			boolean streaming = List.of("emitter", "source", "flux").contains(target);
			boolean uploading = List.of("stream", "subscriber").contains(target);
			client.send(call(target, streaming ? "4" : (uploading ? ",'streamIds':['u']" : "")),
					"{'type':2,'invocationId':'u','item':1}", "{'type':3,'invocationId':'u'}");
			assertThat(client.next((record) -> record.contains("realtime-"))).contains(" virtual'");
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void thousandsOfMethodsMayWaitOnVirtualThreads() {
		try (HubTester tester = HubTester.with(HubExecutors.virtual(), (options) -> {
		}, Threads.class)) {
			Threads threads = tester.bean(Threads.class);
			TestClient[] clients = new TestClient[2000];
			for (int i = 0; i < clients.length; i++) {
				clients[i] = tester.connect();
				clients[i].send("{'type':1,'invocationId':'1','target':'waiting','arguments':[]}");
			}
			assertThat(tester.connect().invoke("blocking", "[]")).contains("virtual");
			threads.goOn.complete("done");
			for (TestClient client : clients) {
				assertThat(client.completion("1")).contains("done");
			}
		}
	}

	@Test
	void methodThatDoesNotBlockRunsOnTheCallingThread() {
		try (HubTester tester = HubTester.with(Threads.class)) {
			TestClient client = tester.connect();
			// as soon as nothing else of the connection runs
			Awaitility.await().until(() -> client.invoke("inline", "[]").contains("'result':'" + thread() + "'"));
		}
	}

	@Test
	void methodThatDoesNotBlockTakesItsTurnBehindOneThatDoes() {
		try (HubTester tester = HubTester.with(Threads.class)) {
			TestClient client = tester.connect();
			client.send("{'type':1,'invocationId':'1','target':'waiting','arguments':[]}",
					"{'type':1,'invocationId':'2','target':'inline','arguments':[]}");
			tester.bean(Threads.class).goOn.complete("done");
			assertThat(client.completion("2")).contains("realtime-invocation-");
		}
	}

	@Test
	void cancellationAndAnswersNeverRunOnTheCallingThread() {
		try (HubTester tester = HubTester.with(Threads.class)) {
			TestClient client = tester.connect();
			client.send("{'type':1,'invocationId':'1','target':'cancellable','arguments':[]}");
			assertThat(client.next((record) -> record.contains("ready"))).isNotNull();
			client.send("{'type':5,'invocationId':'1'}");
			assertThat(client.completion("1")).doesNotContain("'" + thread() + "'").contains("'result':'realtime-");
			CompletableFuture<String> answered = tester.hub()
				.client(client.id())
				.invoke("ask", String.class)
				.thenApply((answer) -> thread());
			String question = client.next((record) -> record.contains("'target':'ask'"));
			client.send("{'type':3,'invocationId':'" + question.split("'")[5] + "','result':'x'}");
			assertThat(answered.join()).startsWith("realtime-");
		}
	}

	@HubController("test")
	static class Threads {

		final CompletableFuture<String> goOn = new CompletableFuture<>();

		@EventHandler(type = EventType.CONNECTED)
		void connected(HubCallerContext caller) {
			caller.clients().caller().send("connected", thread());
		}

		@HubMethod
		String blocking() {
			return thread();
		}

		@HubMethod(blocking = false)
		String inline() {
			return thread();
		}

		@EventHandler("event")
		String event() {
			return thread();
		}

		@HubMethod
		String stream(Stream<Integer> items) {
			items.toList();
			return thread();
		}

		@HubMethod
		void emitter(StreamEmitter<String> out) {
			out.send(thread());
			out.complete();
		}

		@HubMethod
		Stream<String> source() {
			return Stream.generate(VirtualThreadTests::thread).limit(1);
		}

		@HubMethod
		Flux<String> flux() {
			return Flux.defer(() -> Flux.just(thread()));
		}

		@HubMethod
		Mono<String> subscriber(Flux<Integer> items) {
			return items.map((item) -> thread()).last();
		}

		@HubMethod
		Flux<String> mapper(Flux<Integer> items) {
			return items.map((item) -> thread());
		}

		@HubMethod
		String fluxWaiting(Flux<Integer> items) {
			items.blockLast();
			return thread();
		}

		@HubMethod
		String flowWaiting(Flow.Publisher<Integer> items) {
			JdkFlowAdapter.flowPublisherToFlux(items).blockLast();
			return thread();
		}

		@HubMethod(blocking = false)
		String fluxInline(Flux<Integer> items) {
			return thread();
		}

		@HubMethod
		String waiting() {
			return this.goOn.join();
		}

		@HubMethod
		CompletableFuture<String> cancellable(HubCancellation cancellation, HubCallerContext caller) {
			CompletableFuture<String> result = new CompletableFuture<>();
			cancellation.onCancel(() -> result.complete(thread()));
			caller.clients().caller().send("ready");
			return result;
		}

	}

}
