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

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import dev.realtime.protocol.InboundBuffer;
import dev.realtime.protocol.TransferFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link HandshakeProtocol}.
 */
class HandshakeProtocolTests {

	private static final String UNEXPECTED = "An unexpected error occurred during connection handshake.";

	@Test
	void readsRequestAndLeavesTheRest() {
		InboundBuffer buffer = Frames
			.buffer("{\"protocol\":\"json\",\"version\":1}" + Frames.RS + "{\"type\":6}" + Frames.RS);
		assertThat(HandshakeProtocol.read(buffer, 100)).isEqualTo(new HandshakeRequest("json", 1));
		assertThat(buffer.remaining()).isEqualTo(11);
		assertThat(Frames.JSON.decode(buffer, new TestBinder(), 100)).isSameAs(PingMessage.INSTANCE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"version\":2,\"protocol\":\"MessagePack\"}",
			"{\"x\":{\"y\":[1]},\"version\":1,\"version\":2,\"protocol\":\"json\",\"protocol\":\"MessagePack\"}",
			" { \"protocol\" : \"MessagePack\" , \"version\" : 2 } " })
	void readsVariants(String json) {
		assertThat(HandshakeProtocol.read(Frames.buffer(json + Frames.RS), 1000))
			.isEqualTo(new HandshakeRequest("MessagePack", 2));
	}

	@Test
	void waitsForTheRest() {
		byte[] bytes = ("{\"protocol\":\"json\",\"version\":1}" + Frames.RS).getBytes(StandardCharsets.UTF_8);
		InboundBuffer buffer = new InboundBuffer();
		for (int i = 0; i < bytes.length - 1; i++) {
			buffer.append(ByteBuffer.wrap(bytes, i, 1));
			assertThat(HandshakeProtocol.read(buffer, 100)).isNull();
			buffer.release();
		}
		buffer.append(ByteBuffer.wrap(bytes, bytes.length - 1, 1));
		assertThat(HandshakeProtocol.read(buffer, 100)).isEqualTo(new HandshakeRequest("json", 1));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"{\"version\":1} | Missing required property 'protocol'. Message content: {\"version\":1}",
			"{\"protocol\":\"json\"} | Missing required property 'version'. Message content: {\"protocol\":\"json\"}",
			"[] | Unexpected JSON Token Type 'Array'. Expected a JSON Object.",
			"1 | Unexpected JSON Token Type 'Number'. Expected a JSON Object.",
			"{\"protocol\":\"json\",\"version\":\"1\"} | Expected 'version' to be of type Number.",
			"{\"protocol\":\"json\",\"version\":null} | Expected 'version' to be of type Number.",
			"{\"protocol\":\"json\",\"version\":99999999999} | Expected 'version' to be of type Number.",
			"{\"protocol\":null,\"version\":1} | Expected 'protocol' to be of type String.",
			"{\"protocol\":1,\"version\":1} | Expected 'protocol' to be of type String.",
			"{}{} | Unexpected token 'Object' when reading handshake request JSON. Message content: {}{}",
			"{\"protocol\" | Error reading JSON.", "foo | Error reading JSON.", "`` | Error reading JSON." })
	void tellsWhatIsWrong(String json, String detail) {
		assertThatExceptionOfType(HandshakeException.class)
			.isThrownBy(() -> HandshakeProtocol.read(Frames.buffer(json + Frames.RS), 1000))
			.withMessage(detail)
			.satisfies((ex) -> {
				assertThat(ex.canceled()).isFalse();
				assertThat(HandshakeProtocol.errorText(ex, false)).isEqualTo(UNEXPECTED);
				assertThat(HandshakeProtocol.errorText(ex, true))
					.isEqualTo(UNEXPECTED + " InvalidDataException: " + detail);
			});
	}

	@Test
	void refusesInvalidUtf8() {
		byte[] bytes = ("{\"protocol\":\"x\",\"version\":1}" + Frames.RS).getBytes(StandardCharsets.UTF_8);
		bytes[13] = (byte) 0xFF;
		assertThatExceptionOfType(HandshakeException.class)
			.isThrownBy(() -> HandshakeProtocol.read(Frames.buffer(bytes), 1000))
			.withMessage("Error reading JSON.");
	}

	@Test
	void refusesLongRequests() {
		String json = "{\"protocol\":\"json\",\"version\":1}" + Frames.RS;
		assertThat(HandshakeProtocol.read(Frames.buffer(json), json.length())).isNotNull();
		assertThat(HandshakeProtocol.read(Frames.buffer(" ".repeat(32)), 32)).isNull();
		for (String tooLong : new String[] { " " + json, " ".repeat(40) }) {
			assertThatExceptionOfType(HandshakeException.class)
				.isThrownBy(() -> HandshakeProtocol.read(Frames.buffer(tooLong), json.length()))
				.satisfies((ex) -> {
					assertThat(ex.canceled()).isTrue();
					assertThat(HandshakeProtocol.errorText(ex, true)).isEqualTo("Handshake was canceled.");
				});
		}
	}

	@Test
	void writesAnswers() {
		assertThat(HandshakeProtocol.success(TransferFormat.TEXT).bytes()).containsExactly('{', '}', 0x1e);
		assertThat(HandshakeProtocol.success(TransferFormat.TEXT).format()).isEqualTo(TransferFormat.TEXT);
		assertThat(HandshakeProtocol.success(TransferFormat.BINARY).format()).isEqualTo(TransferFormat.BINARY);
		assertThat(Frames.text(HandshakeProtocol.error("The \"x\"\u001e", TransferFormat.TEXT)))
			.isEqualTo("{\"error\":\"The \\\"x\\\"\\u001E\"}" + Frames.RS);
		assertThat(HandshakeProtocol.error("x", TransferFormat.BINARY).format()).isEqualTo(TransferFormat.BINARY);
	}

	@Test
	void wordsErrors() {
		assertThat(HandshakeProtocol.protocolNotSupported("Xml")).isEqualTo("The protocol 'Xml' is not supported.");
		assertThat(HandshakeProtocol.versionNotSupported("json", 3))
			.isEqualTo("The server does not support version 3 of the 'json' protocol.");
		assertThat(HandshakeProtocol.transferFormatNotSupported("messagepack", TransferFormat.BINARY))
			.isEqualTo("Cannot use the 'messagepack' protocol on the current transport. The transport does not support "
					+ "'Binary' transfer format.");
	}

	@ParameterizedTest
	@CsvSource({ "-1,false", "0,true", "1,true", "2,true", "3,false" })
	void supportsVersionsUpToItsOwn(int version, boolean supported) {
		assertThat(Frames.JSON.supportsVersion(version)).isEqualTo(supported);
		assertThat(Frames.JSON.joinsMessages()).isTrue();
		assertThat(Frames.JSON.version()).isEqualTo(2);
		assertThat(Frames.JSON.transferFormat()).isEqualTo(TransferFormat.TEXT);
	}

}
