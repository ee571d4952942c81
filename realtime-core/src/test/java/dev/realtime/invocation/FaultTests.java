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

import java.security.Principal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.realtime.event.ConnectRejectedException;
import dev.realtime.invocation.FaultyApplication.Listeners;
import dev.realtime.invocation.FaultyApplication.Place;
import dev.realtime.lifetime.HubLifetimeManager;
import dev.realtime.protocol.CloseReason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.util.LinkedMultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for code of the application that throws, whatever and wherever: its client is
 * told, others do not notice, and nothing stays.
 */
class FaultTests {

	private static HubTester tester;

	private static TestClient bystander;

	@BeforeAll
	static void start() {
		tester = HubTester.with(FaultyApplication.COMPONENTS);
		bystander = tester.connect("bob");
	}

	@AfterAll
	static void stop() {
		tester.close();
	}

	@AfterEach
	void othersGoOnAndNothingStays() {
		FaultyApplication.disarm();
		assertThat(bystander.invoke("ping", "[]")).contains("pong");
		HubLifetimeManager hub = tester.engine().find("test");
		await().untilAsserted(() -> {
			assertThat(hub.connectionCount()).isEqualTo(1);
			assertThat(hub.userCount()).isEqualTo(1);
			assertThat(hub.groupCount()).isZero();
		});
		bystander.awaitIdle();
	}

	private static void end(TestClient client) {
		client.disconnect();
		client.awaitIdle();
	}

	static List<Arguments> calls() {
		List<Arguments> calls = new ArrayList<>();
		for (Fault fault : Fault.values()) {
			calls.add(Arguments.of(Place.METHOD, fault, "method", "[]"));
			calls.add(Arguments.of(Place.METHOD, fault, "methodAtOnce", "[]"));
			calls.add(Arguments.of(Place.METHOD, fault, "later", "[]"));
			calls.add(Arguments.of(Place.EVENT_METHOD, fault, "named", "[]"));
			calls.add(Arguments.of(Place.EXCEPTION_HANDLER, fault, "handled", "[]"));
			calls.add(Arguments.of(Place.FILTER, fault, "filtered", "[]"));
			calls.add(Arguments.of(Place.RESOLVER, fault, "resolved", "[]"));
			calls.add(Arguments.of(Place.WRITING, fault, "write", "[]"));
			calls.add(Arguments.of(Place.LATE_WRITING, fault, "writeLater", "[]"));
		}
		return calls;
	}

