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

package dev.realtime.interoperability;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.google.gson.reflect.TypeToken;
import com.microsoft.signalr.HubConnection;
import com.microsoft.signalr.HubConnectionBuilder;
import com.microsoft.signalr.HubConnectionState;
import com.microsoft.signalr.HubException;
import com.microsoft.signalr.TransportEnum;
import dev.realtime.interoperability.CallController.Item;
import dev.realtime.interoperability.CallController.Kind;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The official Java client, over both of its transports.
 */
@SpringBootTest(classes = InteropApplication.class,
		properties = { InteropApplication.DEFAULTS, "logging.level.com.microsoft.signalr=off" },
		webEnvironment = WebEnvironment.RANDOM_PORT)
class JavaClientIT {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@LocalServerPort
	private int port;

	private final List<HubConnection> connections = new CopyOnWriteArrayList<>();

	@AfterEach
	void stopConnections() {
		this.connections.forEach((connection) -> connection.stop().onErrorComplete().blockingAwait());
	}

	@Transports
	void calls(TransportEnum transport) {
		HubConnection connection = start(transport);
		assertThat(connection.invoke(String.class, "echo", "hello €").blockingGet()).isEqualTo("hello €");
		assertThat(connection.invoke(String.class, "Echo", "x".repeat(30_000)).blockingGet()).hasSize(30_000);
		assertThat(connection.invoke(Integer.class, "plus", 2, 3).blockingGet()).isEqualTo(5);
		connection.invoke("nothing").blockingAwait();
		assertThat(connection.getConnectionState()).isEqualTo(HubConnectionState.CONNECTED);
	}

	@Transports
	void objects(TransportEnum transport) {
		HubConnection connection = start(transport);
		Type items = new TypeToken<List<Item>>() {
		}.getType();
		List<Item> doubled = connection
			.<List<Item>>invoke(items, "doubled", List.of(new Item("tea", 2, List.of("hot"), Kind.SMALL)))
			.blockingGet();
		assertThat(doubled).containsExactly(new Item("tea", 4, List.of("hot"), Kind.SMALL));
		Type sums = new TypeToken<Map<String, Integer>>() {
		}.getType();
		assertThat(connection.<Map<String, Integer>>invoke(sums, "sums", Map.of("a", List.of(1, 2))).blockingGet())
			.containsExactly(Map.entry("a", 3));
	}

