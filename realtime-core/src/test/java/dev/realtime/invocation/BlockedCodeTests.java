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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.realtime.invocation.FaultyApplication.Place;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for code of the application that blocks: it holds up the connection it concerns,
 * and nobody else.
 */
class BlockedCodeTests {

	/**
	 * Who waits here must not hold a thread of the common pool, which may have but one.
	 */
	private static final Executor THREADS = (task) -> new Thread(task, "blocked").start();

	private static HubTester tester;

	private static TestClient bystander;

	@BeforeAll
	static void start() {
		tester = HubTester.with(FaultyApplication.COMPONENTS);
		bystander = tester.connect("bob");
	}

	@AfterAll
	static void stop() {
		tester.close();
	}

	@AfterEach
	void disarm() {
		FaultyApplication.disarm();
	}

	@ParameterizedTest
	@EnumSource(names = { "METHOD", "EVENT_METHOD", "FILTER", "RESOLVER", "ITERATOR", "EMITTER", "SUBSCRIBE", "CONNECT",
			"CONNECTED", "DISCONNECTED", "FILTER_CONNECTED", "FILTER_DISCONNECTED", "HANDLER_CONNECT",
			"HANDLER_CONNECTED", "HANDLER_DISCONNECTED", "HANDLER_JOINED", "HANDLER_LEFT", "LISTENER_CONNECTED",
			"LISTENER_DISCONNECTED", "LISTENER_JOINED", "LISTENER_LEFT", "EVENT_LISTENER" })
	void othersGoOn(Place place) throws Exception {
		Gate gate = new Gate();
		FaultyApplication.arm(place, gate::pass);
		CompletableFuture<Void> blocked = CompletableFuture.runAsync(() -> visitAllPlaces(tester), THREADS);
		try {
			gate.awaitVisitor();
			assertThat(bystander.invoke("ping", "[]")).contains("pong");
			TestClient other = tester.connect("eve");
			assertThat(other.invoke("join", "[]")).doesNotContain("error");
			assertThat(other.invoke("later", "[]")).doesNotContain("error");
			other.disconnect();
			await().until(() -> !tester.hub().connections().exists(other.id()).join());
		}
		finally {
			gate.open();
		}
		blocked.get(10, TimeUnit.SECONDS);
		await().until(() -> tester.engine().find("test").connectionCount() == 1);
	}

	private static void visitAllPlaces(HubTester tester) {
		TestClient client = tester.connect("ann");
		for (String method : new String[] { "method", "named", "filtered", "resolved", "join", "leave" }) {
			assertThat(client.invoke(method, "[]")).doesNotContain("error");
		}
		for (String stream : new String[] { "iterator", "emitter" }) {
			client.send("{'type':4,'invocationId':'" + stream + "','target':'" + stream + "','arguments':[]}");
			assertThat(client.completion(stream)).doesNotContain("error");
		}
		client.send("{'type':4,'invocationId':'s','target':'publisher','arguments':[]}");
		client.next((record) -> record.startsWith("{'type':2"));
		client.disconnect();
		client.awaitIdle();
	}

	/**
	 * Holds the first one who comes.
	 */
	private static final class Gate {

		private final AtomicBoolean taken = new AtomicBoolean();

		private final CountDownLatch visited = new CountDownLatch(1);

		private final CountDownLatch opened = new CountDownLatch(1);

		void pass() {
			if (this.taken.compareAndSet(false, true)) {
				this.visited.countDown();
				try {
					assertThat(this.opened.await(20, TimeUnit.SECONDS)).isTrue();
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			}
		}

		void awaitVisitor() throws InterruptedException {
			assertThat(this.visited.await(10, TimeUnit.SECONDS)).isTrue();
		}

		void open() {
			this.opened.countDown();
		}

	}

}