	@ParameterizedTest
	@MethodSource("calls")
	void callFailsAndTheConnectionGoesOn(Place place, Fault fault, String target, String arguments) {
		FaultyApplication.arm(place, fault);
		TestClient client = tester.connect("ann");
		assertThat(client.invoke(target, arguments)).contains("'error':'An unexpected error occurred invoking")
			.doesNotContain("on purpose");
		assertThat(client.invoke("ping", "[]")).contains("pong");
		end(client);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "CHECKED_EXCEPTION", "THROWABLE" })
	void argumentThatCannotBeReadFailsTheCall(Fault fault) {
		FaultyApplication.arm(Place.READING, fault);
		TestClient client = tester.connect("ann");
		assertThat(client.invoke("read", "[1]")).contains("'error':'Failed to invoke");
		assertThat(client.invoke("ping", "[]")).contains("pong");
		end(client);
	}

	static List<Arguments> streams() {
		List<Arguments> calls = new ArrayList<>();
		for (Fault fault : Fault.values()) {
			calls.add(Arguments.of(Place.ITERATOR, fault, "iterator"));
			calls.add(Arguments.of(Place.EMITTER, fault, "emitter"));
			calls.add(Arguments.of(Place.SUBSCRIBE, fault, "publisher"));
			calls.add(Arguments.of(Place.REQUEST, fault, "publisher"));
			calls.add(Arguments.of(Place.ITEM, fault, "publisher"));
		}
		return calls;
	}

	@ParameterizedTest
	@MethodSource("streams")
	void streamEndsWithAnError(Place place, Fault fault, String target) {
		FaultyApplication.arm(place, fault);
		TestClient client = tester.connect("ann");
		client.send("{'type':4,'invocationId':'s','target':'" + target + "','arguments':[]}");
		assertThat(client.completion("s")).contains("'error':'An ").doesNotContain("on purpose");
		assertThat(client.invoke("ping", "[]")).contains("pong");
		end(client);
	}

	@ParameterizedTest
	@EnumSource
	void sourceThatCannotBeCancelledIsLeftAlone(Fault fault) {
		FaultyApplication.arm(Place.CANCEL, fault);
		TestClient client = tester.connect("ann");
		client.send("{'type':4,'invocationId':'s','target':'publisher','arguments':[]}");
		client.next((record) -> record.startsWith("{'type':2"));
		client.send("{'type':5,'invocationId':'s'}");
		assertThat(client.completion("s")).isEqualTo("{'type':3,'invocationId':'s'}");
		client.send("{'type':4,'invocationId':'t','target':'publisher','arguments':[]}");
		client.next((record) -> record.startsWith("{'type':2,'invocationId':'t'"));
		end(client);
	}

	@ParameterizedTest
	@EnumSource
	void callbackOfACancelledCall(Fault fault) {
		FaultyApplication.arm(Place.ON_CANCEL, fault);
		TestClient client = tester.connect("ann");
		client.send("{'type':4,'invocationId':'s','target':'onCancel','arguments':[]}");
		client.next((record) -> record.startsWith("{'type':2"));
		end(client);
	}

	@ParameterizedTest
	@EnumSource
	void failureToConnectRefusesTheClient(Fault fault) {
		for (Place place : Set.of(Place.CONNECT, Place.HANDLER_CONNECT)) {
			FaultyApplication.arm(place, fault);
			Principal ann = () -> "ann";
			assertThatExceptionOfType(ConnectRejectedException.class).as(place.name())
				.isThrownBy(() -> tester.endpoint()
					.connect(ann, TestClient.handshake(new LinkedMultiValueMap<>(), new LinkedMultiValueMap<>())))
				.satisfies((rejection) -> assertThat(rejection.getStatus()).isEqualTo(500))
				.satisfies((rejection) -> assertThat(rejection.getText()).isNull());
		}
	}

	@ParameterizedTest
	@EnumSource
	void failureWhenConnectedClosesTheConnection(Fault fault) {
		for (Place place : Set.of(Place.CONNECTED, Place.FILTER_CONNECTED)) {
			FaultyApplication.arm(place, fault);
			TestClient client = tester.connect("ann");
			client.awaitClosed();
			assertThat(client.connection().closeReason()).isEqualTo(CloseReason.CONNECT_FAILED);
			client.awaitIdle();
		}
	}

	static List<Arguments> unnoticed() {
		List<Arguments> places = new ArrayList<>();
		for (Place place : EnumSet.of(Place.DISCONNECTED, Place.FILTER_DISCONNECTED, Place.HANDLER_HANDLES,
				Place.HANDLER_CONNECTED, Place.HANDLER_DISCONNECTED, Place.HANDLER_JOINED, Place.HANDLER_LEFT,
				Place.LISTENER_CONNECTED, Place.LISTENER_DISCONNECTED, Place.LISTENER_JOINED, Place.LISTENER_LEFT,
				Place.EVENT_LISTENER)) {
			for (Fault fault : Fault.values()) {
				places.add(Arguments.of(place, fault));
			}
		}
		return places;
	}

	@ParameterizedTest
	@MethodSource("unnoticed")
	void clientDoesNotNotice(Place place, Fault fault) {
		FaultyApplication.arm(place, fault);
		TestClient client = tester.connect("ann");
		assertThat(client.invoke("join", "[]")).doesNotContain("error");
		assertThat(client.invoke("leave", "[]")).doesNotContain("error");
		assertThat(client.invoke("join", "[]")).doesNotContain("error");
		end(client);
		await().until(() -> tester.bean(Listeners.class).gone.contains(client.id()));
	}

	@ParameterizedTest
	@EnumSource
	void eventOfAWebPubSubClientFailsAndTheNextOneIsHandled(Fault fault) {
		PubSubTestClient client = PubSubTestClient.to(tester.pubSub()).user("ann").connect();
		FaultyApplication.arm(Place.HANDLER_EVENT, fault);
		assertThat(client.ask("{'type':'event','event':'outside','data':1,'ackId':1}"))
			.contains("'name':'InternalServerError'");
		FaultyApplication.arm(Place.METHOD, fault);
		assertThat(client.ask("{'type':'event','event':'method','data':[],'ackId':2}"))
			.contains("'name':'InternalServerError'");
		FaultyApplication.arm(Place.READING, fault);
		assertThat(client.ask("{'type':'event','event':'read','data':[1],'ackId':3}")).contains("'success':false");
		FaultyApplication.arm(Place.WRITING, fault);
		assertThat(client.ask("{'type':'event','event':'write','data':[],'ackId':4}")).contains("'success':false");
		FaultyApplication.arm(Place.LISTENER_EVENT, fault);
		assertThat(client.ask("{'type':'event','event':'outside','data':1,'ackId':5}")).contains("'success':true");
		client.disconnect();
	}

}
