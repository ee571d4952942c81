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

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import dev.realtime.event.EventHandler;
import dev.realtime.event.UserEvent;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubException;
import dev.realtime.hub.PlainMessage;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.protocol.ServerMessage.DataType;
import dev.realtime.protocol.TransferFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.event.EventListener;
import org.springframework.messaging.handler.annotation.Payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for events and invocations of Web PubSub clients.
 */
class PubSubEventTests {

	private final HubTester tester = HubTester.with(Methods.class);

	private final Methods methods = this.tester.bean(Methods.class);

	@AfterEach
	void close() {
		this.methods.goOn.countDown();
		this.tester.close();
	}

	private PubSubTestClient connect() {
		return PubSubTestClient.to(this.tester.pubSub()).user("ann").connect();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			shout   | 'json' | 'hi'            | 'text'   | 'HI'
			shout   | 'text' | 'hi'            | 'text'   | 'HI'
			add     | 'json' | [1, 2]          | 'json'   | 3
			add     | 'json' | {'a':1}         |          |
			sum     | 'json' | [1, 2, 3]       | 'json'   | 6
			describe| 'json' | {'name':'a','n':1.50} | 'json' | 'a 1.50'
			bytes   | 'binary' | 'AQI='        | 'binary' | 'AgE='
			size    | 'binary' | 'AQI='        | 'json'   | 2
			later   | 'json' | 'x'             | 'json'   | 'later x'
			plain   | 'json' | 'x'             | 'text'   | 'x'
			nothing | 'json' | 1               | none     |
			SHOUT   | 'text' | 'hi'            | 'text'   | 'HI'
			""", quoteCharacter = '`')
	void methodsAnswer(String event, String dataType, String data, @Nullable String replyType, @Nullable String reply) {
		PubSubTestClient client = connect();
		client.send("{'type':'event','event':'%s','dataType':%s,'data':%s,'ackId':1}".formatted(event, dataType, data));
		if (replyType == null) {
			assertThat(client.next())
				.startsWith("{'type':'ack','ackId':1,'success':false,'error':{'name':'BadRequest'");
			return;
		}
		if (!replyType.equals("none")) {
			assertThat(client.next())
				.isEqualTo("{'type':'message','from':'server','dataType':%s,'data':%s}".formatted(replyType, reply));
		}
		assertThat(client.next()).isEqualTo("{'type':'ack','ackId':1,'success':true}");
		client.send("{'type':'invoke','invocationId':'i','target':'event','event':'%s','dataType':%s,'data':%s}"
			.formatted(event, dataType, data));
		assertThat(client.next()).isEqualTo("{'type':'invokeResponse','invocationId':'i','success':true"
				+ (replyType.equals("none") ? "}" : ",'dataType':%s,'data':%s}".formatted(replyType, reply)));
	}

	@Test
	void failuresAreAcknowledgedAndTheConnectionStaysOpen() {
		PubSubTestClient client = connect();
		assertThat(client.ask("{'type':'event','event':'fail','dataType':'text','data':'x','ackId':1}"))
			.isEqualTo("{'type':'ack','ackId':1,'success':false,'error':{'name':'InternalServerError',"
					+ "'message':'An unexpected error occurred invoking 'fail' on the server. HubException: x'}}");
		assertThat(client.ask("{'type':'event','event':'unknown','dataType':'text','data':'x','ackId':1}"))
			.contains("'name':'InternalServerError'");
		assertThat(client.ask("{'type':'event','event':'stream','dataType':'text','data':'x','ackId':2}"))
			.contains("'name':'BadRequest'");
		client
			.send("{'type':'invoke','invocationId':'i','target':'event','event':'fail','dataType':'text','data':'x'}");
		assertThat(client.next()).startsWith(
				"{'type':'invokeResponse','invocationId':'i','success':false,'error':{'name':'InternalServerError'");
		client.send("{'type':'event','event':'fail','dataType':'text','data':'x'}");
		client.hasNothing();
	}

	@Test
	void eventsKeepTheirOrderWhateverTakesHowLong() {
		PubSubTestClient client = connect();
		client.send("{'type':'event','event':'hold','dataType':'text','data':'x','ackId':1}",
				"{'type':'joinGroup','group':'g','ackId':2}",
				"{'type':'sendToGroup','group':'g','dataType':'text','data':'m','ackId':3}",
				"{'type':'event','event':'shout','dataType':'text','data':'y','ackId':4}");
		client.hasNothing();
		assertThat(this.tester.hub().groups().exists("g").join()).isFalse();
		this.methods.goOn.countDown();
		assertThat(client.next()).contains("'ackId':1");
		assertThat(client.next()).contains("'ackId':2");
		assertThat(Stream.of(client.next(), client.next())).anyMatch((frame) -> frame.contains("'data':'m'"))
			.anyMatch((frame) -> frame.contains("'ackId':3"));
		assertThat(client.next()).contains("'Y'");
		assertThat(client.next()).contains("'ackId':4");
	}

	@Test
	void cancelledInvocationIsNotAnswered() {
		PubSubTestClient client = connect();
		String invoke = "{'type':'invoke','invocationId':'i','target':'event','event':'hold','dataType':'text','data':'x'}";
		client.send(invoke);
		client.send(invoke);
		assertThat(client.next())
			.startsWith("{'type':'invokeResponse','invocationId':'i','success':false,'error':{'name':'BadRequest'");
		client.send("{'type':'cancelInvocation','invocationId':'i'}",
				"{'type':'cancelInvocation','invocationId':'unknown'}");
		this.methods.goOn.countDown();
		assertThat(client.ask("{'type':'event','event':'shout','dataType':'text','data':'y','ackId':4}"))
			.contains("'success':true");
		assertThat(client.next()).contains("'Y'");
		client.hasNothing();
	}

	@Test
	void plainFramesAreEvents() {
		PubSubTestClient plain = PubSubTestClient.to(this.tester.pubSub()).user("ann").subprotocols().connect();
		plain.send("hello");
		assertThat(plain.next()).isEqualTo("ann said hello");
		plain.sendRaw(new byte[] { 'x' }, TransferFormat.BINARY);
		plain.awaitClosed(1011);
	}

	@Test
	void listenersHearOfEvents() {
		PubSubTestClient client = connect();
		assertThat(client.ask("{'type':'event','event':'shout','dataType':'text','data':'x','ackId':1}")).isNotNull();
		await().untilAsserted(() -> assertThat(this.methods.heard).isNotNull());
		UserEvent heard = this.methods.heard;
		assertThat(heard).extracting(UserEvent::connectionId, UserEvent::userId, UserEvent::event)
			.containsExactly(client.id(), "ann", "shout");
		assertThat(heard.data().dataType()).isEqualTo(DataType.TEXT);
	}

	@Test
	void clientCannotBeAsked() {
		PubSubTestClient client = connect();
		assertThat(this.tester.hub().client(client.id()).invoke("x", String.class)).failsWithin(Duration.ofSeconds(5))
			.withThrowableThat()
			.withMessageContaining("has no answers");
	}

	@HubController("test")
	static class Methods {

		private final CountDownLatch goOn = new CountDownLatch(1);

		private volatile @Nullable UserEvent heard;

		@EventHandler("shout")
		String shout(@Payload String text) {
			return text.toUpperCase(Locale.ROOT);
		}

		@HubMethod
		int add(int a, int b) {
			return a + b;
		}

		@HubMethod(blocking = false)
		int sum(List<Integer> numbers) {
			return numbers.stream().mapToInt(Integer::intValue).sum();
		}

		@HubMethod
		String describe(Map<String, Object> value) {
			return value.get("name") + " 1.50";
		}

		@EventHandler("bytes")
		byte[] bytes(byte[] bytes) {
			return new byte[] { bytes[1], bytes[0] };
		}

		@HubMethod
		int size(byte[] bytes) {
			return bytes.length;
		}

		@HubMethod
		CompletionStage<String> later(String text) {
			return CompletableFuture.supplyAsync(() -> "later " + text);
		}

		@EventHandler("plain")
		PlainMessage plain(String text) {
			return PlainMessage.text(text);
		}

		@EventHandler("nothing")
		void nothing(int number) {
		}

		@HubMethod
		void fail(String text) {
			throw new HubException(text);
		}

		@HubMethod
		Stream<String> stream(String text) {
			return Stream.of(text);
		}

		@HubMethod
		void hold(String text) throws InterruptedException {
			this.goOn.await();
		}

		@EventHandler("message")
		String message(String text, HubCallerContext caller) {
			return caller.userId() + " said " + text;
		}

		@EventListener
		void on(UserEvent event) {
			this.heard = event;
		}

	}

}
