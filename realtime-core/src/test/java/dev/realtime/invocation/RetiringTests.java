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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubCancellation;
import dev.realtime.hub.HubContext;
import dev.realtime.hub.StreamEmitter;
import dev.realtime.hub.annotation.Hub;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what becomes of calls when a connection retires.
 */
class RetiringTests {

	private static final String GOING_AWAY = "HubException: The server is going away.";

	private HubTester tester;

	private Calls calls;

	private TestClient client;

	@BeforeEach
	void start() {
		this.tester = HubTester.with(Calls.class);
		this.calls = this.tester.bean(Calls.class);
		this.client = this.tester.connect();
		assertThat(this.client.invoke("echo", "['a']")).contains("'result':'a'");
		awaitIdle();
	}

	@AfterEach
	void stop() {
		this.calls.gate.countDown();
		this.calls.later.complete("late");
		this.tester.close();
	}

	private void awaitIdle() {
		Awaitility.await().until(() -> !this.client.connection().isBusy());
	}

	private void call(String id, String target, String arguments) {
		this.client
			.send("{'type':1,'invocationId':'" + id + "','target':'" + target + "','arguments':" + arguments + "}");
	}

	private void stream(String id, String target) {
		this.client.send("{'type':4,'invocationId':'" + id + "','target':'" + target + "','arguments':[]}");
	}

	private boolean isBusy() {
		return this.client.connection().isBusy();
	}

	@Test
	void callUnderWayIsAnsweredAndNewOnesArePassedOver() {
		call("1", "block", "[]");
		call("2", "echo", "['waits']");
		this.client.connection().retire();
		call("3", "echo", "['new']");
		this.client.send("{'type':1,'target':'count','arguments':[]}");
		call("4", "echo", "[1,2,3]");
		assertThat(isBusy()).isTrue();
		this.calls.gate.countDown();
		assertThat(this.client.completion("1")).contains("'result':'blocked'");
		assertThat(this.client.completion("2")).contains("'result':'waits'");
		awaitIdle();
		assertThat(this.client.received()).isEmpty();
		assertThat(this.calls.counted).isZero();
	}

	@Test
	void everythingElseIsHeard() {
		this.client.connection().retire();
		this.client.send("{'type':6}");
		assertThat(this.client.connection().isEnding()).isFalse();
		this.client.send("{'type':7}");
		this.client.awaitClosed();
	}

	@Test
	void callWithoutAThreadIsBusy() {
		call("1", "later", "[]");
		this.client.connection().retire();
		Awaitility.await().until(() -> this.calls.asked == 1);
		assertThat(isBusy()).isTrue();
		this.calls.later.complete("now");
		assertThat(this.client.completion("1")).contains("'result':'now'");
		awaitIdle();
	}

	@Test
	void askingTheClientIsBusyUntilItHasAnsweredAndTheCallerToo() {
		call("1", "ask", "[]");
		String question = this.client.next((record) -> record.contains("'target':'question'"));
		this.client.connection().retire();
		assertThat(isBusy()).isTrue();
		String id = question.replaceFirst(".*'invocationId':'([^']*)'.*", "$1");
		this.client.send("{'type':3,'invocationId':'" + id + "','result':'yes'}");
		assertThat(this.client.completion("1")).contains("'result':'yes'");
		awaitIdle();
	}

	@Test
	void askingFromElsewhereIsBusy() {
		CompletableFuture<String> answer = this.tester.hub().client(this.client.id()).invoke("question", String.class);
		String question = this.client.next((record) -> record.contains("'target':'question'"));
		this.client.connection().retire();
		assertThat(isBusy()).isTrue();
		String id = question.replaceFirst(".*'invocationId':'([^']*)'.*", "$1");
		this.client.send("{'type':3,'invocationId':'" + id + "','result':'yes'}");
		assertThat(answer.join()).isEqualTo("yes");
		awaitIdle();
	}

	@Test
	void streamGoesOnUntilItIsEnded() {
		stream("s", "endless");
		assertThat(this.client.next()).startsWith("{'type':2");
		this.client.connection().retire();
		assertThat(isBusy()).isTrue();
		this.client.connection().endStreams();
		assertThat(this.client.completion("s")).contains("'error':").contains(GOING_AWAY);
		awaitIdle();
	}

