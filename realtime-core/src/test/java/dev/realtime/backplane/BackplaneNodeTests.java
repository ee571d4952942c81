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

package dev.realtime.backplane;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;

import dev.realtime.backplane.BackplaneMessage.Answer;
import dev.realtime.backplane.BackplaneMessage.ClientCall;
import dev.realtime.backplane.BackplaneMessage.ClientCallCancelled;
import dev.realtime.backplane.BackplaneMessage.Failure;
import dev.realtime.backplane.BackplaneMessage.FailureKind;
import dev.realtime.backplane.BackplaneMessage.Operation;
import dev.realtime.backplane.BackplaneMessage.Request;
import dev.realtime.backplane.BackplaneMessage.Response;
import dev.realtime.backplane.BackplaneMessage.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

class BackplaneNodeTests {

	private static final String ALL = new HubChannels("chat").all();

	private final LoopbackBackplane.Network network = new LoopbackBackplane.Network();

	private final List<BackplaneNode> nodes = new ArrayList<>();

	private final List<LoopbackBackplane> backplanes = new ArrayList<>();

	private final List<BackplaneMessage> received = new CopyOnWriteArrayList<>();

	@AfterEach
	void stop() {
		this.nodes.forEach(BackplaneNode::stop);
		this.network.close();
	}

	private BackplaneNode node(Duration timeout) {
		LoopbackBackplane backplane = new LoopbackBackplane(this.network);
		BackplaneNode node = new BackplaneNode("n" + this.nodes.size(), backplane, timeout);
		this.nodes.add(node);
		this.backplanes.add(backplane);
		node.start().join();
		return node;
	}

	private BackplaneNode answering(Response... responses) {
		BackplaneNode node = node(Duration.ofSeconds(5));
		node.attach("Chat", (message) -> {
			this.received.add(message);
			for (Response response : responses) {
				if (message instanceof Request request) {
					node.respond(request.replyTo(), response);
				}
				if (message instanceof ClientCall call) {
					node.respond(call.replyTo(), response);
				}
			}
		});
		node.subscribed(ALL).join();
		return node;
	}

	@Test
	void requestCollectsTheResponsesOfAllOthers() {
		BackplaneNode asking = node(Duration.ofSeconds(5));
		answering(new Rows(1, List.of(List.of("c1"))));
		answering(new Rows(1, List.of()));
		List<Response> responses = asking.request(ALL, Operation.CONNECTIONS, List.of(), false).join();
		assertThat(responses).containsExactlyInAnyOrder(new Rows(1, List.of(List.of("c1"))), new Rows(1, List.of()));
		assertThat(asking.pendingRequests()).isZero();
	}

	@Test
	void requestWithoutReceiversIsAnsweredByNobody() {
		BackplaneNode asking = node(Duration.ofSeconds(5));
		assertThat(asking.request(ALL, Operation.CONNECTIONS, List.of(), true).join()).isEmpty();
	}

	@Test
	void requestSettlesForWhatHasArrivedInTime() {
		BackplaneNode asking = node(Duration.ofMillis(100));
		answering(new Rows(1, List.of(List.of("c1"))));
		answering();
		assertThat(asking.request(ALL, Operation.CONNECTIONS, List.of(), false).join()).hasSize(1);
		assertThat(asking.pendingRequests()).isZero();
	}

	@Test
	void requestThatNeedsEverybodyFailsIfSomebodyIsMissing() {
		BackplaneNode asking = node(Duration.ofMillis(100));
		answering(new Rows(1, List.of()));
		answering();
		assertThat(asking.request(ALL, Operation.CLOSE_ALL, Arrays.asList("x"), true))
			.failsWithin(Duration.ofSeconds(5))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(TimeoutException.class)
			.withMessage("1 of 2 nodes did not answer");
	}

	@Test
	void requestThatNeedsEverybodyFailsIfSomebodyFails() {
		BackplaneNode asking = node(Duration.ofSeconds(5));
		answering(new Failure(1, FailureKind.NODE_ERROR, "broken"));
		assertThat(asking.request(ALL, Operation.CLOSE_ALL, List.of(), true)).failsWithin(Duration.ofSeconds(5))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(IllegalStateException.class)
			.withMessage("broken");
	}

