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
import tools.jackson.core.TokenStreamContext;

/**
 * Where a {@link MessagePackParser} is within arrays and maps, and how much is left of
 * them.
 */
final class MessagePackReadContext extends TokenStreamContext {

	private final @Nullable MessagePackReadContext parent;

	private @Nullable MessagePackReadContext child;

	private int remaining;

	private boolean named;

	private @Nullable String name;

	private @Nullable Object value;

	MessagePackReadContext() {
		this(null);
	}

	private MessagePackReadContext(@Nullable MessagePackReadContext parent) {
		super(TYPE_ROOT, -1);
		this.parent = parent;
		this._nestingDepth = (parent != null) ? parent._nestingDepth + 1 : 0;
	}

	MessagePackReadContext startArray(int size) {
		return start(TYPE_ARRAY, size);
	}

	MessagePackReadContext startObject(int size) {
		return start(TYPE_OBJECT, size);
	}

	private MessagePackReadContext start(int type, int size) {
		MessagePackReadContext child = this.child;
		if (child == null) {
			child = new MessagePackReadContext(this);
			this.child = child;
		}
		child._type = type;
		child._index = -1;
		child.remaining = size;
		child.named = false;
		child.name = null;
		child.value = null;
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

	void name(String name) {
		this.name = name;
		this.named = true;
	}

	@Override
	public @Nullable MessagePackReadContext getParent() {
		return this.parent;
	}

	@Override
	public @Nullable String currentName() {
		return this.name;
	}

	@Override
	public @Nullable Object currentValue() {
		return this.value;
	}

	@Override
	public void assignCurrentValue(@Nullable Object value) {
		this.value = value;
	}

}
