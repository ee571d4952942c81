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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.realtime.hub.ClientLimits;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.RateLimit;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what clients may call, stream and join: what is beyond a limit fails, and the
 * connection goes on.
 */
class CallLimitTests {

	private static HubTester tester(Consumer<ClientLimits.Builder> limits) {
		ClientLimits.Builder builder = ClientLimits.builder();
		limits.accept(builder);
		return HubTester.with((options) -> options.limits(builder.build()), Calls.class, LimitRecorder.class);
	}

	private static String call(int type, String id, String target) {
		return "{'type':" + type + ",'invocationId':'" + id + "','target':'" + target + "','arguments':[]}";
	}

	private static String error(String text) {
		return "{'type':3,'error':'" + text + "'}";
	}

	@ParameterizedTest
	@ValueSource(strings = { "quick", "QUICK" })
	void methodMayBeCalledSoOften(String target) {
		try (HubTester tester = tester((limits) -> limits.method("Quick", new RateLimit(0.0002, 2)))) {
			TestClient client = tester.connect();
			assertThat(client.invoke(target, "[]")).contains("'result':1");
			assertThat(client.invoke(target, "[]")).contains("'result':1");
			assertThat(client.invoke(target, "[]").replace("\\u0027", "'"))
				.isEqualTo(error("Failed to invoke 'quick' because it is called too often."));
			assertThat(client.invoke("other", "[]")).contains("'result':2");
			assertThat(tester.connect().invoke(target, "[]")).contains("'result':1");
			assertThat(tester.bean(LimitRecorder.class).exceeded()).containsExactly("test method-rate");
		}
	}

	@Test
	void webPubSubClientIsToldThatItCallsTooOften() {
		try (HubTester tester = tester((limits) -> limits.method("quick", new RateLimit(0.0002, 1)))) {
			PubSubTestClient client = PubSubTestClient.to(tester.pubSub()).connect();
			assertThat(client.ask("{'type':'event','event':'quick','data':[],'ackId':1}")).contains("'success':true");
			assertThat(client.ask("{'type':'event','event':'quick','data':[],'ackId':2}"))
				.contains("'success':false,'error':{'name':'Forbidden','message':'Failed to invoke")
				.contains("because it is called too often.");
			client.send(
					"{'type':'invoke','invocationId':'a','target':'event','event':'quick','dataType':'json','data':[]}");
			assertThat(client.next((frame) -> frame.contains("invokeResponse"))).contains("'name':'Forbidden'");
			assertThat(client.isClosed()).isFalse();
		}
	}

	@Test
	void limitOfAnUnknownMethodStopsTheStartUp() {
		assertThatExceptionOfType(InvalidHubException.class)
			.isThrownBy(() -> tester((limits) -> limits.method("quik", RateLimit.perSecond(1))))
			.withMessageContaining("Hub 'test' limits how often 'quik' is called, but has no method of that name.");
	}

	@Test
	void clientMayHaveSoManyCallsUnderWay() {
		try (HubTester tester = tester((limits) -> limits.invocationsPerConnection(2))) {
			TestClient client = tester.connect();
			client.send(call(1, "a", "wait"), call(1, "b", "quick"), call(1, "c", "quick"));
			assertThat(client.completion("c")).contains("because too many calls are under way.");
			tester.bean(Calls.class).goOn.countDown();
			client.completion("a");
			client.completion("b");
			assertThat(client.invoke("quick", "[]")).contains("'result':1");
			assertThat(tester.bean(LimitRecorder.class).exceeded()).containsExactly("test invocations-per-connection");
		}
	}

	@Test
	void callsThatFailAreNoLongerUnderWay() {
		try (HubTester tester = tester((limits) -> limits.invocationsPerConnection(1))) {
			TestClient client = tester.connect();
			for (int i = 0; i < 3; i++) {
				assertThat(client.invoke("fail", "[]")).contains("An unexpected error occurred");
				assertThat(client.invoke("failLater", "[]")).contains("An unexpected error occurred");
				assertThat(client.invoke("unknown", "[]")).contains("Method does not exist");
			}
			assertThat(client.invoke("quick", "[]")).contains("'result':1");
		}
	}

	@Test
	void webPubSubClientMayHaveSoManyInvocationsUnderWay() {
		try (HubTester tester = tester((limits) -> limits.invocationsPerConnection(1))) {
			PubSubTestClient client = PubSubTestClient.to(tester.pubSub()).connect();
			client.send("{'type':'invoke','invocationId':'a','target':'event','event':'wait','data':[]}",
					"{'type':'invoke','invocationId':'b','target':'event','event':'quick','data':[]}");
			assertThat(client.next((frame) -> frame.contains("'invocationId':'b'"))).contains("'name':'Forbidden'")
				.contains("because too many calls are under way.");
			tester.bean(Calls.class).goOn.countDown();
			assertThat(client.next((frame) -> frame.contains("'invocationId':'a'"))).contains("'success':true");
		}
	}

