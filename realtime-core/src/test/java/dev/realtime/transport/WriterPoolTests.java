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

package dev.realtime.transport;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link WriterPool}.
 */
class WriterPoolTests {

	@Test
	void runsEverythingOnFewThreads() {
		try (WriterPool pool = new WriterPool("test-", 2, 16)) {
			AtomicInteger done = new AtomicInteger();
			for (int i = 0; i < 100_000; i++) {
				pool.execute(done::incrementAndGet);
			}
			await().untilAsserted(() -> assertThat(done).hasValue(100_000));
			assertThat(pool.size()).isBetween(1, 16);
		}
	}

	@Test
	void runsTasksOfManyThreads() throws Exception {
		try (WriterPool pool = new WriterPool("test-", 2, 16)) {
			AtomicInteger done = new AtomicInteger();
			Thread[] producers = new Thread[4];
			for (int i = 0; i < producers.length; i++) {
				producers[i] = new Thread(() -> {
					for (int task = 0; task < 20_000; task++) {
						pool.execute(done::incrementAndGet);
						if (task % 100 == 0) {
							Thread.yield();
						}
					}
				});
				producers[i].start();
			}
			for (Thread producer : producers) {
				producer.join();
			}
			await().untilAsserted(() -> assertThat(done).hasValue(80_000));
		}
	}

	@Test
	void stuckThreadsDelayNobody() {
		try (WriterPool pool = new WriterPool("test-", 2, 64)) {
			CountDownLatch release = new CountDownLatch(1);
			for (int i = 0; i < 50; i++) {
				pool.execute(() -> awaitQuietly(release));
			}
			CompletableFuture<String> other = new CompletableFuture<>();
			pool.execute(() -> other.complete(Thread.currentThread().getName()));
			assertThat(other.join()).startsWith("test-");
			assertThat(pool.size()).isBetween(51, 64);
			release.countDown();
			AtomicInteger done = new AtomicInteger();
			for (int i = 0; i < 1000; i++) {
				pool.execute(done::incrementAndGet);
			}
			await().untilAsserted(() -> assertThat(done).hasValue(1000));
		}
	}

	@Test
	void neverExceedsItsMaximum() {
		try (WriterPool pool = new WriterPool("test-", 2, 4)) {
			CountDownLatch release = new CountDownLatch(1);
			AtomicInteger running = new AtomicInteger();
			AtomicInteger done = new AtomicInteger();
			for (int i = 0; i < 20; i++) {
				pool.execute(() -> {
					running.incrementAndGet();
					awaitQuietly(release);
					done.incrementAndGet();
				});
			}
			await().untilAsserted(() -> assertThat(running).hasValue(4));
			assertThat(pool.size()).isEqualTo(4);
			release.countDown();
			await().untilAsserted(() -> assertThat(done).hasValue(20));
		}
	}

	@Test
	void idleThreadsEndAndOthersTakeTheirPlace() {
		try (WriterPool pool = new WriterPool("test-", 2, 4, Duration.ofMillis(5))) {
			for (int i = 0; i < 3; i++) {
				CompletableFuture<Void> done = new CompletableFuture<>();
				pool.execute(() -> done.complete(null));
				done.join();
				await().untilAsserted(() -> assertThat(pool.size()).isZero());
			}
		}
	}

	@Test
	void failuresDoNotEndThreads() {
		try (WriterPool pool = new WriterPool("test-", 1, 1)) {
			CompletableFuture<Void> done = new CompletableFuture<>();
			pool.execute(() -> {
				throw new IllegalStateException("expected by the test");
			});
			pool.execute(() -> done.complete(null));
			done.join();
			assertThat(pool.size()).isOne();
		}
	}

	@Test
	void closeEndsThreads() {
		WriterPool pool = WriterPool.create("test-");
		CountDownLatch never = new CountDownLatch(1);
		pool.execute(() -> awaitQuietly(never));
		await().untilAsserted(() -> assertThat(pool.size()).isOne());
		pool.close();
		await().untilAsserted(() -> assertThat(pool.size()).isZero());
		pool.execute(() -> {
			throw new AssertionError();
		});
		assertThat(pool.size()).isZero();
	}

	@Test
	void checksItsSizes() {
		assertThatIllegalArgumentException().isThrownBy(() -> new WriterPool("test-", 0, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> new WriterPool("test-", 2, 1));
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
