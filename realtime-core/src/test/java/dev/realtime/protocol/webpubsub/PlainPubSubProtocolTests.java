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

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.JsonText;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.ServerMessage.DataType;
import dev.realtime.protocol.TransferFormat;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PlainPubSubProtocol}.
 */
class PlainPubSubProtocolTests {

	private final PlainPubSubProtocol protocol = new PlainPubSubProtocol(JsonMapper.shared());

	@Test
	void whatClientsSendIsAnEvent() {
		assertThat(decode("{ \u00e9", TransferFormat.TEXT))
			.isEqualTo(new EventMessage("message", DataType.TEXT, "{ \u00e9", Map.of(), null));
		EventMessage bytes = (EventMessage) decode("abc", TransferFormat.BINARY);
		assertThat(bytes.dataType()).isEqualTo(DataType.BINARY);
		assertThat((byte[]) bytes.payload()).containsExactly('a', 'b', 'c');
		assertThat(bytes.ackId()).isNull();
	}

	@Test
	void refusesTextThatIsNoUtf8() {
		assertThatExceptionOfType(PubSubProtocolException.class)
			.isThrownBy(() -> this.protocol.decode(ByteBuffer.wrap(new byte[] { -1 }), TransferFormat.TEXT))
			.satisfies((ex) -> assertThat(ex.closeStatus()).isEqualTo(1007));
	}

	@Test
	void textAndJsonAreText() {
		assertFrame(data(DataType.TEXT, "x"), TransferFormat.TEXT, "x");
		assertFrame(data(DataType.TEXT, null), TransferFormat.TEXT, "");
		assertFrame(data(DataType.JSON, JsonText.of(PubSubVectors.utf8("{\"a\" : 1.0}"))), TransferFormat.TEXT,
				"{\"a\" : 1.0}");
		assertFrame(data(DataType.JSON, "x"), TransferFormat.TEXT, "\"x\"");
		assertFrame(new ServerMessage.Invocation("t", List.of(1), "g"), TransferFormat.TEXT,
				"{\"target\":\"t\",\"arguments\":[1]}");
	}

	@Test
	void bytesAreBinary() {
		assertFrame(data(DataType.BINARY, PubSubVectors.utf8("b")), TransferFormat.BINARY, "b");
		assertFrame(data(DataType.PROTOBUF, PubSubVectors.utf8("p")), TransferFormat.BINARY, "p");
		assertFrame(data(DataType.BINARY, null), TransferFormat.BINARY, "");
	}

	@Test
	void nothingElseIsSaid() {
		assertThat(this.protocol.encode(new ConnectedMessage("ann", "c", null))).isNull();
		assertThat(this.protocol.encode(new DisconnectedMessage("why"))).isNull();
	}

	private void assertFrame(ServerMessage message, TransferFormat format, String text) {
		EncodedBody body = this.protocol.encode(message);
		assertThat(body.format()).isEqualTo(format);
		assertThat(body.asText()).isEqualTo(text);
	}

	private UpstreamMessage decode(String message, TransferFormat format) {
		return this.protocol.decode(ByteBuffer.wrap(PubSubVectors.utf8(message)), format);
	}

	private static ServerMessage data(DataType type, Object payload) {
		return new ServerMessage.Data("g", "ann", type, payload, Map.of("k", "v"));
	}

}
