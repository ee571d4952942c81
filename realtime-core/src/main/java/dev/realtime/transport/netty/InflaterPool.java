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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.Inflater;

/**
 * The inflaters of one event loop that have nothing to do. Used by the loop.
 */
final class InflaterPool implements AutoCloseable {

	// of some 40 KB each
	private static final int MAX_IDLE = 16;

	private final Deque<Inflater> idle = new ArrayDeque<>();

	Inflater borrow() {
		Inflater inflater = this.idle.poll();
		return (inflater != null) ? inflater : new Inflater(true);
	}

	void giveBack(Inflater inflater) {
		if (this.idle.size() < MAX_IDLE) {
			inflater.reset();
			this.idle.push(inflater);
		}
		else {
			inflater.end();
		}
	}

	@Override
	public void close() {
		this.idle.forEach(Inflater::end);
		this.idle.clear();
	}

}
