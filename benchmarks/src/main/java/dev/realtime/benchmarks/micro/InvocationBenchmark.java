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
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.realtime.protocol.InboundBuffer;
import dev.realtime.protocol.InvocationBinder;
import dev.realtime.protocol.signalr.HubProtocol;
import dev.realtime.protocol.signalr.InvocationMessage;
import dev.realtime.protocol.signalr.JsonHubProtocol;
import dev.realtime.protocol.signalr.MessagePackHubProtocol;
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
import tools.jackson.databind.json.JsonMapper;

/**
 * A call with three arguments, decoded and encoded by the hub protocols, and for
 * comparison by Jackson alone: the same JSON bound to and from a record that knows the
 * types of the arguments beforehand, without framing.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init")
public class InvocationBenchmark {

	private static final String JACKSON = "jackson";

	private static final String ID = "17";

	private static final String TARGET = "assign";

	private static final Arguments ARGUMENTS = new Arguments("lobby", 42, new Task(4711, "Write the report", false));

	// in the order of the JavaScript client
	private static final String JSON = """
			{"arguments":["lobby",42,{"id":4711,"title":"Write the report","done":false}],\
			"invocationId":"17","target":"assign","type":1}""";

	@Param({ JACKSON, JsonHubProtocol.NAME, MessagePackHubProtocol.NAME })
	private String codec;

	private Codec implementation;

	@Setup
	public void setUp() {
		this.implementation = switch (this.codec) {
			case JACKSON -> new JacksonCodec();
			case JsonHubProtocol.NAME -> HubCodec.json();
			case MessagePackHubProtocol.NAME -> HubCodec.messagePack();
			default -> throw new IllegalArgumentException("There is no codec '" + this.codec + "'");
		};
	}

	@Benchmark
	public Object decode() {
		return this.implementation.decode();
	}

	@Benchmark
	public Object encode() {
		return this.implementation.encode();
	}

	private interface Codec {

		Object decode();

		Object encode();

	}

	private static final class JacksonCodec implements Codec {

		private final JsonMapper mapper = JsonMapper.builder().build();

		private final byte[] received = JSON.getBytes(StandardCharsets.UTF_8);

		private final Call call = new Call(1, ID, TARGET, ARGUMENTS);

		JacksonCodec() {
			if (!decode().equals(this.call)) {
				throw new IllegalStateException("Decoded " + decode());
			}
		}

		@Override
		public Object decode() {
			return this.mapper.readValue(this.received, Call.class);
		}

		@Override
		public Object encode() {
			return this.mapper.writeValueAsBytes(this.call);
		}

	}

	private static final class HubCodec implements Codec {

		private static final InvocationBinder BINDER = new TaskBinder();

		private static final int MAXIMUM_SIZE = 32 * 1024;

		private final HubProtocol protocol;

		private final ByteBuffer received;

		private final InvocationMessage call = InvocationMessage.of(ID, TARGET, ARGUMENTS.list(), ARGUMENTS.position(),
				ARGUMENTS.task());

		private final InboundBuffer inbound = new InboundBuffer();

		private HubCodec(HubProtocol protocol, byte @Nullable [] received) {
			this.protocol = protocol;
			this.received = ByteBuffer.wrap((received != null) ? received : protocol.encode(this.call).bytes());
			if (!decodesTo(ARGUMENTS)) {
				throw new IllegalStateException("Decoded " + decode());
			}
		}

		private boolean decodesTo(Arguments arguments) {
			return decode() instanceof InvocationMessage message && TARGET.equals(message.target()) && Arrays
				.equals(message.arguments(), new Object[] { arguments.list(), arguments.position(), arguments.task() });
		}

		static HubCodec json() {
			return new HubCodec(Protocols.json(), (JSON + "\u001e").getBytes(StandardCharsets.UTF_8));
		}

		static HubCodec messagePack() {
			return new HubCodec(Protocols.named(MessagePackHubProtocol.NAME), null);
		}

		@Override
		public Object decode() {
			this.inbound.append(this.received.rewind());
			Object message = this.protocol.decode(this.inbound, BINDER, MAXIMUM_SIZE);
			this.inbound.release();
			if (message == null) {
				throw new IllegalStateException("Nothing was decoded");
			}
			return message;
		}

		@Override
		public Object encode() {
			return this.protocol.encode(this.call);
		}

	}

	private static final class TaskBinder implements InvocationBinder {

		private static final List<Type> TYPES = List.of(String.class, int.class, Task.class);

		@Override
		public @Nullable List<Type> parameterTypes(String target) {
			return TARGET.equals(target) ? TYPES : null;
		}

		@Override
		public @Nullable Type resultType(String invocationId) {
			return null;
		}

		@Override
		public @Nullable Type streamItemType(String streamId) {
			return null;
		}

	}

	@JsonPropertyOrder({ "type", "invocationId", "target", "arguments" })
	private record Call(int type, String invocationId, String target, Arguments arguments) {

	}

	@JsonFormat(shape = JsonFormat.Shape.ARRAY)
	@JsonPropertyOrder({ "list", "position", "task" })
	private record Arguments(String list, int position, Task task) {

	}

	@JsonPropertyOrder({ "id", "title", "done" })
	private record Task(long id, String title, boolean done) {

	}

}
