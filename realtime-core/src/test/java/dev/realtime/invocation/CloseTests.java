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

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.realtime.connection.ConnectionState;
import dev.realtime.hub.HubConnection;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.EncodedBody;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the ends of connections, and the last word of the server.
 */
class CloseTests {

	private final HubTester tester = HubTester.with(Calls.class);

	private final TestClient client = this.tester.connect("ann");

	@AfterEach
	void close() {
		this.tester.bean(Calls.class).goOn.countDown();
		this.tester.close();
	}

	private void assertClosed(TestClient client, String lastWord) {
		assertThat(client.next()).isEqualTo(lastWord);
		client.awaitClosed();
		assertThat(client.received()).isEmpty();
		assertThat(client.connection().state()).isEqualTo(ConnectionState.CLOSED);
		assertThat(client.connection().send(EncodedBody.text(new byte[1]))).isFalse();
		Awaitility.await().until(() -> HubSession.of(client.connection()).lifetime().find(client.id()) == null);
		assertThat(this.tester.hub().connections().exists(client.id()).join()).isFalse();
	}

	static Stream<Arguments> reasons() {
		return Stream.of(Arguments.of(CloseReason.CLIENT_CLOSED, "{'type':7}"),
				Arguments.of(CloseReason.SERVER_CLOSED, "{'type':7}"),
				Arguments.of(CloseReason.SERVER_CLOSED.withText("kicked"), "{'type':7,'error':'kicked'}"),
				Arguments.of(CloseReason.CONNECT_FAILED, "{'type':7,'error':'Connection closed with an error.'}"),
				Arguments.of(CloseReason.PROTOCOL_ERROR,
						"{'type':7,'error':'Connection closed with an error.','allowReconnect':true}"),
				Arguments.of(CloseReason.MESSAGE_TOO_BIG,
						"{'type':7,'error':'Connection closed with an error.','allowReconnect':true}"),
				Arguments.of(CloseReason.TOO_MANY_INVOCATIONS,
						"{'type':7,'error':'Connection closed with an error.','allowReconnect':true}"),
				Arguments.of(CloseReason.CLIENT_TIMEOUT,
						"{'type':7,'error':'Connection closed with an error.','allowReconnect':true}"),
				Arguments.of(CloseReason.SERVER_ERROR,
						"{'type':7,'error':'Connection closed with an error.','allowReconnect':true}"),
				Arguments.of(CloseReason.SERVER_ERROR.withText("Out of order"),
						"{'type':7,'error':'Out of order','allowReconnect':true}"),
				Arguments.of(CloseReason.SERVER_SHUTDOWN, "{'type':7,'allowReconnect':true}"));
	}

	@ParameterizedTest
	@MethodSource("reasons")
	void lastWord(CloseReason reason, String lastWord) {
		this.client.connection().close(reason, null);
		assertClosed(this.client, lastWord);
		assertThat(this.client.connection().closeReason()).isEqualTo(reason);
	}

