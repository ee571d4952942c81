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

import dev.realtime.protocol.TransferFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link HandshakeProtocol}, beyond {@link HandshakeVectorTests}.
 */
class HandshakeProtocolTests {

	@Test
	void refusesInvalidUtf8() {
		byte[] bytes = ("{\"protocol\":\"x\",\"version\":1}" + Frames.RS).getBytes(StandardCharsets.UTF_8);
		bytes[13] = (byte) 0xFF;
		assertThatExceptionOfType(HandshakeException.class)
			.isThrownBy(() -> HandshakeProtocol.read(Frames.buffer(bytes), 1000))
			.withMessage("Error reading JSON.");
	}

	@Test
	void waitsForTheRestUpToTheLimit() {
		assertThat(HandshakeProtocol.read(Frames.buffer(" ".repeat(32)), 32)).isNull();
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
