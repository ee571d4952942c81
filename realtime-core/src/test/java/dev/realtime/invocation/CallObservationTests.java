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

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import dev.realtime.event.EventHandler;
import dev.realtime.hub.HubCancellation;
import dev.realtime.hub.HubException;
import dev.realtime.hub.StreamEmitter;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.invocation.RecordedObservations.Observed;
import dev.realtime.observation.HubCallObservationContext;
import dev.realtime.security.SecurityContextCallerSecurity;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.transport.Kind;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.MessageExceptionHandler;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the observation of calls.
 */
class CallObservationTests {

	private final HubTester tester = HubTester.with(Observed.class, Security.class, Calls.class);

	private final RecordedObservations observations = this.tester.bean(RecordedObservations.class);

	private final Calls calls = this.tester.bean(Calls.class);

	private final TestClient client = this.tester.connect("ann");

	@AfterEach
	void close() {
		this.tester.close();
	}

	@Test
	void callHasNamesAndValues() {
		this.client.send("{'type':1,'headers':{'a':'b'},'invocationId':'1','target':'CURRENT','arguments':[]}");
		assertThat(this.client.completion("1")).contains("'result':'realtime.hub.call'");
		HubCallObservationContext context = this.observations.call();
		assertThat(context.getName()).isEqualTo("realtime.hub.call");
		assertThat(context.getContextualName()).isEqualTo("test/current");
		assertThat(context.getLowCardinalityKeyValues()).containsExactlyInAnyOrder(KeyValue.of("rpc.system", "signalr"),
				KeyValue.of("rpc.service", "test"), KeyValue.of("rpc.method", "current"),
				KeyValue.of("outcome", "SUCCESS"), KeyValue.of("error.type", "none"));
		assertThat(context.getHighCardinalityKeyValues())
			.containsExactly(KeyValue.of("realtime.connection.id", this.client.id()));
		assertThat(context.getKind()).isEqualTo(Kind.SERVER);
		assertThat(context.getCarrier()).containsEntry("a", "b");
		assertThat(context.getGetter().get(context.getCarrier(), "a")).isEqualTo("b");
		assertThat(context.getHub()).isEqualTo("test");
		assertThat(context.getMethod()).isEqualTo("current");
		assertThat(context.getUserId()).isEqualTo("ann");
		assertThat(this.observations.steps).containsExactly("start", "open", "close", "stop SUCCESS none");
	}

