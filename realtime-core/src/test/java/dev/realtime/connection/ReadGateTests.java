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

package dev.realtime.connection;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReadGate}.
 */
class ReadGateTests {

	private final ReadGate gate = new ReadGate();

	private boolean isReadable() {
		return this.gate.readable().toCompletableFuture().isDone();
	}

	@Test
	void isOpenAtFirst() {
		assertThat(isReadable()).isTrue();
		assertThat(this.gate.isPaused()).isFalse();
		this.gate.resume();
		assertThat(isReadable()).isTrue();
	}

	@Test
	void pausesUntilResumed() {
		assertThat(this.gate.pause()).isTrue();
		assertThat(this.gate.isPaused()).isTrue();
		CompletionStage<Void> readable = this.gate.readable();
		assertThat(readable.toCompletableFuture()).isNotDone();
		assertThat(this.gate.pause()).isTrue();
		assertThat(this.gate.readable()).isSameAs(readable);
		this.gate.resume();
		assertThat(readable.toCompletableFuture()).isCompleted();
		assertThat(isReadable()).isTrue();
		assertThat(this.gate.isPaused()).isFalse();
	}

	@Test
	void pausesAgain() {
		this.gate.pause();
		CompletionStage<Void> first = this.gate.readable();
		this.gate.resume();
		this.gate.pause();
		assertThat(isReadable()).isFalse();
		assertThat(first.toCompletableFuture()).isCompleted();
	}

	@Test
	void cannotBePausedWhileHeld() {
		this.gate.hold();
		this.gate.hold();
		assertThat(this.gate.pause()).isFalse();
		assertThat(isReadable()).isTrue();
		this.gate.unhold();
		assertThat(this.gate.pause()).isFalse();
		this.gate.unhold();
		assertThat(this.gate.pause()).isTrue();
		assertThat(isReadable()).isFalse();
	}

	@Test
	void holdResumes() {
		this.gate.pause();
		CompletionStage<Void> readable = this.gate.readable();
		this.gate.hold();
		assertThat(readable.toCompletableFuture()).isCompleted();
		assertThat(isReadable()).isTrue();
	}

	@Test
	void whoeverReadsOnMayPauseAgain() {
		this.gate.pause();
		this.gate.readable().thenRun(this.gate::pause);
		this.gate.resume();
		assertThat(isReadable()).isFalse();
	}

	@Test
	void isNeverLeftPausedWhileHeld() throws InterruptedException {
		for (int i = 0; i < 300; i++) {
			ReadGate gate = new ReadGate();
			CountDownLatch go = new CountDownLatch(1);
			CompletableFuture<Boolean> paused = new CompletableFuture<>();
			Thread pausing = new Thread(() -> {
				await(go);
				paused.complete(gate.pause());
			});
			pausing.start();
			go.countDown();
			gate.hold();
			pausing.join(TimeUnit.SECONDS.toMillis(10));
			assertThat(paused).isCompleted();
			assertThat(gate.isPaused()).isFalse();
		}
	}

	@Test
	void nobodyWaitsForEverWhenPausedAndResumedByManyThreads() throws InterruptedException {
		Thread[] threads = new Thread[4];
		for (int t = 0; t < threads.length; t++) {
			boolean pausing = t % 2 == 0;
			threads[t] = new Thread(() -> {
				for (int i = 0; i < 5000; i++) {
					if (pausing) {
						this.gate.pause();
					}
					else {
						this.gate.resume();
					}
				}
			});
			threads[t].start();
		}
		for (Thread thread : threads) {
			thread.join(TimeUnit.SECONDS.toMillis(10));
		}
		CompletionStage<Void> readable = this.gate.readable();
		this.gate.resume();
		assertThat(readable.toCompletableFuture()).isCompleted();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
