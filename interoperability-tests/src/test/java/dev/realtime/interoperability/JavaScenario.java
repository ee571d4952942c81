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

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import com.microsoft.signalr.HttpHubConnectionBuilder;
import com.microsoft.signalr.HubConnection;
import com.microsoft.signalr.HubConnectionBuilder;
import com.microsoft.signalr.TransportEnum;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.util.UriComponentsBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Plays a scenario of {@code conformance/scenarios.json} with the Java client.
 */
final class JavaScenario {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private final JsonNode scenario;

	private final URI server;

	private final TransportEnum transport;

	private final String unique;

	private final Map<String, HubConnection> connections = new LinkedHashMap<>();

	private final Map<String, String> ids = new HashMap<>();

	private final Map<String, CompletableFuture<String>> ends = new HashMap<>();

	private final Map<String, List<List<Object>>> recorded = new HashMap<>();

	JavaScenario(JsonNode scenario, URI server, TransportEnum transport) {
		this.scenario = scenario;
		this.server = server;
		this.transport = transport;
		this.unique = "java-" + System.nanoTime();
	}

	/**
	 * Return what the client cannot do, and why.
	 */
	static Map<String, String> lacks(TransportEnum transport) {
		String reason = "the client sends requests in parallel, which overtake each other";
		return (transport == TransportEnum.LONG_POLLING) ? Map.of("uploads", reason, "order", reason) : Map.of();
	}

	void play() {
		try {
			if (this.scenario.has("clients")) {
				this.scenario.get("clients").forEachEntry(this::connect);
			}
			else {
				connect("me", MAPPER.createObjectNode());
			}
			this.scenario.get("steps").forEach(this::play);
		}
		finally {
			this.connections.values().forEach((connection) -> connection.stop().onErrorComplete().blockingAwait());
		}
	}

	private void connect(String name, JsonNode options) {
		UriComponentsBuilder uri = UriComponentsBuilder.fromUri(this.server)
			.path("/hubs/" + this.scenario.path("hub").asString("interop"));
		if (options.has("user")) {
			uri.queryParam("user", text(options.get("user").asString()));
		}
		options.path("query").forEachEntry((key, value) -> uri.queryParam(key, "{" + key + "}"));
		Map<String, Object> query = new HashMap<>();
		options.path("query").forEachEntry((key, value) -> query.put(key, value.asString()));
		HttpHubConnectionBuilder builder = HubConnectionBuilder.create(uri.encode().buildAndExpand(query).toUriString())
			.withTransport(this.transport);
		options.path("headers").forEachEntry((header, value) -> builder.withHeader(header, value.asString()));
		HubConnection connection = builder.build();
		connection.on("welcome", (id) -> {
		}, String.class);
		options.path("answers")
			.forEachEntry((method, answer) -> connection.onWithResult(method, (argument) -> Single.just(value(answer)),
					Object.class));
		options.path("fails")
			.forEachEntry((method, error) -> connection.onWithResult(method,
					(argument) -> Single.error(new IllegalStateException(error.asString())), Object.class));
		this.scenario.get("steps").forEach((step) -> {
			if (step.has("receives") && client(step).equals(name)) {
				record(name, step, connection);
			}
		});
		CompletableFuture<String> end = new CompletableFuture<>();
		connection.onClosed((ex) -> end.complete((ex != null) ? ex.getMessage() : null));
		this.ends.put(name, end);
		this.connections.put(name, connection);
		connection.start().blockingAwait();
		if (this.scenario.toString().contains("\"$id:" + name + "\"")) {
			this.ids.put(name,
					MAPPER.valueToTree(connection.invoke(Object.class, "self").blockingGet())
						.get("connectionId")
						.asString());
		}
	}

	private void record(String name, JsonNode step, HubConnection connection) {
		List<List<Object>> calls = new CopyOnWriteArrayList<>();
		String method = text(step.get("receives").asString());
		this.recorded.put(name + " " + method, calls);
		connection.on(method, (argument) -> calls.add(List.of(argument)), Object.class);
	}

	private static String client(JsonNode step) {
		return step.path("client").asString("me");
	}

