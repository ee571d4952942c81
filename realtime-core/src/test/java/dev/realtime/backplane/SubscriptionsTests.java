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

package dev.realtime.backplane;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SubscriptionsTests {

	private final ManualBackplane backplane = new ManualBackplane();

	private final CompletableFuture<Void> started = CompletableFuture.completedFuture(null);

	private final List<Runnable> retries = new ArrayList<>();

	private final Subscriptions subscriptions = new Subscriptions(this.backplane, this.started, this.retries::add);

	@Test
	void channelIsSubscribedByTheFirstHolderAndUnsubscribedByTheLast() {
		CompletableFuture<Void> first = this.subscriptions.acquire("a");
		CompletableFuture<Void> second = this.subscriptions.acquire("a");
		assertThat(this.backplane.calls).containsExactly("+a");
		assertThat(first).isNotDone();
		assertThat(second).isNotDone();
		this.backplane.complete();
		assertThat(first).isCompleted();
		assertThat(second).isCompleted();
		this.subscriptions.release("a");
		assertThat(this.backplane.calls).containsExactly("+a");
		this.subscriptions.release("a");
		assertThat(this.backplane.calls).containsExactly("+a", "-a");
		this.backplane.complete();
		assertThat(this.subscriptions.size()).isZero();
	}

	@Test
	void oneThingAfterTheOtherInOrder() {
		this.subscriptions.acquire("a");
		this.subscriptions.release("a");
		CompletableFuture<Void> again = this.subscriptions.acquire("a");
		this.subscriptions.acquire("b");
		assertThat(this.backplane.calls).containsExactly("+a", "+b");
		this.backplane.complete();
		assertThat(this.backplane.calls).containsExactly("+a", "+b", "-a");
		this.backplane.complete();
		assertThat(again).isNotDone();
		this.backplane.complete();
		assertThat(this.backplane.calls).containsExactly("+a", "+b", "-a", "+a");
		this.backplane.complete();
		assertThat(again).isCompleted();
		assertThat(this.subscriptions.size()).isEqualTo(2);
	}

	@Test
	void subscriptionsWaitForTheStart() {
		CompletableFuture<Void> started = new CompletableFuture<>();
		Subscriptions subscriptions = new Subscriptions(this.backplane, started, this.retries::add);
		subscriptions.acquire("a");
		subscriptions.acquire("b");
		subscriptions.release("b");
		assertThat(this.backplane.calls).isEmpty();
		started.complete(null);
		assertThat(this.backplane.calls).containsExactlyInAnyOrder("+a", "+b");
	}

	@Test
	void failureIsTriedAgainWhileSomebodyHoldsTheChannel() {
		CompletableFuture<Void> failed = this.subscriptions.acquire("a");
		this.subscriptions.acquire("b");
		this.backplane.fail();
		assertThat(failed).isCompletedExceptionally();
		assertThat(this.retries).hasSize(2);
		this.subscriptions.release("b");
		this.backplane.calls.clear();
		this.retries.forEach(Runnable::run);
		assertThat(this.backplane.calls).containsExactly("+a");
		this.backplane.complete();
		assertThat(this.subscriptions.effective("a")).isCompleted();
		assertThat(this.subscriptions.size()).isEqualTo(1);
	}

	@Test
	void nextHolderTriesAgainAfterAFailure() {
		this.subscriptions.acquire("a");
		this.backplane.fail();
		CompletableFuture<Void> second = this.subscriptions.acquire("a");
		assertThat(this.backplane.calls).containsExactly("+a", "+a");
		this.backplane.complete();
		assertThat(second).isCompleted();
		this.retries.forEach(Runnable::run);
		assertThat(this.backplane.calls).hasSize(2);
	}

	@Test
	void backplaneThatThrowsFails() {
		this.backplane.refuses = true;
		assertThat(this.subscriptions.acquire("a")).isCompletedExceptionally();
		this.subscriptions.release("a");
		assertThat(this.subscriptions.size()).isZero();
	}

	/**
	 * Completes what it was asked for when told to.
	 */
	private static final class ManualBackplane implements Backplane {

		private final List<String> calls = new ArrayList<>();

		private final List<CompletableFuture<Void>> waiting = new ArrayList<>();

		private boolean refuses;

		@Override
		public void start(BackplaneListener listener) {
		}

		@Override
		public CompletionStage<Integer> publish(String channel, byte[] message) {
			return CompletableFuture.completedStage(0);
		}

		@Override
		public CompletionStage<Void> subscribe(String channel) {
			return call("+" + channel);
		}

		@Override
		public CompletionStage<Void> unsubscribe(String channel) {
			return call("-" + channel);
		}

		private CompletionStage<Void> call(String call) {
			if (this.refuses) {
				throw new IllegalStateException("refused");
			}
			this.calls.add(call);
			CompletableFuture<Void> future = new CompletableFuture<>();
			this.waiting.add(future);
			return future;
		}

		void complete() {
			List<CompletableFuture<Void>> futures = List.copyOf(this.waiting);
			this.waiting.clear();
			futures.forEach((future) -> future.complete(null));
		}

		void fail() {
			List<CompletableFuture<Void>> futures = List.copyOf(this.waiting);
			this.waiting.clear();
			futures.forEach((future) -> future.completeExceptionally(new IllegalStateException("down")));
		}

		@Override
		public void stop() {
		}

	}

}
