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
 * Tests for states of Web PubSub clients in groups, through connections.
 */
class PubSubStateTests {

	private final HubTester tester = HubTester.with();

	private final PubSubTestClient member = PubSubTestClient.to(this.tester.pubSub()).user("ann").groups("g").connect();

	private final PubSubTestClient subscriber = PubSubTestClient.to(this.tester.pubSub())
		.subprotocols(PubSubTestClient.RELIABLE)
		.connect();

	@AfterEach
	void close() {
		this.tester.close();
	}

	private static String withoutTime(String frame) {
		assertThat(frame).contains("'updatedAt':");
		return frame.replaceFirst(",'updatedAt':\\d+", "");
	}

	@Test
	void subscriberGetsASnapshotAndThenChanges() {
		assertThat(this.member.ask("{'type':'setGroupState','group':'g','state':{'k':'v'},'ackId':1}"))
			.isEqualTo("{'type':'ack','ackId':1,'success':true}");
		assertThat(this.subscriber.ask("{'type':'subscribeGroupState','group':'g','ackId':1}"))
			.contains("'success':true");
		assertThat(withoutTime(this.subscriber.next())).isEqualTo(
				"{'type':'groupStateSnapshot','group':'g','items':[{'connectionId':'%s','userId':'ann','state':{'k':'v'}}],'sequenceId':1}"
					.formatted(this.member.id()));
		this.member.ask("{'type':'setGroupState','group':'g','state':{'k':'w'},'ackId':2}");
		assertThat(withoutTime(this.subscriber.next())).contains("'groupStateUpdate'", "{'k':'w'}", "'sequenceId':2");
		this.member.ask("{'type':'leaveGroup','group':'g','ackId':3}");
		assertThat(this.subscriber.next()).contains("'groupStateUpdate'").doesNotContain("'state'");
		this.member.ask("{'type':'setGroupState','group':'g','state':{'k':'x'},'ackId':4}");
		assertThat(this.subscriber.next()).contains("{'k':'x'}");
		assertThat(this.subscriber.ask("{'type':'unsubscribeGroupState','group':'g','ackId':2}"))
			.contains("'success':true");
		this.member.ask("{'type':'setGroupState','group':'g','ackId':5}");
		this.subscriber.hasNothing();
	}

	@Test
	void strangerIsForbidden() {
		PubSubTestClient stranger = PubSubTestClient.to(this.tester.pubSub()).roles().connect();
		assertThat(stranger.ask("{'type':'setGroupState','group':'g','state':{'k':'v'},'ackId':1}"))
			.contains("'Forbidden'");
		assertThat(stranger.ask("{'type':'subscribeGroupState','group':'g','ackId':1}")).contains("'Forbidden'");
	}

}
