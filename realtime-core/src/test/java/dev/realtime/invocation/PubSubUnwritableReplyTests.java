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

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import dev.realtime.event.ClientEventConnection;
import dev.realtime.event.ClientEventHandler;
import dev.realtime.event.ConnectEventRequest;
import dev.realtime.event.ConnectEventResponse;
import dev.realtime.event.EventType;
import dev.realtime.event.UserEventRequest;
import dev.realtime.event.UserEventResponse;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.ServerMessage.DataType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for replies to Web PubSub clients that cannot be sent.
 */
class PubSubUnwritableReplyTests {

	private final HubTester tester = HubTester.with(Calls.class, Outside.class);

	private final Calls calls = this.tester.bean(Calls.class);

	private final PubSubTestClient client = PubSubTestClient.to(this.tester.pubSub()).connect();

	@AfterEach
	void close() {
		this.tester.close();
	}

	private void invoke(String event) {
		this.client
			.send("{'type':'invoke','invocationId':'i','target':'event','event':'%s','data':[]}".formatted(event));
	}

	private String nextAnswer() {
		return this.client.next((frame) -> frame.startsWith("{'type':'invokeResponse','invocationId':'i'"));
	}

	private void assertIdle() {
		await().until(() -> PubSubSession.of(this.client.connection()).underWay() == 0);
		this.client.hasNothing();
	}

	@ParameterizedTest
	@ValueSource(strings = { "value", "inline", "stage", "outside" })
	void invocationIsAnsweredOnceWithAnError(String event) {
		invoke(event);
		this.calls.result.complete(new StreamingTests.Unwritable());
		assertThat(nextAnswer())
			.startsWith("{'type':'invokeResponse','invocationId':'i','success':false,"
					+ "'error':{'name':'InternalServerError','message':'")
			.doesNotContain("secret");
		assertIdle();
		invoke("ping");
		assertThat(nextAnswer()).contains("'success':true,'dataType':'json','data':'pong'");
		assertIdle();
	}

	@ParameterizedTest
	@ValueSource(strings = { "value", "inline", "stage", "outside" })
	void eventIsAcknowledgedAsFailed(String event) {
		this.client.send("{'type':'event','event':'%s','data':[],'ackId':1}".formatted(event));
		this.calls.result.complete(new StreamingTests.Unwritable());
		assertThat(this.client.next())
			.startsWith("{'type':'ack','ackId':1,'success':false,'error':{'name':'InternalServerError'")
			.doesNotContain("secret");
		assertIdle();
	}

	@Test
	void invocationThatWasCancelledIsNotAnswered() {
		invoke("stage");
		await().until(() -> this.calls.called);
		this.client.send("{'type':'cancelInvocation','invocationId':'i'}");
		this.calls.result.complete(new StreamingTests.Unwritable());
		assertIdle();
	}

	@Test
	void answerBelongsToTheInvocationThatHasTheIdNow() {
		invoke("stage");
		await().until(() -> this.calls.called);
		this.client.send("{'type':'cancelInvocation','invocationId':'i'}");
		invoke("ping");
		this.calls.result.complete(new StreamingTests.Unwritable());
		assertThat(nextAnswer()).contains("'success':true,'dataType':'json','data':'pong'");
		assertIdle();
	}

	@Test
	void invocationEndsThoughItsClientIsGone() {
		invoke("stage");
		await().until(() -> this.calls.called);
		this.client.disconnect();
		this.calls.result.complete(new StreamingTests.Unwritable());
		await().until(() -> PubSubSession.of(this.client.connection()).invocations() == 0);
		assertThat(this.client.received()).isEmpty();
	}

	@HubController("test")
	static class Calls {

		private final CompletableFuture<Object> result = new CompletableFuture<>();

		private volatile boolean called;

		@HubMethod
		String ping() {
			return "pong";
		}

		@HubMethod
		Object value() {
			return new StreamingTests.Unwritable();
		}

		@HubMethod(blocking = false)
		Object inline() {
			return new StreamingTests.Unwritable();
		}

		@HubMethod
		CompletionStage<Object> stage() {
			this.called = true;
			return this.result;
		}

	}

	static class Outside implements ClientEventHandler {

		@Override
		public boolean handles(String hub, EventType type) {
			return false;
		}

		@Override
		public boolean handles(String hub, String event) {
			return event.equals("outside");
		}

		@Override
		public CompletionStage<@Nullable ConnectEventResponse> connect(ConnectEventRequest request,
				ClientEventConnection connection) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void connected(ClientEventConnection connection) {
		}

		@Override
		public void disconnected(ClientEventConnection connection, @Nullable String reason) {
		}

		@Override
		public CompletionStage<UserEventResponse> userEvent(UserEventRequest request,
				ClientEventConnection connection) {
			return CompletableFuture.completedFuture(new UserEventResponse(
					new ServerMessage.Data(null, null, DataType.JSON, new StreamingTests.Unwritable(), Map.of()),
					null));
		}

	}

}
