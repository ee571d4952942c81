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

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for streams of Web PubSub clients to groups, through connections.
 */
class PubSubStreamTests {

	private final HubTester tester = HubTester.with();

	private final PubSubTestClient publisher = client().connect();

	private final PubSubTestClient subscriber = client().groups("g").connect();

	@AfterEach
	void close() {
		this.tester.close();
	}

	private PubSubTestClient.Builder client() {
		return PubSubTestClient.to(this.tester.pubSub()).user("ann").subprotocols(PubSubTestClient.RELIABLE);
	}

	private void start(PubSubTestClient client) {
		client.send("{'type':'sendToGroup','group':'g','stream':{'streamId':'s','idleTimeoutMs':5000}}");
		assertThat(client.next()).isEqualTo("{'type':'streamAck','streamId':'s','expectedSequenceId':1}");
	}

	private static String fragment(String data, String stream, int number) {
		return ("{'type':'message','from':'group','group':'g','fromUserId':'ann','dataType':'text','data':'%s',"
				+ "'stream':{'streamId':'s',%s},'sequenceId':%d}")
			.formatted(data, stream, number);
	}

	@Test
	void fragmentsArriveInOrderAndTheEndAfterThem() {
		start(this.publisher);
		for (int i = 1; i <= 2; i++) {
			this.publisher
				.send("{'type':'streamData','streamId':'s','streamSequenceId':%d,'dataType':'text','data':'%d'}"
					.formatted(i, i));
			assertThat(this.publisher.next()).endsWith("'expectedSequenceId':" + (i + 1) + "}");
		}
		this.publisher.send("{'type':'streamData','streamId':'s','streamSequenceId':1,'dataType':'text','data':'1'}",
				"{'type':'streamData','streamId':'s','streamSequenceId':9,'dataType':'text','data':'9'}",
				"{'type':'streamEnd','streamId':'s'}");
		assertThat(this.publisher.next()).isEqualTo("{'type':'streamAck','streamId':'s','expectedSequenceId':3}");
		assertThat(this.publisher.next()).startsWith("{'type':'streamNack','streamId':'s','name':'InvalidSequenceId'")
			.endsWith("'expectedSequenceId':3}");
		assertThat(this.publisher.next()).isEqualTo("{'type':'streamClosed','streamId':'s'}");
		assertThat(this.subscriber.next()).isEqualTo(fragment("1", "'streamSequenceId':1", 1));
		assertThat(this.subscriber.next()).isEqualTo(fragment("2", "'streamSequenceId':2", 2));
		assertThat(this.subscriber.next()).isEqualTo(fragment("", "'streamSequenceId':3,'endOfStream':true", 3));
	}

	@Test
	void streamOutlivesTheTransport() {
		start(this.publisher);
		this.publisher.cut();
		PubSubTestClient recovered = PubSubTestClient.recover(this.tester.pubSub(), this.publisher.id(),
				this.publisher.reconnectionToken());
		assertThat(recovered.next()).contains("'connected'");
		recovered.send("{'type':'streamData','streamId':'s','streamSequenceId':1,'dataType':'text','data':'1'}");
		assertThat(recovered.next()).endsWith("'expectedSequenceId':2}");
		assertThat(this.subscriber.next()).isEqualTo(fragment("1", "'streamSequenceId':1", 1));
	}

	@Test
	void silentStreamEnds() {
		start(this.publisher);
		this.publisher.connection().onHeartbeat(System.nanoTime() + 6_000_000_000L);
		assertThat(this.publisher.next())
			.startsWith("{'type':'streamClosed','streamId':'s','error':{'name':'IdleTimeout'");
		assertThat(this.subscriber.next()).contains("'endOfStream':true,'error':{'name':'IdleTimeout'");
	}

	@Test
	void streamEndsWithItsConnection() {
		start(this.publisher);
		this.publisher.disconnect();
		assertThat(this.subscriber.next()).contains("'endOfStream':true,'error':{'name':'Cancelled'");
	}

	@Test
	void streamNeedsPermission() {
		PubSubTestClient other = client().roles().connect();
		other.send("{'type':'sendToGroup','group':'g','stream':{'streamId':'s'}}");
		assertThat(other.next()).startsWith("{'type':'streamClosed','streamId':'s','error':{'name':'Forbidden'");
	}

}