	@Test
	void requestFailsIfTheBackplaneDoes() {
		BackplaneNode asking = node(Duration.ofSeconds(5));
		this.backplanes.get(0).setBroken(true);
		assertThat(asking.request(ALL, Operation.CONNECTIONS, List.of(), false)).isCompletedExceptionally();
		assertThat(asking.send(ALL, new ClientCallCancelled("c", "s1"))).isCompletedExceptionally();
		assertThat(asking.pendingRequests()).isZero();
	}

	@Test
	void callIsAnsweredByWhoeverHasTheConnection() {
		BackplaneNode asking = node(Duration.ofSeconds(5));
		answering(new Failure(1, FailureKind.NOT_FOUND, "not here"));
		answering(new Answer(1, "json", new byte[] { '1' }));
		Response response = asking.call(ALL, "c1", "s1", Map.of()).join();
		assertThat(response).isInstanceOf(Answer.class);
	}

	@Test
	void callOfUnknownConnectionIsNotFound() {
		BackplaneNode asking = node(Duration.ofSeconds(5));
		answering(new Failure(1, FailureKind.NOT_FOUND, "not here"));
		Response response = asking.call(ALL, "c1", "s1", Map.of()).join();
		assertThat(response).isInstanceOfSatisfying(Failure.class,
				(failure) -> assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND));
	}

	@Test
	void cancelledCallIsForgotten() {
		BackplaneNode asking = node(Duration.ofSeconds(5));
		answering();
		CompletableFuture<Response> call = asking.call(ALL, "c1", "s1", Map.of());
		assertThat(asking.pendingRequests()).isEqualTo(1);
		call.cancel(false);
		assertThat(asking.pendingRequests()).isZero();
	}

	@Test
	void messageThatMakesNoSenseIsIgnored() {
		BackplaneNode node = answering();
		LoopbackBackplane stranger = new LoopbackBackplane(this.network);
		stranger.publish(ALL, new byte[] { 99, 1 });
		stranger.publish(ALL, new byte[0]);
		stranger.publish(node.replyChannel(), BackplaneCodec.encode(new Rows(77, List.of())));
		stranger.publish(ALL, BackplaneCodec.encode(new ClientCallCancelled("c", "s1")));
		await().until(() -> this.received.contains(new ClientCallCancelled("c", "s1")));
		assertThat(node.ignoredMessages()).isEqualTo(2);
		stranger.stop();
	}

	@Test
	void receiverThatFailsDoesNotStopTheNode() {
		BackplaneNode node = node(Duration.ofSeconds(5));
		node.attach("other", (message) -> {
			this.received.add(message);
			throw new IllegalStateException("broken");
		});
		String channel = new HubChannels("other").all();
		node.subscribed(channel).join();
		BackplaneNode sender = node(Duration.ofSeconds(5));
		sender.send(channel, new ClientCallCancelled("c", "s1")).join();
		sender.send(channel, new ClientCallCancelled("c", "s2")).join();
		await().until(() -> this.received.size() == 2);
	}

	@Test
	void hubsCompareWithoutCase() {
		BackplaneNode node = answering();
		assertThatIllegalStateException().isThrownBy(() -> node.attach("CHAT", this.received::add));
		node.detach("cHAT");
		node.detach("cHAT");
		node.attach("CHAT", this.received::add);
		assertThatIllegalArgumentException().isThrownBy(() -> node.attach("a:b", this.received::add));
	}

	@Test
	void stoppedNodeWaitsForNothing() {
		BackplaneNode asking = node(Duration.ofSeconds(60));
		answering();
		CompletableFuture<?> request = asking.request(ALL, Operation.CONNECTIONS, List.of(), false);
		CompletableFuture<?> call = asking.call(ALL, "c1", "s1", Map.of());
		assertThat(request).isNotDone();
		asking.stop();
		assertThat(request).isCancelled();
		assertThat(call).isCompletedExceptionally();
		assertThat(asking.request(ALL, Operation.CONNECTIONS, List.of(), false)).isCancelled();
		assertThat(asking.schedule(() -> {
		}, Duration.ofMillis(1))).isCancelled();
	}

	@Test
	void nodeAloneAsksNobody() {
		BackplaneNode node = BackplaneNode.local();
		assertThat(node.isDistributed()).isFalse();
		assertThat(node.start()).isCompleted();
		assertThat(node.subscribe("a")).isCompleted();
		assertThat(node.subscriptionCount()).isZero();
		assertThat(node.request(ALL, Operation.CONNECTIONS, List.of(), true)).isCompletedWithValue(List.of());
		assertThat(node.nextInvocationId()).isEqualTo("s1");
		node.stop();
	}

}
