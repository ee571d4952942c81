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

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.ErrorReportConfiguration;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteCapability;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.Version;
import tools.jackson.core.base.GeneratorBase;
import tools.jackson.core.io.ContentReference;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.util.JacksonFeatureSet;

/**
 * Lets Jackson write a MessagePack message. Numbers get their shortest form, those
 * without one of their own, as {@link BigDecimal}, become text. {@link Instant} can be
 * embedded, for which there is a timestamp.
 */
final class MessagePackGenerator extends GeneratorBase {

	// has no buffers, so that nothing is to be released
	private static final IOContext IO_CONTEXT = new IOContext(StreamReadConstraints.defaults(),
			StreamWriteConstraints.defaults(), ErrorReportConfiguration.defaults(), null, ContentReference.unknown(),
			false, JsonEncoding.UTF8);

	private final MessagePackOutput output = new MessagePackOutput();

	private final MessagePacker packer = MessagePack.DEFAULT_PACKER_CONFIG.newPacker(this.output);

	private MessagePackWriteContext context = new MessagePackWriteContext();

	MessagePackGenerator(ObjectWriteContext writeContext) {
		super(writeContext, IO_CONTEXT, 0);
	}

	/**
	 * Return what was written, with its length in front.
	 * @return the message
	 */
	byte[] toMessage() {
		flush();
		return this.output.toMessage();
	}

	/**
	 * Write a value that is encoded already.
	 * @param encoded the value
	 * @return this generator
	 */
	JsonGenerator writeEncoded(byte[] encoded) {
		return value((packer) -> packer.writePayload(encoded));
	}

	@Override
	public JsonGenerator writeStartArray() {
		return writeStartArray(null);
	}

	@Override
	public JsonGenerator writeStartArray(@Nullable Object value) {
		this.context = this.context.startArray(startContainer());
		this.context.assignCurrentValue(value);
		return this;
	}

	@Override
	public JsonGenerator writeStartArray(@Nullable Object value, int size) {
		value((packer) -> packer.packArrayHeader(size));
		this.context = this.context.startSizedArray(size);
		this.context.assignCurrentValue(value);
		return this;
	}

	@Override
	public JsonGenerator writeStartObject() {
		return writeStartObject(null);
	}

	@Override
	public JsonGenerator writeStartObject(@Nullable Object value) {
		this.context = this.context.startObject(startContainer());
		this.context.assignCurrentValue(value);
		return this;
	}

	@Override
	public JsonGenerator writeStartObject(@Nullable Object value, int size) {
		value((packer) -> packer.packMapHeader(size));
		this.context = this.context.startSizedObject(size);
		this.context.assignCurrentValue(value);
		return this;
	}

	private int startContainer() {
		this.context.value();
		flush();
		return this.output.startContainer();
	}

	@Override
	public JsonGenerator writeEndArray() {
		if (!this.context.isSized()) {
			flush();
			this.output.endArray(this.context.header(), this.context.getEntryCount());
		}
		return leave();
	}

	@Override
	public JsonGenerator writeEndObject() {
		if (!this.context.isSized()) {
			flush();
			this.output.endMap(this.context.header(), this.context.getEntryCount());
		}
		return leave();
	}

	private JsonGenerator leave() {
		MessagePackWriteContext parent = this.context.getParent();
		if (parent == null) {
			return _reportError("There is no array or object to end");
		}
		if (this.context.isSized() && this.context.size() != this.context.getEntryCount()) {
			return _reportError(
					"Announced " + this.context.size() + " values, but wrote " + this.context.getEntryCount());
		}
		this.context = parent;
		return this;
	}

	@Override
	public JsonGenerator writeName(String name) {
		this.context.name(name);
		return pack((packer) -> packer.packString(name));
	}

	@Override
	public JsonGenerator writeName(SerializableString name) {
		this.context.name(name.getValue());
		byte[] bytes = name.asUnquotedUTF8();
		return packUtf8(bytes, 0, bytes.length);
	}

	@Override
	public JsonGenerator writePropertyId(long id) {
		this.context.name(Long.toString(id));
		return pack((packer) -> packer.packLong(id));
	}

	@Override
	public JsonGenerator writeString(@Nullable String value) {
		return (value != null) ? value((packer) -> packer.packString(value)) : writeNull();
	}

	@Override
	public JsonGenerator writeString(char[] buffer, int offset, int length) {
		return writeString(new String(buffer, offset, length));
	}