	@Test
	void clientMayHaveSoManyStreamsUnderWay() {
		try (HubTester tester = tester((limits) -> limits.streamsPerConnection(2))) {
			TestClient client = tester.connect();
			client.send(call(4, "down", "endless"),
					"{'type':1,'invocationId':'up','target':'sum','arguments':[],'streamIds':['u']}");
			client.send(call(4, "more", "endless"));
			assertThat(client.completion("more")).contains("because too many streams are under way.");
			client.send("{'type':1,'invocationId':'x','target':'sum','arguments':[],'streamIds':['v']}");
			assertThat(client.completion("x")).contains("because too many streams are under way.");
			client.send("{'type':2,'invocationId':'v','item':5}", "{'type':2,'invocationId':'u','item':5}",
					"{'type':3,'invocationId':'u'}");
			assertThat(client.completion("up")).contains("'result':5");
			client.send(call(4, "again", "endless"));
			client.next((record) -> record.contains("'invocationId':'again'"));
			assertThat(tester.bean(LimitRecorder.class).exceeded()).containsExactly("test streams-per-connection",
					"test streams-per-connection");
		}
	}

	@Test
	void webPubSubClientMayPublishSoManyStreams() {
		try (HubTester tester = tester((limits) -> limits.streamsPerConnection(1))) {
			PubSubTestClient client = PubSubTestClient.to(tester.pubSub()).connect();
			client.send("{'type':'sendToGroup','group':'g','stream':{'streamId':'a'}}",
					"{'type':'sendToGroup','group':'g','stream':{'streamId':'b'}}");
			assertThat(client.next()).contains("streamAck").contains("'streamId':'a'");
			assertThat(client.next()).contains("streamClosed").contains("More than 1 streams at the same time");
			assertThat(tester.bean(LimitRecorder.class).exceeded()).containsExactly("test streams-per-connection");
		}
	}

	@Test
	void clientMayJoinSoManyGroups() {
		try (HubTester tester = tester((limits) -> limits.groupsPerConnection(2))) {
			TestClient client = tester.connect();
			client.invoke("join", "['a']");
			client.invoke("join", "['b']");
			assertThat(client.invoke("join", "['a']")).doesNotContain("error");
			assertThat(client.invoke("join", "['c']"))
				.contains("HubException: The connection is a member of 2 groups, which is as many as it may be.");
			client.invoke("leave", "['a']");
			assertThat(client.invoke("join", "['c']")).doesNotContain("error");
			tester.hub().groups().add(client.id(), "by the server").join();
			assertThat(client.connection().membership().groups()).containsExactlyInAnyOrder("b", "c", "by the server");
			assertThat(tester.bean(LimitRecorder.class).exceeded()).containsExactly("test groups-per-connection");
		}
	}

	@Test
	void nameOfAGroupMayBeSoLong() {
		try (HubTester tester = tester((limits) -> limits.groupNameLength(3))) {
			TestClient client = tester.connect();
			assertThat(client.invoke("join", "['abc']")).doesNotContain("error");
			assertThat(client.invoke("join", "['abcd']"))
				.contains("HubException: The name of the group is longer than 3 characters.");
			assertThat(tester.bean(LimitRecorder.class).exceeded()).containsExactly("test group-name-length");
		}
	}

	@Test
	void webPubSubClientIsToldOfLimitsOfGroups() {
		try (HubTester tester = tester((limits) -> limits.groupsPerConnection(2).groupNameLength(3))) {
			PubSubTestClient client = PubSubTestClient.to(tester.pubSub()).groups("by token").connect();
			assertThat(client.ask("{'type':'joinGroup','group':'abcd','ackId':1}")).contains("'name':'Forbidden'")
				.contains("longer than 3 characters");
			assertThat(client.ask("{'type':'joinGroup','group':'a','ackId':2}")).contains("'success':true");
			assertThat(client.ask("{'type':'joinGroup','group':'b','ackId':3}")).contains("'name':'Forbidden'")
				.contains("a member of 2 groups");
			assertThat(client.ask("{'type':'leaveGroup','group':'a','ackId':4}")).contains("'success':true");
			assertThat(client.ask("{'type':'joinGroup','group':'b','ackId':3}")).contains("'success':true");
		}
	}

	@HubController("test")
	static class Calls {

		final CountDownLatch goOn = new CountDownLatch(1);

		@HubMethod
		int quick() {
			return 1;
		}

		@HubMethod
		int other() {
			return 2;
		}

		@HubMethod("wait")
		int block() throws InterruptedException {
			assertThat(this.goOn.await(10, TimeUnit.SECONDS)).isTrue();
			return 3;
		}

		@HubMethod
		void fail() {
			throw new IllegalStateException("on purpose");
		}

		@HubMethod
		CompletableFuture<Integer> failLater() {
			return CompletableFuture.failedFuture(new IllegalStateException("on purpose"));
		}

		@HubMethod
		Flux<Integer> endless() {
			return Flux.concat(Flux.just(1), Flux.never());
		}

		@HubMethod
		int sum(Stream<Integer> items) {
			return items.mapToInt(Integer::intValue).sum();
		}

		@HubMethod
		void join(String group, HubCallerContext caller) {
			caller.join(group);
		}

		@HubMethod
		void leave(String group, HubCallerContext caller) {
			caller.leave(group);
		}

	}

}