	@ParameterizedTest
	@CsvSource({ "current, current, SUCCESS", "noSuch, _OTHER, REFUSED" })
	void callOfAWebPubSubClient(String event, String method, String outcome) {
		PubSubTestClient.to(this.tester.pubSub())
			.connect()
			.ask("{'type':'event','event':'" + event + "','dataType':'json','data':[],'ackId':1}");
		HubCallObservationContext context = this.observations.call();
		assertThat(context.getLowCardinalityKeyValues()).contains(KeyValue.of("rpc.system", "webpubsub"),
				KeyValue.of("rpc.method", method), KeyValue.of("outcome", outcome));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			current    | []    | SUCCESS | none
			typing     | []    | SUCCESS | none
			fail       | []    | ERROR   | IllegalStateException
			translated | []    | ERROR   | HubException
			recovered  | []    | SUCCESS | none
			later      | []    | SUCCESS | none
			laterFail  | []    | ERROR   | IllegalStateException
			laterMade  | []    | ERROR   | HubException
			mono       | []    | SUCCESS | none
			monoFail   | []    | ERROR   | IllegalStateException
			denied     | []    | REFUSED | AccessDeniedException
			unwritable | []    | ERROR   | MessageEncodingException
			noSuch     | []    | REFUSED | RefusedCallException
			current    | [1]   | REFUSED | RefusedCallException
			number     | ['a'] | REFUSED | RefusedCallException
			numbers    | []    | REFUSED | RefusedCallException
			upload     | []    | REFUSED | RefusedCallException
			""")
	void outcomeIsWhatTheClientIsAnsweredFor(String method, String arguments, String outcome, String errorType) {
		String completion = this.client.invoke(method, arguments);
		assertThat(completion.contains("'error'")).isEqualTo(!outcome.equals("SUCCESS"));
		HubCallObservationContext context = this.observations.call();
		assertThat(RecordedObservations.value(context, "outcome")).isEqualTo(outcome);
		assertThat(RecordedObservations.value(context, "error.type")).isEqualTo(errorType);
		assertThat((context.getError() != null) ? context.getError().getClass().getSimpleName() : "none")
			.isEqualTo(errorType);
		assertThat(RecordedObservations.value(context, "rpc.method"))
			.isEqualTo(method.equals("noSuch") ? "_OTHER" : method);
		assertThat(this.observations.steps).containsOnlyOnce("start");
	}

	@Test
	void callWithoutAnswerIsObserved() {
		this.client.send("{'type':1,'target':'fail','arguments':[]}");
		assertThat(this.observations.call().getError()).isInstanceOf(IllegalStateException.class);
	}

	@Test
	void namesThatDoNotExistAreOne() {
		for (int i = 0; i < 10; i++) {
			this.client.invoke("noSuch" + i, "[]");
		}
		assertThat(this.observations.await(HubCallObservationContext.class, 10))
			.extracting(Observation.Context::getLowCardinalityKeyValues)
			.hasSize(10)
			.containsOnly(
					this.observations.await(HubCallObservationContext.class, 10).get(0).getLowCardinalityKeyValues())
			.asString()
			.doesNotContain("noSuch");
	}

	@Test
	void lastsUntilTheResultIsThere() {
		this.client.send("{'type':1,'invocationId':'1','target':'pending','arguments':[]}");
		Awaitility.await().until(() -> this.observations.steps.contains("close"));
		assertThat(this.observations.steps).containsExactly("start", "open", "close");
		this.calls.pending.complete("result");
		assertThat(this.client.completion("1")).contains("'result':'result'");
		this.observations.call();
		assertThat(this.observations.steps).last().isEqualTo("stop SUCCESS none");
	}

	@ParameterizedTest
	@CsvSource({ "complete, SUCCESS none", "fail, ERROR IllegalStateException", "cancel, CANCELLED none",
			"disconnect, CANCELLED none" })
	void lastsAsLongAsTheStream(String end, String outcome) {
		this.client.send("{'type':4,'invocationId':'1','target':'flux','arguments':[]}");
		Awaitility.await().until(() -> this.calls.sink.currentSubscriberCount() == 1);
		this.calls.sink.tryEmitNext("item");
		assertThat(this.client.next()).contains("'item':'item'");
		assertThat(this.observations.steps).noneMatch((step) -> step.startsWith("stop"));
		switch (end) {
			case "complete" -> this.calls.sink.tryEmitComplete();
			case "fail" -> this.calls.sink.tryEmitError(new IllegalStateException());
			case "cancel" -> this.client.send("{'type':5,'invocationId':'1'}");
			default -> this.client.disconnect();
		}
		this.observations.call();
		assertThat(this.observations.steps).last().isEqualTo("stop " + outcome);
	}

	@ParameterizedTest
	@CsvSource({ "emit, SUCCESS none", "emitFail, ERROR IllegalStateException", "stream, SUCCESS none",
			"emitCancelled, CANCELLED none", "cancellable, CANCELLED CancellationException" })
	void writersOfStreams(String method, String outcome) {
		int type = method.equals("cancellable") ? 1 : 4;
		this.client.send("{'type':" + type + ",'invocationId':'1','target':'" + method + "','arguments':[]}");
		if (outcome.startsWith("CANCELLED")) {
			assertThat(this.calls.started).succeedsWithin(Duration.ofSeconds(10));
			this.client.send("{'type':5,'invocationId':'1'}");
		}
		this.client.completion("1");
		this.observations.call();
		assertThat(this.observations.steps).last().isEqualTo("stop " + outcome);
		assertThat(this.observations.steps.stream().filter("open"::equals))
			.hasSameSizeAs(this.observations.steps.stream().filter("close"::equals).toList());
	}

	@Test
	void methodOnTheThreadThatServesTheConnection() {
		for (int i = 0; i < 1000 && this.calls.thread != Thread.currentThread(); i++) {
			assertThat(this.client.invoke("inline", "[]")).contains("'result':'realtime.hub.call'");
			assertThat(this.observations.registry.getCurrentObservation()).isNull();
		}
		assertThat(this.calls.thread).isSameAs(Thread.currentThread());
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactive", "reactiveStream" })
	void observationIsInTheContextOfPublishers(String method) {
		int type = method.equals("reactive") ? 1 : 4;
		this.client.send("{'type':" + type + ",'invocationId':'1','target':'" + method + "','arguments':[]}");
		assertThat(this.client.next()).contains("realtime.hub.call");
	}

	@Test
	void subscribesWithinTheObservation() {
		assertThat(this.client.invoke("deferred", "[]")).contains("'result':'realtime.hub.call'");
	}

	@Test
	void handlersOfExceptionsRunWithinTheObservation() {
		assertThat(this.client.invoke("laterTold", "[]")).contains("HubException: realtime.hub.call");
	}

	@Test
	void nothingIsObservedIfSwitchedOff() {
		this.observations.registry.observationConfig()
			.observationPredicate((name, context) -> !name.startsWith("realtime.hub"));
		assertThat(this.client.invoke("current", "[]")).contains("'result':'null'");
		assertThat(this.client.invoke("noSuch", "[]")).contains("'error'");
		assertThat(this.observations.steps).isEmpty();
	}

	@Test
	void failingObserverCostsTheCallAlone() {
		this.observations.registry.observationConfig().observationPredicate((name, context) -> {
			if (context instanceof HubCallObservationContext call && call.getCarrier().containsKey("bad")) {
				throw new IllegalStateException("observer");
			}
			return true;
		});
		this.client.send("{'type':1,'headers':{'bad':'1'},'invocationId':'1','target':'current','arguments':[]}");
		assertThat(this.client.completion("1")).contains("'error'");
		assertThat(this.client.invoke("current", "[]")).contains("'result'");
	}

	@Configuration(proxyBeanMethods = false)
	static class Security {

		@Bean
		SecurityContextCallerSecurity security() {
			return new SecurityContextCallerSecurity(SecurityContextHolder.getContextHolderStrategy(), false);
		}

	}

	@HubController("test")
	static class Calls {

		final CompletableFuture<String> pending = new CompletableFuture<>();

		final CompletableFuture<Void> started = new CompletableFuture<>();

		final Sinks.Many<String> sink = Sinks.many().multicast().onBackpressureBuffer();

		private final ObservationRegistry registry;

		volatile @Nullable Thread thread;

		Calls(RecordedObservations observations) {
			this.registry = observations.registry;
		}

		private String name() {
			Observation observation = this.registry.getCurrentObservation();
			return (observation != null) ? observation.getContextView().getName() : "null";
		}

		@HubMethod
		String current() {
			return name();
		}

		@HubMethod(blocking = false)
		String inline() {
			this.thread = Thread.currentThread();
			return name();
		}

		@EventHandler("typing")
		String typing() {
			return "typed";
		}

		@HubMethod
		void fail() {
			throw new IllegalStateException();
		}

		@HubMethod
		String translated() {
			throw new IllegalArgumentException("translate");
		}

		@HubMethod
		String recovered() {
			throw new IllegalArgumentException("recover");
		}

		@HubMethod
		CompletionStage<String> later() {
			return CompletableFuture.supplyAsync(() -> "later");
		}

		@HubMethod
		CompletionStage<String> laterFail() {
			return CompletableFuture.supplyAsync(() -> {
				throw new IllegalStateException();
			});
		}

		@HubMethod
		CompletionStage<String> laterMade() {
			return CompletableFuture.failedFuture(new IllegalArgumentException("translate"));
		}

		@HubMethod
		CompletionStage<String> laterTold() {
			return CompletableFuture.failedFuture(new IllegalArgumentException("tell"));
		}

		@HubMethod
		CompletionStage<String> pending() {
			return this.pending;
		}

		@HubMethod
		Mono<String> mono() {
			return Mono.just("mono").publishOn(Schedulers.parallel());
		}

		@HubMethod
		Mono<String> monoFail() {
			return Mono.error(IllegalStateException::new);
		}

		@HubMethod
		Mono<String> deferred() {
			return Mono.fromSupplier(this::name);
		}

		@HubMethod
		Mono<String> reactive() {
			return Mono.deferContextual((context) -> Mono.just(name(context.get(ObservationThreadLocalAccessor.KEY))));
		}

		@HubMethod
		Flux<String> reactiveStream() {
			return Flux.deferContextual((context) -> Flux.just(name(context.get(ObservationThreadLocalAccessor.KEY))));
		}

		private static String name(Observation observation) {
			return String.valueOf(observation.getContextView().getName());
		}

		@HubMethod
		void denied() {
			throw new AccessDeniedException("no");
		}

		@HubMethod
		Object unwritable() {
			return new StreamingTests.Unwritable();
		}

		@HubMethod
		void number(int number) {
		}

		@HubMethod
		Flux<Integer> numbers() {
			return Flux.just(1);
		}

		@HubMethod
		void upload(Flux<Integer> numbers) {
		}

		@HubMethod
		Flux<String> flux() {
			return this.sink.asFlux();
		}

		@HubMethod
		Stream<String> stream() {
			return Stream.of("a", "b");
		}

		@HubMethod
		void emit(StreamEmitter<String> out) {
			out.send(name());
			out.complete();
		}

		@HubMethod
		void emitFail(StreamEmitter<String> out) {
			out.completeWithError(new IllegalStateException());
		}

		@HubMethod
		void emitCancelled(StreamEmitter<String> out) throws InterruptedException {
			CountDownLatch cancelled = new CountDownLatch(1);
			out.onCancel(cancelled::countDown);
			this.started.complete(null);
			cancelled.await();
		}

		@HubMethod
		void cancellable(HubCancellation cancellation) throws InterruptedException {
			CountDownLatch cancelled = new CountDownLatch(1);
			cancellation.onCancel(cancelled::countDown);
			this.started.complete(null);
			cancelled.await();
			throw new CancellationException();
		}

		@MessageExceptionHandler
		String handle(IllegalArgumentException ex) {
			return switch (ex.getMessage()) {
				case "translate" -> throw new HubException("translated");
				case "tell" -> throw new HubException(name());
				default -> "recovered";
			};
		}

	}

}
