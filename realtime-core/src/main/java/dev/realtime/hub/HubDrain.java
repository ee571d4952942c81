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

package dev.realtime.hub;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * Takes this node out of service while the application goes on, and back again: for
 * maintenance, or to hand clients over to other nodes. A node that drains refuses new
 * connections, says that it is not ready for traffic, and sends its clients away: a few
 * at a time, each after its calls have been answered, with the permission to reconnect.
 * An application that stops does the same by itself. Safe for concurrent use.
 *
 * <pre class="code">
 * &#064;Service
 * class Maintenance {
 *
 *     private final HubDrain drain;
 *
 *     CompletableFuture&lt;HubDrain.Status&gt; begin() {
 *         return this.drain.start(Duration.ofMinutes(2));
 *     }
 *
 *     void end() {
 *         this.drain.resume();
 *     }
 *
 * }
 * </pre>
 *
 * @since 0.1.0
 */
public interface HubDrain {

	/**
	 * Begin to drain, within the time an application that stops has for it. Does nothing
	 * if the node drains or is drained already.
	 * @return completes when the drain is over: no clients are left, or it was
	 * {@linkplain #resume() cancelled}
	 * @throws IllegalStateException if the application stops
	 */
	CompletableFuture<Status> start();

	/**
	 * Begin to drain. Does nothing if the node drains or is drained already.
	 * @param timeout how long it may take; half of it is what clients are spread over
	 * @return completes when the drain is over: no clients are left, or it was
	 * {@linkplain #resume() cancelled}
	 * @throws IllegalStateException if the application stops
	 */
	CompletableFuture<Status> start(Duration timeout);

	/**
	 * Take connections again. Clients that have not been told to go stay. Does nothing if
	 * the node is not drained.
	 * @throws IllegalStateException if the application stops
	 */
	void resume();

	/**
	 * Return how far it is.
	 * @return the present status
	 */
	Status status();

	/**
	 * How far the drain of a node is.
	 *
	 * @param state what the node is about
	 * @param since when the drain has begun, or {@code null} if there is none
	 * @param remaining how many connections are still to go; 0 unless the node drains
	 * @param closed how many connections have ended in order in drains, since the
	 * application has started
	 * @param dropped how many connections had not gone when the time for it was over,
	 * since the application has started
	 */
	record Status(State state, @Nullable Instant since, int remaining, long closed, long dropped) {

	}

	/**
	 * What a node is about.
	 */
	enum State {

		/**
		 * Clients may connect.
		 */
		ACCEPTING,

		/**
		 * Clients that connect are refused, and those that are connected sent away.
		 */
		DRAINING,

		/**
		 * Clients that connect are refused, and none are left.
		 */
		DRAINED

	}

}
