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

package dev.realtime.hub;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import dev.realtime.hub.annotation.HubClient;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.messaging.converter.MessageConversionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for the proxies of {@link TypedClients}.
 */
class TypedClientsTests {

	private final RecordingProxy group = new RecordingProxy("group g1");

	private final RecordingProxy.Single client = new RecordingProxy.Single("client c1");

	private final ChatClient groupProxy = TypedClients.of(ChatClient.class).proxy(this.group);

	private final ChatClient clientProxy = TypedClients.of(ChatClient.class).proxy(this.client);

	@Test
	void factoryIsMadeOncePerInterface() {
		assertThat(TypedClients.of(ChatClient.class)).isSameAs(TypedClients.of(ChatClient.class));
		assertThat(TypedClients.of(ChatClient.class).type()).isEqualTo(ChatClient.class);
		assertThat(TypedClients.of(ChatClient.class).hubs()).containsExactly("chat", "support");
	}

	@Test
	void voidMethodSends() {
		this.groupProxy.said("ann", null);
		this.groupProxy.ping();
		assertThat(this.group.calls).containsExactly("said[ann, null]", "ping[]");
	}

	@Test
	void oneListIsOneArgument() {
		this.groupProxy.history(List.of("a", "b"));
		assertThat(this.group.calls).containsExactly("history[[a, b]]");
	}

	@Test
	void whatSendThrowsReachesTheCaller() {
		ChatClient failing = TypedClients.of(ChatClient.class).proxy(new RecordingProxy("group g1") {

			@Override
			public CompletableFuture<Void> send(String target, List<?> arguments) {
				throw new MessageConversionException("not encodable");
			}

		});
		assertThatExceptionOfType(MessageConversionException.class).isThrownBy(failing::ping);
	}

	@Test
	void futureMethodAsksASingleClient() {
		CompletableFuture<List<String>> answer = this.clientProxy.choose("question");
		assertThat(this.client.calls).containsExactly("choose[question] -> java.util.List<java.lang.String>");
		this.client.answer.complete(List.of("yes"));
		assertThat(answer).isCompletedWithValue(List.of("yes"));
	}

	@Test
	void stageMethodAsksASingleClient() {
		this.clientProxy.confirm("question");
		assertThat(this.client.calls).containsExactly("confirm[question] -> java.lang.Boolean");
	}

	@Test
	void futureWithoutValueWaitsForTheClient() {
		CompletableFuture<Void> completion = this.clientProxy.saved();
		assertThat(this.client.calls).containsExactly("saved[] -> java.lang.Void");
		assertThat(completion).isNotDone();
	}

	@Test
	void futureOfAnythingAsksForAnything() {
		this.clientProxy.anything();
		assertThat(this.client.calls).containsExactly("anything[] -> java.lang.Object");
	}

	@Test
	void monoMethodAsksWhenSubscribedTo() {
		Mono<Integer> answer = this.clientProxy.count();
		assertThat(this.client.calls).isEmpty();
		this.client.answer.complete(7);
		StepVerifier.create(answer).expectNext(7).verifyComplete();
		assertThat(this.client.calls).containsExactly("count[] -> java.lang.Integer");
	}

	@Test
	void monoMethodAsksOncePerSubscription() {
		Mono<Integer> answer = this.clientProxy.count();
		this.client.answer.complete(7);
		assertThat(answer.block()).isEqualTo(7);
		assertThat(answer.block()).isEqualTo(7);
		assertThat(this.client.calls).hasSize(2);
	}

	@Test
	void monoMethodGivesUpTheQuestionWhenItIsCancelled() {
		this.clientProxy.count().subscribe().dispose();
		assertThat(this.client.calls).hasSize(1);
		assertThat(this.client.answer).isCancelled();
	}

	@Test
	void monoMethodFailsIfTheClientCannotBeAsked() {
		ChatClient failing = TypedClients.of(ChatClient.class).proxy(new RecordingProxy.Single("client c1") {

			@Override
			public <T> CompletableFuture<T> invoke(String target, ParameterizedTypeReference<T> resultType,
					Object... arguments) {
				throw new MessageConversionException("not encodable");
			}

		});
		StepVerifier.create(failing.count().onErrorReturn(MessageConversionException.class, 3))
			.expectNext(3)
			.verifyComplete();
	}

	@Test
	void monoMethodFailsAsTheClientDoes() {
		this.client.answer.completeExceptionally(new HubException("no"));
		StepVerifier.create(this.clientProxy.count()).verifyErrorMessage("no");
	}

	@Test
	void methodWithAResultOnlyWorksWithSingleClients() {
		assertThatOnlyWorksWithSingleClients((chat) -> chat.choose("question"), "choose(String)");
		assertThatOnlyWorksWithSingleClients((chat) -> chat.confirm("question"), "confirm(String)");
		assertThatOnlyWorksWithSingleClients(ChatClient::count, "count()");
		assertThat(this.group.calls).isEmpty();
	}

	private void assertThatOnlyWorksWithSingleClients(Consumer<ChatClient> call, String method) {
		assertThatIllegalStateException().isThrownBy(() -> call.accept(this.groupProxy))
			.withMessage("Method " + ChatClient.class.getName() + "." + method
					+ " returns a result, which only works with single clients, and not after a commit");
	}

	@Test
	void defaultMethodRunsItsBody() {
		this.groupProxy.said("hello");
		this.groupProxy.saidAll("a", "b");
		assertThat(this.group.calls).containsExactly("said[system, hello]", "history[[a, b]]");
	}

	@Test
	void inheritedMethodResolvesItsTypes() {
		this.clientProxy.inherited("question");
		assertThat(this.client.calls).containsExactly("inherited[question] -> java.util.List<java.lang.Long>");
	}

	@Test
	void proxiesOfOneTargetAreEqual() {
		ChatClient same = TypedClients.of(ChatClient.class).proxy(this.group);
		assertThat(same).isEqualTo(this.groupProxy).hasSameHashCodeAs(this.groupProxy);
		assertThat(same).isNotEqualTo(this.clientProxy).isNotEqualTo(null).isNotEqualTo("a string");
		assertThat(this.group.calls).isEmpty();
	}

	@Test
	void proxyNamesItsTarget() {
		assertThat(this.groupProxy).hasToString("TypedClientsTests.ChatClient for group g1");
	}

	interface Base<T> {

		CompletableFuture<List<T>> inherited(String question);

	}

	@HubClient({ "chat", "support" })
	interface ChatClient extends Base<Long> {

		void said(String user, String text);

		void ping();

		void history(List<String> messages);

		CompletableFuture<List<String>> choose(String question);

		CompletionStage<Boolean> confirm(String question);

		CompletableFuture<Void> saved();

		CompletableFuture<?> anything();

		Mono<Integer> count();

		default void said(String text) {
			said("system", text);
		}

		default void saidAll(String... texts) {
			history(List.of(texts));
		}

		static String greeting() {
			return "hello";
		}

		@Override
		String toString();

	}

}
