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
import dev.realtime.protocol.Permission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for groups of Web PubSub clients: joining, leaving, publishing, acknowledgements.
 */
class PubSubGroupTests {

	private final HubTester tester = HubTester.with();

	@AfterEach
	void close() {
		this.tester.close();
	}

	private PubSubTestClient.Builder client() {
		return PubSubTestClient.to(this.tester.pubSub());
	}

	@Test
	void clientIsIntroducedBeforeAnythingElse() {
		PubSubTestClient client = client().user("ann").groups("g").open();
		assertThat(client.next())
			.isEqualTo("{'type':'system','event':'connected','userId':'ann','connectionId':'" + client.id() + "'}");
		this.tester.hub().group("g").publish(PlainMessage.text("hi"));
		assertThat(client.next())
			.isEqualTo("{'type':'message','from':'group','group':'g','dataType':'text','data':'hi'}");
	}

	@Test
	void memberGetsWhatOthersPublish() {
		PubSubTestClient ann = client().user("ann").connect();
		PubSubTestClient bob = client().user("bob").connect();
		assertThat(ann.ask("{'type':'joinGroup','group':'g','ackId':1}"))
			.isEqualTo("{'type':'ack','ackId':1,'success':true}");
		assertThat(bob.ask("{'type':'sendToGroup','group':'g','dataType':'json','data':{'a': 1.0},'ackId':7}"))
			.isEqualTo("{'type':'ack','ackId':7,'success':true}");
		assertThat(ann.next()).isEqualTo(
				"{'type':'message','from':'group','group':'g','fromUserId':'bob','dataType':'json','data':{'a': 1.0}}");
		bob.hasNothing();
		assertThat(ann.ask("{'type':'leaveGroup','group':'g','ackId':2}")).contains("true");
		bob.send("{'type':'sendToGroup','group':'g','dataType':'text','data':'x'}");
		bob.hasNothing();
		ann.hasNothing();
	}

	@Test
	void publisherHearsItselfUnlessItDoesNotWantTo() {
		PubSubTestClient client = client().groups("g").connect();
		PubSubTestClient other = client().groups("g").connect();
		client.send("{'type':'sendToGroup','group':'g','dataType':'text','data':'1'}");
		assertThat(client.next()).contains("'data':'1'");
		client.send("{'type':'sendToGroup','group':'g','dataType':'text','data':'2','noEcho':true}");
		client.hasNothing();
		assertThat(other.next()).contains("'data':'1'");
		assertThat(other.next()).contains("'data':'2'");
	}

	@Test
	void clientWithoutPermissionIsForbidden() {
		PubSubTestClient client = client().roles("webpubsub.joinLeaveGroup.open").connect();
		assertThat(client.ask("{'type':'joinGroup','group':'open','ackId':1}")).contains("'success':true");
		assertThat(client.ask("{'type':'joinGroup','group':'g','ackId':2}"))
			.startsWith("{'type':'ack','ackId':2,'success':false,'error':{'name':'Forbidden','message':'");
		assertThat(client.ask("{'type':'leaveGroup','group':'g','ackId':3}")).contains("'Forbidden'");
		assertThat(client.ask("{'type':'sendToGroup','group':'open','dataType':'text','data':'x','ackId':4}"))
			.contains("'Forbidden'");
		this.tester.hub().connections().grant(client.id(), Permission.SEND_TO_GROUP, "open").join();
		assertThat(client.ask("{'type':'sendToGroup','group':'open','dataType':'text','data':'x','ackId':4}"))
			.contains("'success':true");
	}

	@Test
	void messageIsProcessedOnce() {
		PubSubTestClient client = client().groups("g").connect();
		String message = "{'type':'sendToGroup','group':'g','dataType':'text','data':'x','ackId':18446744073709551615}";
		assertThat(client.ask(message)).isEqualTo("{'type':'ack','ackId':18446744073709551615,'success':true}");
		assertThat(client.next()).contains("'data':'x'");
		assertThat(client.ask(message))
			.isEqualTo("{'type':'ack','ackId':18446744073709551615,'success':false,'error':{'name':'Duplicate',"
					+ "'message':'Message with ack-id: 18446744073709551615 has been processed'}}");
		client.hasNothing();
	}

	@Test
	void messageThatFailedMayComeAgain() {
		PubSubTestClient client = client().roles().connect();
		assertThat(client.ask("{'type':'joinGroup','group':'g','ackId':1}")).contains("'Forbidden'");
		this.tester.hub().connections().grant(client.id(), Permission.JOIN_LEAVE_GROUP, null).join();
		assertThat(client.ask("{'type':'joinGroup','group':'g','ackId':1}")).contains("'success':true");
	}

	@Test
	void plainClientMayPublishItsFrames() {
		PubSubTestClient member = client().groups("g").connect();
		PubSubTestClient plain = client().user("ann").groups("g").subprotocols().publish("g", true).open();
		plain.send("hello");
		assertThat(member.next()).isEqualTo(
				"{'type':'message','from':'group','group':'g','fromUserId':'ann','dataType':'text','data':'hello'}");
		this.tester.hub().all().publish(PlainMessage.json(List.of(1, "a")));
		assertThat(plain.next()).isEqualTo("[1,'a']");
		this.tester.hub().all().publish(PlainMessage.binary(new byte[] { 'x' }));
		assertThat(plain.next()).isEqualTo("[x]");
	}

	@Test
	void serverMessageHasExactlyItsMembers() {
		PubSubTestClient client = client().connect();
		this.tester.hub().all().publish(PlainMessage.text("Hello"));
		assertThat(client.next()).isEqualTo("{'type':'message','from':'server','dataType':'text','data':'Hello'}");
		this.tester.hub().all().send("target", 1, "b");
		assertThat(client.next()).isEqualTo(
				"{'type':'message','from':'server','dataType':'json','data':{'target':'target','arguments':[1,'b']}}");
	}

	@Test
	void connectionIsClosedWithItsReason() {
		PubSubTestClient client = client().connect();
		this.tester.hub().connections().close(client.id(), "enough").join();
		assertThat(client.next()).isEqualTo("{'type':'system','event':'disconnected','message':'enough'}");
		client.awaitClosed(1000);
	}

	@Test
	void violationEndsTheConnectionWithAWord() {
		PubSubTestClient client = client().connect();
		client.send("{'type':'nonsense'}");
		assertThat(client.next()).startsWith("{'type':'system','event':'disconnected','message':'");
		client.awaitClosed(1007);
	}

	@Test
	void longestMessagePassesAndALongerOneDoesNot() {
		PubSubTestClient client = client().groups("g").connect();
		String head = "{'type':'sendToGroup','group':'g','dataType':'text','ackId':1,'data':'";
		int length = 1024 * 1024 - head.length() - 2;
		assertThat(client.ask(head + "x".repeat(length) + "'}")).contains("'success':true");
		assertThat(client.next()).hasSizeGreaterThan(length);
		client.send(head + "x".repeat(length + 1) + "'}");
		assertThat(client.next()).contains("'disconnected'");
		client.awaitClosed(1009);
	}

}
