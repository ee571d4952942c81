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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.realtime.event.DisconnectedEventRequest;
import dev.realtime.event.EventHandler;
import dev.realtime.event.EventType;
import dev.realtime.hub.ClientLimits;
import dev.realtime.hub.HubOptions;
import dev.realtime.hub.RateLimit;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.TransferFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for clients that send faster than they may.
 */
class RateTests {

	// a token comes back after an hour and more
	private static final double NEVER = 0.0002;

	private static HubTester tester(Consumer<ClientLimits.Builder> limits) {
		return tester(limits, (options) -> {
		});
	}

	private static HubTester tester(Consumer<ClientLimits.Builder> limits, Consumer<HubOptions.Builder> options) {
		ClientLimits.Builder builder = ClientLimits.builder();
		limits.accept(builder);
		return HubTester.with((hub) -> {
			hub.limits(builder.build());
			options.accept(hub);
		}, Calls.class, LimitRecorder.class);
	}

	private static String call(String target, int number) {
		return "{'type':1,'invocationId':'" + number + "','target':'" + target + "','arguments':[" + number + "]}";
	}

	private static String[] calls(String target, int count) {
		return IntStream.range(0, count).mapToObj((number) -> call(target, number)).toArray(String[]::new);
	}

	private static boolean isPaused(TestClient client) {
		return client.connection().readGate().isPaused();
	}

