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

package dev.realtime.transport.netty;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;

import dev.realtime.web.ClientFrames;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random streams, cut at random, read by a {@link FrameReader} and by a
 * {@link NaiveFrameReader}.
 */
class FrameReaderFuzzTests {

	private static final int STREAMS = 1000;

	private static final String[] WIDE = { "ß", "€", "😀", "\uD7FF", "\uE000" };

	@ParameterizedTest
	@MethodSource
	void agrees(long seed) {
		Random random = new Random(seed);
		int valid = 0;
		for (int i = 0; i < STREAMS; i++) {
			byte[] stream = stream(random, i % 2 == 0);
			NaiveFrameReader expected = new NaiveFrameReader(stream);
			ReadFrames actual = read(random, stream);
			assertThat(actual.errorStatus).as("stream %s", i).isEqualTo(expected.errorStatus);
			assertThat(actual.closeStatus).isEqualTo(expected.closeStatus);
			assertThat(actual.pings).isEqualTo(expected.pings);
			if (actual.errorStatus != 1007) {
				assertThat(actual.payload()).isEqualTo(expected.payload());
			}
			else {
				// how much of invalid text is seen depends on where it is cut
				int length = Math.min(actual.payload().length, expected.payload().length);
				assertThat(Arrays.copyOf(actual.payload(), length)).isEqualTo(expected.payload());
			}
			valid += (actual.errorStatus == ReadFrames.NONE) ? 1 : 0;
		}
		// neither boring nor hopeless
		assertThat(valid).isBetween(STREAMS / 5, STREAMS * 9 / 10);
	}

	static LongStream agrees() {
		return LongStream.rangeClosed(1, 4);
	}

	private static ReadFrames read(Random random, byte[] stream) {
		ReadFrames frames = new ReadFrames(1 + random.nextInt(300));
		int start = 0;
		while (start < stream.length) {
			int end = Math.min(stream.length, start + 1 + random.nextInt(random.nextBoolean() ? 4 : 400));
			frames.read(stream, start, end);
			start = end;
		}
		return frames;
	}

	private static byte[] stream(Random random, boolean broken) {
		ByteArrayOutputStream stream = new ByteArrayOutputStream();
		for (int messages = random.nextInt(8); messages > 0; messages--) {
			message(random, stream);
		}
		if (random.nextInt(4) == 0) {
			stream.writeBytes(ClientFrames.close(1000 + random.nextInt(16), text(random, 5)));
		}
		byte[] bytes = stream.toByteArray();
		if (broken && bytes.length > 0) {
			for (int flips = random.nextInt(8); flips >= 0; flips--) {
				bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
			}
		}
		return Arrays.copyOf(bytes, bytes.length - ((bytes.length > 4) ? random.nextInt(4) : 0));
	}

	private static void message(Random random, ByteArrayOutputStream stream) {
		boolean binary = random.nextBoolean();
		byte[] payload = binary ? new byte[length(random)] : text(random, length(random));
		if (binary) {
			random.nextBytes(payload);
		}
		int opcode = binary ? ClientFrames.BINARY : ClientFrames.TEXT;
		int start = 0;
		while (random.nextInt(3) == 0) {
			int end = start + random.nextInt(payload.length - start + 1);
			stream.writeBytes(ClientFrames.frame(opcode, random.nextInt(), Arrays.copyOfRange(payload, start, end)));
			opcode = ClientFrames.CONTINUATION;
			start = end;
			if (random.nextInt(3) == 0) {
				int control = random.nextBoolean() ? ClientFrames.PING : ClientFrames.PONG;
				stream.writeBytes(ClientFrames.frame(ClientFrames.LAST | control, random.nextInt(),
						text(random, random.nextInt(30))));
			}
		}
		stream.writeBytes(ClientFrames.frame(ClientFrames.LAST | opcode, random.nextInt(),
				Arrays.copyOfRange(payload, start, payload.length)));
	}

	private static int length(Random random) {
		return switch (random.nextInt(40)) {
			case 0 -> 65530 + random.nextInt(12);
			case 1, 2, 3, 4 -> 120 + random.nextInt(12);
			default -> random.nextInt(60);
		};
	}

	private static byte[] text(Random random, int characters) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < characters; i++) {
			text.append((random.nextInt(4) == 0) ? WIDE[random.nextInt(WIDE.length)]
					: Character.toString('a' + random.nextInt(26)));
		}
		return text.toString().getBytes(StandardCharsets.UTF_8);
	}

}
