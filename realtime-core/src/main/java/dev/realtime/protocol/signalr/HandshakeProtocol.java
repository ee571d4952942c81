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

import java.nio.charset.StandardCharsets;

import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.InboundBuffer;
import dev.realtime.protocol.TransferFormat;
import dev.realtime.protocol.Utf8;
import dev.realtime.protocol.json.StrictJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the request and writes the answers that precede all messages: JSON whatever the
 * hub protocol is (hub protocol, "Handshake").
 *
 * @since 0.1.0
 */
public final class HandshakeProtocol {

	/**
	 * The error of a handshake that took too long, or whose request was too long.
	 */
	public static final String CANCELED = "Handshake was canceled.";

	private static final String UNEXPECTED = "An unexpected error occurred during connection handshake.";

	private static final String DETAIL_TYPE = "InvalidDataException";

	private static final String PROTOCOL = "protocol";

	private static final String VERSION = "version";

	private static final byte[] SUCCESS = { '{', '}', RecordFraming.SEPARATOR };

	private static final EncodedBody SUCCESS_TEXT = EncodedBody.text(SUCCESS);

	private static final EncodedBody SUCCESS_BINARY = EncodedBody.binary(SUCCESS);

	private static final JsonFactory FACTORY = new JsonFactory();

	private HandshakeProtocol() {
	}

	/**
	 * Take a client's request from the front of a buffer.
	 * @param input the received bytes; the request is consumed, messages that follow it
	 * are left
	 * @param maximumSize how many bytes the request may have, separator included
	 * @return the request, or {@code null} if there is no whole request yet
	 * @throws HandshakeException if the request is malformed or too long
	 */
	public static @Nullable HandshakeRequest read(InboundBuffer input, int maximumSize) {
		int end;
		try {
			end = RecordFraming.end(input, maximumSize);
		}
		catch (MessageTooBigException ex) {
			throw new HandshakeException(ProtocolErrors.messageTooBig(maximumSize), true, ex);
		}
		if (end == RecordFraming.INCOMPLETE) {
			return null;
		}
		int start = input.position();
		input.position(end + 1);
		return read(input.array(), start, end);
	}

	private static HandshakeRequest read(byte[] array, int start, int end) {
		if (!Utf8.isValid(array, start, end)) {
			throw malformed(ProtocolErrors.READING_JSON, null);
		}
		String content = new String(array, start, end - start, StandardCharsets.UTF_8);
		try (JsonParser parser = StrictJson.createParser(array, start, end - start)) {
			return read(parser, content);
		}
		catch (JacksonException ex) {
			throw malformed(ProtocolErrors.READING_JSON, ex);
		}
	}

	private static HandshakeRequest read(JsonParser parser, String content) {
		JsonToken first = parser.nextToken();
		if (first == null) {
			throw malformed(ProtocolErrors.READING_JSON, null);
		}
		if (first != JsonToken.START_OBJECT) {
			throw malformed(ProtocolErrors.notAnObject(StrictJson.name(first)), null);
		}
		String protocol = null;
		Integer version = null;
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken token = parser.nextToken();
			switch (name) {
				case PROTOCOL -> {
					protocol = readProtocol(parser, token);
				}
				case VERSION -> {
					version = readVersion(parser);
				}
				default -> parser.skipChildren();
			}
		}
		JsonToken next = parser.nextToken();
		if (next != null) {
			throw malformed("Unexpected token '" + StrictJson.name(next)
					+ "' when reading handshake request JSON. Message content: " + content, null);
		}
		if (protocol == null) {
			throw malformed(ProtocolErrors.missing(PROTOCOL) + " Message content: " + content, null);
		}
		if (version == null) {
			throw malformed(ProtocolErrors.missing(VERSION) + " Message content: " + content, null);
		}
		return new HandshakeRequest(protocol, version);
	}

	private static String readProtocol(JsonParser parser, JsonToken token) {
		if (token != JsonToken.VALUE_STRING) {
			throw malformed(ProtocolErrors.notOfType(PROTOCOL, "String"), null);
		}
		return parser.getString();
	}

	private static int readVersion(JsonParser parser) {
		if (!StrictJson.isInt(parser)) {
			throw malformed(ProtocolErrors.notOfType(VERSION, "Number"), null);
		}
		return parser.getIntValue();
	}

	private static HandshakeException malformed(String detail, @Nullable Throwable cause) {
		return new HandshakeException(detail, false, cause);
	}

	/**
	 * Encode the answer to a request that was accepted.
	 * @param format the format of the chosen hub protocol
	 * @return the answer, shared by all connections
	 */
	public static EncodedBody success(TransferFormat format) {
		return (format == TransferFormat.TEXT) ? SUCCESS_TEXT : SUCCESS_BINARY;
	}

	/**
	 * Encode the answer to a request that was refused.
	 * @param text the error text
	 * @param format the format of the chosen hub protocol; text if none was chosen
	 * @return the answer
	 */
	public static EncodedBody error(String text, TransferFormat format) {
		MessageOutput output = new MessageOutput();
		try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), output)) {
			generator.writeStartObject();
			generator.writeStringProperty(JsonProperties.ERROR, text);
			generator.writeEndObject();
			generator.writeRaw((char) RecordFraming.SEPARATOR);
		}
		byte[] bytes = output.toByteArray();
		return (format == TransferFormat.TEXT) ? EncodedBody.text(bytes) : EncodedBody.binary(bytes);
	}

	/**
	 * Return the error text for a protocol that is unknown or not enabled.
	 * @param protocol the name as the client wrote it
	 * @return the text
	 */
	public static String protocolNotSupported(String protocol) {
		return "The protocol '" + protocol + "' is not supported.";
	}

	/**
	 * Return the error text for a version that is not supported.
	 * @param protocol the name of the protocol
	 * @param version the version the client asked for
	 * @return the text
	 */
	public static String versionNotSupported(String protocol, int version) {
		return "The server does not support version " + version + " of the '" + protocol + "' protocol.";
	}

	/**
	 * Return the error text for a protocol that the connection's transport cannot carry.
	 * @param protocol the name of the protocol
	 * @param format the format of the protocol
	 * @return the text
	 */
	public static String transferFormatNotSupported(String protocol, TransferFormat format) {
		return "Cannot use the '" + protocol + "' protocol on the current transport. The transport does not support '"
				+ format.wireName() + "' transfer format.";
	}

	/**
	 * Return the error text for a request that could not be read.
	 * @param failure what {@link #read} threw
	 * @param detailedErrors whether the client may see what is wrong
	 * @return the text
	 */
	public static String errorText(HandshakeException failure, boolean detailedErrors) {
		if (failure.canceled()) {
			return CANCELED;
		}
		return detailedErrors ? UNEXPECTED + " " + DETAIL_TYPE + ": " + failure.getMessage() : UNEXPECTED;
	}

}
