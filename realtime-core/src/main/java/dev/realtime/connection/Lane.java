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

/**
 * The owner of some connections: runs what concerns them, one after the other. A
 * WebSocket engine with event loops has one lane per loop; the portable engine has one
 * {@linkplain #direct() lane} that runs everything on the calling thread.
 *
 * @since 0.1.0
 */
public interface Lane {

	/**
	 * Run a task after all tasks handed over before. Called from any thread; never
	 * blocks.
	 * @param task the task, which must not block
	 */
	void execute(Runnable task);

	/**
	 * Run a task that queues messages for connections on the lane, after all tasks handed
	 * over before. Until it has run the lane {@linkplain #isBehind() is behind}. Called
	 * from any thread; never blocks.
	 * @param task the task, which must not block
	 */
	default void deliver(Runnable task) {
		execute(task);
	}

	/**
	 * Return whether {@linkplain #deliver deliveries} have not run yet. A message to a
	 * single connection has to follow them, or it would overtake what its sender has sent
	 * to many before. Called from any thread.
	 * @return {@code true} if there are some, for sure those that the calling thread
	 * knows of
	 */
	default boolean isBehind() {
		return false;
	}

	/**
	 * Slow down a sender that is far ahead of the lane: wait until no more than some
	 * thousand tasks wait, unless the calling thread is one that lanes run on. Called
	 * before a message to many is handed over, so that overload costs time and not
	 * memory.
	 */
	default void throttle() {
	}

	/**
	 * Take note that a message to many was queued for the members on the lane, so that it
	 * can be written before more of them fill the queues. Called by tasks of the lane.
	 * @param bytes the size of the message for one member
	 */
	default void delivered(int bytes) {
	}

	/**
	 * Run a task that is worth to wait until the lane has read what its sockets hold: on
	 * the thread of the lane after that, once however often it was handed over meanwhile,
	 * and at once on any other thread.
	 * @param task the task, which must not block
	 */
	default void afterReads(Runnable task) {
		task.run();
	}

	/**
	 * Return the lane that runs every task on the calling thread, so that tasks of
	 * several threads may run at the same time.
	 * @return the lane of the portable engine
	 */
	static Lane direct() {
		return DirectLane.INSTANCE;
	}

}
