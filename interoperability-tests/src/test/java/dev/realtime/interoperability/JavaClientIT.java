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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.google.gson.reflect.TypeToken;
import com.microsoft.signalr.HubConnection;
import com.microsoft.signalr.HubConnectionBuilder;
import com.microsoft.signalr.HubConnectionState;
import com.microsoft.signalr.TransportEnum;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

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