	@Override
	public JsonGenerator writeString(SerializableString value) {
		byte[] bytes = value.asUnquotedUTF8();
		return writeUTF8String(bytes, 0, bytes.length);
	}

	@Override
	public JsonGenerator writeRawUTF8String(byte[] buffer, int offset, int length) {
		return writeUTF8String(buffer, offset, length);
	}

	@Override
	public JsonGenerator writeUTF8String(byte[] buffer, int offset, int length) {
		this.context.value();
		return packUtf8(buffer, offset, length);
	}

	private JsonGenerator packUtf8(byte[] buffer, int offset, int length) {
		return pack((packer) -> packer.packRawStringHeader(length).writePayload(buffer, offset, length));
	}

	@Override
	public JsonGenerator writeBinary(Base64Variant variant, byte[] data, int offset, int length) {
		return value((packer) -> packer.packBinaryHeader(length).writePayload(data, offset, length));
	}

	@Override
	public JsonGenerator writeEmbeddedObject(@Nullable Object object) {
		return (object instanceof Instant instant) ? value((packer) -> packer.packTimestamp(instant))
				: super.writeEmbeddedObject(object);
	}

	@Override
	public JsonGenerator writeNumber(short value) {
		return writeNumber((long) value);
	}

	@Override
	public JsonGenerator writeNumber(int value) {
		return writeNumber((long) value);
	}

	@Override
	public JsonGenerator writeNumber(long value) {
		return value((packer) -> packer.packLong(value));
	}

	@Override
	public JsonGenerator writeNumber(BigInteger value) {
		return fits(value) ? value((packer) -> packer.packBigInteger(value)) : writeString(value.toString());
	}

	private static boolean fits(BigInteger value) {
		return value.bitLength() < Long.SIZE || value.bitLength() == Long.SIZE && value.signum() > 0;
	}

	@Override
	public JsonGenerator writeNumber(double value) {
		return value((packer) -> packer.packDouble(value));
	}

	@Override
	public JsonGenerator writeNumber(float value) {
		return value((packer) -> packer.packFloat(value));
	}

	@Override
	public JsonGenerator writeNumber(BigDecimal value) {
		return writeString(value.toString());
	}

	@Override
	public JsonGenerator writeNumber(String encodedValue) {
		return writeString(encodedValue);
	}

	@Override
	public JsonGenerator writeBoolean(boolean state) {
		return value((packer) -> packer.packBoolean(state));
	}

	@Override
	public JsonGenerator writeNull() {
		return value(MessagePacker::packNil);
	}

	private JsonGenerator value(Packing packing) {
		this.context.value();
		return pack(packing);
	}

	private JsonGenerator pack(Packing packing) {
		try {
			packing.pack(this.packer);
			return this;
		}
		catch (IOException ex) {
			throw _wrapIOFailure(ex);
		}
	}

	@Override
	public JsonGenerator writeRaw(String text) {
		return _reportUnsupportedOperation();
	}

	@Override
	public JsonGenerator writeRaw(String text, int offset, int length) {
		return _reportUnsupportedOperation();
	}

	@Override
	public JsonGenerator writeRaw(char[] buffer, int offset, int length) {
		return _reportUnsupportedOperation();
	}

	@Override
	public JsonGenerator writeRaw(char character) {
		return _reportUnsupportedOperation();
	}

	/**
	 * {@inheritDoc} Binaries are no capability here: as in .NET, a {@link java.util.UUID}
	 * is text.
	 */
	@Override
	public JacksonFeatureSet<StreamWriteCapability> streamWriteCapabilities() {
		return DEFAULT_WRITE_CAPABILITIES;
	}

	@Override
	public TokenStreamContext streamWriteContext() {
		return this.context;
	}

	@Override
	public @Nullable Object currentValue() {
		return this.context.currentValue();
	}

	@Override
	public void assignCurrentValue(@Nullable Object value) {
		this.context.assignCurrentValue(value);
	}

	@Override
	public @Nullable Object streamWriteOutputTarget() {
		return null;
	}

	@Override
	public int streamWriteOutputBuffered() {
		return -1;
	}

	@Override
	public Version version() {
		return Version.unknownVersion();
	}

	@Override
	public void flush() {
		pack((packer) -> packer.flush());
	}

	@Override
	protected void _verifyValueWrite(String typeMessage) {
	}

	@Override
	protected void _closeInput() {
	}

	@Override
	protected void _releaseBuffers() {
	}

	/**
	 * Puts something into a packer.
	 */
	@FunctionalInterface
	private interface Packing {

		void pack(MessagePacker packer) throws IOException;

	}

}
