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

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import dev.realtime.event.ClientEventConnection;
import dev.realtime.event.ClientEventHandler;
import dev.realtime.event.ClientEventListener;
import dev.realtime.event.ConnectEventRequest;
import dev.realtime.event.ConnectEventResponse;
import dev.realtime.event.ConnectRejectedException;
import dev.realtime.event.EventHandler;
import dev.realtime.event.EventType;
import dev.realtime.event.UserEventRequest;
import dev.realtime.event.UserEventResponse;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.ServerMessage.DataType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the connect event of Web PubSub clients, and for what takes part in events
 * from outside of the application.
 */
class PubSubConnectTests {

	private final HubTester tester = HubTester.with(Handlers.class, Outside.class, Listener.class);

	private final Handlers handlers = this.tester.bean(Handlers.class);

	private final Outside outside = this.tester.bean(Outside.class);

	private final Listener listener = this.tester.bean(Listener.class);

	@AfterEach
	void close() {
		this.tester.close();
	}

	private PubSubTestClient.Builder client() {
		return PubSubTestClient.to(this.tester.pubSub()).user("ann").groups("token");
	}

	private static String name(@Nullable String subprotocol) {
		return String.valueOf(subprotocol);
	}

	@Test
	void handlersKnowTheTokenAndTheOffer() {
		client().subprotocols(PubSubTestClient.JSON, "x").connect();
		ConnectEventRequest request = this.handlers.request;
		assertThat(request).isNotNull();
		assertThat(request.claims()).isEqualTo(Map.of("claim", List.of("value")));
		assertThat(request.subprotocols()).containsExactly(PubSubTestClient.JSON, "x");
		assertThat(request.userId()).isEqualTo("ann");
	}

	@Test
	void decisionReplacesWhatTheTokenSays() {
		this.handlers.answer = ConnectEventResponse.accept().groups("a").roles("webpubsub.sendToGroup.a");
		this.outside.answer = ConnectEventResponse.accept().userId("bob").groups("b").state("s");
		PubSubTestClient client = client().connect();
		assertThat(client.connection().userId()).isEqualTo("bob");
		await().untilAsserted(
				() -> assertThat(client.connection().membership().groups()).containsExactlyInAnyOrder("a", "b"));
		assertThat(client.connection().permissions().maySend("a")).isTrue();
		assertThat(client.connection().permissions().maySend("b")).isFalse();
		assertThat(PubSubSession.of(client.connection()).state()).isEqualTo("s");
	}

	@Test
	void withoutADecisionTheTokenCounts() {
		PubSubTestClient client = client().connect();
		assertThat(client.connection().membership().groups()).containsExactly("token");
		assertThat(client.connection().permissions().maySend("a")).isTrue();
	}

	@Test
	void userMayBecomeAnonymous() {
		this.handlers.answer = ConnectEventResponse.accept().userId("");
		PubSubTestClient client = client().open();
		assertThat(client.next()).contains("'userId':null");
	}

	@Test
	void subprotocolIsTheFirstThatIsKnownUnlessAHandlerDecides() {
		assertThat(name(
				client().subprotocols("x", PubSubTestClient.RELIABLE.toUpperCase(Locale.ROOT), PubSubTestClient.JSON)
					.accept()
					.subprotocol()))
			.isEqualToIgnoringCase(PubSubTestClient.RELIABLE);
		assertThat(client().subprotocols().accept().subprotocol()).isNull();
		assertThatExceptionOfType(ConnectRejectedException.class).isThrownBy(() -> client().subprotocols("x").accept())
			.extracting(ConnectRejectedException::getStatus)
			.isEqualTo(400);
		this.handlers.answer = ConnectEventResponse.accept().subprotocol("x");
		PubSubTestClient plain = client().subprotocols(PubSubTestClient.JSON, "x").open();
		assertThat(PubSubSession.of(plain.connection()).subprotocol()).isEqualTo("x");
		plain.send("hello");
		assertThat(plain.next()).isEqualTo("echo hello");
	}

	@Test
	void rejectionFromOutsideHasItsStatus() {
		this.outside.failure = new ConnectRejectedException(403, null);
		assertThatExceptionOfType(ConnectRejectedException.class).isThrownBy(() -> client().accept())
			.extracting(ConnectRejectedException::getStatus)
			.isEqualTo(403);
		this.outside.failure = new IllegalStateException("down");
		assertThatExceptionOfType(ConnectRejectedException.class).isThrownBy(() -> client().accept())
			.extracting(ConnectRejectedException::getStatus)
			.isEqualTo(500);
	}

	@Test
	void signalRClientsAreDecidedAboutAsWell() {
		this.outside.failure = new ConnectRejectedException(403, null);
		assertThatExceptionOfType(ConnectRejectedException.class).isThrownBy(() -> this.tester.connect("ann"));
	}

