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

package dev.realtime.lifetime;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What is sent when a transaction has committed, in the order in which it was asked for.
 * Belongs to the thread of the transaction, which is usually the one that completes it.
 */
final class PendingSends implements TransactionSynchronization {

	private static final Log logger = LogFactory.getLog(PendingSends.class);

	private final Thread thread = Thread.currentThread();

	private final List<PendingSend> sends = new ArrayList<>();

	/**
	 * How many sends there were when a savepoint was set.
	 */
	private final Map<Object, Integer> savepoints = new IdentityHashMap<>();

	private volatile boolean completed;

	private PendingSends() {
	}

	static boolean isTransactionActive() {
		return TransactionSynchronizationManager.isSynchronizationActive()
				&& TransactionSynchronizationManager.isActualTransactionActive();
	}

	/**
	 * Add what to do after the commit of the thread's transaction.
	 * @param delivery what to do
	 * @return completes when what was done is complete
	 */
	static CompletableFuture<Void> add(Supplier<CompletableFuture<Void>> delivery) {
		PendingSends pending = current();
		PendingFuture<Void> accepted = new PendingFuture<>(pending);
		pending.sends.add(new PendingSend(delivery, accepted));
		return accepted;
	}

	/**
	 * Return the sends of the transaction. They are looked for among its
	 * synchronizations, and not bound to the thread, where they would stay if another
	 * thread completed the transaction.
	 */
	private static PendingSends current() {
		for (TransactionSynchronization synchronization : TransactionSynchronizationManager.getSynchronizations()) {
			if (synchronization instanceof PendingSends pending) {
				return pending;
			}
		}
		PendingSends pending = new PendingSends();
		TransactionSynchronizationManager.registerSynchronization(pending);
		return pending;
	}

	boolean isAwaitedBy(Thread thread) {
		return !this.completed && this.thread == thread;
	}

	@Override
	public void savepoint(Object savepoint) {
		this.savepoints.put(savepoint, this.sends.size());
	}

	@Override
	public void savepointRollback(Object savepoint) {
		// a savepoint that is not known was set before the first send
		int kept = Math.min(this.savepoints.getOrDefault(savepoint, 0), this.sends.size());
		List<PendingSend> dropped = this.sends.subList(kept, this.sends.size());
		dropped.forEach(PendingSend::drop);
		dropped.clear();
	}

	/**
	 * Send or drop. In this phase rather than in {@link #afterCommit()} because what is
	 * registered by callbacks after the commit gets here, too, and because it is the only
	 * one if the transaction is not Spring's own.
	 */
	@Override
	public void afterCompletion(int status) {
		this.completed = true;
		this.sends.forEach((status == STATUS_COMMITTED) ? PendingSend::deliver : PendingSend::drop);
	}

	/**
	 * One of the sends.
	 *
	 * @param delivery what to do
	 * @param accepted what the sender was given
	 */
	private record PendingSend(Supplier<CompletableFuture<Void>> delivery, CompletableFuture<Void> accepted) {

		void deliver() {
			if (this.accepted.isDone()) {
				return;
			}
			try {
				this.delivery.get().whenComplete(this::complete);
			}
			catch (RuntimeException ex) {
				complete(null, ex);
			}
		}

		private void complete(@Nullable Void nothing, @Nullable Throwable failure) {
			if (failure == null) {
				this.accepted.complete(nothing);
			}
			else if (this.accepted.completeExceptionally(failure)) {
				logger.debug("Could not send after a commit", failure);
			}
		}

		void drop() {
			this.accepted.cancel(false);
		}

	}

}
