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

package dev.realtime.protocol.webpubsub;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.realtime.protocol.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one message of Protocol Buffers. They are only located at first; the last
 * one of a number counts, and what the schema does not know is skipped, also what it
 * knows as a field of another kind (Protocol Buffers, "Encoding").
 */
final class ProtobufFields {

	private static final int COUNT = 32;

	private static final int ENTRY = known(1, 2);

	private final byte[] array;

	private final int start;

	private final int end;

	private final int known;

	private final long[] numbers;

	private final long[] bounds;

	private int varints;

	private int delimited;

	private int last;

	private ProtobufFields(byte[] array, int start, int end, int known) {
		this.array = array;
		this.start = start;
		this.end = end;
		this.known = known;
		this.numbers = new long[COUNT - Integer.numberOfLeadingZeros(known)];
		this.bounds = new long[this.numbers.length];
	}

	/**
	 * Return a set of numbers.
	 * @param numbers the numbers of the fields of a message, 1 to 31
	 * @return the set
	 */
	static int known(int... numbers) {
		return Arrays.stream(numbers).map((number) -> 1 << number).reduce(0, (left, right) -> left | right);
	}

	/**
	 * Locate the fields of a message.
	 * @param array the array that holds it
	 * @param start the index of its first byte
	 * @param end the index after its last byte
	 * @param known the {@linkplain #known set} of numbers that the schema knows
	 * @return the fields
	 * @throws PubSubProtocolException if the message is malformed
	 */
	static ProtobufFields read(byte[] array, int start, int end, int known) {
		ProtobufFields fields = new ProtobufFields(array, start, end, known);
		fields.forEach(fields::locate);
		return fields;
	}

	private void forEach(FieldConsumer consumer) {
		CodedInputStream input = CodedInputStream.newInstance(this.array, this.start, this.end - this.start);
		try {
			for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
				consumer.accept(tag, input);
			}
		}
		catch (IOException ex) {
			throw Violations.malformed("Protobuf");
		}
	}

	private void locate(int tag, CodedInputStream input) throws IOException {
		int number = WireFormat.getTagFieldNumber(tag);
		int wireType = WireFormat.getTagWireType(tag);
		if (isKnown(number) && wireType == WireFormat.WIRETYPE_VARINT) {
			this.numbers[number] = input.readRawVarint64();
			this.varints |= 1 << number;
		}
		else if (isKnown(number) && wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
			this.bounds[number] = skipDelimited(input);
			this.delimited |= 1 << number;
			this.last = number;
		}
		else if (!input.skipField(tag)) {
			throw Violations.malformed("Protobuf");
		}
	}

	private boolean isKnown(int number) {
		return number < COUNT && (this.known & 1 << number) != 0;
	}

	// both bounds in one number: the first index above, the one after the last below
	private long skipDelimited(CodedInputStream input) throws IOException {
		int length = input.readRawVarint32();
		long from = this.start + input.getTotalBytesRead();
		input.skipRawBytes(length);
		return from << 32 | (this.start + input.getTotalBytesRead());
	}

	private int from(int number) {
		return (int) (this.bounds[number] >>> 32);
	}

	private int to(int number) {
		return (int) this.bounds[number];
	}

	/**
	 * Return the number of the last text, bytes or message, which is the one that counts
	 * of those of which there can be only one.
	 * @return the number, or 0 if there is none
	 */
	int last() {
		return this.last;
	}

	/**
	 * Return whether there is a text, bytes or a message.
	 * @param number the number of the field
	 * @return {@code true} if there is one
	 */
	boolean has(int number) {
		return (this.delimited & 1 << number) != 0;
	}

	@Nullable Long unsigned(int number) {
		return ((this.varints & 1 << number) != 0) ? this.numbers[number] : null;
	}

	@Nullable Long unsigned32(int number) {
		Long value = unsigned(number);
		return (value != null) ? value & 0xFFFFFFFFL : null;
	}

	boolean flag(int number) {
		Long value = unsigned(number);
		return value != null && value != 0;
	}

	byte[] bytes(int number) {
		return has(number) ? Arrays.copyOfRange(this.array, from(number), to(number)) : new byte[0];
	}

	@Nullable String string(int number) {
		return has(number) ? text(from(number), to(number)) : null;
	}

	private String text(int from, int to) {
		if (!Utf8.isValid(this.array, from, to)) {
			throw Violations.malformed("UTF-8");
		}
		return new String(this.array, from, to - from, StandardCharsets.UTF_8);
	}

	@Nullable ProtobufFields message(int number, int known) {
		return has(number) ? read(this.array, from(number), to(number), known) : null;
	}

	Map<String, String> strings(int number) {
		if (!has(number)) {
			return Map.of();
		}
		Map<String, String> entries = new LinkedHashMap<>();
		int entry = WireFormat.WIRETYPE_LENGTH_DELIMITED | number << 3;
		forEach((tag, input) -> {
			if (tag == entry) {
				long bounds = skipDelimited(input);
				ProtobufFields fields = read(this.array, (int) (bounds >>> 32), (int) bounds, ENTRY);
				String key = fields.string(1);
				String value = fields.string(2);
				entries.put((key != null) ? key : "", (value != null) ? value : "");
			}
			else {
				input.skipField(tag);
			}
		});
		return entries;
	}

	@FunctionalInterface
	private interface FieldConsumer {

		void accept(int tag, CodedInputStream input) throws IOException;

	}

}
