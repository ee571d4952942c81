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

package dev.realtime.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import dev.realtime.backplane.Backplane;
import dev.realtime.backplane.BackplaneNode;
import dev.realtime.hub.HubContext;
import dev.realtime.hub.HubMember;
import dev.realtime.hub.PlainMessage;
import dev.realtime.hub.annotation.HubClient;
import dev.realtime.invocation.HubEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two applications joined by a backplane: everything that {@link HubContext} offers works
 * in the one for clients that are connected to the other.
 */
class TwoNodesTests {

	private final TestBackplane.Network network = new TestBackplane.Network();

	@AfterEach
	void close() {
		this.network.close();
	}

	private void withNodes(BiConsumer<HubContext, HubEngine> test) {
		node("near", (near) -> node("far",
				(far) -> test.accept(near.getBean(HubEngine.class).get("chat"), far.getBean(HubEngine.class))));
	}

	private void node(String name, Consumer<AssertableWebApplicationContext> test) {
		RealtimeContextRunner.createWithoutWeb()
			.withPropertyValues("realtime.hubs.chat.path=/chat")
			.withBean(Backplane.class, () -> new TestBackplane(this.network))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				context.getBean(BackplaneNode.class).start().join();
				test.accept(context);
			});
	}

	@Test
	void sendsReachTheOtherNode() {
		withNodes((near, far) -> {
			TestHubClient ann = TestHubClient.connect(far, "ann");
			TestHubClient bob = TestHubClient.connect(far, "bob");
			near.groups().add(ann.id(), "g").join();
			near.groups().add(bob.id(), "h").join();
			near.all().send("m", 1).join();
			near.clients().allExcept(bob.id()).send("m", 2).join();
			near.client(ann.id()).send("m", 3).join();
			near.clients().clients(ann.id(), bob.id()).send("m", 4).join();
			near.group("g").send("m", 5).join();
			near.clients().groups("g", "h").send("m", 6).join();
			near.clients().groupExcept("g", ann.id()).send("m", 7).join();
			near.user("ann").send("m", 8).join();
			near.clients().userExcept("ann", ann.id()).send("m", 9).join();
			near.clients().users("ann", "bob").send("m", 10).join();
			near.group("g").publish(PlainMessage.text("hi")).join();
			near.clients(Chat.class).user("ann").m(11);
			near.all().send("m", 99).join();
			assertThat(ann.argumentsUntil(99)).containsExactlyInAnyOrder("1", "2", "3", "4", "5", "6", "8", "10", "11");
			assertThat(bob.argumentsUntil(99)).containsExactlyInAnyOrder("1", "4", "6", "10");
			assertThat(ann.received()).anyMatch((record) -> record.contains("'target':'message','arguments':['hi',"));
		});
	}

	@Test
	void membershipIsManagedOnTheOtherNode() {
		withNodes((near, far) -> {
			TestHubClient ann = TestHubClient.connect(far, "ann");
			near.groups().add(ann.id(), "g").join();
			assertThat(near.groups().exists("g").join()).isTrue();
			assertThat(near.groups().members("g").join()).containsExactly(new HubMember(ann.id(), "ann"));
			assertThat(near.users().inGroup("ann", "g").join()).isTrue();
			near.groups().remove(ann.id(), "g").join();
			assertThat(near.groups().exists("g").join()).isFalse();
			near.groups().addUser("ann", "h").join();
			assertThat(near.users().inGroup("ann", "h").join()).isTrue();
			near.groups().removeUser("ann", "h").join();
			assertThat(near.users().inGroup("ann", "h").join()).isFalse();
			near.groups().add(ann.id(), "i").join();
			near.groups().removeFromAll(ann.id()).join();
			assertThat(near.groups().members("i").join()).isEmpty();
		});
	}

	@Test
	void connectionsOfTheOtherNodeAreFoundAndClosed() {
		withNodes((near, far) -> {
			TestHubClient ann = TestHubClient.connect(far, "ann");
			TestHubClient bob = TestHubClient.connect(far, "bob");
			TestHubClient eve = TestHubClient.connect(far, "eve");
			assertThat(near.users().exists("ann").join()).isTrue();
			assertThat(near.users().connections("ann").join()).singleElement()
				.satisfies((connection) -> assertThat(connection.connectionId()).isEqualTo(ann.id()));
			assertThat(near.connections().exists(bob.id()).join()).isTrue();
			assertThat(near.connections().get(bob.id()).join())
				.hasValueSatisfying((connection) -> assertThat(connection.userId()).isEqualTo("bob"));
			assertThat(near.connections().list().join()).hasSize(3);
			near.users().close("ann", "enough").join();
			assertThat(ann.next("'type':7")).isEqualTo("{'type':7,'error':'enough'}");
			near.connections().close(bob.id(), null).join();
			assertThat(bob.next("'type':7")).isEqualTo("{'type':7}");
			near.connections().closeAll("bye").join();
			assertThat(eve.next("'type':7")).contains("'error':'bye'");
			assertThat(near.connections().list().join()).isEmpty();
			assertThat(near.users().exists("ann").join()).isFalse();
		});
	}

	@Test
	void clientsOfTheOtherNodeAreAsked() {
		withNodes((near, far) -> {
			TestHubClient ann = TestHubClient.connect(far, "ann");
			CompletableFuture<List<Integer>> answer = near.client(ann.id())
				.invoke("ask", new ParameterizedTypeReference<List<Integer>>() {
				}, "?");
			ann.answer(ann.next("'target':'ask'"), "[1,2]");
			assertThat(answer.join()).containsExactly(1, 2);
			assertThat(near.client("nobody").invoke("ask", String.class)).failsWithin(Duration.ofSeconds(10));
			CompletableFuture<String> lost = near.client(ann.id()).invoke("ask", String.class);
			ann.next("'target':'ask'");
			ann.disconnect();
			assertThat(lost).failsWithin(Duration.ofSeconds(10));
		});
	}

	@HubClient("chat")
	interface Chat {

		void m(int number);

	}

}
