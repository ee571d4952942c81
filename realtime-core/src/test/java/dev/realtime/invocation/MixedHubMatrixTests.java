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

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnknownFieldSet;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.PlainMessage;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.protocol.JsonText;
import dev.realtime.protocol.OutboundMessage;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.ServerMessage.DataType;
import dev.realtime.protocol.TransferFormat;
import dev.realtime.protocol.TransportType;
import dev.realtime.protocol.signalr.InvocationMessage;
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

	// a map with one field: what goes through maps keeps no order
	private static final String VALUE = "{\"b\":2.5}";

	// a google.protobuf.Any: type_url "t", value "x"
	private static final byte[] ANY = { 10, 1, 't', 18, 1, 'x' };

	private final HubTester tester = HubTester.with(Methods.class);

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

	@ParameterizedTest
	@CsvSource({ "json, TEXT", "json, JSON", "json, BINARY", "messagepack, TEXT", "messagepack, JSON",
			"messagepack, BINARY" })
	void everyoneInAGroupGetsWhatASignalRClientHasPublished(String sender, DataType type) throws Exception {
		call(sender, "publish", type);
		Object payload = (type == DataType.JSON) ? JsonText.of(VALUE.getBytes(StandardCharsets.UTF_8)) : payload(type);
		assertReceived(new ServerMessage.Data("g", null, type, payload, Map.of()), true);
	}

	@ParameterizedTest
	@CsvSource({ "json, TEXT", "json, JSON", "json, BINARY", "messagepack, TEXT", "messagepack, JSON",
			"messagepack, BINARY" })
	void everyoneInAGroupGetsTheCallOfASignalRClient(String sender, DataType type) throws Exception {
		call(sender, "tell", type);
		String arguments = "[" + argument(type) + "]";
		assertThat(this.signalR.next()).isEqualTo("{'type':1,'target':'heard','arguments':" + arguments + "}");
		InvocationMessage call = (InvocationMessage) this.messagePack.next();
		assertThat(call.target()).isEqualTo("heard");
		assertThat(call.arguments()).containsExactly((type == DataType.JSON) ? value() : payload(type));
		assertCalled("{'target':'heard','arguments':" + arguments + "}");
	}

	// the sender is none of the receivers, and anonymous like MessagePack's client
	private void call(String sender, String method, DataType type) throws InterruptedException {
		String target = method + type.wireName();
		if (sender.equals("json")) {
			this.tester.connect().send("{'type':1,'target':'%s','arguments':[%s]}".formatted(target, argument(type)));
		}
		else {
			Object argument = (type == DataType.JSON) ? value() : payload(type);
			new MessagePackClient(this.tester.endpoint(), TransportType.WEB_SOCKETS).handshake()
				.send(InvocationMessage.of(null, target, argument));
		}
	}

	private static String argument(DataType type) {
		return (type == DataType.JSON) ? VALUE.replace('"', '\'') : json(type, payload(type));
	}

	private static Map<String, Object> value() {
		return Map.of("b", 2.5);
	}

	private void assertCalled(String call) throws Exception {
		String frame = "{'type':'message','from':'group','group':'g','dataType':'json','data':" + call;
		assertThat(this.receivers.get(0).next()).isEqualTo(frame + "}");
		assertThat(this.receivers.get(1).next()).isEqualTo(frame + ",'sequenceId':1}");
		assertProtobuf(this.receivers.get(2).nextFrame(), call);
		assertProtobuf(this.receivers.get(3).nextFrame(), call, 1L);
		assertThat(this.receivers.get(4).next()).isEqualTo(call);
	}

	// DataMessage is field 2, with from (1), group (2), data (3) and sequence_id (4)
	private static void assertProtobuf(byte[] frame, String call, Long... number) throws IOException {
		UnknownFieldSet message = UnknownFieldSet.parseFrom(frame);
		UnknownFieldSet data = UnknownFieldSet.parseFrom(message.getField(2).getLengthDelimitedList().get(0));
		byte[] json = message((output) -> output.writeString(4, call.replace('\'', '"')));
		assertThat(data.getField(1).getLengthDelimitedList()).containsExactly(ByteString.copyFromUtf8("group"));
		assertThat(data.getField(2).getLengthDelimitedList()).containsExactly(ByteString.copyFromUtf8("g"));
		assertThat(data.getField(3).getLengthDelimitedList()).containsExactly(ByteString.copyFrom(json));
		assertThat(data.getField(4).getVarintList()).containsExactly(number);
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

	@HubController("test")
	static class Methods {

		@HubMethod
		void publishText(String text, HubCallerContext caller) {
			caller.clients().group("g").publish(PlainMessage.text(text));
		}

		@HubMethod
		void publishJson(Map<String, Object> value, HubCallerContext caller) {
			caller.clients().group("g").publish(PlainMessage.json(value));
		}

		@HubMethod
		void publishBinary(byte[] bytes, HubCallerContext caller) {
			caller.clients().group("g").publish(PlainMessage.binary(bytes));
		}

		@HubMethod
		void tellText(String text, HubCallerContext caller) {
			caller.clients().group("g").send("heard", text);
		}

		@HubMethod
		void tellJson(Map<String, Object> value, HubCallerContext caller) {
			caller.clients().group("g").send("heard", value);
		}

		@HubMethod
		void tellBinary(byte[] bytes, HubCallerContext caller) {
			caller.clients().group("g").send("heard", bytes);
		}

	}

	/**
	 * Writes the fields of a message.
	 */
	private interface Fields {

		void write(CodedOutputStream output) throws IOException;

	}

}
