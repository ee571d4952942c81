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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.realtime.event.EventHandler;
import dev.realtime.event.EventType;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubContext;
import dev.realtime.hub.HubMember;
import dev.realtime.hub.annotation.Hub;
import dev.realtime.hub.annotation.HubClient;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.TransportType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.LinkedMultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the {@link HubCallerContext} of hub methods and handlers.
 */
class CallerContextTests {

	private final HubTester tester = HubTester.with(Calls.class);

	private final TestClient client = this.tester.connect("ann");

	private final TestClient other = this.tester.connect("bob");

	private final TestClient third = this.tester.connect();

	@AfterEach
	void close() {
		this.tester.close();
	}

	private static String notice(String text) {
		return "{'type':1,'target':'notice','arguments':['" + text + "']}";
	}

	// what a connection has received before the result of a call
	private static List<String> received(TestClient client) {
		client.invoke("nothing", "[]");
		return client.received();
	}

	@Test
	void itemsLastAsLongAsTheConnection() {
		assertThat(this.client.invoke("count", "[]")).contains("'result':2");
		assertThat(this.client.invoke("count", "[]")).contains("'result':3");
		assertThat(this.other.invoke("count", "[]")).contains("'result':2");
	}

	@Test
	void knowsTheConnection() {
		LinkedMultiValueMap<String, String> headers = new LinkedMultiValueMap<>();
		headers.add("X-Tenant", "acme");
		TestClient polling = this.tester.open(this.tester.endpoint(), TransportType.LONG_POLLING, "eve", headers)
			.handshake();
		assertThat(polling.invoke("describe", "[]"))
			.contains("'result':'test " + polling.id() + " eve eve json LONG_POLLING acme'");
		assertThat(this.third.invoke("anonymous", "[]")).contains("'result':true");
	}

	@Test
	void joinAndLeaveAreEffectiveAtOnce() {
		assertThat(this.client.invoke("joinAndLeave", "['a']"))
			.contains("'result':[[],['" + this.client.id() + "'],[]]");
		assertThat(received(this.client)).containsExactly(notice("joined"));
	}

	@Test
	void groupNamesMustNotBeEmpty() {
		assertThat(this.client.invoke("joinAndLeave", "['']")).contains("'error'");
		assertThat(this.client.invoke("nothing", "[]")).contains("'result':null");
	}

	@Test
	void sendsToTheCallerArriveBeforeTheCompletion() {
		this.client.send("{'type':1,'invocationId':'1','target':'tell','arguments':['caller']}");
		assertThat(this.client.next()).isEqualTo(notice("caller"));
		assertThat(this.client.next()).isEqualTo("{'type':3,'invocationId':'1','result':null}");
		assertThat(received(this.other)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "others", "typedOthers" })
	void othersAreAllButTheCaller(String whom) {
		this.client.invoke("tell", "['" + whom + "']");
		assertThat(received(this.other)).containsExactly(notice(whom));
		assertThat(received(this.third)).containsExactly(notice(whom));
		assertThat(received(this.client)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "othersInGroup", "typedOthersInGroup" })
	void othersInGroupAreItsMembersButTheCaller(String whom) {
		this.client.invoke("join", "['g']");
		this.other.invoke("join", "['g']");
		this.client.invoke("tell", "['" + whom + "']");
		assertThat(received(this.other)).containsExactly(notice(whom));
		assertThat(received(this.third)).isEmpty();
		assertThat(received(this.client)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "typedCaller", "all", "user", "group" })
	void otherTargetsIncludeTheCaller(String whom) {
		this.client.invoke("join", "['g']");
		this.client.invoke("tell", "['" + whom + "']");
		assertThat(received(this.client)).containsExactly(notice(whom));
		assertThat(received(this.third)).isEqualTo(whom.equals("all") ? List.of(notice(whom)) : List.of());
	}

