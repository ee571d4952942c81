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

import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.Lane;
import dev.realtime.hub.HubException;
import dev.realtime.lifetime.TestNodes.TestNode;
import dev.realtime.lifetime.Topology.Scene;
import dev.realtime.protocol.signalr.RawResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.messaging.converter.MessageConversionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Questions to clients, with the connections on this node or another one.
 */
class ClientResultTests {

	private static void answer(TestNode node, TestClient client, String question, String json) {
		String id = client.awaitQuestion(question);
		ClientResultsManager results = node.manager.clientResults();
		Type type = results.resultType(client.id(), id);
		Object result = (type == RawResult.class) ? new RawResult(json.getBytes(StandardCharsets.UTF_8))
				: Integer.valueOf(json);
		assertThat(results.complete(client.id(), id, result)).isTrue();
		assertThat(results.resultType(client.id(), id)).isNull();
		assertThat(results.complete(client.id(), id, result)).isFalse();
	}

	private static void assertNothingPending(Scene scene, TestClient client) {
		await().pollDelay(Duration.ZERO).untilAsserted(() -> {
			assertThat(scene.there().manager.clientResults().pending()).isZero();
			assertThat(scene.here().backplane.pendingRequests()).isZero();
			assertThat(client.connection().readGate().pause()).isTrue();
		});
	}

	private static <T extends Throwable> void assertFails(CompletableFuture<?> future, Class<T> type, String message) {
		assertThat(future).failsWithin(Duration.ofSeconds(5))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(type)
			.withMessage(message);
	}

	@ParameterizedTest
	@EnumSource
	void answerIsBound(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient client = scene.there().connect("c1");
			CompletableFuture<Integer> answer = scene.here().chat.client("c1").invoke("guess", Integer.class, 1, 9);
			client.awaitQuestion("guess[1, 9]");
			assertThat(client.connection().readGate().pause()).isFalse();
			assertThat(answer).isNotDone();
			answer(scene.there(), client, "guess[1, 9]", "5");
			assertThat(answer.orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo(5);
			assertNothingPending(scene, client);
		}
	}

	@ParameterizedTest
	@EnumSource
	void answersMayComeInAnyOrder(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient client = scene.there().connect("c1");
			CompletableFuture<Integer> one = scene.here().chat.client("c1").invoke("one", Integer.class);
			CompletableFuture<Integer> two = scene.here().chat.client("c1").invoke("two", Integer.class);
			client.awaitQuestion("one[]");
			answer(scene.there(), client, "two[]", "2");
			assertThat(two.orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo(2);
			assertThat(one).isNotDone();
			assertThat(client.connection().readGate().pause()).isFalse();
			answer(scene.there(), client, "one[]", "1");
			assertThat(one.orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo(1);
			assertNothingPending(scene, client);
		}
	}

	@ParameterizedTest
	@EnumSource
	void noResultIsNull(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient client = scene.there().connect("c1");
			CompletableFuture<Void> answer = scene.here().chat.client("c1").invoke("done", Void.class);
			scene.there().manager.clientResults().complete("c1", client.awaitQuestion("done[]"), null);
			assertThat(answer.orTimeout(5, TimeUnit.SECONDS).join()).isNull();
		}
	}