	@Test
	void eventsThatNobodyElseHandlesGoOutside() {
		PubSubTestClient client = client().connect();
		client.send("{'type':'event','event':'outside','dataType':'json','data':{'a':1},'ackId':1}");
		assertThat(client.next()).isEqualTo("{'type':'message','from':'server','dataType':'json','data':{'a':1}}");
		assertThat(client.next()).isEqualTo("{'type':'ack','ackId':1,'success':true}");
		assertThat(PubSubSession.of(client.connection()).state()).isEqualTo("after outside");
		assertThat(client.ask("{'type':'event','event':'heard','dataType':'text','data':'x','ackId':2}"))
			.contains("'success':true");
		assertThat(client.ask("{'type':'event','event':'unheard','dataType':'text','data':'x','ackId':3}"))
			.contains("'InternalServerError'");
		this.outside.failure = new IllegalStateException("down");
		assertThat(client.ask("{'type':'event','event':'outside','dataType':'text','data':'x','ackId':4}"))
			.contains("'InternalServerError'");
		assertThat(this.outside.events).startsWith("connected " + client.id(), "outside");
	}

	@Test
	void listenersGetCopiesOfEverything() {
		PubSubTestClient client = client().connect();
		client.ask("{'type':'joinGroup','group':'g','ackId':1}");
		client.ask("{'type':'event','event':'heard','dataType':'text','data':'x','ackId':2}");
		client.ask("{'type':'leaveGroup','group':'g','ackId':3}");
		client.disconnect();
		await().untilAsserted(() -> assertThat(this.listener.events).containsExactly("connected", "joined token",
				"joined g", "heard", "left g", "left token", "disconnected client-closed"));
		assertThat(this.outside.events).contains("joined g", "left g", "disconnected client-closed");
	}

	@Test
	void undeclaredHubsComeIntoBeingOnlyWhereAllowed() {
		assertThat(this.tester.engine().pubSubEndpoint("Other", true)).isNull();
		assertThat(this.tester.engine().find("Other")).isNull();
		assertThat(this.tester.engine().pubSubEndpoint("TEST", false)).isNotNull();
	}

	static class Handlers {

		private volatile @Nullable ConnectEventRequest request;

		private volatile @Nullable ConnectEventResponse answer;

		@EventHandler(type = EventType.CONNECT)
		@Nullable ConnectEventResponse connect(ConnectEventRequest request) {
			this.request = request;
			return this.answer;
		}

		@EventHandler("message")
		String message(String text) {
			return "echo " + text;
		}

	}

	static class Outside implements ClientEventHandler {

		private final List<String> events = Collections.synchronizedList(new ArrayList<>());

		private volatile @Nullable ConnectEventResponse answer;

		private volatile @Nullable Exception failure;

		@Override
		public boolean handles(String hub, EventType type) {
			return true;
		}

		@Override
		public boolean handles(String hub, String event) {
			return event.equals("outside");
		}

		@Override
		public boolean handlesGroups(String hub) {
			return true;
		}

		@Override
		public CompletionStage<@Nullable ConnectEventResponse> connect(ConnectEventRequest request,
				ClientEventConnection connection) {
			Exception failure = this.failure;
			return (failure != null) ? CompletableFuture.failedFuture(failure)
					: CompletableFuture.completedFuture(this.answer);
		}

		@Override
		public void connected(ClientEventConnection connection) {
			this.events.add("connected " + connection.connectionId());
		}

		@Override
		public void disconnected(ClientEventConnection connection, @Nullable String reason) {
			this.events.add("disconnected " + reason);
		}

		@Override
		public void joined(ClientEventConnection connection, String group) {
			if (!group.equals("token")) {
				this.events.add("joined " + group);
			}
		}

		@Override
		public void left(ClientEventConnection connection, String group) {
			this.events.add("left " + group);
		}

		@Override
		public CompletionStage<UserEventResponse> userEvent(UserEventRequest request,
				ClientEventConnection connection) {
			this.events.add(request.event());
			Exception failure = this.failure;
			if (failure != null) {
				return CompletableFuture.failedFuture(failure);
			}
			ServerMessage.Data reply = new ServerMessage.Data(null, null, DataType.JSON, request.data().payload(),
					Map.of());
			return CompletableFuture.supplyAsync(() -> new UserEventResponse(reply, "after " + request.event()));
		}

	}

	static class Listener implements ClientEventListener {

		private final List<String> events = Collections.synchronizedList(new ArrayList<>());

		@Override
		public boolean listensTo(String hub, String event) {
			return event.equals("heard");
		}

		@Override
		public void connected(ClientEventConnection connection) {
			this.events.add("connected");
		}

		@Override
		public void disconnected(ClientEventConnection connection, @Nullable String reason) {
			this.events.add("disconnected " + reason);
		}

		@Override
		public void userEvent(UserEventRequest request, ClientEventConnection connection) {
			this.events.add(request.event());
			throw new IllegalStateException("cannot interfere");
		}

		@Override
		public void joined(ClientEventConnection connection, String group) {
			this.events.add("joined " + group);
		}

		@Override
		public void left(ClientEventConnection connection, String group) {
			this.events.add("left " + group);
		}

	}

}