	@Test
	void emitterHearsThatItsStreamIsEnded() {
		stream("s", "emit");
		assertThat(this.client.next()).startsWith("{'type':2");
		this.client.connection().retire();
		this.client.connection().endStreams();
		assertThat(this.client.completion("s")).contains(GOING_AWAY);
		awaitIdle();
		Awaitility.await().until(() -> this.calls.emitterCancelled);
	}

	@Test
	void blockingStreamIsEnded() {
		stream("s", "generate");
		assertThat(this.client.next()).startsWith("{'type':2");
		this.client.connection().retire();
		this.client.connection().endStreams();
		assertThat(this.client.completion("s")).contains(GOING_AWAY);
		awaitIdle();
	}

	@Test
	void streamThatEndsByItselfIsComplete() {
		stream("s", "short");
		this.client.connection().retire();
		assertThat(this.client.completion("s")).doesNotContain("error");
		awaitIdle();
		this.client.connection().endStreams();
		assertThat(this.client.received()).noneMatch((record) -> record.startsWith("{'type':3"));
	}

	@Test
	void uploadIsTakenUntilItIsEnded() {
		this.client.send("{'type':1,'invocationId':'1','target':'sum','arguments':[],'streamIds':['u']}");
		this.client.connection().retire();
		this.client.send("{'type':2,'invocationId':'u','item':1}", "{'type':2,'invocationId':'u','item':2}");
		assertThat(isBusy()).isTrue();
		this.client.send("{'type':3,'invocationId':'u'}");
		assertThat(this.client.completion("1")).contains("'result':3");
		awaitIdle();
	}

	@Test
	void endlessUploadIsEnded() {
		this.client.send("{'type':1,'invocationId':'1','target':'sum','arguments':[],'streamIds':['u']}");
		this.client.send("{'type':2,'invocationId':'u','item':1}");
		this.client.connection().retire();
		this.client.connection().endStreams();
		assertThat(this.client.completion("1")).contains(GOING_AWAY);
		awaitIdle();
	}

	@Test
	void callThatMayBeCancelledIsNot() {
		call("1", "patient", "[]");
		this.client.connection().retire();
		this.client.connection().endStreams();
		this.calls.gate.countDown();
		assertThat(this.client.completion("1")).contains("'result':false");
		awaitIdle();
	}

	@Test
	void refusedCallsLeaveNothingBehind() {
		call("1", "unknown", "[]");
		call("2", "echo", "[]");
		stream("3", "echo");
		assertThat(this.client.completion("3")).contains("error");
		awaitIdle();
	}

	@HubController("test")
	static class Calls {

		final CountDownLatch gate = new CountDownLatch(1);

		final CompletableFuture<String> later = new CompletableFuture<>();

		private final HubContext hub;

		volatile int asked;

		volatile int counted;

		volatile boolean emitterCancelled;

		Calls(@Hub("test") HubContext hub) {
			this.hub = hub;
		}

		@HubMethod
		String echo(String text) {
			return text;
		}

		@HubMethod
		void count() {
			this.counted++;
		}

		@HubMethod
		String block() throws InterruptedException {
			this.gate.await();
			return "blocked";
		}

		@HubMethod
		boolean patient(HubCancellation cancellation) throws InterruptedException {
			this.gate.await();
			return cancellation.isCancelled();
		}

		@HubMethod
		CompletionStage<String> later() {
			this.asked++;
			return this.later;
		}

		@HubMethod
		String ask(HubCallerContext caller) {
			return this.hub.client(caller.connectionId()).invoke("question", String.class).join();
		}

		@HubMethod
		Flux<Integer> endless() {
			return Flux.concat(Flux.just(1), Flux.never());
		}

		@HubMethod("short")
		Flux<Integer> two() {
			return Flux.just(1, 2);
		}

		@HubMethod
		void emit(StreamEmitter<Integer> out) {
			out.onCancel(() -> this.emitterCancelled = true);
			out.send(1);
		}

		@HubMethod
		Stream<Integer> generate() {
			return Stream.generate(this::slowly);
		}

		private int slowly() {
			Thread.yield();
			return 1;
		}

		@HubMethod
		int sum(Stream<Integer> numbers) {
			return numbers.mapToInt(Integer::intValue).sum();
		}

	}

}
