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

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.realtime.hub.HubException;
import dev.realtime.hub.StreamEmitter;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.hub.annotation.Streaming;

import org.springframework.util.Assert;

/**
 * Streams in both directions.
 */
@HubController("interop")
class StreamController {

	private final Map<String, CompletableFuture<Boolean>> cancelled = new ConcurrentHashMap<>();

	private final Map<String, CompletableFuture<List<String>>> kept = new ConcurrentHashMap<>();

	@HubMethod
	void countTo(int end, StreamEmitter<Integer> out) {
		IntStream.rangeClosed(1, end).forEach(out::send);
		out.complete();
	}

	@HubMethod
	Stream<String> words(String text) {
		return Stream.of(text.split(" "));
	}

	@HubMethod
	@Streaming
	Iterable<Map<String, Integer>> squares(int end) {
		return IntStream.rangeClosed(1, end).mapToObj((i) -> Map.of("of", i, "is", i * i)).toList();
	}

	@HubMethod
	Flow.Publisher<Integer> published(int end) {
		return (subscriber) -> {
			SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>();
			publisher.subscribe(subscriber);
			IntStream.rangeClosed(1, end).forEach(publisher::submit);
			publisher.close();
		};
	}

	@HubMethod
	void countThenFail(int end, StreamEmitter<Integer> out) {
		IntStream.rangeClosed(1, end).forEach(out::send);
		out.completeWithError(new HubException("that was enough"));
	}

	@HubMethod
	void countThenFailMasked(int end, StreamEmitter<Integer> out) {
		IntStream.rangeClosed(1, end).forEach(out::send);
		out.completeWithError(new IllegalStateException("secret"));
	}

	@HubMethod
	void neverStarts(StreamEmitter<Integer> out) {
		throw new HubException("not today");
	}

	/**
	 * One item, and no end but the client's.
	 */
	@HubMethod
	void endless(String name, StreamEmitter<String> out) {
		out.onCancel(() -> cancellation(name).complete(true));
		out.send("first");
	}

	/**
	 * Completes when {@link #endless} has been told that nobody listens any more.
	 */
	@HubMethod
	CompletableFuture<Boolean> wasCancelled(String name) {
		return cancellation(name);
	}

	@HubMethod
	int sum(Stream<Integer> numbers) {
		return numbers.mapToInt(Integer::intValue).sum();
	}

	@HubMethod
	String concat(String separator, Iterator<String> parts) {
		StringBuilder result = new StringBuilder();
		parts.forEachRemaining((part) -> result.append(result.isEmpty() ? "" : separator).append(part));
		return result.toString();
	}

	@HubMethod
	CompletableFuture<List<String>> collect(Flow.Publisher<String> parts) {
		Collector collector = new Collector();
		parts.subscribe(collector);
		return collector.result;
	}

	@HubMethod
	List<String> zip(Stream<String> left, String separator, Stream<Integer> right) {
		Iterator<Integer> numbers = right.iterator();
		List<String> result = left.map((text) -> text + separator + numbers.next()).toList();
		Assert.state(!numbers.hasNext(), "More numbers than texts");
		return result;
	}

	@HubMethod
	void keep(String name, Stream<String> parts) {
		kept(name).complete(parts.toList());
	}

	/**
	 * Completes when {@link #keep} has all parts.
	 */
	@HubMethod
	CompletableFuture<List<String>> kept(String name) {
		return this.kept.computeIfAbsent(name, (key) -> new CompletableFuture<>());
	}

	@HubMethod
	void upperCase(Stream<String> in, StreamEmitter<String> out) {
		in.forEach((text) -> out.send(text.toUpperCase(Locale.ROOT)));
		out.complete();
	}

	private CompletableFuture<Boolean> cancellation(String name) {
		return this.cancelled.computeIfAbsent(name, (key) -> new CompletableFuture<>());
	}

	private static final class Collector implements Flow.Subscriber<String> {

		private final CompletableFuture<List<String>> result = new CompletableFuture<>();

		private final List<String> items = new ArrayList<>();

		private Flow.Subscription subscription;

		@Override
		public void onSubscribe(Flow.Subscription subscription) {
			this.subscription = subscription;
			subscription.request(1);
		}

		@Override
		public void onNext(String item) {
			this.items.add(item);
			this.subscription.request(1);
		}

		@Override
		public void onError(Throwable ex) {
			this.result.completeExceptionally(ex);
		}

		@Override
		public void onComplete() {
			this.result.complete(this.items);
		}

	}

}
