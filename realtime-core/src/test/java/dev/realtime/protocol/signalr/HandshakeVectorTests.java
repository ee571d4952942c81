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
import java.util.Arrays;
import java.util.stream.Stream;

import dev.realtime.protocol.InboundBuffer;
import dev.realtime.protocol.TransferFormat;
import dev.realtime.protocol.signalr.Vectors.Handshake;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link HandshakeProtocol} with {@code vectors/signalr/handshake.json}.
 */
class HandshakeVectorTests {

	@ParameterizedTest
	@MethodSource("vectors")
	void isRead(Handshake vector) {
		InboundBuffer buffer = Frames.buffer(vector.frame());
		if (vector.error() == null) {
			assertThat(HandshakeProtocol.read(buffer, vector.limit())).isEqualTo(vector.request());
			assertThat(new String(buffer.array(), buffer.position(), buffer.remaining(), StandardCharsets.UTF_8))
				.isEqualTo(vector.rest());
		}
		else {
			assertThatExceptionOfType(HandshakeException.class)
				.isThrownBy(() -> HandshakeProtocol.read(buffer, vector.limit()))
				.withMessage(vector.error())
				.satisfies((ex) -> {
					assertThat(ex.canceled()).isEqualTo(vector.isCanceled());
					assertThat(answer(ex, false)).isEqualTo(vector.answer(false));
					assertThat(answer(ex, true)).isEqualTo(vector.answer(true));
				});
		}
	}

	private static String answer(HandshakeException failure, boolean detailed) {
		return Frames
			.text(HandshakeProtocol.error(HandshakeProtocol.errorText(failure, detailed), TransferFormat.TEXT));
	}

	@ParameterizedTest
	@MethodSource("vectors")
	void isReadWhenItIsWhole(Handshake vector) {
		byte[] frame = vector.frame();
		InboundBuffer buffer = new InboundBuffer();
		for (int i = 0; vector.error() == null && i < frame.length - vector.rest().length() - 1; i++) {
			buffer.append(ByteBuffer.wrap(Arrays.copyOfRange(frame, i, i + 1)));
			assertThat(HandshakeProtocol.read(buffer, vector.limit())).isNull();
			buffer.release();
		}
	}

	static Stream<Handshake> vectors() {
		return Vectors.handshakes();
	}

}
