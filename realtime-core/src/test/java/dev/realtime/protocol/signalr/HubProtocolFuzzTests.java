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

package dev.realtime.protocol.signalr;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.sun.management.ThreadMXBean;
import dev.realtime.protocol.InboundBuffer;
import dev.realtime.protocol.InvocationBinder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests with random input, other on every run: a codec returns messages or refuses with
 * its own exception, and allocates no more than the input is worth. What fails is printed
 * with the seed that repeats it, to be set as system property {@code fuzz.seed}.
 */
class HubProtocolFuzzTests {

	private static final Duration TIME = Duration.ofSeconds(2);

	private static final int MAXIMUM_SIZE = 4096;

	// a stack trace and the like, and what objects need for a byte on the wire
	private static final long ALLOCATION = 1024 * 1024;

	private static final long ALLOCATION_PER_BYTE = 1024;

	private static final String[] LENGTHS = { "dd7fffffff", "ddffffffff", "df7fffffff", "db7fffffff", "c67fffffff",
			"c97fffffff01", "c70cff", "dcffff", "cfffffffffffffffff", "ffffffff07", "8080808001", "c1" };

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	@ParameterizedTest
	@MethodSource("protocols")
	void survivesAnything(HubProtocol protocol) {
		long start = System.nanoTime();
		long seed = Long.getLong("fuzz.seed", start);
		do {
			byte[] input = input(protocol, new Random(seed));
			try {
				assertFrugal(protocol, input, seed);
			}
			catch (Throwable ex) {
				throw new AssertionError(protocol.name() + " with -Dfuzz.seed=" + seed + " and input "
						+ Base64.getEncoder().encodeToString(input), ex);
			}
			seed++;
		}
		while (System.nanoTime() - start < TIME.toNanos());
	}

	@ParameterizedTest
	@MethodSource("protocols")
	void readsTheSameWhereverFramesEnd(HubProtocol protocol) {
		long seed = Long.getLong("fuzz.seed", System.nanoTime());
		for (int i = 0; i < 2000; i++) {
			byte[] input = input(protocol, new Random(seed));
			InvocationBinder binder = new TypesBinder(0);
			List<Object> whole = read(protocol, binder, input, input.length);
			List<Object> pieces = read(protocol, binder, input, 1 + new Random(seed).nextInt(20));
			assertThat(pieces).as("-Dfuzz.seed=%d", seed)
				.usingRecursiveComparison()
				.ignoringFieldsMatchingRegexes(".*cause")
				.isEqualTo(whole);
			seed++;
		}
	}

	private static List<Object> read(HubProtocol protocol, InvocationBinder binder, byte[] input, int length) {
		InboundBuffer buffer = new InboundBuffer();
		List<Object> messages = new ArrayList<>();
		try {
			for (int i = 0; i < input.length; i += length) {
				buffer.append(ByteBuffer.wrap(Arrays.copyOfRange(input, i, Math.min(input.length, i + length))));
				HubMessage message = protocol.decode(buffer, binder, MAXIMUM_SIZE);
				while (message != null) {
					messages.add(message);
					message = protocol.decode(buffer, binder, MAXIMUM_SIZE);
				}
				buffer.release();
			}
		}
		catch (HubProtocolException ex) {
			messages.add(ex.getMessage());
		}
		return messages;
	}

	static Stream<HubProtocol> protocols() {
		return Stream.of(Frames.JSON, MessagePackFrames.PROTOCOL);
	}

	// the first time, classes are loaded and types looked into
	private void assertFrugal(HubProtocol protocol, byte[] input, long seed) {
		long limit = ALLOCATION + ALLOCATION_PER_BYTE * input.length;
		if (allocated(protocol, input, seed) > limit) {
			assertThat(allocated(protocol, input, seed)).as("bytes allocated").isLessThanOrEqualTo(limit);
		}
	}

	private long allocated(HubProtocol protocol, byte[] input, long seed) {
		long before = this.threads.getCurrentThreadAllocatedBytes();
		receive(protocol, input, new Random(seed));
		return this.threads.getCurrentThreadAllocatedBytes() - before;
	}