	@Test
	void namesWhatCannotBeReadAsTheProtocolDoes() {
		try (HubTester detailed = HubTester.with((options) -> options.detailedErrors(true))) {
			TestClient malformed = detailed.connect();
			malformed.send("{'type':1}");
			assertClosed(malformed, "{'type':7,'error':'Connection closed with an error. InvalidDataException: "
					+ "Missing required property 'target'.','allowReconnect':true}");
			TestClient large = detailed.connect();
			large.sendRaw("x".repeat(32 * 1024 + 1));
			assertClosed(large, "{'type':7,'error':'Connection closed with an error. InvalidDataException: The maximum "
					+ "message size of 32768B was exceeded. The message size can be configured in AddHubOptions.',"
					+ "'allowReconnect':true}");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
			{'type':7}                                  | -
			{'type':7,'error':'bye'}                    | bye
			{'type':7,'allowReconnect':true}            | -
			""")
	void closedByTheClient(String record, @Nullable String error) {
		this.client.send(record, "{'type':1,'target':'fail','arguments':[]}");
		assertClosed(this.client, "{'type':7}");
		assertThat(this.client.connection().closeReason()).isEqualTo(CloseReason.CLIENT_CLOSED);
		Throwable cause = this.client.connection().closeCause();
		assertThat((cause != null) ? cause.getMessage() : null).isEqualTo(error);
	}

	@Test
	void closedById() {
		TestClient other = this.tester.connect();
		this.tester.hub().connections().close(this.client.id(), "kicked").join();
		assertClosed(this.client, "{'type':7,'error':'kicked'}");
		assertThat(other.connection().isEnding()).isFalse();
		this.tester.hub().connections().close(other.id(), null).join();
		assertClosed(other, "{'type':7}");
		this.tester.hub().connections().close("nobody", "kicked").join();
	}

	@Test
	void closedByUser() {
		TestClient second = this.tester.connect("ann");
		TestClient other = this.tester.connect("bob");
		this.tester.hub().users().close("ann", "kicked").join();
		assertClosed(this.client, "{'type':7,'error':'kicked'}");
		assertClosed(second, "{'type':7,'error':'kicked'}");
		assertThat(other.connection().isEnding()).isFalse();
	}

	@Test
	void allClosedButSome() {
		TestClient spared = this.tester.connect();
		TestClient other = this.tester.connect();
		this.tester.hub().connections().closeAll("maintenance", List.of(spared.id())).join();
		assertClosed(this.client, "{'type':7,'error':'maintenance'}");
		assertClosed(other, "{'type':7,'error':'maintenance'}");
		assertThat(this.tester.hub().connections().list().join()).extracting(HubConnection::connectionId)
			.containsExactly(spared.id());
		this.tester.hub().connections().closeAll(null).join();
		assertClosed(spared, "{'type':7}");
	}

	@Test
	void lastWordComesAfterEverythingQueued() {
		this.client.stall();
		for (int i = 0; i < 100; i++) {
			this.tester.hub().client(this.client.id()).send("n", i);
		}
		this.tester.hub().connections().close(this.client.id(), "kicked").join();
		this.tester.hub().client(this.client.id()).send("too late");
		this.client.resume();
		for (int i = 0; i < 100; i++) {
			assertThat(this.client.next()).contains("'arguments':[" + i + "]");
		}
		assertClosed(this.client, "{'type':7,'error':'kicked'}");
	}

	@Test
	void nothingIsReadAfterTheEndHasBegun() {
		this.client.stall();
		this.client.connection().close(CloseReason.SERVER_CLOSED, null);
		this.client.send("{'type':1,'target':'fail','arguments':[]}");
		assertThat(this.tester.bean(Calls.class).failed.getCount()).isEqualTo(1);
		this.client.resume();
		assertClosed(this.client, "{'type':7}");
	}

	@Test
	void streamsEndSilently() {
		this.client.send("{'type':4,'invocationId':'s','target':'stream','arguments':[]}");
		assertThat(this.client.next()).contains("'item':1");
		this.tester.hub().connections().close(this.client.id(), null).join();
		assertClosed(this.client, "{'type':7}");
		this.client.awaitIdle();
	}

	@Test
	void neverEndingCallDoesNotKeepAConnectionAlive() {
		this.client.send("{'type':1,'invocationId':'1','target':'never','arguments':[]}",
				"{'type':1,'invocationId':'2','target':'never','arguments':[]}");
		Awaitility.await().until(() -> this.tester.bean(Calls.class).called.getCount() == 1);
		this.client.disconnect();
		Awaitility.await()
			.until(() -> HubSession.of(this.client.connection()).lifetime().find(this.client.id()) == null);
		assertThat(this.tester.bean(Calls.class).called.getCount()).isZero();
	}

	@Test
	void endOfTheServersExecutorsLeavesNoMess() throws InterruptedException {
		this.client.send("{'type':1,'invocationId':'1','target':'waiting','arguments':[]}");
		assertThat(this.tester.bean(Calls.class).waiting.await(10, TimeUnit.SECONDS)).isTrue();
		this.client.send("{'type':4,'invocationId':'s','target':'stream','arguments':[]}",
				"{'type':1,'invocationId':'u','target':'upload','arguments':[],'streamIds':['x']}");
		HubSession.of(this.client.connection()).executors().close();
		this.client.send("{'type':2,'invocationId':'x','item':1}", "{'type':3,'invocationId':'x'}",
				"{'type':5,'invocationId':'s'}", "{'type':1,'invocationId':'2','target':'never','arguments':[]}");
		this.client.connection().close(CloseReason.SERVER_SHUTDOWN, null);
		assertThat(this.client.next((record) -> record.startsWith("{'type':7")))
			.isEqualTo("{'type':7,'allowReconnect':true}");
		this.client.awaitClosed();
	}

	@HubController("test")
	static class Calls {

		final CountDownLatch failed = new CountDownLatch(1);

		final CountDownLatch called = new CountDownLatch(2);

		final CountDownLatch waiting = new CountDownLatch(1);

		final CountDownLatch goOn = new CountDownLatch(1);

		@HubMethod(blocking = false)
		void fail() {
			this.failed.countDown();
		}

		@HubMethod
		Flux<Integer> stream() {
			return Flux.just(1).concatWith(Flux.never());
		}

		@HubMethod
		CompletableFuture<Void> never() {
			this.called.countDown();
			return new CompletableFuture<>();
		}

		@HubMethod
		void waiting() throws InterruptedException {
			this.waiting.countDown();
			this.goOn.await();
		}

		@HubMethod
		long upload(Stream<Integer> items) {
			return items.count();
		}

	}

}
