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

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.realtime.hub.HubCancellation;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for calls that go on when their connection has been let go of already.
 */
class LateCallTests {

	private final HubTester tester = HubTester.with(Calls.class);

	private final Calls calls = this.tester.bean(Calls.class);

	private final TestClient client = this.tester.connect();

	private final SignalRSession session = SignalRSession.of(this.client.connection());

	@AfterEach
	void close() {
		this.calls.goOn.countDown();
		this.calls.pending.complete(null);
		this.tester.close();
	}

	private HubCall call(String target, Map<String, UploadStream> uploads) {
		HubMethodDescriptor method = this.session.dispatcher().find(target);
		assertThat(method).isNotNull();
		return new HubCall(this.session, this.session, method, "c", new Object[0], Map.of(), uploads, 10);
	}

	private void holdFirstCall() throws InterruptedException {
		this.client.send("{'type':1,'invocationId':'h','target':'hold','arguments':[]}");
		LifecycleBeans.await(this.calls.started);
	}

	private void awaitDisconnected() {
		Awaitility.await().until(() -> this.session.lifetime().find(this.client.id()) == null);
	}

	@Test
	void streamThatIsRegisteredLateIsCancelled() {
		this.client.disconnect();
		HubCall call = call("stream", Map.of());
		assertThat(this.session.register(call)).isTrue();
		assertThat(call.isCancelled()).isTrue();
	}

	@Test
	void uploadThatIsRegisteredLateEnds() {
		this.client.disconnect();
		UploadStream upload = new UploadStream(Integer.class, 10, Runnable::run, () -> {
		});
		HubCall call = call("upload", Map.of("u", upload));
		assertThat(this.session.register(call)).isTrue();
		assertThat(call.isCancelled()).isTrue();
		assertThatExceptionOfType(CancellationException.class).isThrownBy(upload.iterator()::hasNext)
			.withMessage(ErrorTexts.CONNECTION_CLOSED);
	}

	@Test
	void callThatBecomesPendingLateHoldsBackNoOther() throws InterruptedException {
		holdFirstCall();
		this.client.send("{'type':1,'target':'next','arguments':[]}");
		this.client.disconnect();
		this.calls.goOn.countDown();
		LifecycleBeans.await(this.calls.next);
		awaitDisconnected();
		assertThat(this.calls.pending).isNotDone();
	}

	@Test
	void callThatStartsLateHearsThatItsClientIsGone() throws InterruptedException {
		holdFirstCall();
		this.client.send("{'type':1,'invocationId':'w','target':'waitForCancellation','arguments':[]}");
		this.client.disconnect();
		this.calls.goOn.countDown();
		assertThat(this.calls.cancelled).succeedsWithin(10, TimeUnit.SECONDS);
		awaitDisconnected();
	}

	@HubController("test")
	static class Calls {

		final CountDownLatch started = new CountDownLatch(1);

		final CountDownLatch goOn = new CountDownLatch(1);

		final CountDownLatch next = new CountDownLatch(1);

		final CompletableFuture<@Nullable Void> pending = new CompletableFuture<>();

		final CompletableFuture<@Nullable Void> cancelled = new CompletableFuture<>();

		@HubMethod
		CompletableFuture<@Nullable Void> hold() throws InterruptedException {
			this.started.countDown();
			LifecycleBeans.await(this.goOn);
			return this.pending;
		}

		@HubMethod
		void next() {
			this.next.countDown();
		}

		@HubMethod
		void waitForCancellation(HubCancellation cancellation) {
			cancellation.onCancel(() -> this.cancelled.complete(null));
			this.cancelled.join();
		}

		@HubMethod
		Flux<Integer> stream() {
			return Flux.never();
		}

		@HubMethod
		long upload(Iterator<Integer> items) {
			return 0;
		}

	}

}
