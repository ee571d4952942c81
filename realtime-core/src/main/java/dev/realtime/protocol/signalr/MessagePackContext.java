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
 * Where something is within arrays and maps. There is one context for each level, used
 * again for whatever comes next on that level.
 *
 * @param <C> the type of the contexts
 */
abstract class MessagePackContext<C extends MessagePackContext<C>> extends TokenStreamContext {

	private final @Nullable C parent;

	private @Nullable C child;

	private @Nullable String name;

	private @Nullable Object value;

	MessagePackContext(@Nullable C parent) {
		super(TYPE_ROOT, -1);
		this.parent = parent;
		this._nestingDepth = (parent != null) ? parent.getNestingDepth() + 1 : 0;
	}

	/**
	 * Create the context of the next level.
	 * @return a context whose parent is this one
	 */
	abstract C createChild();

	/**
	 * Enter an array or a map.
	 * @param type the type of the context
	 * @return the context within
	 */
	final C enter(int type) {
		C child = this.child;
		if (child == null) {
			child = createChild();
			this.child = child;
		}
		MessagePackContext<C> entered = child;
		entered._type = type;
		entered._index = -1;
		entered.name = null;
		entered.value = null;
		return child;
	}

	void name(String name) {
		this.name = name;
	}

	@Override
	public final @Nullable C getParent() {
		return this.parent;
	}

	@Override
	public final @Nullable String currentName() {
		return this.name;
	}

	@Override
	public final @Nullable Object currentValue() {
		return this.value;
	}

	@Override
	public final void assignCurrentValue(@Nullable Object value) {
		this.value = value;
	}

}
