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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import dev.realtime.event.EventHandler;
import dev.realtime.event.EventType;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubContext;
import dev.realtime.hub.HubException;
import dev.realtime.hub.HubFilter;
import dev.realtime.hub.HubFilterChain;
import dev.realtime.hub.HubInvocation;
import dev.realtime.hub.HubLifecycleChain;
import dev.realtime.hub.annotation.Hub;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.protocol.CloseReason;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HubFilter filters} around calls and the begin and end of connections.
 */
class FilterTests {

	private static final List<String> log = new CopyOnWriteArrayList<>();

	private final HubTester tester = HubTester.withHubs((hubs) -> {
		hubs.hub("test").addFilter(new LoggingFilter("hub1"), new LoggingFilter("hub2"));
		hubs.hub("other").addFilter(new LoggingFilter("other"));
	}, Inner.class, Outer.class, Changing.class, Calls.class, Prototype.class);

	@BeforeEach
	@AfterEach
	void reset() {
		log.clear();
		Changing.connectFailure = null;
	}

	@AfterEach
	void close() {
		this.tester.close();
	}

	@Test
	void globalFiltersAreOutsideThoseOfTheHub() {
		TestClient client = this.tester.connect();
		assertThat(client.invoke("call", "['x']")).contains("'result':'x'");
		assertThat(log).containsExactly("outer connected", "inner connected", "hub1 connected", "hub2 connected",
				"handler", "outer>call", "inner>call", "hub1>call", "hub2>call", "call", "hub2<x", "hub1<x", "inner<x",
				"outer<x");
	}

	@Test
	void filtersWrapDisconnected() {
		TestClient client = this.tester.connect();
		client.send("{'type':7,'error':'bye'}");
		Awaitility.await()
			.untilAsserted(() -> assertThat(log).endsWith("outer disconnected client-closed bye",
					"inner disconnected client-closed bye", "hub1 disconnected client-closed bye",
					"hub2 disconnected client-closed bye", "gone"));
	}

	@Test
	void filtersWrapNamedEvents() {
		TestClient client = this.tester.connect();
		assertThat(client.invoke("typing", "[]")).contains("'result':'typed'");
		assertThat(log).contains("outer>typing", "hub2<typed");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			argument    | 'result':'changed'
			result      | 'result':'argument result'
			stage       | 'result':'later changed'
			skip        | 'result':'skipped'
			skipNull    | 'result':null
			throw       | 'error':'An unexpected error occurred invoking 'call' on the server.'
			throwHub    | 'error':'An unexpected error occurred invoking 'call' on the server. HubException: filtered'
			throwError  | 'error':'An unexpected error occurred invoking 'call' on the server.'
			recover     | 'result':'recovered'
			wrongNumber | 'error':'An unexpected error occurred invoking 'call' on the server.'
			""")
	void filtersMayChangeWhatHappens(String header, String result) {
		TestClient client = this.tester.connect();
		String target = header.equals("recover") ? "fail" : (header.equals("stage") ? "later" : "call");
		client.send("{'type':1,'headers':{'do':'" + header + "'},'invocationId':'1','target':'" + target
				+ "','arguments':['argument']}");
		assertThat(client.next()).isEqualTo("{'type':3,'invocationId':'1'," + result + "}");
		assertThat(log.contains("call")).isEqualTo(List.of("argument", "result").contains(header));
		client.awaitIdle();
	}

	@Test
	void filterMayReplaceAStream() {
		TestClient client = this.tester.connect();
		client.send("{'type':4,'headers':{'do':'stream'},'invocationId':'1','target':'stream','arguments':[]}");
		assertThat(client.next()).contains("'item':10");
		assertThat(client.next()).contains("'item':20");
		assertThat(client.next()).isEqualTo("{'type':3,'invocationId':'1'}");
	}

	@Test
	void filterSeesTheCall() {
		TestClient client = this.tester.connect("ann");
		client
			.send("{'type':1,'headers':{'do':'inspect','a':'b'},'invocationId':'1','target':'CALL','arguments':['x']}");
		assertThat(client.next()).contains("'result':'call [x] b call ann true'");
	}

	@Test
	void filterSeesTheBeanThatIsCalled() {
		TestClient client = this.tester.connect();
		client.send("{'type':1,'headers':{'do':'bean'},'invocationId':'1','target':'self','arguments':[]}");
		assertThat(client.next()).contains("'result':true");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			boom | {'type':7,'error':'Connection closed with an error.'}
			hub  | {'type':7,'error':'Connection closed with an error. HubException: filtered'}
			""")
	void filterMayRefuseAConnection(String failure, String close) {
		Changing.connectFailure = failure;
		TestClient client = this.tester.connect();
		assertThat(client.next()).isEqualTo(close);
		client.awaitClosed();
		assertThat(log).doesNotContain("handler");
		Awaitility.await().until(() -> HubSession.of(client.connection()).lifetime().connectionCount() == 0);
		assertThat(log).noneMatch((line) -> line.contains("disconnected"));
	}

