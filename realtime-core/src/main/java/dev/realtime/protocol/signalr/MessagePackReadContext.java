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

package dev.realtime.protocol.signalr;

import org.jspecify.annotations.Nullable;

/**
 * Where a {@link MessagePackParser} is within arrays and maps, and how much is left of
 * them.
 */
final class MessagePackReadContext extends MessagePackContext<MessagePackReadContext> {

	private int remaining;

	private boolean named;

	MessagePackReadContext() {
		this(null);
	}

	private MessagePackReadContext(@Nullable MessagePackReadContext parent) {
		super(parent);
	}

	@Override
	MessagePackReadContext createChild() {
		return new MessagePackReadContext(this);
	}

	MessagePackReadContext startArray(int size) {
		return start(TYPE_ARRAY, size);
	}

	MessagePackReadContext startObject(int size) {
		return start(TYPE_OBJECT, size);
	}

	private MessagePackReadContext start(int type, int size) {
		MessagePackReadContext child = enter(type);
		child.remaining = size;
		child.named = false;
		return child;
	}

	/**
	 * Go on to the next element or entry.
	 * @return {@code false} if there is none
	 */
	boolean next() {
		if (this.remaining == 0) {
			return false;
		}
		this.remaining--;
		this._index++;
		return true;
	}

	/**
	 * Return whether the value of the current entry is next, rather than a key.
	 * @return {@code true} between a key and its value
	 */
	boolean takeName() {
		boolean named = this.named;
		this.named = false;
		return named;
	}

	@Override
	void name(String name) {
		super.name(name);
		this.named = true;
	}

}