	@Transports
	void sends(TransportEnum transport) {
		HubConnection connection = start(transport);
		String run = "java-" + transport;
		connection.send("record", run, 7);
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> connection.invoke(List.class, "recorded", run).blockingGet(),
					(numbers) -> numbers.size() == 1);
	}

	@Test
	void sendsInOrderOverAWebSocket() {
		HubConnection connection = start(TransportEnum.WEBSOCKETS);
		List<Integer> numbers = IntStream.range(0, 1000).boxed().toList();
		numbers.forEach((number) -> connection.send("record", "java-many", number));
		Type type = new TypeToken<List<Integer>>() {
		}.getType();
		assertThat(connection.<List<Integer>>invoke(type, "recorded", "java-many").blockingGet()).isEqualTo(numbers);
	}

	@Transports
	void errors(TransportEnum transport) {
		HubConnection connection = start(transport);
		assertThatExceptionOfType(HubException.class)
			.isThrownBy(() -> connection.invoke("fail", "no luck").blockingAwait())
			.withMessage("An unexpected error occurred invoking 'fail' on the server. HubException: no luck");
		assertThatExceptionOfType(HubException.class).isThrownBy(() -> connection.invoke("failMasked").blockingAwait())
			.withMessage("An unexpected error occurred invoking 'failMasked' on the server.");
		assertThatExceptionOfType(HubException.class).isThrownBy(() -> connection.invoke("noSuch").blockingAwait())
			.withMessageEndingWith("HubException: Method does not exist.");
		assertThatExceptionOfType(HubException.class)
			.isThrownBy(() -> connection.invoke("plus", "many").blockingAwait())
			.withMessage("Failed to invoke 'plus' due to an error on the server.");
		assertThat(connection.invoke(String.class, "echo", "alive").blockingGet()).isEqualTo("alive");
	}

	@Transports
	void streams(TransportEnum transport) {
		HubConnection connection = start(transport);
		assertThat(connection.stream(Integer.class, "countTo", 100).toList().blockingGet())
			.isEqualTo(IntStream.rangeClosed(1, 100).boxed().toList());
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> connection.stream(Integer.class, "countThenFail", 3).toList().blockingGet())
			.withMessageContaining("HubException: that was enough");
		String name = "java-" + transport;
		CompletableFuture<String> first = new CompletableFuture<>();
		Disposable endless = connection.stream(String.class, "endless", name).subscribe(first::complete);
		assertThat(first).succeedsWithin(PATIENCE).isEqualTo("first");
		endless.dispose();
		assertThat(connection.invoke(Boolean.class, "wasCancelled", name).blockingGet()).isTrue();
	}

	/**
	 * Not over long polling: there the client sends the items in parallel requests, which
	 * overtake each other.
	 */
	@Test
	void uploadsOverAWebSocket() {
		HubConnection connection = start(TransportEnum.WEBSOCKETS);
		assertThat(connection.invoke(Integer.class, "sum", Observable.range(1, 100)).blockingGet()).isEqualTo(5050);
		assertThat(connection.invoke(String.class, "concat", "-", Observable.just("a", "b")).blockingGet())
			.isEqualTo("a-b");
		assertThat(connection.stream(String.class, "upperCase", Observable.just("a", "b")).toList().blockingGet())
			.containsExactly("A", "B");
		assertThatExceptionOfType(HubException.class)
			.isThrownBy(() -> connection
				.invoke(List.class, "collect", Observable.error(new IllegalStateException("out of paper")))
				.blockingGet())
			.withMessageContaining("out of paper");
	}

	@Transports
	void clientResults(TransportEnum transport) {
		HubConnection connection = connection(transport);
		connection.onWithResult("square", (number) -> Single.just(number * number), Integer.class);
		connection.onWithResult("confirm", (question) -> Single.just("Really?".equals(question)), String.class);
		connection.start().blockingAwait();
		assertThat(connection.invoke(Integer.class, "askCaller", 7).blockingGet()).isEqualTo(49);
		assertThat(connection.invoke(Integer.class, "askCallerAndWait", 8).blockingGet()).isEqualTo(64);
		assertThat(connection.invoke(Boolean.class, "askTyped", "Really?").blockingGet()).isTrue();
	}

	@Transports
	void clientResultsThatFail(TransportEnum transport) {
		HubConnection connection = connection(transport);
		connection.onWithResult("square", (number) -> Single.<Integer>error(new IllegalStateException("not now")),
				Integer.class);
		connection.start().blockingAwait();
		assertThatExceptionOfType(HubException.class)
			.isThrownBy(() -> connection.invoke(Integer.class, "askCaller", 7).blockingGet())
			.withMessageContaining("not now");
		assertThatExceptionOfType(HubException.class)
			.isThrownBy(() -> connection.invoke(Boolean.class, "askTyped", "Really?").blockingGet())
			.withMessageContaining("HubException: Client ");
	}

	/**
	 * This client compares the names of its methods with case.
	 */
	@Transports
	void namesOfClientMethodsStayAsTheyAre(TransportEnum transport) {
		HubConnection connection = connection(transport);
		CompletableFuture<String> told = new CompletableFuture<>();
		connection.on("ToldYou_so", told::complete, String.class);
		connection.start().blockingAwait();
		connection.invoke("tell", "caller", List.of(), "ToldYou_so", "hello").blockingAwait();
		assertThat(told).succeedsWithin(PATIENCE).isEqualTo("hello");
	}

	@Transports
	void whatIsSentArrivesInOrder(TransportEnum transport) {
		HubConnection connection = connection(transport);
		List<Integer> burst = new CopyOnWriteArrayList<>();
		connection.on("burst", burst::add, Integer.class);
		connection.start().blockingAwait();
		assertThat(connection.invoke(Integer.class, "burst", 100).blockingGet()).isEqualTo(100);
		// over long polling this client calls its methods on another thread
		Awaitility.await().atMost(PATIENCE).until(burst::size, (size) -> size == 100);
		assertThat(burst).isEqualTo(IntStream.range(0, 100).boxed().toList());
	}

	@Transports
	void headers(TransportEnum transport) {
		HubConnection connection = keep(
				HubConnectionBuilder.create(url()).withTransport(transport).withHeader("X-Shade", "dark").build());
		connection.start().blockingAwait();
		assertThat(connection.invoke(String.class, "header", "X-Shade").blockingGet()).isEqualTo("dark");
	}

	@Test
	void withoutNegotiation() {
		HubConnection connection = keep(HubConnectionBuilder.create(url())
			.withTransport(TransportEnum.WEBSOCKETS)
			.shouldSkipNegotiate(true)
			.build());
		connection.start().blockingAwait();
		assertThat(connection.invoke(String.class, "echo", "hello").blockingGet()).isEqualTo("hello");
	}

	@Transports
	void stops(TransportEnum transport) {
		HubConnection connection = start(transport);
		HubConnection witness = start(transport);
		String id = connection.getConnectionId();
		assertThat(connection.stop().blockingAwait(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(connection.getConnectionState()).isEqualTo(HubConnectionState.DISCONNECTED);
		assertThat(witness.invoke(String.class, "endOf", id).blockingGet()).isNotEmpty();
	}

	@Transports
	void isClosedByTheServer(TransportEnum transport) {
		HubConnection connection = connection(transport);
		CompletableFuture<String> closed = new CompletableFuture<>();
		connection.onClosed((ex) -> closed.complete(String.valueOf((ex != null) ? ex.getMessage() : null)));
		connection.start().blockingAwait();
		connection.send("close", connection.getConnectionId(), "You had your turn");
		assertThat(closed).succeedsWithin(PATIENCE).asString().contains("You had your turn");
	}

	private HubConnection start(TransportEnum transport) {
		HubConnection connection = connection(transport);
		connection.start().blockingAwait();
		return connection;
	}

	private HubConnection connection(TransportEnum transport) {
		return keep(HubConnectionBuilder.create(url()).withTransport(transport).build());
	}

	private HubConnection keep(HubConnection connection) {
		connection.on("welcome", (id) -> {
		}, String.class);
		this.connections.add(connection);
		return connection;
	}

	private String url() {
		return "http://localhost:" + this.port + "/hubs/interop";
	}

	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@ParameterizedTest(name = "{0}")
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ALL")
	@interface Transports {

	}

}
