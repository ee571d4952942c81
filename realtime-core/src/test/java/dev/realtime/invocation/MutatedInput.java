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
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import dev.realtime.protocol.TransferFormat;
import dev.realtime.protocol.signalr.HubProtocol;
import dev.realtime.protocol.signalr.Vectors.Handshake;
import dev.realtime.protocol.signalr.Vectors.Vector;
import dev.realtime.web.ClientFrames;

/**
 * What a client sends after it has opened a connection: a handshake and a message, one of
 * which may be damaged.
 *
 * @param description what it is, with the seed
 * @param handshake the handshake
 * @param message the message
 */
record MutatedInput(String description, byte[] handshake, byte[] message) {

	private static final int TOO_MUCH = 33_000;

	static MutatedInput of(Vector vector) {
		return new MutatedInput(vector.toString(), handshake(vector.protocol()), vector.frame());
	}

	static MutatedInput of(Handshake handshake) {
		return new MutatedInput("handshake: " + handshake, handshake.frame(), new byte[0]);
	}

	/**
	 * Damage the handshake or the message.
	 */
	static MutatedInput of(List<Vector> vectors, List<Handshake> handshakes, long seed) {
		Random random = new Random(seed);
		Mutation mutation = Mutation.values()[random.nextInt(Mutation.values().length)];
		String description = " " + mutation.name().toLowerCase() + " with -Dmutation.seed=" + seed;
		if (random.nextInt(8) == 0) {
			Handshake handshake = handshakes.get(random.nextInt(handshakes.size()));
			return new MutatedInput(handshake + description, mutation.apply(handshake.frame(), random), new byte[0]);
		}
		Vector vector = vectors.get(random.nextInt(vectors.size()));
		List<Vector> others = vectors.stream().filter((other) -> other.protocol() == vector.protocol()).toList();
		byte[] message = switch (mutation) {
			case REORDERED -> joined(vector, others.get(random.nextInt(others.size())), random);
			case OVERSIZED -> vector.frame(Arrays.copyOf(vector.body(), vector.body().length + TOO_MUCH));
			case CUT -> vector.frame(Arrays.copyOf(vector.body(), random.nextInt(vector.body().length + 1)));
			default -> mutation.apply(vector.frame(), random);
		};
		return new MutatedInput(vector + description, handshake(vector.protocol()), message);
	}

	private static byte[] joined(Vector vector, Vector other, Random random) {
		List<byte[]> frames = new ArrayList<>(List.of(vector.frame(), other.frame(), vector.frame()));
		Collections.shuffle(frames, random);
		return ClientFrames.concat(frames.toArray(byte[][]::new));
	}

	private static byte[] handshake(HubProtocol protocol) {
		return ("{\"protocol\":\"" + protocol.name() + "\",\"version\":1}\u001e").getBytes();
	}

	static byte[] probe(HubProtocol protocol) {
		return (protocol.transferFormat() == TransferFormat.TEXT)
				? "{\"type\":1,\"invocationId\":\"probe\",\"target\":\"Echo\",\"arguments\":[\"alive\"]}\u001e"
					.getBytes()
				: HexFormat.of()
					.parseHex("17" + "96" + "01" + "80" + "a570726f6265" + "a44563686f" + "91" + "a5616c697665" + "90");
	}

	@Override
	public String toString() {
		HexFormat hex = HexFormat.of();
		return this.description + ": "
				+ hex.formatHex(Arrays.copyOf(this.handshake, Math.min(this.handshake.length, 500))) + " "
				+ hex.formatHex(Arrays.copyOf(this.message, Math.min(this.message.length, 500)));
	}

	/**
	 * What may happen to a message on its way.
	 */
	enum Mutation {

		/**
		 * The end is missing.
		 */
		TRUNCATED,

		/**
		 * The end is missing, which the length or the separator does not show.
		 */
		CUT,

		/**
		 * It arrives after another one, or before it.
		 */
		REORDERED,

		/**
		 * It arrives twice.
		 */
		DUPLICATED,

		/**
		 * It is too long.
		 */
		OVERSIZED,

		/**
		 * A few bits are wrong.
		 */
		FLIPPED;

		byte[] apply(byte[] frame, Random random) {
			return switch (this) {
				case TRUNCATED, CUT -> Arrays.copyOf(frame, random.nextInt(frame.length + 1));
				case REORDERED -> rotated(frame, random);
				case DUPLICATED -> ClientFrames.concat(frame, frame);
				case OVERSIZED -> ClientFrames.concat(" ".repeat(TOO_MUCH).getBytes(), frame);
				case FLIPPED -> flipped(frame, random);
			};
		}

		private static byte[] rotated(byte[] frame, Random random) {
			int position = random.nextInt(frame.length + 1);
			return ClientFrames.concat(Arrays.copyOfRange(frame, position, frame.length),
					Arrays.copyOf(frame, position));
		}

		private static byte[] flipped(byte[] frame, Random random) {
			byte[] flipped = frame.clone();
			for (int i = random.nextInt(3); i >= 0 && frame.length > 0; i--) {
				flipped[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
			}
			return flipped;
		}

	}

}
