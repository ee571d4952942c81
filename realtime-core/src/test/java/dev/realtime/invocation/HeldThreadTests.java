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

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.observation.ObservedMethod;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for methods that block although they are declared not to.
 */
class HeldThreadTests {

	private static final long BOUND = HeldThread.BOUND.toNanos();

	private final ByteArrayOutputStream log = new ByteArrayOutputStream();

	private PrintStream err;

	@BeforeEach
	void capture() {
		this.err = System.err;
		System.setErr(new PrintStream(this.log, true, StandardCharsets.UTF_8));
	}

	@AfterEach
	void restore() {
		System.setErr(this.err);
	}

	@Test
	void methodThatStillHoldsItsThreadIsReportedOnceWithItsStack() throws Exception {
		try (HubTester tester = HubTester.with(Calls.class)) {
			TestClient client = tester.connect();
			awaitInline(client);
			Thread loop = new Thread(
					() -> client.send("{'type':1,'invocationId':'1','target':'waiting','arguments':[]}"), "the-loop");
			loop.start();
			Calls calls = tester.bean(Calls.class);
			assertThat(calls.begun.await(10, TimeUnit.SECONDS)).isTrue();
			client.connection().onHeartbeat(System.nanoTime());
			assertThat(log()).doesNotContain("waiting");
			client.connection().onHeartbeat(System.nanoTime() + BOUND);
			client.connection().onHeartbeat(System.nanoTime() + 2 * BOUND);
			calls.goOn.countDown();
			client.completion("1");
			loop.join();
			assertThat(log())
				.containsOnlyOnce("Hub method 'waiting' is declared 'blocking = false' but has held the-loop")
				.contains(Calls.class.getName() + ".waiting");
		}
	}

	@Test
	void methodThatHeldItsThreadIsReported() {
		try (HubTester tester = HubTester.with(Calls.class)) {
			TestClient client = tester.connect();
			awaitInline(client);
			client.invoke("busy", "[]");
			assertThat(log()).contains("Hub method 'busy'");
		}
	}

	@Test
	void methodThatReturnsAtOnceIsNotReported() {
		HeldThread.Complaints complaints = new HeldThread.Complaints();
		HubMethodDescriptor method = new HubMethodDescriptor("quick", null, null, null, false, null, false, false,
				false, false, false, complaints, ObservedMethod.of("test", "quick"), null);
		new HeldThread(method, 0).check(BOUND - 1);
		assertThat(log()).isEmpty();
	}

	@Test
	void isReportedAgainAfterAMinute() {
		HeldThread.Complaints complaints = new HeldThread.Complaints();
		HubMethodDescriptor method = new HubMethodDescriptor("slow", null, null, null, false, null, false, false, false,
				false, false, complaints, ObservedMethod.of("test", "slow"), null);
		HeldThread held = new HeldThread(method, 0);
		held.check(BOUND);
		held.check(BOUND + TimeUnit.SECONDS.toNanos(59));
		assertThat(log()).containsOnlyOnce("slow");
		held.check(BOUND + TimeUnit.SECONDS.toNanos(60));
		assertThat(log().split("Hub method 'slow'")).hasSize(3);
	}

	// calls wait until the handlers of the connected event have returned
	private static void awaitInline(TestClient client) {
		Awaitility.await().until(() -> client.invoke("thread", "[]").contains(Thread.currentThread().getName()));
	}

	private String log() {
		return this.log.toString(StandardCharsets.UTF_8);
	}

	@HubController("test")
	static class Calls {

		final CountDownLatch begun = new CountDownLatch(1);

		final CountDownLatch goOn = new CountDownLatch(1);

		@HubMethod(blocking = false)
		void waiting() throws InterruptedException {
			this.begun.countDown();
			assertThat(this.goOn.await(10, TimeUnit.SECONDS)).isTrue();
		}

		@HubMethod(blocking = false)
		String thread() {
			return Thread.currentThread().getName();
		}

		@HubMethod(blocking = false)
		void busy() {
			long end = System.nanoTime() + BOUND;
			while (System.nanoTime() - end < 0) {
				Thread.onSpinWait();
			}
		}

	}

}
