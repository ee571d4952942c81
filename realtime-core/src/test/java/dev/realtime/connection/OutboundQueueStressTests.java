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

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

import dev.realtime.connection.OutboundQueue.Offer;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.EncodedMessage;
import dev.realtime.protocol.OutboundMessage;
import dev.realtime.protocol.OverflowStrategy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OutboundQueue} under many producers and one drainer.
 */
class OutboundQueueStressTests {

	private static final int PRODUCERS = 4;

	private static final int MESSAGES = 20_000;

	private static OutboundMessage message(int producer, int number, boolean droppable) {
		byte[] bytes = ByteBuffer.allocate(8).putInt(producer).putInt(number).array();
		return new OutboundMessage(EncodedBody.binary(bytes), null, droppable, EncodedMessage.NO_DEADLINE);
	}

	private static List<FutureTask<Boolean>> start(int count, IntConsumer task) {
		List<FutureTask<Boolean>> started = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			int index = i;
			FutureTask<Boolean> future = new FutureTask<>(() -> task.accept(index), true);
			new Thread(future).start();
			started.add(future);
		}
		return started;
	}

	private static void join(List<FutureTask<Boolean>> started) {
		assertThat(started).allSatisfy((future) -> assertThat(future.get(20, TimeUnit.SECONDS)).isTrue());
	}

	@Test
	void everyMessageOnceAndInTheOrderOfItsProducer() throws InterruptedException {
		OutboundQueue queue = OutboundQueueTests.queue(Long.MAX_VALUE / 2, Integer.MAX_VALUE / 2,
				OverflowStrategy.TERMINATE);
		Drainer drainer = new Drainer(queue, 1000);
		List<FutureTask<Boolean>> producers = start(PRODUCERS, (producer) -> {
			for (int i = 0; i < MESSAGES; i++) {
				assertThat(queue.offer(message(producer, i, false))).isEqualTo(Offer.ACCEPTED);
				drainer.request();
			}
		});
		join(producers);
		Awaitility.await().until(() -> drainer.count.get() == PRODUCERS * MESSAGES);
		drainer.assertNothingWaits();
		for (int producer = 0; producer < PRODUCERS; producer++) {
			List<Integer> received = drainer.received.get(producer);
			assertThat(received).hasSize(MESSAGES).isSorted().doesNotHaveDuplicates();
		}
		drainer.stop();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 50, 1000 })
	void droppedAndDeliveredMakeAll(int maxMessages) throws InterruptedException {
		OutboundQueue queue = OutboundQueueTests.queue(1024 * 1024, maxMessages, OverflowStrategy.DROP_OLDEST);
		Drainer drainer = new Drainer(queue, 100);
		List<FutureTask<Boolean>> producers = start(PRODUCERS, (producer) -> {
			for (int i = 0; i < MESSAGES; i++) {
				assertThat(queue.offer(message(producer, i, true))).isEqualTo(Offer.ACCEPTED);
				drainer.request();
			}
		});
		join(producers);
		Awaitility.await().until(() -> drainer.count.get() + queue.dropped() == PRODUCERS * MESSAGES);
		drainer.assertNothingWaits();
		for (List<Integer> received : drainer.received) {
			assertThat(received).isSorted().doesNotHaveDuplicates();
		}
		drainer.stop();
	}

	@Test
	void nothingButDroppablesIsDropped() throws InterruptedException {
		OutboundQueue queue = OutboundQueueTests.queue(1024 * 1024, 20, OverflowStrategy.DROP_OLDEST);
		Drainer drainer = new Drainer(queue, 100);
		List<FutureTask<Boolean>> producers = start(PRODUCERS, (producer) -> {
			for (int i = 0; i < MESSAGES; i++) {
				boolean kept = producer == 0;
				while (kept && i - drainer.ofFirst.get() >= 10) {
					Thread.onSpinWait();
				}
				assertThat(queue.offer(message(producer, i, !kept))).isEqualTo(Offer.ACCEPTED);
				drainer.request();
			}
		});
		join(producers);
		Awaitility.await().until(() -> drainer.count.get() + queue.dropped() == PRODUCERS * MESSAGES);
		assertThat(drainer.received.get(0)).hasSize(MESSAGES).isSorted();
		drainer.assertNothingWaits();
		drainer.stop();
	}

	@Test
	void lastWordIsTheLastOfAllAndNothingIsHalfCounted() {
		for (int round = 0; round < 100; round++) {
			OutboundQueue queue = OutboundQueueTests.queue(1024 * 1024, 100_000, OverflowStrategy.TERMINATE);
			OutboundMessage last = message(PRODUCERS, 0, false);
			AtomicInteger accepted = new AtomicInteger();
			CountDownLatch go = new CountDownLatch(1);
			List<FutureTask<Boolean>> producers = start(2, (producer) -> {
				await(go);
				for (int i = 0; i < 50; i++) {
					if (producer == 1 && i == 25) {
						queue.complete(last);
					}
					else if (queue.offer(message(producer, i, false)) == Offer.ACCEPTED) {
						accepted.incrementAndGet();
					}
				}
			});
			go.countDown();
			List<OutboundMessage> batch = new ArrayList<>();
			while (!queue.isFinished()) {
				queue.take(batch, 64, 0);
				queue.written();
			}
			join(producers);
			assertThat(batch).last().isSameAs(last);
			assertThat(batch).hasSizeBetween(26, accepted.get() + 1);
			queue.clear();
			assertThat(queue.bytes()).isZero();
			assertThat(queue.messages()).isZero();
		}
	}

	@Test
	void everyTaskThatWaitsForRoomRunsOnce() throws InterruptedException {
		OutboundQueue queue = OutboundQueueTests.queue(64, 1000, OverflowStrategy.DROP_OLDEST);
		Drainer drainer = new Drainer(queue, 16);
		AtomicInteger runs = new AtomicInteger();
		List<FutureTask<Boolean>> producers = start(PRODUCERS, (producer) -> {
			for (int i = 0; i < MESSAGES; i++) {
				queue.offer(message(producer, i, true));
				queue.whenRoom(runs::incrementAndGet);
				drainer.request();
			}
		});
		join(producers);
		Awaitility.await().untilAsserted(() -> assertThat(runs).hasValue(PRODUCERS * MESSAGES));
		drainer.stop();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Drains on a thread of its own when somebody acquired the right to.
	 */
	private static final class Drainer {

		private final OutboundQueue queue;

		private final int batchBytes;

		private final Semaphore requests = new Semaphore(0);

		private final AtomicBoolean stopped = new AtomicBoolean();

		final AtomicInteger count = new AtomicInteger();

		final AtomicInteger ofFirst = new AtomicInteger();

		final List<List<Integer>> received = new ArrayList<>();

		private final Thread thread = new Thread(this::run);

		Drainer(OutboundQueue queue, int batchBytes) {
			this.queue = queue;
			this.batchBytes = batchBytes;
			for (int i = 0; i < PRODUCERS; i++) {
				this.received.add(new ArrayList<>());
			}
			this.thread.start();
		}

		void request() {
			if (this.queue.hasWork() && this.queue.acquire()) {
				this.requests.release();
			}
		}

		private void run() {
			while (true) {
				this.requests.acquireUninterruptibly();
				if (this.stopped.get()) {
					return;
				}
				do {
					List<OutboundMessage> batch = new ArrayList<>();
					this.queue.take(batch, this.batchBytes, 0);
					for (OutboundMessage message : batch) {
						ByteBuffer bytes = ByteBuffer.wrap(message.body().bytes());
						this.received.get(bytes.getInt()).add(bytes.getInt());
					}
					this.queue.written();
					this.ofFirst.set(this.received.get(0).size());
					this.count.addAndGet(batch.size());
				}
				while (this.queue.release());
			}
		}

		void assertNothingWaits() {
			Awaitility.await().until(() -> !this.queue.hasWork());
			assertThat(this.queue.bytes()).isZero();
			assertThat(this.queue.messages()).isZero();
		}

		void stop() throws InterruptedException {
			this.stopped.set(true);
			this.requests.release();
			this.thread.join(TimeUnit.SECONDS.toMillis(20));
			assertThat(this.thread.isAlive()).isFalse();
		}

	}

}
