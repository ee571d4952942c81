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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.realtime.protocol.OutboundMessage;
import dev.realtime.web.ClientFrames;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link EventLoopLane}.
 */
class EventLoopLaneTests {

	private final EventLoop loop = new DefaultEventLoop();

	private final EventLoopLane lane = new EventLoopLane(this.loop, this.loop::inEventLoop);

	private final List<EmbeddedClient> clients = new ArrayList<>();

	@AfterEach
	void stop() {
		this.clients.forEach((client) -> client.socket.finishAndReleaseAll());
		this.loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
	}

	@Test
	void runsTasksOnTheLoop() {
		CompletableFuture<Boolean> onLoop = new CompletableFuture<>();
		this.lane.execute(() -> onLoop.complete(this.loop.inEventLoop()));
		assertThat(onLoop.join()).isTrue();
	}

	@Test
	void runsTasksOfEachThreadInOrder() throws Exception {
		int threads = 4;
		int count = 20_000;
		int[] next = new int[threads];
		CountDownLatch done = new CountDownLatch(threads * count);
		AtomicInteger disorder = new AtomicInteger();
		for (int thread = 0; thread < threads; thread++) {
			int number = thread;
			CompletableFuture.runAsync(() -> {
				for (int i = 0; i < count; i++) {
					int expected = i;
					this.lane.execute(() -> {
						disorder.addAndGet((next[number]++ == expected) ? 0 : 1);
						done.countDown();
					});
				}
			});
		}
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(disorder).hasValue(0);
	}

