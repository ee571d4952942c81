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

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubException;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;

import org.springframework.messaging.handler.annotation.Header;

/**
 * Plain calls, with and without results and errors.
 */
@HubController("interop")
class CallController {

	private final Map<String, List<Integer>> recorded = new ConcurrentHashMap<>();

	@HubMethod
	String echo(String text) {
		return text;
	}

	@HubMethod
	String traceParent(@Header("traceparent") String traceParent) {
		return traceParent;
	}

	@HubMethod
	CompletionStage<String> echoLater(String text) {
		return CompletableFuture.supplyAsync(() -> text);
	}

	@HubMethod
	Optional<String> maybe(boolean present) {
		return present ? Optional.of("here") : Optional.empty();
	}

	@HubMethod
	void nothing() {
	}

	@HubMethod("plus")
	int add(int a, int b) {
		return a + b;
	}

	@HubMethod
	void fail(String text) {
		throw new HubException(text);
	}

	@HubMethod
	void failMasked() {
		throw new IllegalStateException("secret");
	}

	@HubMethod
	CompletionStage<String> failLater(String text) {
		return CompletableFuture.supplyAsync(() -> {
			throw new HubException(text);
		});
	}

	@HubMethod
	List<Item> doubled(List<Item> items) {
		return items.stream()
			.map((item) -> new Item(item.name(), item.amount() * 2, item.tags(), item.kind()))
			.toList();
	}

	@HubMethod
	Map<String, Integer> sums(Map<String, List<Integer>> numbers) {
		Map<String, Integer> sums = new ConcurrentHashMap<>();
		numbers.forEach((name, values) -> sums.put(name, values.stream().mapToInt(Integer::intValue).sum()));
		return sums;
	}

	@HubMethod
	Map<String, Object> dayAfter(Instant instant, LocalDate date) {
		return Map.of("instant", instant.plus(Duration.ofDays(1)), "date", date.plusDays(1));
	}

	@HubMethod
	Map<String, Object> wide(long number, double fraction, Kind kind, byte[] bytes) {
		return Map.of("number", number, "fraction", fraction, "kind", kind, "bytes", bytes);
	}

	@HubMethod
	void record(String run, int number) {
		this.recorded.computeIfAbsent(run, (name) -> new CopyOnWriteArrayList<>()).add(number);
	}

	@HubMethod
	List<Integer> recorded(String run) {
		return this.recorded.getOrDefault(run, List.of());
	}

	/**
	 * What is sent before a method returns arrives before its result.
	 */
	@HubMethod
	int burst(int count, HubCallerContext caller) {
		IntStream.range(0, count).forEach((i) -> caller.clients().caller().send("burst", i));
		return count;
	}

	@HubMethod
	String large(int length) {
		return "x".repeat(length);
	}

	@HubMethod
	Map<String, Object> self(HubCallerContext caller) {
		return Map.of("connectionId", caller.connectionId(), "user", String.valueOf(caller.userId()), "transport",
				caller.transport().name(), "protocol", caller.protocol(), "hub", caller.hub());
	}

	@HubMethod
	String header(String name, HubCallerContext caller) {
		return caller.handshake().headers().getFirst(name);
	}

	@HubMethod
	String query(String name, HubCallerContext caller) {
		return caller.handshake().query().getFirst(name);
	}

	@HubMethod
	String language(Locale locale) {
		return locale.getLanguage();
	}

	@HubMethod
	int count(HubCallerContext caller) {
		return (Integer) caller.items().merge("count", 1, (a, b) -> (Integer) a + (Integer) b);
	}

	@HubMethod
	void abort(HubCallerContext caller) {
		caller.abort();
	}

	enum Kind {

		SMALL, LARGE

	}

	record Item(String name, int amount, List<String> tags, Kind kind) {

	}

}
