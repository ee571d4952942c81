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

import dev.realtime.hub.PlainMessage;
import dev.realtime.hub.WebPubSubOptions;
import dev.realtime.invocation.PubSubEndpoint.Accepted;
import dev.realtime.protocol.CloseReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the reliable protocols of Web PubSub: numbers, acknowledgements, recovery.
 */
class PubSubRecoveryTests {

	private static final int KEPT = 10;

	private final HubTester tester = HubTester.with((options) -> options.webPubSub(options()));

	private final PubSubTestClient client = PubSubTestClient.to(this.tester.pubSub())
		.user("ann")
		.groups("g")
		.subprotocols(PubSubTestClient.RELIABLE)
		.connect();

	private static WebPubSubOptions options() {
		return WebPubSubOptions.builder().reliableBufferMessages(KEPT).build();
	}

	@AfterEach
	void close() {
		this.tester.close();
	}

	private void publish(String text) {
		this.tester.hub().group("g").publish(PlainMessage.text(text));
	}

	private static String message(String text, int number) {
		return "{'type':'message','from':'group','group':'g','dataType':'text','data':'%s','sequenceId':%d}"
			.formatted(text, number);
	}

	private PubSubTestClient recover() {
		return PubSubTestClient.recover(this.tester.pubSub(), this.client.id(), this.client.reconnectionToken());
	}

	@Test
	void introductionHasATokenAndDataIsNumbered() {
		PubSubTestClient other = PubSubTestClient.to(this.tester.pubSub())
			.subprotocols(PubSubTestClient.RELIABLE)
			.open();
		assertThat(other.next()).isEqualTo("{'type':'system','event':'connected','userId':null,'connectionId':'"
				+ other.id() + "','reconnectionToken':'" + other.reconnectionToken() + "'}");
		publish("a");
		assertThat(this.client.ask("{'type':'joinGroup','group':'x','ackId':1}"))
			.isEqualTo("{'type':'ack','ackId':1,'success':true}");
		publish("b");
		assertThat(this.client.next()).isEqualTo(message("a", 1));
		assertThat(this.client.next()).isEqualTo(message("b", 2));
	}

	@Test
	void whatWasNotAcknowledgedIsSentAgainBehindAnIntroduction() {
		List.of("a", "b", "c").forEach(this::publish);
		await().until(() -> this.client.received().size() == 3);
		this.client.send("{'type':'sequenceAck','sequenceId':1}");
		this.client.cut();
		publish("d");
		PubSubTestClient recovered = recover();
		publish("e");
		assertThat(recovered.next()).startsWith("{'type':'system','event':'connected','userId':'ann','connectionId':'"
				+ this.client.id() + "','reconnectionToken':'");
		assertThat(recovered.next()).isEqualTo(message("b", 2));
		assertThat(recovered.next()).isEqualTo(message("c", 3));
		assertThat(recovered.next()).isEqualTo(message("d", 4));
		assertThat(recovered.next()).isEqualTo(message("e", 5));
		assertThat(recovered.ask("{'type':'sendToGroup','group':'g','dataType':'text','data':'f','ackId':1}"))
			.contains("'success':true");
		assertThat(this.tester.hub().connections().list().join()).hasSize(1);
	}

	@Test
	void whatWasProcessedIsRemembered() {
		String join = "{'type':'joinGroup','group':'x','ackId':5}";
		assertThat(this.client.ask(join)).contains("'success':true");
		this.client.cut();
		assertThat(recover().ask(join)).contains("'Duplicate'");
	}

	@Test
	void socketThatIsHalfDeadIsTakenOver() {
		publish("a");
		PubSubTestClient recovered = recover();
		assertThat(recovered.next()).contains("'connected'");
		assertThat(recovered.next()).isEqualTo(message("a", 1));
	}

	@Test
	void wrongTokenIsRefused() {
		this.client.cut();
		PubSubTestClient.recover(this.tester.pubSub(), this.client.id(), "wrong").awaitClosed(1008);
		PubSubTestClient.recover(this.tester.pubSub(), "unknown", this.client.reconnectionToken()).awaitClosed(1008);
		assertThat(recover().next()).contains("'connected'");
	}