	@Test
	void outlivesTheCall() {
		this.client.invoke("keep", "[]");
		HubCallerContext caller = this.tester.bean(Calls.class).kept;
		caller.join("late");
		caller.clients().caller().send("notice", "late");
		assertThat(received(this.client)).containsExactly(notice("late"));
		assertThat(this.client.connection().membership().groups()).isEqualTo(Set.of("late"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "abort", "abortLater" })
	void abortClosesWithoutReconnectAndTellsWhoeverWantsToKnow(String target) {
		this.client.invoke("keep", "[]");
		Calls calls = this.tester.bean(Calls.class);
		assertThat(calls.kept.aborted().toCompletableFuture()).isNotDone();
		this.client.send("{'type':1,'target':'" + target + "','arguments':[]}");
		assertThat(this.client.next()).isEqualTo("{'type':7}");
		this.client.awaitClosed();
		assertThat(this.client.received()).isEmpty();
		assertThat(this.client.connection().closeReason()).isEqualTo(CloseReason.SERVER_CLOSED);
		assertThat(calls.aborted).succeedsWithin(10, TimeUnit.SECONDS);
		assertThat(calls.kept.aborted()).succeedsWithin(10, TimeUnit.SECONDS);
	}

	@Test
	void nobodyCompletesAbortedFromOutside() {
		this.client.invoke("keep", "[]");
		HubCallerContext caller = this.tester.bean(Calls.class).kept;
		caller.aborted().toCompletableFuture().complete(null);
		assertThat(caller.aborted().toCompletableFuture()).isNotDone();
	}

	@Test
	void contextOfAGoneConnectionIsHarmless() {
		this.client.invoke("keep", "[]");
		HubCallerContext caller = this.tester.bean(Calls.class).kept;
		this.client.disconnect();
		Awaitility.await().until(() -> !this.tester.hub().connections().exists(this.client.id()).join());
		caller.join("late").join();
		caller.leave("late").join();
		caller.abort();
		caller.clients().caller().send("notice", "x").join();
		caller.clients().others().send("notice", "others").join();
		assertThat(caller.userId()).isEqualTo("ann");
		assertThat(this.client.connection().membership().groups()).isEmpty();
		assertThat(this.tester.hub().groups().exists("late").join()).isFalse();
		assertThat(received(this.other)).containsExactly(notice("others"));
	}

	@Test
	void blockedMethodIsFreedByAborted() {
		this.client.send("{'type':1,'target':'waitForEnd','arguments':[]}");
		Calls calls = this.tester.bean(Calls.class);
		Awaitility.await().until(() -> calls.kept != null);
		this.client.disconnect();
		Awaitility.await()
			.until(() -> HubSession.of(this.client.connection()).lifetime().find(this.client.id()) == null);
	}

	@HubClient("test")
	interface Client {

		void notice(String text);

	}

	@HubController("test")
	static class Calls {

		private final HubContext hub;

		final CompletableFuture<Void> aborted = new CompletableFuture<>();

		volatile HubCallerContext kept;

		Calls(@Hub("test") HubContext hub) {
			this.hub = hub;
		}

		@EventHandler(type = EventType.CONNECTED)
		void connected(HubCallerContext caller) {
			caller.items().put("count", 1);
		}

		@HubMethod
		void nothing() {
		}

		@HubMethod
		Object count(HubCallerContext caller) {
			return caller.items().merge("count", 1, (a, b) -> (Integer) a + (Integer) b);
		}

		@HubMethod
		boolean anonymous(HubCallerContext caller) {
			return caller.userId() == null && caller.principal() == null;
		}

		@HubMethod
		String describe(HubCallerContext caller) {
			return caller.hub() + " " + caller.connectionId() + " " + caller.userId() + " "
					+ caller.principal().getName() + " " + caller.protocol() + " " + caller.transport() + " "
					+ caller.handshake().headers().getFirst("X-Tenant");
		}

		@HubMethod
		List<List<String>> joinAndLeave(String group, HubCallerContext caller) {
			List<String> before = members(group);
			caller.join(group);
			List<String> joined = members(group);
			this.hub.group(group).send("notice", "joined");
			caller.leave(group);
			this.hub.group(group).send("notice", "left");
			return List.of(before, joined, members(group));
		}

		private List<String> members(String group) {
			return this.hub.groups().members(group).join().stream().map(HubMember::connectionId).toList();
		}

		@HubMethod
		void join(String group, HubCallerContext caller) {
			caller.join(group);
		}

		@HubMethod
		void tell(String whom, HubCallerContext caller) {
			switch (whom) {
				case "caller" -> caller.clients().caller().send("notice", whom);
				case "others" -> caller.clients().others().send("notice", whom);
				case "othersInGroup" -> caller.clients().othersInGroup("g").send("notice", whom);
				case "all" -> caller.clients().all().send("notice", whom);
				case "user" -> caller.clients().user(caller.userId()).send("notice", whom);
				case "group" -> caller.clients().group("g").send("notice", whom);
				case "typedCaller" -> caller.clients(Client.class).caller().notice(whom);
				case "typedOthers" -> caller.clients(Client.class).others().notice(whom);
				case "typedOthersInGroup" -> caller.clients(Client.class).othersInGroup("g").notice(whom);
				default -> throw new IllegalArgumentException(whom);
			}
		}

		@HubMethod
		void keep(HubCallerContext caller) {
			this.kept = caller;
			caller.aborted().thenRun(() -> this.aborted.complete(null));
		}

		@HubMethod
		void abort(HubCallerContext caller) {
			caller.abort();
			caller.clients().caller().send("notice", "too late");
		}

		@HubMethod
		CompletableFuture<Void> abortLater(HubCallerContext caller) {
			return CompletableFuture.runAsync(caller::abort);
		}

		@HubMethod
		void waitForEnd(HubCallerContext caller) {
			this.kept = caller;
			caller.aborted().toCompletableFuture().join();
		}

	}

}
