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
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.msgpack.core.ExtensionTypeHeader;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.ValueFactory;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.Version;
import tools.jackson.core.base.ParserMinimalBase;
import tools.jackson.core.io.ContentReference;

/**
 * Shows MessagePack values to Jackson, one after the other. Binaries and extensions are
 * embedded objects: {@code byte[]}, {@link java.time.Instant} for timestamps,
 * {@link org.msgpack.value.ExtensionValue} for other types. The values must have passed
 * {@link MessagePackStructure}.
 */
final class MessagePackParser extends ParserMinimalBase {

	// strings are never split between buffers, so that none is needed to join them
	static final MessagePack.UnpackerConfig UNPACKERS = new MessagePack.UnpackerConfig()
		.withAllowReadingBinaryAsString(false)
		.withAllowReadingStringAsBinary(false)
		.withStringDecoderBufferSize(1);

	private final MessageUnpacker unpacker;

	private MessagePackReadContext context = new MessagePackReadContext();

	private NumberType numberType = NumberType.INT;

	private long integer;

	private double floating;

	// a text, a big integer or an embedded object
	private @Nullable Object value;

	MessagePackParser(ObjectReadContext readContext, MessageUnpacker unpacker) {
		super(readContext);
		this.unpacker = unpacker;
	}

	@Override
	@SuppressWarnings("NullAway") // null at the end, as declared
	public JsonToken nextToken() {
		try {
			this._currToken = advance();
			return this._currToken;
		}
		catch (IOException ex) {
			throw _wrapIOFailure(ex);
		}
	}

	private @Nullable JsonToken advance() throws IOException {
		MessagePackReadContext context = this.context;
		if (context.inArray() && !context.next()) {
			return leave(context, JsonToken.END_ARRAY);
		}
		if (context.inObject() && !context.takeName()) {
			if (!context.next()) {
				return leave(context, JsonToken.END_OBJECT);
			}
			context.name(readKey());
			return JsonToken.PROPERTY_NAME;
		}
		return this.unpacker.hasNext() ? readValue() : null;
	}

	private JsonToken leave(MessagePackReadContext context, JsonToken token) {
		MessagePackReadContext parent = context.getParent();
		if (parent != null) {
			this.context = parent;
		}
		return token;
	}

	private String readKey() throws IOException {
		MessageFormat format = this.unpacker.getNextFormat();
		return switch (format.getValueType()) {
			case STRING -> this.unpacker.unpackString();
			case INTEGER -> this.unpacker.unpackBigInteger().toString();
			case FLOAT -> Double.toString(this.unpacker.unpackDouble());
			case BOOLEAN -> Boolean.toString(this.unpacker.unpackBoolean());
			case NIL, BINARY, ARRAY, MAP, EXTENSION -> _reportError("Map keys cannot be of the format " + format);
		};
	}

	private JsonToken readValue() throws IOException {
		MessageFormat format = this.unpacker.getNextFormat();
		return switch (format.getValueType()) {
			case NIL -> {
				this.unpacker.unpackNil();
				yield JsonToken.VALUE_NULL;
			}
			case BOOLEAN -> this.unpacker.unpackBoolean() ? JsonToken.VALUE_TRUE : JsonToken.VALUE_FALSE;
			case INTEGER -> readInteger(format);
			case FLOAT -> readFloat(format);
			case STRING -> {
				this.value = this.unpacker.unpackString();
				yield JsonToken.VALUE_STRING;
			}
			case BINARY -> {
				this.value = this.unpacker.readPayload(this.unpacker.unpackBinaryHeader());
				yield JsonToken.VALUE_EMBEDDED_OBJECT;
			}
			case ARRAY -> {
				this.context = this.context.startArray(this.unpacker.unpackArrayHeader());
				yield JsonToken.START_ARRAY;
			}
			case MAP -> {
				this.context = this.context.startObject(this.unpacker.unpackMapHeader());
				yield JsonToken.START_OBJECT;
			}
			case EXTENSION -> {
				this.value = readExtension();
				yield JsonToken.VALUE_EMBEDDED_OBJECT;
			}
		};
	}

	private JsonToken readInteger(MessageFormat format) throws IOException {
		if (format == MessageFormat.UINT64) {
			BigInteger value = this.unpacker.unpackBigInteger();
			if (value.bitLength() >= Long.SIZE) {
				this.value = value;
				this.numberType = NumberType.BIG_INTEGER;
				return JsonToken.VALUE_NUMBER_INT;
			}
			this.integer = value.longValue();
		}
		else {
			this.integer = this.unpacker.unpackLong();
		}
		this.numberType = (this.integer == (int) this.integer) ? NumberType.INT : NumberType.LONG;
		return JsonToken.VALUE_NUMBER_INT;
	}

	private JsonToken readFloat(MessageFormat format) throws IOException {
		this.floating = this.unpacker.unpackDouble();
		this.numberType = (format == MessageFormat.FLOAT32) ? NumberType.FLOAT : NumberType.DOUBLE;
		return JsonToken.VALUE_NUMBER_FLOAT;
	}

	private Object readExtension() throws IOException {
		ExtensionTypeHeader header = this.unpacker.unpackExtensionTypeHeader();
		if (header.isTimestampType() && isTimestamp(header.getLength())) {
			try {
				return this.unpacker.unpackTimestamp(header);
			}
			catch (DateTimeException | ArithmeticException ex) {
				return _reportError("Timestamp out of range");
			}
		}
		return ValueFactory.newExtension(header.getType(), this.unpacker.readPayload(header.getLength()));
	}

	private static boolean isTimestamp(int length) {
		return length == 4 || length == 8 || length == 12;
	}

