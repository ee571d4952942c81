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

package dev.realtime.lifetime;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import dev.realtime.connection.Lane;
import dev.realtime.hub.ClientProxy;
import dev.realtime.hub.HubClients;
import dev.realtime.hub.PlainMessage;
import dev.realtime.hub.annotation.HubClient;
import dev.realtime.lifetime.Topology.Scene;
import dev.realtime.protocol.TransferFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.messaging.converter.MessageConversionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Every way to send, with the connections on this node or another one.
 */
class HubContextSendTests {

	private static void send(Scene scene, Function<HubClients, ClientProxy> target, Object argument) {
		target.apply(scene.here().manager.clients()).send("m", argument).join();
	}

	@ParameterizedTest
	@EnumSource
	void all(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient one = scene.there().connect("c1", "ann");
			TestClient two = scene.there().connect("c2");
			scene.here().chat.all().send("hello", "world", 1, null).join();
			one.assertReceived("hello[world, 1, null]");
			two.assertReceived("hello[world, 1, null]");
		}
	}

	@ParameterizedTest
	@EnumSource
	void allExcept(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient one = scene.there().connect("c1");
			TestClient two = scene.there().connect("c2");
			send(scene, (clients) -> clients.allExcept("c1", "c7"), 1);
			send(scene, HubClients::all, 2);
			two.assertReceived("m[1]", "m[2]");
			one.assertReceived("m[2]");
		}
	}

	@ParameterizedTest
	@EnumSource
	void clients(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient one = scene.there().connect("c1");
			TestClient two = scene.there().connect("c2");
			TestClient three = scene.there().connect("c3");
			send(scene, (clients) -> clients.client("c1"), 1);
			send(scene, (clients) -> clients.clients("c1", "c2", "unknown", "c1"), 2);
			send(scene, (clients) -> clients.client("c3"), 3);
			one.assertReceived("m[1]", "m[2]");
			two.assertReceived("m[2]");
			three.assertReceived("m[3]");
		}
	}

	@ParameterizedTest
	@EnumSource
	void groups(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient one = scene.there().connect("c1");
			TestClient two = scene.there().connect("c2");
			scene.there().chat.groups().add("c1", "a").join();
			scene.there().chat.groups().add("c1", "b").join();
			scene.there().chat.groups().add("c2", "b").join();
			send(scene, (clients) -> clients.group("a"), 1);
			send(scene, (clients) -> clients.groupExcept("b", "c1"), 2);
			send(scene, (clients) -> clients.group("A"), 0);
			one.assertReceived("m[1]");
			two.assertReceived("m[2]");
		}
	}

	@ParameterizedTest
	@EnumSource
	void memberOfSeveralGroupsReceivesOncePerGroup(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient one = scene.there().connect("c1");
			scene.there().chat.groups().add("c1", "a").join();
			scene.there().chat.groups().add("c1", "b").join();
			send(scene, (clients) -> clients.groups("a", "b", "unknown"), 1);
			one.assertReceived("m[1]", "m[1]");
		}
	}

	@ParameterizedTest
	@EnumSource
	void users(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient one = scene.there().connect("c1", "ann");
			TestClient two = scene.there().connect("c2", "ann");
			TestClient three = scene.there().connect("c3", "bob");
			TestClient anonymous = scene.there().connect("c4");
			send(scene, (clients) -> clients.user("ann"), 1);
			send(scene, (clients) -> clients.userExcept("ann", "c1"), 2);
			send(scene, (clients) -> clients.users("bob", "cid"), 3);
			send(scene, (clients) -> clients.client("c4"), 4);
			one.assertReceived("m[1]");
			two.assertReceived("m[1]", "m[2]");
			three.assertReceived("m[3]");
			anonymous.assertReceived("m[4]");
		}
	}

	@ParameterizedTest
	@EnumSource
	void matching(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient one = scene.there().connect("c1", "ann");
			TestClient two = scene.there().connect("c2", "bob");
			TestClient anonymous = scene.there().connect("c3");
			scene.there().chat.groups().add("c1", "a").join();
			scene.there().chat.groups().add("c3", "a").join();
			send(scene, (clients) -> clients.matching("'a' in groups"), 1);
			send(scene, (clients) -> clients.matching("userId eq null or userId in ('bob')"), 2);
			send(scene, (clients) -> clients.matching("connectionId eq 'c2'"), 3);
			send(scene, (clients) -> clients.matching("protocol eq 'json' and not (userId eq 'bob')"), 4);
			one.assertReceived("m[1]", "m[4]");
			two.assertReceived("m[2]", "m[3]");
			anonymous.assertReceived("m[1]", "m[2]", "m[4]");
		}
	}

	@ParameterizedTest
	@EnumSource
	void publishNamesTheGroupOnly(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient one = scene.there().connect("c1", "ann");
			scene.there().chat.groups().add("c1", "a").join();
			scene.there().chat.groups().add("c1", "b").join();
			scene.here().chat.group("a").publish(PlainMessage.text("1")).join();
			one.assertReceived("group a: 1");
			scene.here().chat.client("c1").publish(PlainMessage.text("2").timeToLive(Duration.ofMinutes(1))).join();
			one.assertReceived("group a: 1", "server: 2");
			scene.here().chat.clients().groups("a", "b").publish(PlainMessage.json(3)).join();
			await().untilAsserted(() -> assertThat(one.received()).contains("group a: 3", "group b: 3").hasSize(4));
		}
	}

	@ParameterizedTest
	@EnumSource
	void everybodyGetsTheProtocolTheySpeak(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient text = scene.there().connect("c1");
			TestClient binary = TestClient.connect(scene.there().manager, "c2", null, scene.there().binary,
					Lane.direct());
			TestClient plain = TestClient.connect(scene.there().manager, "c3", null, scene.there().plain,
					Lane.direct());
			send(scene, HubClients::all, 1);
			text.assertReceived("m[1]");
			binary.assertReceived("m[1]");
			plain.assertReceived("Invocation[target=m, arguments=[1], group=null]");
		}
	}

	@ParameterizedTest
	@EnumSource
	void singleMessagesMayBeOfAnotherFormat(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient plain = TestClient.connect(scene.there().manager, "c1", null, scene.there().plain,
					Lane.direct());
			scene.here().chat.all().publish(PlainMessage.binary(new byte[] { 'x' })).join();
			send(scene, HubClients::all, 1);
			plain.assertReceived("x", "Invocation[target=m, arguments=[1], group=null]");
			assertThat(plain.formats()).containsExactly(TransferFormat.BINARY, TransferFormat.TEXT);
		}
	}

	@ParameterizedTest
	@EnumSource
	void typedTargets(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient one = scene.there().connect("c1", "ann");
			scene.here().chat.clients(ChatClient.class).user("ann").message("hello");
			one.assertReceived("message[hello]");
		}
	}

	@ParameterizedTest
	@EnumSource
	void argumentsMayBeChangedAfterwards(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient one = scene.there().connect("c1");
			List<Object> arguments = new ArrayList<>(Arrays.asList(1, 2));
			byte[] bytes = "abc".getBytes(StandardCharsets.UTF_8);
			scene.here().chat.all().send("m", arguments);
			arguments.clear();
			bytes[0] = 0;
			one.assertReceived("m[1, 2]");
		}
	}

	@ParameterizedTest
	@EnumSource
	void valueThatCannotBeEncodedIsThrown(Topology topology) {
		try (Scene scene = topology.open()) {
			scene.here().connect("h1");
			scene.there().connect("c1");
			assertThatExceptionOfType(MessageConversionException.class)
				.isThrownBy(() -> scene.here().chat.all().send("m", Thread.currentThread()));
			assertThatExceptionOfType(MessageConversionException.class)
				.isThrownBy(() -> scene.here().chat.client("c1").invoke("m", String.class, Thread.currentThread()));
		}
	}

	@ParameterizedTest
	@EnumSource
	void nobodyThereIsNoError(Topology topology) {
		try (Scene scene = topology.open()) {
			HubClients clients = scene.here().manager.clients();
			clients.all().send("m").join();
			clients.group("unknown").send("m").join();
			clients.matching("userId eq 'unknown'").send("m").join();
			clients.user("unknown").send("m").join();
			clients.client("unknown").send("m").join();
			clients.clients(Set.of()).send("m").join();
			clients.groups(Set.of()).publish(PlainMessage.text("m")).join();
			assertThat(scene.there().manager.connectionCount()).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource
	void emptyNamesAreRefused(Topology topology) {
		try (Scene scene = topology.open()) {
			HubClients clients = scene.here().manager.clients();
			assertThatIllegalArgumentException().isThrownBy(() -> clients.matching(null));
			assertThatIllegalArgumentException().isThrownBy(() -> clients.matching("invalid filter"))
				.withMessage("Invalid syntax for 'invalid filter': "
						+ "Syntax error at position 14 in 'invalid filter'. (Parameter 'filter')");
			assertThatIllegalArgumentException().isThrownBy(() -> clients.group(""));
			assertThatIllegalArgumentException().isThrownBy(() -> clients.user(null));
			assertThatIllegalArgumentException().isThrownBy(() -> clients.client(""));
			assertThatIllegalArgumentException().isThrownBy(() -> clients.groups("a", null));
			assertThatIllegalArgumentException().isThrownBy(() -> clients.allExcept((String) null));
			assertThatIllegalArgumentException().isThrownBy(() -> clients.all().send(""));
			assertThatIllegalArgumentException().isThrownBy(() -> clients.all().publish(null));
		}
	}

	@HubClient("chat")
	interface ChatClient {

		void message(String text);

	}

}
