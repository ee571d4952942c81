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

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import dev.realtime.hub.annotation.HubClient;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for what {@link TypedClients} does not accept.
 */
class TypedClientsValidationTests {

	@Test
	void interfaceMustBeAnnotated() {
		assertThatRejects(NotAnnotated.class, NotAnnotated.class.getName() + " must be annotated with @HubClient");
	}

	@Test
	void classIsNoInterface() {
		assertThatRejects(AnnotatedClass.class,
				"@HubClient " + AnnotatedClass.class.getName() + " must be an interface");
	}

	@Test
	void interfaceMustNotHaveTypeParameters() {
		assertThatRejects(Generic.class, "@HubClient " + Generic.class.getName() + " must not have type parameters");
	}

	@Test
	void interfaceMustNameAHub() {
		assertThatRejects(NoHub.class, "@HubClient " + NoHub.class.getName() + " must name a hub");
		assertThatRejects(EmptyHub.class, "@HubClient " + EmptyHub.class.getName() + " must name a hub");
	}

	@Test
	void methodMustNotBeOverloaded() {
		assertThatRejects(Overloaded.class, "@HubClient " + Overloaded.class.getName()
				+ " must not have two methods named 'said': names of methods compare without case and arguments do not "
				+ "distinguish them");
	}

	@Test
	void methodMustNotDifferFromAnotherInCaseOnly() {
		assertThatIllegalArgumentException().isThrownBy(() -> TypedClients.of(SameButCase.class))
			.withMessageContaining("must not have two methods named");
	}

	@Test
	void methodMustNotHaveTypeParameters() {
		assertThatRejects(GenericMethod.class,
				"Method " + GenericMethod.class.getName() + ".said(Object) must not have type parameters");
	}

	@Test
	void methodMustReturnNothingOrAFuture() {
		assertThatRejectsResult(BlockingResult.class, "ask(String, int)", "boolean");
		assertThatRejectsResult(OptionalResult.class, "ask()", Optional.class.getName());
		assertThatRejectsResult(StreamResult.class, "ask()", Flux.class.getName());
		assertThatRejectsResult(OtherFuture.class, "ask()", OtherFuture.Special.class.getName());
	}

	private void assertThatRejects(Class<?> type, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> TypedClients.of(type)).withMessage(message);
	}

	private void assertThatRejectsResult(Class<?> type, String method, String result) {
		assertThatRejects(type,
				"Method " + type.getName() + "." + method
						+ " must return void to send, or a CompletionStage, a CompletableFuture "
						+ "or a reactive type of one value to ask a client, not " + result);
	}

	interface NotAnnotated {

	}

	@HubClient("chat")
	static class AnnotatedClass {

	}

	@HubClient("chat")
	interface Generic<T> {

	}

	@HubClient({})
	interface NoHub {

	}

	@HubClient({ "chat", "" })
	interface EmptyHub {

	}

	@HubClient("chat")
	interface Overloaded {

		void said(String text);

		void said(String user, String text);

	}

	@HubClient("chat")
	interface SameButCase {

		void said(String text);

		void Said(String text);

	}

	@HubClient("chat")
	interface GenericMethod {

		<T> void said(T value);

	}

	@HubClient("chat")
	interface BlockingResult {

		boolean ask(String question, int number);

	}

	@HubClient("chat")
	interface OptionalResult {

		Optional<String> ask();

	}

	@HubClient("chat")
	interface StreamResult {

		Flux<String> ask();

	}

	@HubClient("chat")
	interface OtherFuture {

		Special ask();

		class Special extends CompletableFuture<String> {

		}

	}

}
