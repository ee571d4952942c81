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

import org.msgpack.core.MessageFormat;

/**
 * Checks that bytes are a MessagePack value, before anything is made of it. What was
 * checked announces no more elements and bytes than there are.
 */
final class MessagePackStructure {

	/**
	 * How deep a value may be nested, the message itself included.
	 */
	static final int MAXIMUM_DEPTH = 500;

	private final byte[] array;

	private final int end;

	private MessagePackStructure(byte[] array, int end) {
		this.array = array;
		this.end = end;
	}

	/**
	 * Find the end of a value.
	 * @param array the array that holds it
	 * @param start the index of its first byte
	 * @param end the index after the last byte that can belong to it
	 * @return the index after its last byte
	 * @throws HubProtocolException if the value is malformed, incomplete or nested too
	 * deep
	 */
	static int end(byte[] array, int start, int end) {
		return new MessagePackStructure(array, end).value(start, 0);
	}

	private int value(int position, int depth) {
		if (position >= this.end) {
			throw malformed();
		}
		byte code = this.array[position];
		return switch (MessageFormat.valueOf(code)) {
			case POSFIXINT, NEGFIXINT, NIL, BOOLEAN -> position + 1;
			case INT8, UINT8 -> skip(position, 2);
			case INT16, UINT16, FIXEXT1 -> skip(position, 3);
			case FIXEXT2 -> skip(position, 4);
			case INT32, UINT32, FLOAT32 -> skip(position, 5);
			case FIXEXT4 -> skip(position, 6);
			case INT64, UINT64, FLOAT64 -> skip(position, 9);
			case FIXEXT8 -> skip(position, 10);
			case FIXEXT16 -> skip(position, 18);
			case FIXSTR -> skip(position, 1 + (code & 0x1F));
			case STR8, BIN8 -> skip(position, 2 + unsigned(position + 1, 1));
			case STR16, BIN16 -> skip(position, 3 + unsigned(position + 1, 2));
			case STR32, BIN32 -> skip(position, 5 + unsigned(position + 1, 4));
			case EXT8 -> skip(position, 3 + unsigned(position + 1, 1));
			case EXT16 -> skip(position, 4 + unsigned(position + 1, 2));
			case EXT32 -> skip(position, 6 + unsigned(position + 1, 4));
			case FIXARRAY -> values(position + 1, code & 0x0F, depth);
			case ARRAY16 -> values(position + 3, unsigned(position + 1, 2), depth);
			case ARRAY32 -> values(position + 5, unsigned(position + 1, 4), depth);
			case FIXMAP -> values(position + 1, 2 * (code & 0x0F), depth);
			case MAP16 -> values(position + 3, 2 * unsigned(position + 1, 2), depth);
			case MAP32 -> values(position + 5, 2 * unsigned(position + 1, 4), depth);
			case NEVER_USED -> throw malformed();
		};
	}

	private int skip(int position, long length) {
		if (length > this.end - position) {
			throw malformed();
		}
		return (int) (position + length);
	}

	private long unsigned(int position, int size) {
		skip(position, size);
		long value = 0;
		for (int i = 0; i < size; i++) {
			value = value << 8 | this.array[position + i] & 0xFF;
		}
		return value;
	}

	private int values(int position, long count, int depth) {
		// a value has at least one byte
		if (count > this.end - position || depth == MAXIMUM_DEPTH) {
			throw malformed();
		}
		int next = position;
		for (long i = 0; i < count; i++) {
			next = value(next, depth + 1);
		}
		return next;
	}

	private static HubProtocolException malformed() {
		return new HubProtocolException(ProtocolErrors.READING_MESSAGE_PACK);
	}

}