	private static void receive(HubProtocol protocol, byte[] input, Random random) {
		InboundBuffer buffer = new InboundBuffer();
		InvocationBinder binder = new TypesBinder(random.nextInt(TypesBinder.TYPES.size()));
		int position = 0;
		try {
			while (position < input.length) {
				int length = 1 + random.nextInt(input.length - position);
				buffer.append(ByteBuffer.wrap(Arrays.copyOfRange(input, position, position + length)));
				position += length;
				int remaining;
				do {
					remaining = buffer.remaining();
				}
				while (protocol.decode(buffer, binder, MAXIMUM_SIZE) != null && buffer.remaining() < remaining);
				buffer.release();
			}
		}
		catch (HubProtocolException ex) {
			// as it should
		}
	}

	private static byte[] input(HubProtocol protocol, Random random) {
		if (random.nextInt(8) == 0) {
			return framed(protocol, bytes(random));
		}
		RandomMessages messages = new RandomMessages(random);
		ByteBuffer joined = ByteBuffer.allocate(64 * 1024);
		for (int i = random.nextInt(3); i >= 0; i--) {
			byte[] bytes = protocol.encode(messages.next()).bytes();
			joined.put(mutated(bytes, protocol, random));
		}
		return Arrays.copyOf(joined.array(), joined.position());
	}

	private static byte[] bytes(Random random) {
		byte[] bytes = new byte[random.nextInt(200)];
		random.nextBytes(bytes);
		return bytes;
	}

	private static byte[] framed(HubProtocol protocol, byte[] bytes) {
		return (protocol instanceof MessagePackHubProtocol) ? MessagePackFrames.frame(bytes)
				: (new String(bytes, StandardCharsets.ISO_8859_1) + Frames.RS).getBytes(StandardCharsets.ISO_8859_1);
	}

	// the frame stays whole most of the time, so that what is in it is read
	private static byte[] mutated(byte[] message, HubProtocol protocol, Random random) {
		if (random.nextInt(4) == 0) {
			return mutate(message, random);
		}
		byte[] body = body(message, protocol);
		for (int i = random.nextInt(3); i > 0 && body.length > 0; i--) {
			body = mutate(body, random);
		}
		return framed(protocol, body);
	}

	private static byte[] body(byte[] message, HubProtocol protocol) {
		if (!(protocol instanceof MessagePackHubProtocol)) {
			return Arrays.copyOf(message, message.length - 1);
		}
		int prefix = 1 + (int) IntStream.range(0, message.length).takeWhile((i) -> message[i] < 0).count();
		return Arrays.copyOfRange(message, prefix, message.length);
	}

	private static byte[] mutate(byte[] bytes, Random random) {
		int position = random.nextInt(bytes.length);
		return switch (random.nextInt(5)) {
			case 0 -> Arrays.copyOf(bytes, position);
			case 1 -> splice(bytes, position, position + 1 + random.nextInt(bytes.length - position), new byte[0]);
			case 2 -> splice(bytes, position, position, bytes(random));
			case 3 -> splice(bytes, position, position + 1,
					MessagePackFrames.hex(LENGTHS[random.nextInt(LENGTHS.length)]).bytes());
			default -> splice(bytes, position, position + 1, new byte[] { (byte) random.nextInt(256) });
		};
	}

	private static byte[] splice(byte[] bytes, int from, int to, byte[] inserted) {
		byte[] result = new byte[bytes.length - (to - from) + inserted.length];
		System.arraycopy(bytes, 0, result, 0, from);
		System.arraycopy(inserted, 0, result, from, inserted.length);
		System.arraycopy(bytes, to, result, from + inserted.length, bytes.length - to);
		return result;
	}

	record Node(String name, int number, byte[] bytes, Instant at, List<Node> children) {

	}

	/**
	 * Binds everything, to a series of types that begins with one of them.
	 */
	private record TypesBinder(int first) implements InvocationBinder {

		private static final List<Type> TYPES = List.of(Object.class, int.class, long.class, double.class, String.class,
				boolean.class, byte[].class, BigDecimal.class, UUID.class, Instant.class, OffsetDateTime.class,
				Date.class, JsonNode.class, RawResult.class, Node.class, HubMessageType.class,
				new TypeReference<Map<Integer, List<String>>>() {
				}.getType(), new TypeReference<Optional<Map<String, Node>>>() {
				}.getType());

		@Override
		public List<Type> parameterTypes(String target) {
			return IntStream.range(0, RandomMessages.argumentCount(target)).mapToObj(this::type).toList();
		}

		@Override
		public Type resultType(String invocationId) {
			return type(0);
		}

		@Override
		public Type streamItemType(String streamId) {
			return type(1);
		}

		private Type type(int i) {
			return TYPES.get((this.first + i) % TYPES.size());
		}

	}

}
