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

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.PlainMessage;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.protocol.ServerMessage.DataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for clients of both families in one group and under one user.
 */
class MixedHubTests {

	private final HubTester tester = HubTester.with(Methods.class);

	private final TestClient signalR = this.tester.connect("ann");

	private final PubSubTestClient json = PubSubTestClient.to(this.tester.pubSub()).user("ann").groups("g").connect();

	private final PubSubTestClient reliable = PubSubTestClient.to(this.tester.pubSub())
		.user("ann")
		.groups("g")
		.subprotocols(PubSubTestClient.RELIABLE)
		.connect();

	private final PubSubTestClient plain = PubSubTestClient.to(this.tester.pubSub())
		.user("ann")
		.groups("g")
		.subprotocols()
		.connect();

	MixedHubTests() {
		this.tester.hub().groups().add(this.signalR.id(), "g").join();
	}

	@AfterEach
	void close() {
		this.tester.close();
	}

	static Stream<Arguments> payloads() {
		return Stream.of(Arguments.of(DataType.TEXT, "'a b'", "'a b'", "a b"),
				Arguments.of(DataType.JSON, "{'b': 2.0,'a':[]}", "{'b': 2.0,'a':[]}", "{'b': 2.0,'a':[]}"),
				Arguments.of(DataType.BINARY, "'eHk='", "'eHk='", "[xy]"),
				Arguments.of(DataType.PROTOBUF, "'CgF0EgF4'", "'CgF0EgF4'", "[\n\u0001t\u0012\u0001x]"));
	}

	@ParameterizedTest
	@MethodSource("payloads")
	void everyoneInAGroupGetsWhatAClientPublishes(DataType type, String sent, String received, String plainFrame) {
		for (PubSubTestClient sender : List.of(this.json, this.reliable)) {
			assertThat(
					sender.ask("{'type':'sendToGroup','group':'g','dataType':'%s','data':%s,'noEcho':true,'ackId':%d}"
						.formatted(type.wireName(), sent, 1)))
				.contains("'success':true");
		}
		assertThat(this.signalR.next()).isEqualTo(
				"{'type':1,'target':'message','arguments':[%s,{'from':'group','group':'g','fromUserId':'ann','dataType':'%s'}]}"
					.formatted(received, type.wireName()));
		this.signalR.next();
		String frame = "{'type':'message','from':'group','group':'g','fromUserId':'ann','dataType':'%s','data':%s"
			.formatted(type.wireName(), received);
		assertThat(this.json.next()).isEqualTo(frame + "}");
		assertThat(this.reliable.next()).isEqualTo(frame + ",'sequenceId':1}");
		assertThat(this.plain.next()).isEqualTo(plainFrame);
		assertThat(this.plain.next()).isEqualTo(plainFrame);
	}

	@Test
	void everyoneUnderAUserGetsWhatTheServerPublishes() {
		this.tester.hub().user("ann").publish(PlainMessage.json(Map.of("a", 1)));
		assertThat(this.signalR.next())
			.isEqualTo("{'type':1,'target':'message','arguments':[{'a':1},{'from':'server','dataType':'json'}]}");
		String frame = "{'type':'message','from':'server','dataType':'json','data':{'a':1}";
		assertThat(this.json.next()).isEqualTo(frame + "}");
		assertThat(this.reliable.next()).isEqualTo(frame + ",'sequenceId':1}");
		assertThat(this.plain.next()).isEqualTo("{'a':1}");
		byte[] bytes = { 1, 2 };
		this.tester.hub().user("ann").publish(PlainMessage.binary(bytes));
		assertThat(this.json.next()).contains(Base64.getEncoder().encodeToString(bytes));
	}

	@Test
	void everyoneInAGroupGetsCalls() {
		assertThat(this.signalR.invoke("shout", "['hey']")).isEqualTo("{'type':3,'result':true}");
		assertThat(this.signalR.next()).isEqualTo("{'type':1,'target':'heard','arguments':['ann','hey']}");
		String data = "{'target':'heard','arguments':['ann','hey']}";
		String frame = "{'type':'message','from':'group','group':'g','dataType':'json','data':" + data;
		assertThat(this.json.next()).isEqualTo(frame + "}");
		assertThat(this.reliable.next()).isEqualTo(frame + ",'sequenceId':1}");
		assertThat(this.plain.next()).isEqualTo(data);
	}

	@Test
	void clientsOfBothFamiliesCallTheSameMethods() {
		this.json.send(
				"{'type':'invoke','invocationId':'1','target':'event','event':'shout','dataType':'json','data':['hey']}");
		assertThat(this.signalR.next()).contains("'heard'");
		assertThat(this.json.next()).contains("'heard'");
		assertThat(this.json.next())
			.isEqualTo("{'type':'invokeResponse','invocationId':'1','success':true,'dataType':'json','data':true}");
	}

	@HubController("test")
	static class Methods {

		@HubMethod
		boolean shout(String text, HubCallerContext caller) {
			caller.clients().group("g").send("heard", caller.userId(), text);
			return true;
		}

	}

}
