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

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.InboundBuffer;
import dev.realtime.protocol.InvocationBinder;
import dev.realtime.protocol.signalr.CompletionMessage;
import dev.realtime.protocol.signalr.HubMessage;
import dev.realtime.protocol.signalr.HubProtocol;
import dev.realtime.protocol.signalr.InvocationMessage;
import dev.realtime.protocol.signalr.JsonHubProtocol;
import dev.realtime.protocol.signalr.MessagePackHubProtocol;
import dev.realtime.protocol.signalr.StreamItemMessage;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * Decoding and encoding of one message, its values bound to and from objects.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init")
public class HubProtocolBenchmark {

	private static final InvocationBinder BINDER = new PayloadBinder();

	private static final int MAXIMUM_SIZE = 32 * 1024;

	@Param({ JsonHubProtocol.NAME, MessagePackHubProtocol.NAME })
	private String protocol;

	@Param({ "invocation", "numbers", "completion", "streamItem" })
	private String message;

	private final InboundBuffer inbound = new InboundBuffer();

	private HubProtocol codec;

	private HubMessage decoded;

	private ByteBuffer encoded;

	@Setup
	public void setUp() {
		this.codec = Protocols.named(this.protocol);
		this.decoded = switch (this.message) {
			case "invocation" -> InvocationMessage.of("17", "send", "lobby", Payload.EXAMPLE);
			case "numbers" -> InvocationMessage.of("17", "move", "lobby", 4711, 0.25);
			case "completion" -> CompletionMessage.result("17", Payload.EXAMPLE);
			case "streamItem" -> StreamItemMessage.of("17", Payload.EXAMPLE);
			default -> throw new IllegalArgumentException("There is no message '" + this.message + "'");
		};
		this.encoded = ByteBuffer.wrap(this.codec.encode(this.decoded).bytes());
	}

	@Benchmark
	public HubMessage decode() {
		this.inbound.append(this.encoded.rewind());
		HubMessage message = this.codec.decode(this.inbound, BINDER, MAXIMUM_SIZE);
		this.inbound.release();
		if (message == null || message.type() != this.decoded.type()) {
			throw new IllegalStateException("Decoded " + message);
		}
		return message;
	}

	@Benchmark
	public EncodedBody encode() {
		return this.codec.encode(this.decoded);
	}

	private static final class PayloadBinder implements InvocationBinder {

		private static final Map<String, List<Type>> PARAMETERS = Map.of("send", List.of(String.class, Payload.class),
				"move", List.of(String.class, int.class, double.class));

		@Override
		public @Nullable List<Type> parameterTypes(String target) {
			return PARAMETERS.get(target);
		}

		@Override
		public @Nullable Type resultType(String invocationId) {
			return Payload.class;
		}

		@Override
		public @Nullable Type streamItemType(String streamId) {
			return Payload.class;
		}

	}

}
