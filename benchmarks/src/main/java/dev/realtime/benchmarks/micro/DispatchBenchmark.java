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

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import dev.realtime.connection.ClientConnection;
import dev.realtime.observation.HubObservations;
import dev.realtime.observation.HubObservations.Conventions;
import dev.realtime.protocol.signalr.InvocationMessage;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A call of a hub method, from the bytes of the client to the bytes of the answer.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init")
public class DispatchBenchmark {

	private static final String HANDSHAKE = "{\"protocol\":\"json\",\"version\":1}\u001e";

	@Param({ "void", "value", "nonBlocking" })
	private String method;

	@Param({ "none", "timers" })
	private String observation;

	private BenchmarkHub hub;

	private ClientConnection connection;

	private MemoryChannel channel;

	private ByteBuffer call;

	@Setup
	public void setUp() {
		this.hub = new BenchmarkHub(this.observation.equals("timers") ? timers() : HubObservations.none());
		this.connection = this.hub.endpoint().connect(null, MemoryChannel.handshake());
		this.channel = MemoryChannel.attach(this.connection);
		this.connection.receive(ByteBuffer.wrap(HANDSHAKE.getBytes(StandardCharsets.UTF_8)));
		this.call = ByteBuffer
			.wrap(Protocols.json().encode(InvocationMessage.of("17", this.method, Payload.EXAMPLE.text())).bytes());
	}

	// what an application with the actuator has
	private static HubObservations timers() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(new SimpleMeterRegistry()));
		return HubObservations.of(registry, Conventions.DEFAULT);
	}

	@TearDown
	public void tearDown() {
		this.channel.abort();
		this.hub.close();
	}

	@Benchmark
	public long call() {
		long before = this.channel.bytes();
		this.connection.receive(this.call.rewind());
		long answer = this.channel.bytes() - before;
		if (answer == 0) {
			throw new IllegalStateException("No answer");
		}
		return answer;
	}

}
