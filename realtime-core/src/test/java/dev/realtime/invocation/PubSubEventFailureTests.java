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

import dev.realtime.hub.HubException;
import dev.realtime.hub.WebPubSubOptions;
import dev.realtime.hub.WebPubSubOptions.EventFailure;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.protocol.CloseReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for hubs that close the connections of Web PubSub clients whose events fail.
 */
class PubSubEventFailureTests {

	private final HubTester tester = HubTester.with(
			(options) -> options.webPubSub(WebPubSubOptions.builder().eventFailure(EventFailure.CLOSE).build()),
			Methods.class);

	private final PubSubTestClient client = PubSubTestClient.to(this.tester.pubSub())
		.subprotocols(PubSubTestClient.RELIABLE)
		.connect();

	@AfterEach
	void close() {
		this.tester.close();
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			fail,    InternalServerError
			unknown, InternalServerError
			number,  BadRequest
			""")
	void failureIsAcknowledgedAndEndsTheConnection(String event, String error) {
		this.client.send("{'type':'event','event':'%s','dataType':'text','data':'x','ackId':1}".formatted(event));
		String acknowledgement = this.client.next();
		assertThat(acknowledgement)
			.startsWith("{'type':'ack','ackId':1,'success':false,'error':{'name':'" + error + "','message':'");
		String text = acknowledgement.substring(acknowledgement.indexOf("'message':"), acknowledgement.length() - 1);
		assertThat(this.client.next()).isEqualTo("{'type':'system','event':'disconnected'," + text);
		this.client.awaitClosed(1011);
		assertThat(this.client.connection().closeReason()).isNotNull()
			.extracting(CloseReason::name)
			.isEqualTo(CloseReason.EVENT_FAILED.name());
		PubSubTestClient.recover(this.tester.pubSub(), this.client.id(), this.client.reconnectionToken())
			.awaitClosed(1008);
	}

	@Test
	void clientThatWaitsForNoAcknowledgementLearnsOfIt() {
		this.client.send("{'type':'event','event':'fail','dataType':'text','data':'x'}");
		assertThat(this.client.next()).startsWith("{'type':'system','event':'disconnected','message':'")
			.contains("'fail'");
		this.client.awaitClosed(1011);
	}

	@Test
	void othersStay() {
		PubSubTestClient other = PubSubTestClient.to(this.tester.pubSub()).connect();
		this.client.send("{'type':'event','event':'fail','dataType':'text','data':'x'}");
		this.client.awaitClosed(1011);
		assertThat(other.ask("{'type':'event','event':'number','dataType':'json','data':1,'ackId':1}"))
			.contains("'success':true");
	}

	@Test
	void invocationThatFailsIsAnsweredAndTheConnectionStaysOpen() {
		this.client
			.send("{'type':'invoke','invocationId':'i','target':'event','event':'fail','dataType':'text','data':'x'}");
		assertThat(this.client.next()).startsWith("{'type':'invokeResponse','invocationId':'i','success':false");
		assertThat(this.client.hasNothing().isClosed()).isFalse();
	}

	@HubController("test")
	static class Methods {

		@HubMethod
		void fail(String text) {
			throw new HubException(text);
		}

		@HubMethod
		void number(int number) {
		}

	}

}
