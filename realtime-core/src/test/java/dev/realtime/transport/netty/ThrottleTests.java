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

package dev.realtime.transport.netty;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for senders that are ahead of an event loop.
 */
class ThrottleTests {

	private static final int MANY = 4096;

	private final EventLoop loop = new DefaultEventLoop();

	private final EventLoopLane lane = new EventLoopLane(this.loop, this.loop::inEventLoop);

	private final CountDownLatch release = new CountDownLatch(1);

	private final AtomicInteger done = new AtomicInteger();

	@AfterEach
	void stop() {
		this.release.countDown();
		this.loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
	}

	private void block() throws InterruptedException {
		CountDownLatch blocked = new CountDownLatch(1);
		this.loop.execute(() -> {
			blocked.countDown();
			try {
				this.release.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
	}

	private void fill(int tasks) {
		for (int i = 0; i < tasks; i++) {
			this.lane.execute(this.done::incrementAndGet);
		}
	}

	@Test
	void senderWaitsUntilTheLaneHasCaughtUp() throws Exception {
		block();
		fill(MANY + 1);
		Thread sender = new Thread(this.lane::throttle);
		sender.start();
		await().until(() -> sender.getState() == Thread.State.TIMED_WAITING);
		this.release.countDown();
		sender.join(10_000);
		assertThat(sender.isAlive()).isFalse();
		await().untilAsserted(() -> assertThat(this.done).hasValue(MANY + 1));
	}

	@Test
	void senderDoesNotWaitForFewTasks() throws Exception {
		block();
		fill(MANY);
		this.lane.throttle();
		assertThat(this.done).hasValue(0);
	}

	@Test
	void eventLoopDoesNotWait() throws Exception {
		CountDownLatch passed = new CountDownLatch(1);
		this.loop.execute(() -> {
			fill(2 * MANY);
			this.lane.throttle();
			passed.countDown();
		});
		assertThat(passed.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void interruptedSenderGoesOn() throws Exception {
		block();
		fill(MANY + 1);
		Thread sender = new Thread(this.lane::throttle);
		sender.start();
		await().until(() -> sender.getState() == Thread.State.TIMED_WAITING);
		sender.interrupt();
		sender.join(10_000);
		assertThat(sender.isAlive()).isFalse();
	}

	@Test
	void senderDoesNotWaitForALoopThatEnds() throws Exception {
		block();
		fill(MANY + 1);
		Thread sender = new Thread(this.lane::throttle);
		sender.start();
		await().until(() -> sender.getState() == Thread.State.TIMED_WAITING);
		this.loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
		sender.join(10_000);
		assertThat(sender.isAlive()).isFalse();
	}

}
