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

package dev.realtime.boot.autoconfigure.servlet;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import dev.realtime.event.ConnectEventResponse;
import dev.realtime.event.EventHandler;
import dev.realtime.event.EventType;
import dev.realtime.hub.Hubs;
import dev.realtime.hub.PlainMessage;
import dev.realtime.hub.annotation.HubController;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for frames of each kind over real WebSockets of both engines: how long they may
 * be, and what clients of the protobuf subprotocols get.
 */
class WebPubSubFrameTests {

	private static final int LONGEST = 1024 * 1024;

	private static final String JSON_HEAD = "{\"type\":\"event\",\"event\":\"length\",\"dataType\":\"text\",\"data\":\"";

	private static TestServer netty;

	private static TestServer servlet;

	@BeforeAll
	static void start() {
		netty = start("netty");
		servlet = start("servlet");
	}

	private static TestServer start(String engine) {
		return TestServer.start(Application.class, RestCaller.PROPERTY, "realtime.websocket.engine=" + engine,
				"realtime.web-pubsub.allow-anonymous=true");
	}

	@AfterAll
	static void stop() {
		netty.close();
		servlet.close();
	}

	private static PubSubClient connect(String engine, String hub, String... subprotocols) {
		return new PubSubClient(server(engine).uri("/client/hubs/" + hub), subprotocols);
	}

	private static TestServer server(String engine) {
		return engine.equals("netty") ? netty : servlet;
	}

	@ParameterizedTest
	@ValueSource(strings = { "netty", "servlet" })
	void longestJsonPasses(String engine) {
		PubSubClient client = connect(engine, "texts", "json.webpubsub.azure.v1");
		assertThat(client.next()).contains("\"connected\"");
		int length = LONGEST - JSON_HEAD.length() - 2;
		client.send(JSON_HEAD + "x".repeat(length) + "\"}");
		assertThat(client.next()).contains("\"data\":\"" + length + "\"");
		client.send(JSON_HEAD + "x".repeat(length + 1) + "\"}");
		assertThat(client.next()).contains("\"disconnected\"");
		assertThat(client.closed()).isEqualTo(1009);
	}

	@ParameterizedTest
	@ValueSource(strings = { "netty", "servlet" })
	void longestTextPasses(String engine) {
		PubSubClient client = connect(engine, "texts");
		client.send("\u00e9".repeat(LONGEST / 2));
		assertThat(client.next()).isEqualTo(String.valueOf(LONGEST / 2));
		client.send("\u00e9".repeat(LONGEST / 2) + "x");
		assertThat(client.closed()).isEqualTo(1009);
	}

	@ParameterizedTest
	@ValueSource(strings = { "netty", "servlet" })
	void longestBytesPass(String engine) {
		PubSubClient client = connect(engine, "bytes");
		client.sendBinary(new byte[LONGEST]);
		assertThat(client.next()).isEqualTo(String.valueOf(LONGEST));
		client.sendBinary(new byte[LONGEST + 1]);
		assertThat(client.closed()).isEqualTo(1009);
	}

	@ParameterizedTest
	@CsvSource({ "netty, protobuf.webpubsub.azure.v1", "servlet, protobuf.webpubsub.azure.v1",
			"netty, protobuf.reliable.webpubsub.azure.v1", "servlet, protobuf.reliable.webpubsub.azure.v1" })
	void longestProtobufPasses(String engine, String subprotocol) throws Exception {
		PubSubClient client = connect(engine, "texts", subprotocol);
		assertThat(string(connected(client), 1)).isNotEmpty();
		byte[] small = event("x".repeat(LONGEST / 2));
		int length = LONGEST - (small.length - LONGEST / 2);
		client.sendBinary(event("x".repeat(length)));
		assertThat(text(data(client))).isEqualTo(String.valueOf(length));
		client.sendBinary(event("x".repeat(length + 1)));
		assertThat(client.closed()).isEqualTo(1009);
	}

