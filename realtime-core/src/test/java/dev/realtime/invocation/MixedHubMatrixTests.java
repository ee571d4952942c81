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

package dev.realtime.invocation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import com.google.protobuf.CodedOutputStream;
import dev.realtime.hub.PlainMessage;
import dev.realtime.protocol.JsonText;
import dev.realtime.protocol.OutboundMessage;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.ServerMessage.DataType;
import dev.realtime.protocol.TransferFormat;
import dev.realtime.protocol.TransportType;
import dev.realtime.protocol.signalr.MessagePackHubProtocol;
import dev.realtime.protocol.webpubsub.PubSubProtocol;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for who gets what in a mixed hub: every kind of payload, from every kind of
 * sender, to every kind of receiver at once, in a group and under a user.
 */
class MixedHubMatrixTests {

	private static final String JSON = "{\"b\": 2.0,\"a\":[]}";

	// a google.protobuf.Any: type_url "t", value "x"
	private static final byte[] ANY = { 10, 1, 't', 18, 1, 'x' };

	private final HubTester tester = HubTester.with();

	private final TestClient signalR = this.tester.connect("ann");

	private final MessagePackClient messagePack;

	private final List<PubSubTestClient> receivers = new ArrayList<>();

	MixedHubMatrixTests() throws InterruptedException {
		this.messagePack = new MessagePackClient(this.tester.endpoint(), TransportType.WEB_SOCKETS).handshake();
		this.tester.hub().groups().add(this.signalR.id(), "g").join();
		this.tester.hub().groups().add(this.messagePack.id(), "g").join();
		for (String subprotocol : List.of(PubSubProtocol.JSON, PubSubProtocol.RELIABLE_JSON, PubSubProtocol.PROTOBUF,
				PubSubProtocol.RELIABLE_PROTOBUF)) {
			this.receivers.add(client().subprotocols(subprotocol).groups("g").connect());
		}
		this.receivers.add(client().subprotocols().groups("g").connect());
	}

	@AfterEach
	void close() {
		this.tester.close();
	}

	private PubSubTestClient.Builder client() {
		return PubSubTestClient.to(this.tester.pubSub()).user("ann");
	}

	private static Object payload(DataType type) {
		return switch (type) {
			case TEXT -> "t\u00e9xt";
			case JSON -> JsonText.of(JSON.getBytes(StandardCharsets.UTF_8));
			case BINARY -> new byte[] { 0, -1, 2 };
			case PROTOBUF -> ANY;
		};
	}

	@ParameterizedTest
	@CsvSource({ "json.webpubsub.azure.v1, TEXT", "json.webpubsub.azure.v1, JSON", "json.webpubsub.azure.v1, BINARY",
			"json.webpubsub.azure.v1, PROTOBUF", "json.reliable.webpubsub.azure.v1, TEXT",
			"json.reliable.webpubsub.azure.v1, JSON", "json.reliable.webpubsub.azure.v1, BINARY",
			"json.reliable.webpubsub.azure.v1, PROTOBUF", "protobuf.webpubsub.azure.v1, TEXT",
			"protobuf.webpubsub.azure.v1, JSON", "protobuf.webpubsub.azure.v1, BINARY",
			"protobuf.webpubsub.azure.v1, PROTOBUF", "protobuf.reliable.webpubsub.azure.v1, TEXT",
			"protobuf.reliable.webpubsub.azure.v1, JSON", "protobuf.reliable.webpubsub.azure.v1, BINARY",
			"protobuf.reliable.webpubsub.azure.v1, PROTOBUF", "plain, TEXT", "plain, BINARY" })
	void everyoneInAGroupGetsWhatAClientPublishes(String sender, DataType type) throws Exception {
		publish(sender, type, payload(type));
		assertReceived(new ServerMessage.Data("g", "ann", type, payload(type), Map.of()), true);
	}