	/**
	 * Skip what is left of the value, which a deserializer may not have read to the end.
	 */
	void finishValue() {
		while (!this.context.inRoot()) {
			nextToken();
		}
		clearCurrentToken();
	}

	@Override
	public @Nullable String getString() {
		JsonToken token = this._currToken;
		if (token == null) {
			return null;
		}
		return switch (token) {
			case VALUE_STRING -> (String) this.value;
			case PROPERTY_NAME -> this.context.currentName();
			case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> getNumberValue().toString();
			case VALUE_EMBEDDED_OBJECT -> String.valueOf(this.value);
			default -> token.asString();
		};
	}

	@Override
	public boolean hasStringCharacters() {
		return false;
	}

	@Override
	public char @Nullable [] getStringCharacters() {
		String text = getString();
		return (text != null) ? text.toCharArray() : null;
	}

	@Override
	public int getStringLength() {
		String text = getString();
		return (text != null) ? text.length() : 0;
	}

	@Override
	public int getStringOffset() {
		return 0;
	}

	@Override
	public @Nullable Object getEmbeddedObject() {
		return (this._currToken == JsonToken.VALUE_EMBEDDED_OBJECT) ? this.value : null;
	}

	/**
	 * {@inheritDoc} Text is taken as it is: before MessagePack had binaries, text stood
	 * for them.
	 */
	@Override
	public byte[] getBinaryValue(Base64Variant variant) {
		if (this._currToken == JsonToken.VALUE_EMBEDDED_OBJECT && this.value instanceof byte[] bytes) {
			return bytes;
		}
		if (this._currToken == JsonToken.VALUE_STRING && this.value instanceof String text) {
			return text.getBytes(StandardCharsets.UTF_8);
		}
		return _reportError("Current token (%s) is not a binary", this._currToken);
	}

	@Override
	public NumberType getNumberType() {
		return this.numberType;
	}

	@Override
	public NumberTypeFP getNumberTypeFP() {
		if (this._currToken != JsonToken.VALUE_NUMBER_FLOAT) {
			return NumberTypeFP.UNKNOWN;
		}
		return (this.numberType == NumberType.FLOAT) ? NumberTypeFP.FLOAT32 : NumberTypeFP.DOUBLE64;
	}

	@Override
	public boolean isNaN() {
		return this._currToken == JsonToken.VALUE_NUMBER_FLOAT && !Double.isFinite(this.floating);
	}

	@Override
	public Number getNumberValue() {
		requireNumber(NR_UNKNOWN);
		return switch (this.numberType) {
			case INT -> (int) this.integer;
			case LONG -> this.integer;
			case FLOAT -> (float) this.floating;
			case DOUBLE -> this.floating;
			case BIG_INTEGER, BIG_DECIMAL -> (BigInteger) Objects.requireNonNull(this.value);
		};
	}

	@Override
	public int getIntValue() {
		long value = getLongValue();
		if (value != (int) value) {
			_reportOverflowInt();
		}
		return (int) value;
	}

	@Override
	public long getLongValue() {
		requireNumber(NR_LONG);
		if (this.numberType == NumberType.BIG_INTEGER
				|| !isInteger() && !(Math.abs(this.floating) < -(double) Long.MIN_VALUE)) {
			_reportOverflowLong();
		}
		return isInteger() ? this.integer : (long) this.floating;
	}

	@Override
	public BigInteger getBigIntegerValue() {
		requireNumber(NR_BIGINT);
		if (this.numberType == NumberType.BIG_INTEGER) {
			return (BigInteger) getNumberValue();
		}
		return isInteger() ? BigInteger.valueOf(this.integer) : getDecimalValue().toBigInteger();
	}

	@Override
	public float getFloatValue() {
		return (float) getDoubleValue();
	}

	@Override
	public double getDoubleValue() {
		requireNumber(NR_DOUBLE);
		return isInteger() ? getNumberValue().doubleValue() : this.floating;
	}

	@Override
	public BigDecimal getDecimalValue() {
		requireNumber(NR_BIGDECIMAL);
		if (isNaN()) {
			throw _constructInputCoercion("Not a number that a decimal can have", this._currToken, BigDecimal.class);
		}
		return new BigDecimal(getNumberValue().toString());
	}

	private boolean isInteger() {
		return this._currToken == JsonToken.VALUE_NUMBER_INT;
	}

	private void requireNumber(int expected) {
		if (this._currToken != JsonToken.VALUE_NUMBER_INT && this._currToken != JsonToken.VALUE_NUMBER_FLOAT) {
			throw _constructNotNumericType(this._currToken, expected);
		}
	}

	@Override
	public TokenStreamContext streamReadContext() {
		return this.context;
	}

	@Override
	public @Nullable String currentName() {
		// the name of an array or object belongs to the context around it
		if (this._currToken == JsonToken.START_ARRAY || this._currToken == JsonToken.START_OBJECT) {
			MessagePackReadContext parent = this.context.getParent();
			return (parent != null) ? parent.currentName() : null;
		}
		return this.context.currentName();
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
	public TokenStreamLocation currentLocation() {
		return new TokenStreamLocation(ContentReference.unknown(), this.unpacker.getTotalReadBytes(), -1, -1);
	}

	@Override
	public TokenStreamLocation currentTokenLocation() {
		return currentLocation();
	}

	@Override
	public @Nullable Object streamReadInputSource() {
		return null;
	}

	@Override
	public Version version() {
		return Version.unknownVersion();
	}

	@Override
	protected void _closeInput() {
	}

	@Override
	protected void _releaseBuffers() {
	}

	@Override
	protected void _handleEOF() {
	}

}
