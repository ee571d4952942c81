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

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.Principal;
import java.util.ConcurrentModificationException;
import java.util.EmptyStackException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

import dev.realtime.event.ConnectEventResponse;
import dev.realtime.event.ConnectRejectedException;
import dev.realtime.event.ConnectedEventRequest;
import dev.realtime.event.EventHandler;
import dev.realtime.event.EventType;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubException;
import dev.realtime.hub.HubFilter;
import dev.realtime.hub.HubFilterChain;
import dev.realtime.hub.HubInvocation;
import dev.realtime.hub.StreamEmitter;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;
import org.springframework.core.annotation.Order;
import org.springframework.messaging.MessageHandlingException;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.MessageExceptionHandler;
import org.springframework.web.bind.annotation.ControllerAdvice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link MessageExceptionHandler} methods.
 */
class ExceptionHandlerTests {

	private static final String MASKED = "An unexpected error occurred invoking 'fail' on the server.";

	private final HubTester tester = HubTester.with(Calls.class, Prototype.class, Second.class, First.class,
			Foreign.class, Watching.class);

	private final TestClient client = this.tester.connect("ann");

	@AfterEach
	void close() {
		this.tester.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					IllegalArgumentException  | 'error':'An unexpected error occurred invoking 'fail' on the server. HubException: thrown'
					IllegalStateException     | 'error':'An unexpected error occurred invoking 'fail' on the server. HubException: returned'
					NumberFormatException     | 'result':'answered'
					IOException               | 'result':'io'
					FileNotFoundException     | 'result':'file'
					EOFException              | 'result':'io'
					UncheckedIOException      | 'result':'io'
					ArithmeticException       | 'error':'An unexpected error occurred invoking 'fail' on the server.'
					ClassCastException        | 'error':'An unexpected error occurred invoking 'fail' on the server.'
					IndexOutOfBoundsException | 'error':'An unexpected error occurred invoking 'fail' on the server. HubException: later'
					NullPointerException      | 'result':'answered later'
					SecurityException         | 'result':null
					AssertionError            | 'result':'error'
					ArrayStoreException       | 'error':'An unexpected error occurred invoking 'fail' on the server.'
					UnsupportedOperationException   | 'result':'first advice'
					ConcurrentModificationException | 'result':'second advice'
					""")
	void outcome(String exception, String outcome) {
		assertThat(this.client.invoke("fail", "['" + exception + "']")).isEqualTo("{'type':3," + outcome + "}");
		assertThat(this.client.invoke("failLater", "['" + exception + "']"))
			.isEqualTo("{'type':3," + outcome.replace("fail", "failLater") + "}");
		assertThat(this.client.invoke("failMono", "['" + exception + "']"))
			.isEqualTo("{'type':3," + outcome.replace("fail", "failMono") + "}");
	}

	@Test
	void resultThatDoesNotFitTheMethod() {
		assertThat(this.client.invoke("number", "[]"))
			.contains("'error':'An unexpected error occurred invoking 'number' on the server.'");
		assertThat(this.client.invoke("nothing", "[]"))
			.contains("'error':'An unexpected error occurred invoking 'nothing' on the server.'");
		assertThat(this.tester.bean(Calls.class).log).containsExactly("number", "number");
	}

	@Test
	void handlerSeesTheCaller() {
		this.client.send(
				"{'type':1,'headers':{'a':'b'},'invocationId':'1','target':'fail','arguments':['EmptyStackException']}");
		assertThat(this.client.completion("1")).contains("'result':'" + this.client.id() + " ann b "
				+ Locale.getDefault().getLanguage() + " EmptyStackException'");
	}

	@Test
	void argumentThatCannotBeResolved() {
		this.client.send("{'type':1,'invocationId':'1','target':'header','arguments':[]}");
		assertThat(this.client.completion("1")).contains("'result':'MessageHandlingException'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "flux", "publisher", "stream", "emitter" })
	void failureOfAStreamOnItsWay(String method) {
		this.client.send("{'type':4,'invocationId':'1','target':'" + method + "','arguments':[]}");
		assertThat(this.client.next()).contains("'item':'first'");
		assertThat(this.client.next()).isEqualTo(
				"{'type':3,'invocationId':'1','error':'An error occurred on the server while streaming results. HubException: thrown'}");
		assertThat(this.tester.bean(Calls.class).log).containsExactly("thrown");
		this.client.awaitIdle();
	}

	@Test
	void answerIsNoResultOfAStream() {
		this.client.send("{'type':4,'invocationId':'1','target':'unanswered','arguments':[]}");
		assertThat(this.client.next()).isEqualTo(
				"{'type':3,'invocationId':'1','error':'An error occurred on the server while streaming results.'}");
	}

	@Test
	void failureBeforeAStreamBegins() {
		this.client.send("{'type':4,'invocationId':'1','target':'noStream','arguments':[]}");
		assertThat(this.client.next()).isEqualTo(
				"{'type':3,'invocationId':'1','error':'An unexpected error occurred invoking 'noStream' on the server. HubException: thrown'}");
	}

	@Test
	void whatAHandlerThrowsIsNotHandledAgain() {
		assertThat(this.client.invoke("failLater", "['IllegalArgumentException']")).contains("HubException: thrown");
		assertThat(this.tester.bean(Calls.class).log).containsExactly("thrown");
	}

	@Test
	void namedEvent() {
		assertThat(this.client.invoke("typing", "[]")).contains("'result':'answered'");
	}

	@Test
	void handlerIsCalledOnTheBeanThatFailed() {
		assertThat(this.client.invoke("prototype", "[]")).contains("'result':true");
	}

	@Test
	void filtersSeeTheOutcome() {
		this.client.invoke("fail", "['IllegalArgumentException']");
		this.client.invoke("fail", "['NumberFormatException']");
		this.client.invoke("failLater", "['NumberFormatException']");
		Watching watching = this.tester.bean(Watching.class);
		Awaitility.await()
			.untilAsserted(() -> assertThat(watching.seen).containsExactly("thrown", "answered", "answered"));
	}

	@Test
	void failureOfAFilterIsNotHandled() {
		this.client.send(
				"{'type':1,'headers':{'filter':'fail'},'invocationId':'1','target':'fail','arguments':['NumberFormatException']}");
		assertThat(this.client.completion("1")).contains(MASKED);
	}

	@Test
	void handlerOfConnectDecides() {
		Calls calls = this.tester.bean(Calls.class);
		calls.connectFailure = new NumberFormatException();
		assertThatExceptionOfType(ConnectRejectedException.class).isThrownBy(() -> this.tester.open("bob"))
			.satisfies((ex) -> assertThat(ex.getStatus()).isEqualTo(500));
		calls.connectFailure = new IllegalThreadStateException();
		assertThat(this.tester.connect("bob").connection().userId()).isEqualTo("handled");
		calls.connectFailure = new NegativeArraySizeException();
		assertThat(catchThrowableOfType(ConnectRejectedException.class, () -> this.tester.open("bob")).getStatus())
			.isEqualTo(418);
		calls.log.clear();
		calls.connectFailure = new ConnectRejectedException(403, "no");
		assertThat(catchThrowableOfType(ConnectRejectedException.class, () -> this.tester.open("bob")).getStatus())
			.isEqualTo(403);
		assertThat(calls.log).isEmpty();
	}

	@Test
	void failureOfConnectedIsTranslated() {
		this.tester.bean(Calls.class).connectedFailure = new IllegalArgumentException();
		TestClient other = this.tester.connect("bob");
		assertThat(other.next())
			.isEqualTo("{'type':7,'error':'Connection closed with an error. HubException: thrown'}");
	}

	@Test
	void failureOfDisconnectedIsHandled() {
		this.client.disconnect();
		Awaitility.await().untilAsserted(() -> assertThat(this.tester.bean(Calls.class).log).containsExactly("thrown"));
	}

	private static Exception exception(String name) throws Exception {
		if (name.equals("AssertionError")) {
			throw new AssertionError();
		}
		if (name.equals("UncheckedIOException")) {
			return new UncheckedIOException(new IOException());
		}
		for (String packageName : new String[] { "java.lang.", "java.io.", "java.util." }) {
			try {
				return (Exception) Class.forName(packageName + name).getConstructor().newInstance();
			}
			catch (ClassNotFoundException ex) {
				// in another package
			}
		}
		throw new IllegalArgumentException(name);
	}

	@HubController("test")
	static class Calls {

		final List<String> log = new CopyOnWriteArrayList<>();

		volatile @Nullable RuntimeException connectFailure;

		volatile @Nullable RuntimeException connectedFailure;

		@HubMethod
		Object fail(String exception) throws Exception {
			throw exception(exception);
		}

		@HubMethod
		CompletableFuture<Object> failLater(String exception) {
			return CompletableFuture.supplyAsync(() -> {
				try {
					throw exception(exception);
				}
				catch (Exception ex) {
					throw new CompletionException(ex);
				}
			});
		}

		@HubMethod
		Mono<Object> failMono(String exception) {
			return Mono.fromCallable(() -> {
				throw exception(exception);
			});
		}

		@HubMethod
		int number() {
			throw new NumberFormatException("number");
		}

		@HubMethod
		void nothing() {
			throw new NumberFormatException("number");
		}

		@HubMethod
		String header(@Header("missing") String missing) {
			return missing;
		}

		@HubMethod
		Flux<String> flux() {
			return Flux.concat(Mono.just("first"), Mono.error(IllegalArgumentException::new));
		}

		@HubMethod
		Flow.Publisher<String> publisher() {
			return (subscriber) -> subscriber.onSubscribe(new Flow.Subscription() {

				private boolean failed;

				@Override
				public void request(long n) {
					if (!this.failed) {
						this.failed = true;
						subscriber.onNext("first");
						subscriber.onError(new IllegalArgumentException());
					}
				}

				@Override
				public void cancel() {
				}

			});
		}

		@HubMethod
		Stream<String> stream() {
			return Stream.of("first", "second").peek((item) -> {
				if (item.equals("second")) {
					throw new IllegalArgumentException();
				}
			});
		}

		@HubMethod
		void emitter(StreamEmitter<String> emitter) {
			emitter.send("first");
			emitter.completeWithError(new IllegalArgumentException());
		}

		@HubMethod
		Flux<String> unanswered() {
			return Flux.error(NumberFormatException::new);
		}

		@HubMethod
		Flux<String> noStream() {
			throw new IllegalArgumentException();
		}

		@EventHandler("typing")
		String typing() {
			throw new NumberFormatException();
		}

		@EventHandler(type = EventType.CONNECT)
		void connect() {
			if (this.connectFailure != null) {
				throw this.connectFailure;
			}
		}

		@EventHandler(type = EventType.CONNECTED)
		void connected(ConnectedEventRequest request) {
			if (this.connectedFailure != null) {
				throw this.connectedFailure;
			}
		}

		@EventHandler(type = EventType.DISCONNECTED)
		void disconnected() {
			throw new IllegalArgumentException();
		}

		@MessageExceptionHandler
		void thrown(IllegalArgumentException ex) {
			this.log.add("thrown");
			throw new HubException("thrown");
		}

		@MessageExceptionHandler(IllegalStateException.class)
		HubException returned() {
			return new HubException("returned");
		}

		@MessageExceptionHandler
		String answered(NumberFormatException ex) {
			this.log.add(String.valueOf(ex.getMessage()));
			return "answered";
		}

		@MessageExceptionHandler
		String io(IOException ex) {
			return "io";
		}

		@MessageExceptionHandler
		String file(FileNotFoundException ex) {
			return "file";
		}

		@MessageExceptionHandler(ArithmeticException.class)
		void noted() {
		}

		@MessageExceptionHandler(ClassCastException.class)
		void broken() {
			throw new IllegalStateException("broken");
		}

		@MessageExceptionHandler(IndexOutOfBoundsException.class)
		CompletableFuture<String> later() {
			return CompletableFuture.failedFuture(new HubException("later"));
		}

		@MessageExceptionHandler(NullPointerException.class)
		Mono<String> answeredLater() {
			return Mono.just("answered later");
		}

		@MessageExceptionHandler(SecurityException.class)
		@Nullable String nothingIsTheAnswer() {
			return null;
		}

		@MessageExceptionHandler(ArrayStoreException.class)
		Mono<Void> notedLater() {
			return Mono.empty();
		}

		@MessageExceptionHandler
		String error(AssertionError ex) {
			return "error";
		}

		@MessageExceptionHandler
		String seen(EmptyStackException ex, HubCallerContext caller, Principal principal, @Header("a") String header,
				Locale locale) {
			return String.join(" ", caller.connectionId(), principal.getName(), header, locale.getLanguage(),
					ex.getClass().getSimpleName());
		}

		@MessageExceptionHandler
		String unresolved(MessageHandlingException ex) {
			return ex.getClass().getSimpleName();
		}

		@MessageExceptionHandler(IllegalThreadStateException.class)
		ConnectEventResponse accept(@Nullable HubCallerContext caller) {
			assertThat(caller).isNull();
			return ConnectEventResponse.accept().userId("handled");
		}

		@MessageExceptionHandler(NegativeArraySizeException.class)
		void reject() {
			throw new ConnectRejectedException(418, "teapot");
		}

	}

	@HubController("test")
	@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
	static class Prototype {

		@Nullable Object failed;

		@HubMethod
		Object prototype() {
			this.failed = this;
			throw new IllegalStateException();
		}

		@MessageExceptionHandler(IllegalStateException.class)
		boolean same() {
			return this.failed == this;
		}

	}

	@ControllerAdvice
	@Order(2)
	static class Second {

		@MessageExceptionHandler
		String concurrent(ConcurrentModificationException ex) {
			return "second advice";
		}

		@MessageExceptionHandler
		String unsupported(UnsupportedOperationException ex) {
			return "not reached";
		}

	}

	@ControllerAdvice(annotations = HubController.class)
	@Order(1)
	static class First {

		@MessageExceptionHandler
		String unsupported(UnsupportedOperationException ex) {
			return "first advice";
		}

		@MessageExceptionHandler
		String numbers(NumberFormatException ex) {
			return "not reached";
		}

	}

	@ControllerAdvice(assignableTypes = String.class)
	@Order(0)
	static class Foreign {

		@MessageExceptionHandler
		String unsupported(UnsupportedOperationException ex) {
			return "not reached";
		}

	}

	static class Watching implements HubFilter {

		final List<String> seen = new CopyOnWriteArrayList<>();

		@Override
		public @Nullable Object invoke(HubInvocation invocation, HubFilterChain next) throws Throwable {
			if (invocation.headers().containsKey("filter")) {
				throw new NumberFormatException("filter");
			}
			try {
				Object result = next.proceed(invocation);
				if (result instanceof CompletableFuture<?> future) {
					future.thenAccept((value) -> this.seen.add(String.valueOf(value)));
				}
				else if (result instanceof String) {
					this.seen.add((String) result);
				}
				return result;
			}
			catch (HubException ex) {
				this.seen.add(String.valueOf(ex.getMessage()));
				throw ex;
			}
		}

	}

}