	@Test
	void connectionThatWasClosedIsNotRecovered() {
		this.client.cut();
		this.tester.hub().connections().close(this.client.id(), "enough").join();
		recover().awaitClosed(1008);
	}

	@Test
	void connectionThatTheClientClosedIsNotRecovered() {
		this.client.disconnect();
		recover().awaitClosed(1008);
	}

	@Test
	void connectionThatHasViolatedTheProtocolIsNotRecovered() {
		this.client.send("{'type':'joinGroup'}");
		assertThat(this.client.next()).startsWith("{'type':'system','event':'disconnected','message':'");
		this.client.awaitClosed(1007);
		recover().awaitClosed(1008);
	}

	@Test
	void subprotocolStays() {
		this.client.cut();
		assertThat(this.tester.pubSub().recover(this.client.id(), this.client.reconnectionToken()))
			.isEqualTo(new Accepted(this.client.connection(), PubSubTestClient.RELIABLE));
	}

	@Test
	void unreliableConnectionIsNotRecovered() {
		PubSubTestClient other = PubSubTestClient.to(this.tester.pubSub()).connect();
		other.cut();
		assertThat(this.tester.pubSub().recover(other.id(), "null")).isNull();
	}

	@Test
	void clientThatDoesNotAcknowledgeIsLetGo() {
		publishMoreThanIsKept(1);
		long now = System.nanoTime();
		this.client.connection().onHeartbeat(now);
		assertThat(this.client.isClosed()).isFalse();
		this.client.connection().onHeartbeat(now + 11_000_000_000L);
		assertThat(this.client.isClosed()).isTrue();
		assertThat(this.client.connection().closeReason()).isEqualTo(CloseReason.SLOW_CONSUMER);
	}

	@Test
	void clientThatAcknowledgesButIsAlwaysBehindStays() {
		publishMoreThanIsKept(30);
		long now = System.nanoTime();
		for (int second = 0; second < 20; second++) {
			this.client.connection().onHeartbeat(now + second * 1_000_000_000L);
			assertThat(this.client.isClosed()).isFalse();
			this.client.send("{'type':'sequenceAck','sequenceId':%d}".formatted(second + 1));
			assertThat(this.client.connection().queue().waitsForAcknowledgement()).isTrue();
		}
		this.client.connection().onHeartbeat(now + 20_000_000_000L);
		this.client.send("{'type':'sequenceAck','sequenceId':20}");
		this.client.connection().onHeartbeat(now + 31_000_000_000L);
		assertThat(this.client.connection().closeReason()).isEqualTo(CloseReason.SLOW_CONSUMER);
	}

	@Test
	void timeWithoutATransportIsNotHeldAgainstTheClient() {
		publishMoreThanIsKept(1);
		long now = System.nanoTime();
		this.client.connection().onHeartbeat(now);
		this.client.cut();
		PubSubTestClient recovered = recover();
		recovered.connection().onHeartbeat(now + 11_000_000_000L);
		assertThat(recovered.isClosed()).isFalse();
		recovered.connection().onHeartbeat(now + 22_000_000_000L);
		assertThat(recovered.isClosed()).isTrue();
		assertThat(recovered.connection().closeReason()).isEqualTo(CloseReason.SLOW_CONSUMER);
	}

	private void publishMoreThanIsKept(int more) {
		for (int i = 0; i < KEPT + more; i++) {
			publish("m" + i);
		}
		await().until(() -> this.client.received().size() == KEPT);
		await().until(() -> this.client.connection().queue().messages() == more);
	}

	@Test
	void silentClientIsPingedAndThenMayComeBack() {
		long now = System.nanoTime();
		this.client.connection().onHeartbeat(now + 21_000_000_000L);
		assertThat(this.client.pings).isOne();
		this.client.connection().onHeartbeat(now + 61_000_000_000L);
		assertThat(this.client.isClosed()).isTrue();
		assertThat(recover().next()).contains("'connected'");
	}

	@Test
	void connectionEndsWhenNobodyComesBack() {
		this.client.cut();
		this.client.connection().onHeartbeat(System.nanoTime() + 31_000_000_000L);
		recover().awaitClosed(1008);
		await().until(() -> this.tester.hub().connections().list().join().isEmpty());
	}

}
