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

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import dev.realtime.web.ClientFrames;
import dev.realtime.web.TestEngine;
import dev.realtime.web.TestServer.RawClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for handlers of raw connections that lag, and clients that do not read.
 */
@ParameterizedClass
@EnumSource(names = { "SERVLET_ON_TOMCAT", "NETTY_ON_TOMCAT", "SERVLET_ON_JETTY" })
class RawPressureTests {

	private static final int MESSAGES = 2000;

	@Parameter
	private TestEngine engine;

	private RawServer server;

	private RawRecorder recorder;

	@BeforeEach
	void start() {
		this.server = new RawServer(this.engine, RawRecorder.class, RawRecorder.Echo.class);
		this.recorder = this.server.bean(RawRecorder.class);
		this.recorder.stepwise = true;
	}

	@AfterEach
	void stop() {
		this.recorder.steps.release(10 * MESSAGES);
		this.server.close();
	}

	@Test
	void readingStopsWhileTheHandlerLags() throws Exception {
		AtomicLong written = new AtomicLong();
		String padding = "x".repeat(20_000);
		try (RawClient client = this.server.web.rawWebSocket("/record")) {
			Thread writer = new Thread(() -> write(client, padding, written));
			writer.start();
			Awaitility.await().until(this::isPaused);
			// what neither the kernel nor the server takes stays with the client
			long atRest = awaitRest(written);
			assertThat(atRest).isLessThan(MESSAGES);
			this.recorder.steps.release(MESSAGES);
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> this.recorder.events.size() == 1 + MESSAGES);
			writer.join();
		}
		List<String> numbers = new ArrayList<>();
		this.recorder.events.stream().skip(1).limit(MESSAGES).forEach((text) -> numbers.add(text.split("x")[0]));
		for (int i = 0; i < MESSAGES; i++) {
			assertThat(numbers.get(i)).isEqualTo(Integer.toString(i));
		}
		assertThat(this.recorder.mostAtATime).hasValue(1);
	}

	private static void write(RawClient client, String padding, AtomicLong written) {
		try {
			for (int i = 0; i < MESSAGES; i++) {
				client.write(ClientFrames.text(i + padding));
				written.incrementAndGet();
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private boolean isPaused() {
		boolean[] paused = { false };
		this.server.connection((connection) -> paused[0] = connection.readGate().isPaused());
		return paused[0];
	}

	private static long awaitRest(AtomicLong written) {
		long[] before = { -1 };
		Awaitility.await().pollInterval(Duration.ofMillis(300)).until(() -> {
			long now = written.get();
			boolean rests = now == before[0];
			before[0] = now;
			return rests;
		});
		return before[0];
	}

	@Test
	void requestsWaitWhileTheHandlerLags() {
		String token = this.server.web.negotiate("/record");
		this.server.web.send("GET", "/record?id=" + token, null);
		String body = "0".repeat(20_000);
		List<CompletableFuture<HttpResponse<String>>> sends = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			sends.add(this.server.web.sendAsync("POST", "/record?id=" + token, body, "Content-Type", "text/plain"));
		}
		Awaitility.await().until(this::isPaused);
		assertThat(sends).anyMatch((send) -> !send.isDone());
		this.recorder.steps.release(8);
		CompletableFuture.allOf(sends.toArray(CompletableFuture[]::new)).join();
		assertThat(sends).allMatch((send) -> send.join().statusCode() == 200);
		Awaitility.await().until(() -> this.recorder.events.size() == 9);
	}

	@Test
	void lagOfOneIsNoLagOfAnother() throws Exception {
		try (RawClient stuck = this.server.web.rawWebSocket("/record");
				RawClient client = this.server.web.rawWebSocket("/echo")) {
			stuck.write(ClientFrames.text("stuck"));
			client.write(ClientFrames.text("alive"));
			assertThat(client.readText(5)).isEqualTo("alive");
		}
	}

	@Test
	void clientThatDoesNotReadIsNotReadFrom() throws Exception {
		AtomicLong written = new AtomicLong();
		try (RawClient client = this.server.web.rawWebSocket("/echo")) {
			Thread writer = new Thread(() -> write(client, "x".repeat(20_000), written));
			writer.start();
			Awaitility.await().until(this::isPaused);
			assertThat(awaitRest(written)).isLessThan(MESSAGES);
			this.server.connection((connection) -> {
				assertThat(connection.queue().bytes()).isLessThan(256 * 1024);
				assertThat(connection.isEnding()).isFalse();
			});
			for (int i = 0; i < MESSAGES; i++) {
				int length = Integer.toString(i).length() + 20_000;
				assertThat(client.readText(length)).startsWith(i + "x");
			}
			writer.join();
		}
	}

}
