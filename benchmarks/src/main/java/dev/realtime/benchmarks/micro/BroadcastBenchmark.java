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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.ConnectionHandler;
import dev.realtime.lifetime.HubLifetimeManager;
import dev.realtime.lifetime.Target;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.EncodedMessage;
import dev.realtime.protocol.OutboundLimits;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.signalr.HubProtocol;
import dev.realtime.protocol.signalr.JsonHubProtocol;
import org.jspecify.annotations.Nullable;
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
 * A message to a group, from the sender to the queues of the members and out of them. The
 * figure is that of one message, whatever the number of members.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init")
public class BroadcastBenchmark {

	private static final String GROUP = "lobby";

	private static final ServerMessage MESSAGE = new ServerMessage.Invocation("message", List.of(Payload.EXAMPLE));

	@Param(JsonHubProtocol.NAME)
	private String protocol;

	@Param({ "1", "10", "1000" })
	private int connections;

	private final Target target = Target.group(GROUP);

	private HubLifetimeManager lifetime;

	private MemoryChannel member;

	private EncodedMessage encoded;

	@Setup
	public void setUp() {
		HubProtocol codec = Protocols.named(this.protocol);
		this.lifetime = HubLifetimeManager.builder("bench", List.of(codec)).build();
		for (int i = 0; i < this.connections; i++) {
			ClientConnection connection = new ClientConnection("c" + i, "bench", new SilentHandler(),
					OutboundLimits.DEFAULT);
			this.member = MemoryChannel.attach(connection);
			connection.protocol(codec);
			connection.open();
			this.lifetime.register(connection).join();
			this.lifetime.join(connection, GROUP);
		}
		this.encoded = encode();
	}

	@TearDown
	public void tearDown() {
		if (this.member.bytes() == 0) {
			throw new IllegalStateException("Nothing was delivered");
		}
		this.lifetime.close();
	}

	@Benchmark
	public CompletableFuture<Void> deliver() {
		return this.lifetime.deliver(this.target, this.encoded);
	}

	@Benchmark
	public CompletableFuture<Void> encodeAndDeliver() {
		return this.lifetime.deliver(this.target, encode());
	}

	private EncodedMessage encode() {
		return this.lifetime.encode(MESSAGE, EncodedMessage.NO_DEADLINE);
	}

	private static final class SilentHandler implements ConnectionHandler {

		@Override
		public void onAttached(ClientConnection connection) {
		}

		@Override
		public void onData(ClientConnection connection, ByteBuffer data) {
		}

		@Override
		public @Nullable EncodedBody onClosing(ClientConnection connection, CloseReason reason) {
			return null;
		}

		@Override
		public void onClosed(ClientConnection connection, CloseReason reason, @Nullable Throwable cause) {
		}

		@Override
		public void onHeartbeat(ClientConnection connection, long nanoTime) {
		}

	}

}
