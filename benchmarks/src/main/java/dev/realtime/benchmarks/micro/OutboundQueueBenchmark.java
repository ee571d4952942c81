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

package dev.realtime.benchmarks.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.realtime.connection.OutboundQueue;
import dev.realtime.connection.OutboundQueue.Offer;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.OutboundLimits;
import dev.realtime.protocol.OutboundMessage;
import dev.realtime.protocol.OverflowStrategy;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The queue of one connection, as connections and transports use it: whoever adds a
 * message and gets the drain right takes what waits, a batch at a time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class OutboundQueueBenchmark {

	private static final int BATCH_BYTES = 64 * 1024;

	private final OutboundQueue queue = new OutboundQueue(new OutboundLimits(Long.MAX_VALUE / 2, Integer.MAX_VALUE / 2,
			OutboundLimits.DEFAULT.sendTimeout(), OverflowStrategy.TERMINATE));

	private final OutboundMessage message = OutboundMessage.of(EncodedBody.binary(new byte[128]));

	// belongs to whoever holds the drain right
	private final List<OutboundMessage> batch = new ArrayList<>();

	@Benchmark
	@Threads(1)
	public Offer oneProducer() {
		return offerAndDrain();
	}

	@Benchmark
	@Threads(4)
	public Offer fourProducers() {
		return offerAndDrain();
	}

	private Offer offerAndDrain() {
		Offer offer = this.queue.offer(this.message);
		if (offer != Offer.ACCEPTED) {
			throw new IllegalStateException("The queue answered " + offer);
		}
		if (this.queue.hasWork() && this.queue.acquire()) {
			do {
				this.queue.take(this.batch, BATCH_BYTES, System.nanoTime());
				this.batch.clear();
				this.queue.written();
			}
			while (this.queue.release());
		}
		return offer;
	}

}
