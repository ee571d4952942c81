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

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.realtime.connection.Lane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link InvocationPool}.
 */
class InvocationPoolTests {

	private static final int MAXIMUM = 20;

	private static final int MAXIMUM_WAITING = 10;

	private final InvocationPool pool = new InvocationPool(MAXIMUM, MAXIMUM_WAITING, (task) -> {
		Thread thread = new Thread(task);
		thread.setDaemon(true);
		return thread;
	});

	@AfterEach
	void close() {
		this.pool.close();
	}

	@Test
	void runsAsManyBlockingTasksAtATimeAsItHasThreads() throws Exception {
		CyclicBarrier allAtOnce = new CyclicBarrier(MAXIMUM);
		CountDownLatch done = new CountDownLatch(3 * MAXIMUM);
		for (int i = 0; i < 3 * MAXIMUM; i++) {
			this.pool.execute(() -> {
				try {
					allAtOnce.await(10, TimeUnit.SECONDS);
					done.countDown();
				}
				catch (Exception ex) {
					throw new IllegalStateException(ex);
				}
			});
		}
		assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
		assertThat(this.pool.size()).isEqualTo(MAXIMUM);
	}

	@Test
	void taskDoesNotWaitForABlockedOne() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		for (int i = 0; i < MAXIMUM - 1; i++) {
			CountDownLatch blocked = new CountDownLatch(1);
			this.pool.execute(() -> {
				blocked.countDown();
				try {
					release.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			});
			assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
		}
		CountDownLatch done = new CountDownLatch(1);
		this.pool.execute(done::countDown);
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
		release.countDown();
	}

