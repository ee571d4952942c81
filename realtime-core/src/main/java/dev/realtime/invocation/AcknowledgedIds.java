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

import java.util.Arrays;

/**
 * The ids of messages of one connection that were processed (Web PubSub, {@code ackId}):
 * a message that comes again with one of them is not processed again. Remembers one run
 * of consecutive ids of any length, as most clients count, and the latest
 * {@value #CAPACITY} others.
 */
final class AcknowledgedIds {

	static final int CAPACITY = 1024;

	private static final int INITIAL_CAPACITY = 16;

	private static final long[] NONE = {};

	private long first;

	private long last;

	private boolean counted;

	private long[] others = NONE;

	private int size;

	private int next;

	/**
	 * Remember an id.
	 * @param id an unsigned number
	 */
	synchronized void add(long id) {
		if (!this.counted) {
			this.first = id;
			this.last = id;
			this.counted = true;
		}
		else if (id == this.last + 1) {
			this.last = id;
		}
		else if (!contains(id)) {
			remember(id);
		}
	}

	private void remember(long id) {
		if (this.size == this.others.length && this.size < CAPACITY) {
			this.others = Arrays.copyOf(this.others,
					Math.max(INITIAL_CAPACITY, Math.min(CAPACITY, 2 * this.others.length)));
		}
		this.others[this.next] = id;
		this.size = Math.max(this.size, this.next + 1);
		this.next = (this.next + 1) % CAPACITY;
	}

	/**
	 * Return whether an id is remembered.
	 * @param id an unsigned number
	 * @return {@code true} if it is
	 */
	synchronized boolean contains(long id) {
		if (!this.counted) {
			return false;
		}
		if (Long.compareUnsigned(id - this.first, this.last - this.first) <= 0) {
			return true;
		}
		for (int i = 0; i < this.size; i++) {
			if (this.others[i] == id) {
				return true;
			}
		}
		return false;
	}

}