	@ParameterizedTest
	@CsvSource({ "record, 1", "record, 4", "recordAtOnce, 1" })
	void whatIsTooFastWaitsAndIsNotLost(String target, int parallel) {
		try (HubTester tester = tester((limits) -> limits.messages(new RateLimit(500, 5)),
				(options) -> options.maximumParallelInvocationsPerClient(parallel))) {
			TestClient client = tester.connect();
			client.send(calls(target, 40));
			for (int i = 0; i < 40; i++) {
				assertThat(client.completion("" + i)).contains("'result':" + i);
			}
			List<Integer> recorded = tester.bean(Calls.class).recorded;
			assertThat(recorded).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 40).boxed().toList());
			if (parallel == 1) {
				assertThat(recorded).isSorted();
			}
			assertThat(tester.bean(LimitRecorder.class).exceeded()).contains("test messages-per-second");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "record", "recordAtOnce" })
	void burstIsHandledAtOnceAndNothingBeyondIt(String target) {
		try (HubTester tester = tester((limits) -> limits.messages(new RateLimit(NEVER, 3)))) {
			TestClient client = tester.connect();
			client.send(calls(target, 5));
			for (int i = 0; i < 3; i++) {
				client.completion("" + i);
			}
			await().until(() -> tester.bean(LimitRecorder.class).exceeded().size() == 1);
			assertThat(HubSession.of(client.connection()).queue().waiting()).isEqualTo(2);
			assertThat(tester.bean(Calls.class).recorded).containsExactly(0, 1, 2);
			// others have their own
			assertThat(tester.connect().invoke(target, "[9]")).contains("'result':9");
		}
	}

	@Test
	void nothingMoreIsReadWhileMuchWaits() {
		try (HubTester tester = tester((limits) -> limits.messages(new RateLimit(NEVER, 1)))) {
			TestClient client = tester.connect();
			client.send(calls("record", 1 + ReadControl.MAX_WAITING_CALLS));
			client.completion("0");
			client.awaitReadable();
			client.send(call("record", 1000));
			assertThat(isPaused(client)).isTrue();
		}
	}

	@Test
	void pingsAndAnswersOfTheClientDoNotWait() {
		try (HubTester tester = tester((limits) -> limits.messages(new RateLimit(NEVER, 1)))) {
			TestClient client = tester.connect();
			client.send(calls("record", 3));
			client.completion("0");
			CompletableFuture<Integer> answer = tester.hub().client(client.id()).invoke("ask", Integer.class);
			String question = client.next((record) -> record.startsWith("{'type':1"));
			client.send("{'type':6}", "{'type':3,'invocationId':'"
					+ question.replaceFirst(".*'invocationId':'([^']+)'.*", "$1") + "','result':7}");
			assertThat(answer).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(7);
		}
	}

	@Test
	void whatWaitsIsForgottenWhenTheClientIsGone() {
		try (HubTester tester = tester((limits) -> limits.messages(new RateLimit(NEVER, 1)))) {
			TestClient client = tester.connect();
			client.send(calls("record", 3));
			client.completion("0");
			client.disconnect();
			Calls bean = tester.bean(Calls.class);
			await().until(() -> bean.gone.contains(client.id()));
			assertThat(bean.recorded).containsExactly(0);
			assertThat(tester.engine().connectionCount()).isZero();
		}
	}

	@Test
	void whatCannotBeCalledCountsToo() {
		try (HubTester tester = tester((limits) -> limits.messages(new RateLimit(NEVER, 2)))) {
			TestClient client = tester.connect();
			client.send(calls("unknown", 2));
			assertThat(isPaused(client)).isFalse();
			client.send(call("unknown", 2));
			assertThat(isPaused(client)).isTrue();
			assertThat(client.completion("2")).contains("Method does not exist");
		}
	}

	@Test
	void itemsOfStreamsCount() {
		try (HubTester tester = tester((limits) -> limits.messages(new RateLimit(NEVER, 3)))) {
			TestClient client = tester.connect();
			client.send("{'type':1,'invocationId':'c','target':'count','arguments':[],'streamIds':['u']}",
					"{'type':2,'invocationId':'u','item':1}", "{'type':2,'invocationId':'u','item':2}");
			await().until(() -> HubSession.of(client.connection()).queue().waiting() == 0);
			assertThat(isPaused(client)).isFalse();
			client.send("{'type':2,'invocationId':'u','item':3}");
			await().until(() -> isPaused(client));
		}
	}

	@Test
	void readingPausesUntilBytesArePaidBack() {
		try (HubTester tester = tester((limits) -> limits.bytesPerSecond(20_000))) {
			TestClient client = tester.connect();
			client.send("{'type':1,'invocationId':'a','target':'length','arguments':['" + "x".repeat(24_000) + "']}");
			assertThat(client.completion("a")).contains("'result':24000");
			assertThat(isPaused(client)).isTrue();
			client.awaitReadable();
			assertThat(isPaused(client)).isFalse();
			assertThat(tester.bean(LimitRecorder.class).exceeded()).containsExactly("test bytes-per-second");
		}
	}

	@Test
	void clientThatCannotBeSlowedDownIsClosed() {
		try (HubTester tester = tester((limits) -> limits.bytesPerSecond(100))) {
			TestClient client = tester.connect();
			tester.hub().client(client.id()).invoke("ask", Integer.class);
			client.next((record) -> record.startsWith("{'type':1"));
			client.send("{'type':1,'target':'length','arguments':['" + "x".repeat(500) + "']}");
			assertThat(isPaused(client)).isFalse();
			assertThat(client.isClosed()).isFalse();
			client.send("{'type':1,'target':'length','arguments':['" + "x".repeat(1500) + "']}");
			client.awaitClosed();
			assertThat(client.connection().closeReason()).isEqualTo(CloseReason.RATE_EXCEEDED);
			assertThat(client.received()).last().asString().startsWith("{'type':7,'error':");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { PubSubTestClient.JSON, PubSubTestClient.RELIABLE })
	void webPubSubClientsWait(String subprotocol) {
		try (HubTester tester = tester((limits) -> limits.messages(new RateLimit(NEVER, 3)))) {
			PubSubTestClient client = PubSubTestClient.to(tester.pubSub()).subprotocols(subprotocol).connect();
			assertThat(client.ask("{'type':'joinGroup','group':'a','ackId':1}")).contains("'success':true");
			assertThat(client.ask("{'type':'event','event':'record','data':[1],'ackId':2}")).contains("'success':true");
			client.send("{'type':'sendToGroup','group':'a','data':1,'ackId':3}");
			client.next((frame) -> frame.contains("'ackId':3"));
			client.send("{'type':'joinGroup','group':'b','ackId':4}", "{'type':'ping'}");
			client.next((frame) -> frame.contains("pong"));
			assertThat(HubSession.of(client.connection()).queue().waiting()).isEqualTo(1);
			assertThat(client.received()).noneMatch((frame) -> frame.contains("'ackId':4"));
			assertThat(tester.bean(LimitRecorder.class).exceeded()).containsExactly("test messages-per-second");
		}
	}

	@Test
	void webPubSubClientsAreReadNoFaster() {
		try (HubTester tester = tester((limits) -> limits.bytesPerSecond(20_000))) {
			PubSubTestClient client = PubSubTestClient.to(tester.pubSub()).subprotocols().connect();
			client.sendRaw(new byte[24_000], TransferFormat.BINARY);
			assertThat(client.connection().readGate().isPaused()).isTrue();
			assertThat(client.connection().readGate().readable()).succeedsWithin(Duration.ofSeconds(10));
		}
	}

	@Test
	void nothingIsMeasuredWithoutLimits() {
		try (HubTester tester = tester((limits) -> limits.groupsPerConnection(1))) {
			HubSession session = HubSession.of(tester.connect().connection());
			assertThat(session.rate()).isNull();
			assertThat(session.callLimits()).isNull();
		}
	}

	@HubController("test")
	static class Calls {

		final List<Integer> recorded = new CopyOnWriteArrayList<>();

		final List<String> gone = new CopyOnWriteArrayList<>();

		@HubMethod
		int record(int number) {
			this.recorded.add(number);
			return number;
		}

		@HubMethod(blocking = false)
		int recordAtOnce(int number) {
			return record(number);
		}

		@HubMethod
		long count(Stream<Integer> items) {
			return items.count();
		}

		@HubMethod
		int length(String text) {
			return text.length();
		}

		@EventHandler("message")
		void message(byte[] bytes) {
		}

		@EventHandler(type = EventType.DISCONNECTED)
		void gone(DisconnectedEventRequest request) {
			this.gone.add(request.connectionId());
		}

	}

}