	private void play(JsonNode step) {
		HubConnection connection = this.connections.get(client(step));
		Object[] arguments = arguments(step);
		if (step.has("invoke")) {
			invoke(step, connection, arguments);
		}
		else if (step.has("send")) {
			connection.send(step.get("send").asString(), arguments);
		}
		else if (step.has("stream")) {
			stream(step, connection, arguments);
		}
		else if (step.has("receives")) {
			List<List<Object>> calls = this.recorded.get(client(step) + " " + text(step.get("receives").asString()));
			Awaitility.await()
				.atMost(PATIENCE)
				.untilAsserted(() -> assertSame(calls, step.get("calls"), step.toString()));
		}
		else if (step.has("closes")) {
			String error = this.ends.get(client(step)).orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
			assertThat(error).as(step.toString()).isEqualTo(error(step.get("closes")));
		}
		else {
			assertThat(step.get("stop").asBoolean()).isTrue();
			connection.stop().blockingAwait(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
	}

	private void invoke(JsonNode step, HubConnection connection, Object[] arguments) {
		String method = step.get("invoke").asString();
		Object result = null;
		String error = null;
		try {
			if (step.hasNonNull("result")) {
				result = connection.invoke(Object.class, method, arguments)
					.timeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
					.blockingGet();
			}
			else {
				// this client cannot hand out null
				connection.invoke(method, arguments).timeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).blockingAwait();
			}
		}
		catch (RuntimeException ex) {
			error = message(ex);
		}
		assertThat(error).as(step.toString()).isEqualTo(error(step.path("error")));
		if (step.has("result")) {
			assertSame(result, step.get("result"), step.toString());
		}
	}

	private void stream(JsonNode step, HubConnection connection, Object[] arguments) {
		List<Object> items = new CopyOnWriteArrayList<>();
		String error = null;
		try {
			Observable<Object> stream = connection.stream(Object.class, step.get("stream").asString(), arguments);
			if (step.has("cancel")) {
				stream = stream.take(step.get("items").size());
			}
			stream.doOnNext(items::add)
				.ignoreElements()
				.timeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
				.blockingAwait();
		}
		catch (RuntimeException ex) {
			error = message(ex);
		}
		assertThat(error).as(step.toString()).isEqualTo(error(step.path("error")));
		assertSame(items, step.get("items"), step.toString());
	}

	private static String message(Throwable failure) {
		Throwable cause = failure;
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		return cause.getMessage();
	}

	private static String error(JsonNode error) {
		return (error.isObject() ? error.get("java") : error).stringValue(null);
	}

	private Object[] arguments(JsonNode step) {
		List<Object> arguments = new ArrayList<>();
		step.path("args").forEach((argument) -> {
			if (!argument.has("$upload")) {
				arguments.add(value(argument));
				return;
			}
			Observable<Object> items = Observable.fromIterable((List<?>) value(argument.get("$upload")));
			arguments.add(!argument.has("error") ? items
					: items.concatWith(Observable.error(new IllegalStateException(argument.get("error").asString()))));
		});
		return arguments.toArray();
	}

	private Object value(JsonNode value) {
		if (value.has("$repeat")) {
			return value.get("$repeat").asString().repeat(value.get("times").asInt());
		}
		if (value.has("$bytes")) {
			return value.get("$bytes").asString();
		}
		if (value.has("$instant")) {
			return value.get("$instant").asString();
		}
		if (value.isArray()) {
			return value.valueStream().map(this::value).toList();
		}
		if (value.isObject()) {
			Map<String, Object> properties = new LinkedHashMap<>();
			value.forEachEntry((name, element) -> properties.put(name, value(element)));
			return properties;
		}
		return value.isString() ? text(value.asString()) : MAPPER.treeToValue(value, Object.class);
	}

	private String text(String text) {
		if (text.startsWith("$id:")) {
			return this.ids.get(text.substring(4));
		}
		return text.startsWith("$unique:") ? text.substring(8) + "-" + this.unique : text;
	}

	private void assertSame(Object actual, JsonNode expected, String description) {
		if (!expected.isString() || !expected.asString().equals("$any")) {
			assertThat(normalize(MAPPER.valueToTree(actual), expected)).as(description)
				.isEqualTo(normalize(MAPPER.valueToTree(value(expected)), expected));
		}
	}

	/**
	 * Forget what the client does not tell apart: whole numbers and others, ways to write
	 * an instant.
	 */
	private static Object normalize(JsonNode value, JsonNode expected) {
		if (expected != null && expected.has("$instant")) {
			return Instant.parse(value.asString());
		}
		if (value.isNumber()) {
			return value.asDouble();
		}
		if (value.isArray()) {
			List<Object> elements = new ArrayList<>();
			for (int i = 0; i < value.size(); i++) {
				elements.add(normalize(value.get(i), (expected != null) ? expected.get(i) : null));
			}
			return elements;
		}
		if (value.isObject()) {
			Map<String, Object> properties = new HashMap<>();
			value.forEachEntry((name, element) -> properties.put(name,
					normalize(element, (expected != null) ? expected.get(name) : null)));
			return properties;
		}
		return value;
	}

}
