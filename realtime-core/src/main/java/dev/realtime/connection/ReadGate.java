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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Lets a handler stop a transport from reading more of one client: back-pressure towards
 * the client. Safe for concurrent use.
 *
 * @since 0.1.0
 */
public final class ReadGate {

	private static final CompletionStage<Void> OPEN = CompletableFuture.completedStage(null);

	private final AtomicReference<@Nullable CompletableFuture<Void>> closed = new AtomicReference<>();

	private final AtomicInteger holders = new AtomicInteger();

	ReadGate() {
	}

	/**
	 * Ask the transport to stop reading after what it has in hand.
	 * @return {@code false} if the gate is {@linkplain #hold() held} open
	 */
	public boolean pause() {
		if (isHeld()) {
			return false;
		}
		if (this.closed.get() == null) {
			this.closed.compareAndSet(null, new CompletableFuture<>());
			if (isHeld()) {
				resume();
				return false;
			}
		}
		return true;
	}

	/**
	 * Let the transport read on.
	 */
	public void resume() {
		CompletableFuture<Void> waiting = this.closed.getAndSet(null);
		if (waiting != null) {
			waiting.complete(null);
		}
	}

	/**
	 * Hold the gate open: the server waits for an answer of this client, which must not
	 * get stuck behind what the gate would stop.
	 * @see #unhold()
	 */
	public void hold() {
		this.holders.incrementAndGet();
		resume();
	}

	/**
	 * Undo one {@link #hold()}.
	 */
	public void unhold() {
		this.holders.decrementAndGet();
	}

	/**
	 * Return whether the server waits for an answer of this client.
	 * @return {@code true} while somebody {@linkplain #hold() holds} the gate open
	 */
	public boolean isHeld() {
		return this.holders.get() > 0;
	}

	/**
	 * Return whether reading is paused.
	 * @return {@code true} from {@link #pause()} until {@link #resume()}
	 */
	public boolean isPaused() {
		return this.closed.get() != null;
	}

	/**
	 * Return when the transport may read on.
	 * @return a stage that is complete unless reading is paused, and completes when it is
	 * resumed
	 */
	public CompletionStage<Void> readable() {
		CompletableFuture<Void> waiting = this.closed.get();
		return (waiting != null) ? waiting : OPEN;
	}

}