	@Test
	void tasksOfTasksRun() {
		CompletableFuture<String> last = new CompletableFuture<>();
		this.lane.execute(() -> this.lane.execute(() -> this.lane.execute(() -> last.complete("ran"))));
		assertThat(last.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo("ran");
	}

	@Test
	void taskThatFailsHoldsUpNobody() {
		CompletableFuture<String> next = new CompletableFuture<>();
		this.lane.execute(() -> {
			throw new AssertionError("meant to be logged");
		});
		this.lane.execute(() -> next.complete("ran"));
		assertThat(next.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo("ran");
	}

	@Test
	void isBehindUntilDeliveriesHaveRun() {
		CountDownLatch goOn = new CountDownLatch(1);
		assertThat(this.lane.isBehind()).isFalse();
		this.lane.execute(() -> awaitUninterruptibly(goOn));
		assertThat(this.lane.isBehind()).isFalse();
		CompletableFuture<Boolean> within = new CompletableFuture<>();
		this.lane.deliver(() -> within.complete(this.lane.isBehind()));
		this.lane.deliver(() -> {
			throw new AssertionError("meant to be logged");
		});
		assertThat(this.lane.isBehind()).isTrue();
		goOn.countDown();
		assertThat(within.orTimeout(10, TimeUnit.SECONDS).join()).isTrue();
		await().until(() -> !this.lane.isBehind());
	}

	@Test
	void manyTasksLetTheLoopDoOtherThings() throws Exception {
		List<String> log = new ArrayList<>();
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		this.lane.execute(() -> {
			begun.countDown();
			awaitUninterruptibly(goOn);
		});
		begun.await();
		for (int i = 0; i < 5000; i++) {
			this.lane.execute(() -> log.add("task"));
		}
		this.loop.execute(() -> log.add("other"));
		goOn.countDown();
		await().untilAsserted(() -> assertThat(log).hasSize(5001));
		assertThat(log.indexOf("other")).isLessThan(2 * 1024);
	}

	@Test
	void whatMayWaitForReadsRunsOnceAndAheadOfTasks() {
		List<String> log = new ArrayList<>();
		Runnable afterReads = () -> log.add("after reads");
		CompletableFuture<Void> done = new CompletableFuture<>();
		this.loop.execute(() -> {
			this.lane.execute(() -> log.add("task"));
			this.lane.afterReads(afterReads);
			log.add("reads");
			this.lane.afterReads(afterReads);
			this.lane.execute(() -> done.complete(null));
		});
		done.orTimeout(10, TimeUnit.SECONDS).join();
		this.lane.afterReads(() -> log.add("elsewhere"));
		assertThat(log).containsExactly("reads", "after reads", "task", "elsewhere");
	}

	@Test
	void whatIsQueuedTogetherLeavesInOneFrame() {
		EmbeddedClient client = open(null);
		client.lane.execute(() -> client.send("a"));
		client.lane.execute(() -> client.send("b"));
		client.lane.execute(() -> client.send("c"));
		assertThat(client.sent()).containsExactly("81 abc");
	}

	@Test
	void broadcastsAreWrittenBeforeMoreOfThemFillTheQueues() {
		EmbeddedClient client = new EmbeddedClient().open();
		client.lane.execute(() -> deliver(client, "a", 20_000));
		client.lane.execute(() -> deliver(client, "b", 50_000));
		client.lane.execute(() -> deliver(client, "c", 20_000));
		client.lane.execute(() -> deliver(client, "d", 20_000));
		assertThat(client.sent()).startsWith("81 ab");
		assertThat(client.sent()).isEmpty();
	}

	private static void deliver(EmbeddedClient client, String text, int bytes) {
		client.send(text);
		client.lane.delivered(bytes);
	}

	@Test
	void membersGetTheSameBuffer() {
		EmbeddedClient first = open(null);
		EmbeddedClient second = open(first.lane);
		OutboundMessage message = EmbeddedClient.broadcast("all");
		first.lane.execute(() -> {
			first.connection.send(message);
			second.connection.send(message);
		});
		first.socket.runPendingTasks();
		assertThat(first.sent()).containsExactly("81 all");
		assertThat(second.sent()).containsExactly("81 all");
	}

	@Test
	void nothingIsKeptOnceWritten() {
		EmbeddedClient client = open(null);
		client.hub.echo = false;
		client.hub.onData = () -> client.connection.send(EmbeddedClient.broadcast("to all, by one of them"));
		client.receive(ClientFrames.text("x"));
		assertThat(client.socket.outboundBuffers()).hasSize(1)
			.allSatisfy((buffer) -> assertThat(buffer.refCnt()).isOne());
		assertThat(client.sent()).containsExactly("81 to all, by one of them");
	}

	@Test
	void memberThatIsFullDoesNotHoldUpOthers() {
		EmbeddedClient stalled = open(null);
		EmbeddedClient healthy = open(stalled.lane);
		stalled.socket.stall(true);
		for (int i = 0; i < 3; i++) {
			OutboundMessage message = EmbeddedClient.broadcast(i + ";");
			stalled.connection.send(message);
			healthy.connection.send(message);
			stalled.socket.runPendingTasks();
		}
		assertThat(healthy.sent()).containsExactly("81 0;", "81 1;", "81 2;");
		assertThat(stalled.sent()).isEmpty();
		assertThat(stalled.connection.queue().messages()).isEqualTo(3);
		stalled.socket.stall(false);
		assertThat(stalled.sent()).containsExactly("81 0;", "81 1;2;");
		assertThat(stalled.connection.queue().messages()).isZero();
	}

	@Test
	void flushesOfOtherThreadsAreNotLost() {
		ConcurrentLinkedQueue<Integer> ran = new ConcurrentLinkedQueue<>();
		for (int i = 0; i < 1000; i++) {
			int number = i;
			this.lane.execute(() -> ran.add(number));
			await().pollDelay(0, TimeUnit.MILLISECONDS)
				.pollInterval(10, TimeUnit.MICROSECONDS)
				.until(() -> ran.size() == number + 1);
		}
	}

	private EmbeddedClient open(EventLoopLane lane) {
		EmbeddedClient client = new EmbeddedClient(lane).open();
		this.clients.add(client);
		return client;
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			latch.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
