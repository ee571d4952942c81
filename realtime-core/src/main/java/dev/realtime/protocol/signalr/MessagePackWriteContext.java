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
 * Where a {@link MessagePackGenerator} is within arrays and maps, and how many elements
 * or entries they have so far.
 */
final class MessagePackWriteContext extends MessagePackContext<MessagePackWriteContext> {

	private static final int UNKNOWN = -1;

	private int header;

	private int size;

	MessagePackWriteContext() {
		this(null);
	}

	private MessagePackWriteContext(@Nullable MessagePackWriteContext parent) {
		super(parent);
	}

	@Override
	MessagePackWriteContext createChild() {
		return new MessagePackWriteContext(this);
	}

	/**
	 * Enter an array.
	 * @param header where its header is to be written
	 * @return the context within
	 */
	MessagePackWriteContext startArray(int header) {
		return start(TYPE_ARRAY, header, UNKNOWN);
	}

	/**
	 * Enter an array whose header has been written.
	 * @param size the number of its elements
	 * @return the context within
	 */
	MessagePackWriteContext startSizedArray(int size) {
		return start(TYPE_ARRAY, UNKNOWN, size);
	}

	/**
	 * Enter a map.
	 * @param header where its header is to be written
	 * @return the context within
	 */
	MessagePackWriteContext startObject(int header) {
		return start(TYPE_OBJECT, header, UNKNOWN);
	}

	/**
	 * Enter a map whose header has been written.
	 * @param size the number of its entries
	 * @return the context within
	 */
	MessagePackWriteContext startSizedObject(int size) {
		return start(TYPE_OBJECT, UNKNOWN, size);
	}

	private MessagePackWriteContext start(int type, int header, int size) {
		MessagePackWriteContext child = enter(type);
		child.header = header;
		child.size = size;
		return child;
	}

	/**
	 * Count a value; one in a map was counted with its name.
	 */
	void value() {
		if (this._type != TYPE_OBJECT) {
			this._index++;
		}
	}

	@Override
	void name(String name) {
		super.name(name);
		this._index++;
	}

	int header() {
		return this.header;
	}

	/**
	 * Return whether the header has been written.
	 * @return {@code true} if the size was known in advance
	 */
	boolean isSized() {
		return this.size != UNKNOWN;
	}

	int size() {
		return this.size;
	}

}