	@ParameterizedTest
	@EnumSource
	void clientsErrorIsHubException(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient client = scene.there().connect("c1");
			CompletableFuture<Integer> answer = scene.here().chat.client("c1").invoke("q", Integer.class);
			scene.there().manager.clientResults()
				.fail("c1", client.awaitQuestion("q[]"), "Client didn't provide a result.");
			assertFails(answer, HubException.class, "Client didn't provide a result.");
			assertNothingPending(scene, client);
		}
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "OTHER_NODE.*")
	void answerThatCannotBeBound(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient client = scene.there().connect("c1");
			CompletableFuture<Integer> answer = scene.here().chat.client("c1").invoke("q", Integer.class);
			answer(scene.there(), client, "q[]", "\"five\"");
			assertFails(answer, MessageConversionException.class,
					"Error trying to deserialize result to java.lang.Integer. For input string: \"\"five\"\"");
		}
	}

	@ParameterizedTest
	@EnumSource
	void unknownConnection(Topology topology) {
		try (Scene scene = topology.open()) {
			assertFails(scene.here().chat.client("abc").invoke("q", Integer.class), IOException.class,
					"Connection 'abc' does not exist.");
			assertThat(scene.here().backplane.pendingRequests()).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource
	void closingConnection(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient client = scene.there().connect("abc");
			client.stall();
			scene.here().chat.connections().close("abc", null).join();
			assertFails(scene.here().chat.client("abc").invoke("q", Integer.class), IOException.class,
					"Connection 'abc' does not exist.");
		}
	}

	@ParameterizedTest
	@EnumSource
	void connectionEndsBeforeItAnswers(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient client = scene.there().connect("abc");
			CompletableFuture<Integer> answer = scene.here().chat.client("abc").invoke("q", Integer.class);
			client.awaitQuestion("q[]");
			client.disconnect();
			assertFails(answer, IOException.class, "Connection 'abc' disconnected.");
			assertNothingPending(scene, client);
		}
	}

	@ParameterizedTest
	@EnumSource
	void timeout(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient client = scene.there().connect("abc");
			CompletableFuture<Integer> answer = scene.here().chat.client("abc")
				.invoke("q", Duration.ofMillis(50), Integer.class);
			assertFails(answer, TimeoutException.class, "Connection 'abc' did not answer within PT0.05S.");
			assertNothingPending(scene, client);
			assertThatIllegalArgumentException()
				.isThrownBy(() -> scene.here().chat.client("abc").invoke("q", Duration.ZERO, Integer.class));
		}
	}

	@ParameterizedTest
	@EnumSource
	void cancelledQuestionIsForgotten(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient client = scene.there().connect("c1");
			CompletableFuture<Integer> answer = scene.here().chat.client("c1").invoke("q", Integer.class);
			String id = client.awaitQuestion("q[]");
			answer.cancel(true);
			assertNothingPending(scene, client);
			assertThat(scene.there().manager.clientResults().complete("c1", id, 1)).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource
	void futureCompletedByTheApplicationIsForgotten(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient client = scene.there().connect("c1");
			CompletableFuture<Integer> answer = scene.here().chat.client("c1").invoke("q", Integer.class);
			client.awaitQuestion("q[]");
			answer.orTimeout(1, TimeUnit.MILLISECONDS);
			assertNothingPending(scene, client);
			assertThat(answer).isCompletedExceptionally();
		}
	}

	@ParameterizedTest
	@EnumSource
	void answersOfOthersAreIgnored(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient client = scene.there().connect("c1");
			scene.there().connect("c2");
			CompletableFuture<Integer> answer = scene.here().chat.client("c1").invoke("q", Integer.class);
			String id = client.awaitQuestion("q[]");
			ClientResultsManager results = scene.there().manager.clientResults();
			assertThat(results.resultType("c2", id)).isNull();
			assertThat(results.complete("c2", id, 1)).isFalse();
			assertThat(results.fail("c2", id, "no")).isFalse();
			assertThat(results.complete("c1", id + "0", 1)).isFalse();
			assertThat(answer).isNotDone();
		}
	}

	@ParameterizedTest
	@EnumSource
	void protocolWithoutAnswers(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient.connect(scene.there().manager, "c1", null, scene.there().plain, Lane.direct());
			assertFails(scene.here().chat.client("c1").invoke("q", Integer.class), HubException.class,
					"Connection 'c1' cannot be asked: its protocol 'plain' has no answers.");
		}
	}

	@ParameterizedTest
	@EnumSource
	void binaryProtocolIsAskedInItsProtocol(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient client = TestClient.connect(scene.there().manager, "c1", null, scene.there().binary,
					Lane.direct());
			CompletableFuture<Integer> answer = scene.here().chat.client("c1").invoke("q", Integer.class);
			answer(scene.there(), client, "q[]", "7");
			assertThat(answer.orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo(7);
		}
	}

	@Test
	void listenerIsToldBeforeAConnectionIsAsked() {
		try (Scene scene = Topology.OTHER_NODE.open()) {
			List<@Nullable ClientConnection> asked = new ArrayList<>();
			scene.here().manager.clientResults().setAskListener(asked::add);
			scene.there().manager.clientResults().setAskListener((connection) -> {
				throw new IllegalStateException("not allowed");
			});
			TestClient local = scene.here().connect("h1");
			TestClient remote = scene.there().connect("c1");
			scene.here().chat.client("h1").invoke("q", Integer.class);
			scene.here().chat.client("c1").invoke("q", Integer.class);
			assertThat(asked).containsExactly(local.connection(), null);
			remote.awaitQuestion("q[]");
			assertThatIllegalStateException()
				.isThrownBy(() -> scene.there().chat.client("c1").invoke("q", Integer.class))
				.withMessage("not allowed");
		}
	}

	@ParameterizedTest
	@EnumSource
	void nodeOfTheConnectionIsToldThatAQuestionIsPending(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient client = scene.there().connect("c1");
			List<String> told = new CopyOnWriteArrayList<>();
			scene.there().manager.clientResults()
				.setPendingListener((connection) -> told.add(connection.id() + " " + connection.readGate().isHeld()));
			scene.here().chat.client("c1").invoke("q", Integer.class);
			client.awaitQuestion("q[]");
			assertThat(told).containsExactly("c1 true");
		}
	}

	@Test
	void idsAreCountedOnANodeThatIsAlone() {
		try (Scene scene = Topology.ALONE.open()) {
			TestClient client = scene.there().connect("c1");
			scene.here().chat.client("c1").invoke("q", Integer.class);
			scene.here().chat.client("c1").invoke("q", Integer.class);
			client.assertReceived("s1 q[]", "s2 q[]");
		}
	}

	@Test
	void idsOfNodesDiffer() {
		try (Scene scene = Topology.OTHER_NODE.open()) {
			assertThat(scene.here().backplane.nextInvocationId()).endsWith("s1")
				.isNotEqualTo(scene.there().backplane.nextInvocationId());
		}
	}

	@Test
	void nodeThatDisappearsIsNoticed() {
		try (TestNodes nodes = new TestNodes()) {
			TestNode here = nodes.node(Duration.ofMillis(100));
			TestNode there = nodes.node();
			TestClient client = there.connect("abc");
			CompletableFuture<Integer> answer = here.chat.client("abc").invoke("q", Integer.class);
			client.awaitQuestion("q[]");
			assertThat(answer).isNotDone();
			there.backplane.stop();
			assertFails(answer, IOException.class, "Connection 'abc' disconnected.");
		}
	}

	@Test
	void slowAnswerSurvivesLooks() throws Exception {
		try (TestNodes nodes = new TestNodes()) {
			TestNode here = nodes.node(Duration.ofMillis(20));
			TestNode there = nodes.node();
			TestClient client = there.connect("abc");
			CompletableFuture<Integer> answer = here.chat.client("abc").invoke("q", Integer.class);
			client.awaitQuestion("q[]");
			int before = here.loopback.published();
			await().until(() -> here.loopback.published() > before + 3);
			answer(there, client, "q[]", "3");
			assertThat(answer.get(5, TimeUnit.SECONDS)).isEqualTo(3);
		}
	}

	@Test
	void brokenBackplaneFailsTheQuestion() {
		try (Scene scene = Topology.OTHER_NODE.open()) {
			scene.here().loopback.setBroken(true);
			assertFails(scene.here().chat.client("c1").invoke("q", Integer.class), IllegalStateException.class,
					"Backplane is down");
		}
	}

	@Test
	void argumentThatCannotBeEncodedLeavesNothingBehind() {
		try (Scene scene = Topology.ALONE.open()) {
			TestClient client = scene.there().connect("c1");
			assertThatExceptionOfType(MessageConversionException.class)
				.isThrownBy(() -> scene.here().chat.client("c1").invoke("q", Integer.class, Thread.currentThread()));
			assertNothingPending(scene, client);
		}
	}

}
