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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import org.jspecify.annotations.Nullable;

/**
 * Collects the fields of one message of Protocol Buffers, the size of which has to be
 * known before it is written. Fields that are empty or zero are left out, unless the
 * schema tells them from those that are not there.
 */
final class ProtobufMessage {

	private final List<Field> fields = new ArrayList<>(6);

	private int size;

	ProtobufMessage string(int number, String text) {
		return text.isEmpty() ? this : optionalString(number, text);
	}

	ProtobufMessage optionalString(int number, @Nullable String text) {
		return (text != null) ? bytes(number, text.getBytes(StandardCharsets.UTF_8)) : this;
	}

	ProtobufMessage bytes(int number, byte[] bytes) {
		this.fields.add(new Field(number, bytes));
		this.size += CodedOutputStream.computeByteArraySize(number, bytes);
		return this;
	}

	ProtobufMessage number(int number, long value) {
		if (value != 0) {
			this.fields.add(new Field(number, value));
			this.size += CodedOutputStream.computeUInt64Size(number, value);
		}
		return this;
	}

	ProtobufMessage flag(int number, boolean value) {
		return number(number, value ? 1 : 0);
	}

	ProtobufMessage message(int number, @Nullable ProtobufMessage message) {
		if (message != null) {
			this.fields.add(new Field(number, message));
			this.size += CodedOutputStream.computeTagSize(number)
					+ CodedOutputStream.computeUInt32SizeNoTag(message.size) + message.size;
		}
		return this;
	}

	ProtobufMessage strings(int number, Map<String, String> entries) {
		entries.forEach(
				(key, value) -> message(number, new ProtobufMessage().optionalString(1, key).optionalString(2, value)));
		return this;
	}

	/**
	 * Return the message as the only field of another.
	 * @param number the number of the field
	 * @return the bytes of the other message
	 */
	byte[] asField(int number) {
		ProtobufMessage outer = new ProtobufMessage().message(number, this);
		byte[] bytes = new byte[outer.size];
		outer.write(bytes);
		return bytes;
	}

	/**
	 * Return the message as the only field of another, without the number that is to be
	 * its own last field.
	 * @param number the number of the field
	 * @param last the number of the field that is missing
	 * @param lastSize the size of what is missing, without the tag
	 * @return the bytes of the other message, up to the last tag
	 */
	byte[] asOpenField(int number, int last, int lastSize) {
		int tagSize = CodedOutputStream.computeTagSize(last);
		int whole = this.size + tagSize + lastSize;
		byte[] bytes = new byte[CodedOutputStream.computeTagSize(number)
				+ CodedOutputStream.computeUInt32SizeNoTag(whole) + this.size + tagSize];
		CodedOutputStream output = CodedOutputStream.newInstance(bytes);
		try {
			output.writeTag(number, WireFormat.WIRETYPE_LENGTH_DELIMITED);
			output.writeUInt32NoTag(whole);
			writeTo(output);
			output.writeTag(last, WireFormat.WIRETYPE_VARINT);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes;
	}

	private void write(byte[] target) {
		try {
			writeTo(CodedOutputStream.newInstance(target));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void writeTo(CodedOutputStream output) throws IOException {
		for (Field field : this.fields) {
			if (field.value() instanceof Long number) {
				output.writeUInt64(field.number(), number);
			}
			else if (field.value() instanceof byte[] bytes) {
				output.writeByteArray(field.number(), bytes);
			}
			else if (field.value() instanceof ProtobufMessage message) {
				output.writeTag(field.number(), WireFormat.WIRETYPE_LENGTH_DELIMITED);
				output.writeUInt32NoTag(message.size);
				message.writeTo(output);
			}
		}
	}

	/**
	 * A field that is there.
	 *
	 * @param number its number
	 * @param value a {@link Long}, a {@code byte[]} or a {@link ProtobufMessage}
	 */
	private record Field(int number, Object value) {

	}

}