	@Test
	void threadThatWasBusyLastIsWokenFirst() throws Exception {
		runAtOnce(5);
		int threads = this.pool.size();
		Set<Thread> used = ConcurrentHashMap.newKeySet();
		for (int i = 0; i < 100; i++) {
			CountDownLatch done = new CountDownLatch(1);
			this.pool.execute(() -> {
				used.add(Thread.currentThread());
				done.countDown();
			});
			assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
			await().pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(1))
				.until(() -> used.stream().allMatch((thread) -> thread.getState() == Thread.State.TIMED_WAITING));
		}
		assertThat(this.pool.size()).isEqualTo(threads);
		assertThat(used).hasSizeLessThan(threads);
	}

	private void runAtOnce(int tasks) throws InterruptedException {
		CyclicBarrier barrier = new CyclicBarrier(tasks);
		CountDownLatch done = new CountDownLatch(tasks);
		for (int i = 0; i < tasks; i++) {
			this.pool.execute(() -> {
				try {
					barrier.await(10, TimeUnit.SECONDS);
					done.countDown();
				}
				catch (Exception ex) {
					throw new IllegalStateException(ex);
				}
			});
		}
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void threadIsWokenAfterTheReadsOfALane() throws Exception {
		List<Runnable> later = new CopyOnWriteArrayList<>();
		Lane lane = new Lane() {

			@Override
			public void execute(Runnable task) {
				throw new UnsupportedOperationException();
			}

			@Override
			public void afterReads(Runnable task) {
				later.add(task);
			}

		};
		CountDownLatch done = new CountDownLatch(2);
		this.pool.execute(done::countDown, lane);
		this.pool.execute(done::countDown, lane);
		assertThat(this.pool.size()).isZero();
		assertThat(later).hasSize(2).containsOnly(later.get(0));
		later.get(0).run();
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void everyTaskRunsOnce() throws Exception {
		int producers = 4;
		int count = 50_000;
		AtomicInteger ran = new AtomicInteger();
		Thread[] threads = new Thread[producers];
		for (int i = 0; i < producers; i++) {
			threads[i] = new Thread(() -> {
				for (int task = 0; task < count; task++) {
					this.pool.execute(ran::incrementAndGet);
					if (task % 1000 == 0) {
						Thread.yield();
					}
				}
			});
			threads[i].start();
		}
		for (Thread thread : threads) {
			thread.join();
		}
		await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(ran).hasValue(producers * count));
	}

	@Test
	void noTaskIsForgottenWhenThreadsFallAsleep() throws Exception {
		for (int i = 0; i < 20_000; i++) {
			CountDownLatch done = new CountDownLatch(2);
			this.pool.execute(done::countDown);
			this.pool.execute(done::countDown);
			assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void tasksThatWaitForClientsAreReplaced() throws Exception {
		for (int round = 0; round < 3; round++) {
			CountDownLatch answered = new CountDownLatch(1);
			CountDownLatch done = new CountDownLatch(MAXIMUM_WAITING);
			block(MAXIMUM - MAXIMUM_WAITING, answered);
			for (int i = 0; i < MAXIMUM_WAITING; i++) {
				this.pool.execute(() -> {
					InvocationPool.aboutToWait();
					InvocationPool.aboutToWait();
					awaitLatch(answered);
					done.countDown();
				});
			}
			runAtOnce(MAXIMUM_WAITING);
			answered.countDown();
			assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
			// a task has done its work a moment before it is not counted any more
			await().untilAsserted(() -> assertThat(this.pool).extracting("waiting").asString().isEqualTo("0"));
		}
		assertThat(this.pool.size()).isLessThanOrEqualTo(MAXIMUM + MAXIMUM_WAITING);
	}

	@Test
	void taskThatWaitsIsReplacedAlsoByThoseThatCameBefore() throws Exception {
		CountDownLatch goOn = new CountDownLatch(1);
		CountDownLatch answered = new CountDownLatch(1);
		block(MAXIMUM - 1, answered);
		this.pool.execute(() -> {
			awaitLatch(goOn);
			InvocationPool.aboutToWait();
			awaitLatch(answered);
		});
		this.pool.execute(answered::countDown);
		goOn.countDown();
		assertThat(answered.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void noMoreWaitThanMay() throws Exception {
		CountDownLatch answered = new CountDownLatch(1);
		CountDownLatch waiting = new CountDownLatch(MAXIMUM_WAITING);
		for (int i = 0; i < MAXIMUM_WAITING; i++) {
			this.pool.execute(() -> {
				InvocationPool.aboutToWait();
				waiting.countDown();
				awaitLatch(answered);
			});
		}
		assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
		CompletableFuture<Throwable> refused = new CompletableFuture<>();
		this.pool.execute(() -> {
			try {
				InvocationPool.aboutToWait();
			}
			catch (RejectedExecutionException ex) {
				refused.complete(ex);
			}
		});
		assertThat(refused).succeedsWithin(Duration.ofSeconds(10));
		answered.countDown();
		await().untilAsserted(() -> assertThat(this.pool).extracting("waiting").asString().isEqualTo("0"));
	}

	private void block(int tasks, CountDownLatch latch) throws InterruptedException {
		CountDownLatch blocked = new CountDownLatch(tasks);
		for (int i = 0; i < tasks; i++) {
			this.pool.execute(() -> {
				blocked.countDown();
				awaitLatch(latch);
			});
		}
		assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
	}

	private static void awaitLatch(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void failureEndsNoThread() throws Exception {
		for (int i = 0; i < 10; i++) {
			this.pool.execute(() -> {
				throw new IllegalStateException("expected");
			});
		}
		CountDownLatch done = new CountDownLatch(1);
		this.pool.execute(done::countDown);
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void interruptDoesNotMeetTheNextTask() throws Exception {
		CountDownLatch done = new CountDownLatch(1);
		AtomicBoolean interrupted = new AtomicBoolean();
		InvocationPool single = new InvocationPool(1, 1, Thread::new);
		single.execute(() -> Thread.currentThread().interrupt());
		single.execute(() -> {
			interrupted.set(Thread.currentThread().isInterrupted());
			done.countDown();
		});
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(interrupted).isFalse();
		single.close();
	}

	@Test
	void closeInterruptsWhatRunsAndEndsAllThreads() throws Exception {
		runAtOnce(3);
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch interrupted = new CountDownLatch(1);
		this.pool.execute(() -> {
			begun.countDown();
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
			}
		});
		assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
		this.pool.close();
		assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
		await().untilAsserted(() -> assertThat(this.pool.size()).isZero());
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> this.pool.execute(() -> {
		}));
	}

}
