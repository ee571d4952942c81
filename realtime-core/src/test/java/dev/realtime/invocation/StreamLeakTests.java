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

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.realtime.hub.StreamEmitter;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Counts what is left of thousands of streams, however they have ended.
 */
class StreamLeakTests {

	private static final int STREAMS = 6000;

	private final ThreadPoolExecutor streamThreads = new ThreadPoolExecutor(0, 1000, 1, TimeUnit.SECONDS,
			new SynchronousQueue<>());

	private final HubTester tester = HubTester
		.with(new HubExecutors(HubExecutors.platform().invocations(), this.streamThreads), (options) -> {
		}, Streams.class);

	private final Streams streams = this.tester.bean(Streams.class);

	private final Random random = new Random(42);

	private final List<TestClient> gone = new ArrayList<>();

	@AfterEach
	void close() {
		this.tester.close();
	}

	private static String call(String id, String target, int type, String end) {
		return "{'type':" + type + ",'invocationId':'" + id + "','target':'" + target + "','arguments':" + end + "}";
	}

	@Test
	void nothingIsLeft() {
		List<TestClient> clients = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			clients.add(this.tester.connect());
		}
		for (int i = 0; i < STREAMS; i++) {
			int index = this.random.nextInt(clients.size());
			TestClient client = clients.get(index);
			if (this.random.nextBoolean()) {
				download(client, "d" + i);
			}
			else {
				upload(client, "u" + i);
			}
			if (this.random.nextInt(100) == 0) {
				client.disconnect();
				this.gone.add(client);
				clients.set(index, this.tester.connect());
			}
		}
		// what still flows ends with its connection
		clients.forEach(TestClient::disconnect);
		this.gone.addAll(clients);
		this.gone.forEach(TestClient::awaitIdle);
		assertThat(this.streams.opened).hasValueGreaterThan(STREAMS / 3);
		Awaitility.await().untilAsserted(() -> assertThat(this.streams.open).hasValue(0));
		Awaitility.await().until(() -> this.tester.engine().connectionCount() == 0);
		Awaitility.await().untilAsserted(() -> assertThat(this.streamThreads.getActiveCount()).isZero());
		assertThat(this.gone).noneMatch((client) -> client.connection().readGate().isPaused());
	}

	private void download(TestClient client, String id) {
		String target = List.of("flux", "stream", "emitter").get(this.random.nextInt(3));
		switch (this.random.nextInt(5)) {
			case 0 -> {
				client.send(call(id, target, 4, "[3,'complete']"));
				assertThat(client.completion(id)).isEqualTo("{'type':3,'invocationId':'" + id + "'}");
			}
			case 1 -> {
				client.send(call(id, target, 4, "[3,'fail']"));
				assertThat(client.completion(id)).contains("'error'");
			}
			case 2 ->
				client.send(call(id, target, 4, "[1000000,'complete']"), "{'type':5,'invocationId':'" + id + "'}");
			case 3 -> {
				client.send(call(id, target, 4, "[1000000,'complete']"));
				client.next((record) -> record.startsWith("{'type':2,'invocationId':'" + id + "'"));
				client.send("{'type':5,'invocationId':'" + id + "'}");
				client.completion(id);
			}
			default -> client.send(call(id, "never", 4, "[]"));
		}
	}

	private void upload(TestClient client, String id) {
		String target = List.of("sumFlux", "sumStream").get(this.random.nextInt(2));
		String call = "{'type':1,'invocationId':'c" + id + "','target':'" + target + "','arguments':[],'streamIds':['"
				+ id + "','x" + id + "']}";
		String item = "{'type':2,'invocationId':'" + id + "','item':1}";
		client.send(call, item, item);
		switch (this.random.nextInt(5)) {
			case 0 -> {
				client.send("{'type':3,'invocationId':'x" + id + "'}", "{'type':3,'invocationId':'" + id + "'}");
				assertThat(client.completion("c" + id)).contains("'result':2");
				client.send(item, "{'type':3,'invocationId':'" + id + "'}");
			}
			case 1 -> {
				client.send("{'type':3,'invocationId':'" + id + "','error':'no'}");
				assertThat(client.completion("c" + id)).contains("'error'");
			}
			case 2 -> {
				client.send("{'type':2,'invocationId':'" + id + "','item':'x'}");
				assertThat(client.completion("c" + id)).contains("'error'");
			}
			case 3 -> client.send("{'type':1,'invocationId':'e" + id
					+ "','target':'fails','arguments':[],'streamIds':['e" + id + "']}", item);
			default -> client.send(call(id, "missing", 4, "[]"));
		}
	}

	@HubController("test")
	static class Streams {

		final AtomicInteger opened = new AtomicInteger();

		final AtomicInteger open = new AtomicInteger();

		private void open() {
			this.opened.incrementAndGet();
			this.open.incrementAndGet();
		}

		private int item(int i, int count, String end) {
			if (end.equals("fail") && i == count - 1) {
				throw new IllegalStateException("on purpose");
			}
			return i;
		}

		@HubMethod
		Flux<Integer> flux(int count, String end) {
			return Flux.range(0, count)
				.map((i) -> item(i, count, end))
				.doOnSubscribe((subscription) -> open())
				.doFinally((signal) -> this.open.decrementAndGet());
		}

		@HubMethod
		Stream<Integer> stream(int count, String end) {
			open();
			return Stream.iterate(0, (i) -> i < count, (i) -> i + 1)
				.map((i) -> item(i, count, end))
				.onClose(this.open::decrementAndGet);
		}

		@HubMethod
		void emitter(int count, String end, StreamEmitter<Integer> out) {
			open();
			try {
				for (int i = 0; i < count; i++) {
					out.send(item(i, count, end));
				}
				out.complete();
			}
			finally {
				this.open.decrementAndGet();
			}
		}

		@HubMethod
		Flux<Integer> never() {
			return Flux.<Integer>never()
				.doOnSubscribe((subscription) -> open())
				.doFinally((signal) -> this.open.decrementAndGet());
		}

		@HubMethod
		int sumFlux(Flux<Integer> items, Flux<Integer> others) {
			open();
			try {
				return items.mergeWith(others).reduce(0, Integer::sum).block();
			}
			finally {
				this.open.decrementAndGet();
			}
		}

		@HubMethod
		int sumStream(Stream<Integer> items, Stream<Integer> others) {
			open();
			try {
				return items.mapToInt(Integer::intValue).sum() + others.mapToInt(Integer::intValue).sum();
			}
			finally {
				this.open.decrementAndGet();
			}
		}

		@HubMethod
		int fails(Stream<Integer> items) {
			throw new IllegalStateException("on purpose");
		}

	}

}