	@Test
	void filtersOfAnotherHubAreNotAsked() {
		TestClient client = this.tester.connect();
		client.invoke("call", "['x']");
		assertThat(log).noneMatch((line) -> line.startsWith("other"));
	}

	private static class LoggingFilter implements HubFilter {

		private final String name;

		LoggingFilter(String name) {
			this.name = name;
		}

		@Override
		public @Nullable Object invoke(HubInvocation invocation, HubFilterChain next) throws Throwable {
			log.add(this.name + ">" + invocation.target());
			Object result = next.proceed(invocation);
			log.add(this.name + "<" + result);
			return result;
		}

		@Override
		public void connected(HubCallerContext caller, HubLifecycleChain next) throws Throwable {
			log.add(this.name + " connected");
			next.proceed();
		}

		@Override
		public void disconnected(HubCallerContext caller, CloseReason reason, @Nullable Throwable error,
				HubLifecycleChain next) throws Throwable {
			log.add(this.name + " disconnected " + reason.name() + " " + ((error != null) ? error.getMessage() : ""));
			next.proceed();
		}

	}

	@Order(2)
	static class Inner extends LoggingFilter {

		Inner(@Hub("test") HubContext hub) {
			super("inner");
			assertThat(hub.hub()).isEqualTo("test");
		}

	}

	@Order(1)
	static class Outer extends LoggingFilter {

		Outer() {
			super("outer");
		}

	}

	@Order(3)
	static class Changing implements HubFilter {

		static volatile @Nullable String connectFailure;

		@Override
		public @Nullable Object invoke(HubInvocation invocation, HubFilterChain next) throws Throwable {
			return switch (invocation.headers().getOrDefault("do", "")) {
				case "argument" -> next.proceed(invocation.withArguments(List.of("changed")));
				case "result" -> next.proceed(invocation) + " result";
				case "stage" ->
					((CompletionStage<?>) next.proceed(invocation)).thenApply((value) -> value + " changed");
				case "stream" -> ((Flux<?>) next.proceed(invocation)).map((item) -> (Integer) item * 10);
				case "skip" -> "skipped";
				case "skipNull" -> null;
				case "throw" -> throw new IllegalStateException("secret");
				case "throwHub" -> throw new HubException("filtered");
				case "throwError" -> throw new AssertionError("secret");
				case "wrongNumber" -> next.proceed(invocation.withArguments(List.of()));
				case "inspect" -> invocation.target() + " " + invocation.arguments() + " "
						+ invocation.headers().get("a") + " " + invocation.method().getName() + " "
						+ invocation.caller().userId() + " " + (invocation.bean() instanceof Calls);
				case "bean" -> next.proceed(invocation) == invocation.bean();
				case "recover" -> {
					try {
						yield next.proceed(invocation);
					}
					catch (IllegalStateException ex) {
						yield "recovered";
					}
				}
				default -> next.proceed(invocation);
			};
		}

		@Override
		public void connected(HubCallerContext caller, HubLifecycleChain next) throws Throwable {
			if (connectFailure != null) {
				throw connectFailure.equals("hub") ? new HubException("filtered") : new IllegalStateException("secret");
			}
			next.proceed();
		}

	}

	@HubController("test")
	static class Calls {

		@EventHandler(type = EventType.CONNECTED)
		void connected() {
			log.add("handler");
		}

		@EventHandler(type = EventType.DISCONNECTED)
		void disconnected() {
			log.add("gone");
		}

		@EventHandler("typing")
		String typing() {
			return "typed";
		}

		@HubMethod
		String call(String text) {
			log.add("call");
			return text;
		}

		@HubMethod
		String fail(String text) {
			throw new IllegalStateException("secret");
		}

		@HubMethod
		CompletionStage<String> later(String text) {
			return CompletableFuture.supplyAsync(() -> "later");
		}

		@HubMethod
		Flux<Integer> stream() {
			return Flux.fromStream(Stream.of(1, 2));
		}

	}

	@HubController("test")
	@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
	static class Prototype {

		@HubMethod
		Object self() {
			return this;
		}

	}

}