	private void publish(String sender, DataType type, Object payload) throws IOException {
		if (sender.equals("plain")) {
			PubSubTestClient plain = client().subprotocols().publish("g", false).open();
			byte[] frame = (type == DataType.TEXT) ? ((String) payload).getBytes(StandardCharsets.UTF_8)
					: (byte[]) payload;
			plain.sendRaw(frame, (type == DataType.TEXT) ? TransferFormat.TEXT : TransferFormat.BINARY);
			return;
		}
		PubSubTestClient client = client().subprotocols(sender).connect();
		if (sender.startsWith("protobuf")) {
			client.sendRaw(protobuf(type, payload), TransferFormat.BINARY);
		}
		else {
			client.send("{'type':'sendToGroup','group':'g','dataType':'%s','data':%s}".formatted(type.wireName(),
					json(type, payload)));
		}
	}

	private static String json(DataType type, Object payload) {
		return switch (type) {
			case TEXT -> "'" + payload + "'";
			case JSON -> payload.toString();
			case BINARY, PROTOBUF -> "'" + Base64.getEncoder().encodeToString((byte[]) payload) + "'";
		};
	}

	// SendToGroupMessage is field 1, with group (1) and data (3)
	private static byte[] protobuf(DataType type, Object payload) throws IOException {
		byte[] data = switch (type) {
			case TEXT -> message((output) -> output.writeString(1, (String) payload));
			case BINARY -> message((output) -> output.writeByteArray(2, (byte[]) payload));
			case PROTOBUF -> message((output) -> output.writeByteArray(3, (byte[]) payload));
			case JSON -> message((output) -> output.writeString(4, payload.toString()));
		};
		byte[] send = message((output) -> {
			output.writeString(1, "g");
			output.writeByteArray(3, data);
		});
		return message((output) -> output.writeByteArray(1, send));
	}

	private static byte[] message(Fields fields) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		CodedOutputStream output = CodedOutputStream.newInstance(bytes);
		fields.write(output);
		output.flush();
		return bytes.toByteArray();
	}

	@ParameterizedTest
	@CsvSource({ "TEXT, g", "JSON, g", "BINARY, g", "TEXT,", "JSON,", "BINARY," })
	void everyoneGetsWhatTheServerPublishes(DataType type, @Nullable String group) throws Exception {
		PlainMessage message = switch (type) {
			case TEXT -> PlainMessage.text((String) payload(type));
			case BINARY -> PlainMessage.binary((byte[]) payload(type));
			default -> PlainMessage.json(payload(type));
		};
		if (group != null) {
			this.tester.hub().group(group).publish(message);
		}
		else {
			this.tester.hub().user("ann").publish(message);
		}
		assertReceived(new ServerMessage.Data(group, null, type, payload(type), Map.of()), group != null);
	}

	// MessagePack's client is anonymous, so that it gets nothing that is for the user
	private void assertReceived(ServerMessage.Data data, boolean toGroup) throws InterruptedException {
		String about = ((data.group() != null) ? "'group':'g'," : "")
				+ ((data.fromUserId() != null) ? "'fromUserId':'ann'," : "");
		assertThat(this.signalR.next())
			.isEqualTo("{'type':1,'target':'message','arguments':[%s,{'from':'%s',%s'dataType':'%s'}]}".formatted(
					json(data.dataType(), data.payload()).replace('"', '\''), data.from(), about,
					data.dataType().wireName()));
		if (toGroup) {
			assertThat(this.messagePack.nextBody().bytes())
				.isEqualTo(new MessagePackHubProtocol(JsonMapper.builder().build()).encode(data).bytes());
		}
		for (PubSubTestClient receiver : this.receivers) {
			PubSubProtocol protocol = PubSubSession.of(receiver.connection()).protocol();
			ByteArrayOutputStream expected = new ByteArrayOutputStream();
			expected.writeBytes(OutboundMessage.of(protocol.encode(data)).body().bytes());
			if (protocol.reliable()) {
				expected.writeBytes(protocol.tail(1));
			}
			assertThat(receiver.nextFrame()).as(protocol.name()).isEqualTo(expected.toByteArray());
		}
	}

	/**
	 * Writes the fields of a message.
	 */
	private interface Fields {

		void write(CodedOutputStream output) throws IOException;

	}

}