	@ParameterizedTest
	@CsvSource({ "netty, false", "servlet, false", "netty, true", "servlet, true" })
	void protobufClientJoinsPublishesAndReceives(String engine, boolean reliable) throws Exception {
		String subprotocol = "protobuf." + (reliable ? "reliable." : "") + "webpubsub.azure.v1";
		try (PubSubClient client = connect(engine, "texts", subprotocol)) {
			UnknownFieldSet introduction = connected(client);
			assertThat(introduction.getField(3).getLengthDelimitedList()).hasSize(reliable ? 1 : 0);
			client.sendBinary(frame(6, message(1, string("room"), 2, number(7))));
			assertThat(ack(client)).isEqualTo("7: success");
			client.sendBinary(frame(1, message(1, string("room"), 2, number(8), 3, message(2, bytes(1, 2, 3)))));
			UnknownFieldSet data = data(client);
			assertThat(string(data, 1)).isEqualTo("group");
			assertThat(string(data, 2)).isEqualTo("room");
			assertThat(nested(data, 3).getField(2).getLengthDelimitedList()).containsExactly(bytes(1, 2, 3));
			assertThat(data.getField(4).getVarintList()).hasSize(reliable ? 1 : 0);
			assertThat(ack(client)).isEqualTo("8: success");
			server(engine).context()
				.getBean(Hubs.class)
				.get("texts")
				.all()
				.publish(PlainMessage.text("from the server"));
			assertThat(text(data(client))).isEqualTo("from the server");
			client.sendBinary(frame(9, UnknownFieldSet.getDefaultInstance().toByteString()));
			assertThat(parse(client.nextBinary()).hasField(4)).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "netty", "servlet" })
	void brokenProtobufIsAViolation(String engine) throws Exception {
		PubSubClient client = connect(engine, "texts", "protobuf.webpubsub.azure.v1");
		assertThat(string(connected(client), 1)).isNotEmpty();
		client.sendBinary(new byte[] { 10, 100, 1 });
		assertThat(nested(nested(parse(client.nextBinary()), 3), 2).getField(2).getLengthDelimitedList()).hasSize(1);
		assertThat(client.closed()).isEqualTo(1007);
	}

	// EventMessage is field 5 of what goes up, with event (1) and data (2)
	private static byte[] event(String text) {
		return frame(5, message(1, string("length"), 2, message(1, string(text))));
	}

	private static UnknownFieldSet connected(PubSubClient client) throws InvalidProtocolBufferException {
		return nested(nested(parse(client.nextBinary()), 3), 1);
	}

	private static UnknownFieldSet data(PubSubClient client) throws InvalidProtocolBufferException {
		return nested(parse(client.nextBinary()), 2);
	}

	private static String ack(PubSubClient client) throws InvalidProtocolBufferException {
		UnknownFieldSet ack = nested(parse(client.nextBinary()), 1);
		long success = ack.getField(2).getVarintList().stream().findFirst().orElse(0L);
		return ack.getField(1).getVarintList().get(0) + ((success == 1) ? ": success" : ": failure");
	}

	private static String text(UnknownFieldSet data) throws InvalidProtocolBufferException {
		return string(nested(data, 3), 1);
	}

	private static UnknownFieldSet parse(byte[] bytes) throws InvalidProtocolBufferException {
		return UnknownFieldSet.parseFrom(bytes);
	}

	private static UnknownFieldSet nested(UnknownFieldSet fields, int number) throws InvalidProtocolBufferException {
		assertThat(fields.hasField(number)).as("field %d of %s", number, fields).isTrue();
		return UnknownFieldSet.parseFrom(fields.getField(number).getLengthDelimitedList().get(0));
	}

	private static String string(UnknownFieldSet fields, int number) {
		return fields.getField(number).getLengthDelimitedList().get(0).toStringUtf8();
	}

	private static byte[] frame(int number, ByteString value) {
		return fields(number, value).toByteArray();
	}

	private static ByteString message(Object... numbersAndValues) {
		return fields(numbersAndValues).toByteString();
	}

	private static UnknownFieldSet fields(Object... numbersAndValues) {
		UnknownFieldSet.Builder fields = UnknownFieldSet.newBuilder();
		for (int i = 0; i < numbersAndValues.length; i += 2) {
			Field.Builder field = Field.newBuilder();
			if (numbersAndValues[i + 1] instanceof Long number) {
				field.addVarint(number);
			}
			else {
				field.addLengthDelimited((ByteString) numbersAndValues[i + 1]);
			}
			fields.addField((Integer) numbersAndValues[i], field.build());
		}
		return fields.build();
	}

	private static ByteString string(String value) {
		return ByteString.copyFromUtf8(value);
	}

	private static Long number(long value) {
		return value;
	}

	private static ByteString bytes(int... values) {
		byte[] bytes = new byte[values.length];
		for (int i = 0; i < values.length; i++) {
			bytes[i] = (byte) values[i];
		}
		return ByteString.copyFrom(bytes);
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		Texts textHandlers() {
			return new Texts();
		}

		@Bean
		Bytes byteHandlers() {
			return new Bytes();
		}

	}

	@HubController("texts")
	static class Texts {

		@EventHandler(type = EventType.CONNECT)
		ConnectEventResponse connect() {
			return ConnectEventResponse.accept().roles("webpubsub.joinLeaveGroup", "webpubsub.sendToGroup");
		}

		@EventHandler("message")
		String message(String text) {
			return length(text);
		}

		@EventHandler("length")
		String length(String text) {
			return String.valueOf(text.length());
		}

	}

	@HubController("bytes")
	static class Bytes {

		@EventHandler("message")
		String length(byte[] bytes) {
			return String.valueOf(bytes.length);
		}

	}

}
