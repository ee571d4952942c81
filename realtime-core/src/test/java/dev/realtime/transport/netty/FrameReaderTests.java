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

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

import dev.realtime.web.ClientFrames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FrameReader} with clients that follow the protocol.
 */
class FrameReaderTests {

	private static final int TEXT = ClientFrames.LAST | ClientFrames.TEXT;

	private static final int BINARY = ClientFrames.LAST | ClientFrames.BINARY;

	private static final int PING = ClientFrames.LAST | ClientFrames.PING;

	// RFC 6455, section 5.7
	@Test
	void readsTheExampleOfTheSpecification() {
		byte[] frame = bytes(0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58);
		assertThat(ReadFrames.of(frame).text()).isEqualTo("Hello");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 7, 8, 9, 124, 125, 126, 127, 128, 1000, 65534, 65535, 65536, 65537, 200_000 })
	void readsEveryFormOfLength(int length) {
		byte[] payload = pattern(length);
		ReadFrames frames = ReadFrames.of(ClientFrames.concat(ClientFrames.frame(BINARY, payload),
				ClientFrames.frame(PING, "after"), ClientFrames.text("")));
		assertThat(frames.payload()).isEqualTo(payload);
		assertThat(frames.pings).containsExactly("after");
		assertThat(frames.errorStatus).isEqualTo(ReadFrames.NONE);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 0x00000001, 0x01020304, 0xFFFFFFFF, 0x80000000, 0x7F00FF80 })
	void unmasksWhereverThePayloadIsCut(int mask) {
		byte[] payload = pattern(40);
		byte[] frame = ClientFrames.frame(BINARY, mask, payload);
		for (int first = 0; first <= frame.length; first++) {
			for (int second = first; second <= frame.length; second++) {
				ReadFrames frames = new ReadFrames(64).read(frame, 0, first)
					.read(frame, first, second)
					.read(frame, second, frame.length);
				assertThat(frames.payload()).as("cut at %s and %s", first, second).isEqualTo(payload);
			}
		}
	}

	@Test
	void unmasksAtEveryOffsetOfTheScratchArray() {
		for (int offset = 0; offset < 9; offset++) {
			byte[] before = pattern(offset);
			byte[] payload = pattern(33);
			ReadFrames frames = ReadFrames.of(ClientFrames.concat(ClientFrames.frame(BINARY, 0x11223344, before),
					ClientFrames.frame(BINARY, 0xA1B2C3D4, payload)));
			assertThat(frames.payload()).isEqualTo(ClientFrames.concat(before, payload));
			assertThat(frames.pieces).isOne();
		}
	}

	@ParameterizedTest
	@MethodSource("cuts")
	void readsInPiecesWhatItReadsInOne(int cut) {
		byte[] stream = stream();
		ReadFrames whole = new ReadFrames(1024).read(stream);
		assertThat(whole.text()).isEqualTo(streamText());
		assertThat(whole.pings).containsExactly("", "between", "p".repeat(125));
		assertThat(whole.closeStatus).isEqualTo(4321);
		ReadFrames pieces = new ReadFrames(1024).read(stream, 0, cut).read(stream, cut, stream.length);
		assertSame(pieces, whole);
	}

	@Test
	void readsByteByByte() {
		byte[] stream = stream();
		ReadFrames bytes = new ReadFrames(1024);
		for (byte each : stream) {
			bytes.read(each);
		}
		assertSame(bytes, new ReadFrames(1024).read(stream));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 5, 7, 8, 13, 64, 333, 334, 335 })
	void handsOnWhatIsLargerThanTheScratchArrayInPieces(int scratch) {
		byte[] payload = pattern(335);
		byte[] last = "ü€😀".repeat(20).getBytes(StandardCharsets.UTF_8);
		byte[] stream = ClientFrames.concat(ClientFrames.frame(BINARY, payload), ClientFrames.frame(PING, "x"),
				ClientFrames.frame(TEXT, last));
		ReadFrames frames = new ReadFrames(scratch).read(stream);
		assertThat(frames.payload()).isEqualTo(ClientFrames.concat(payload, last));
		assertThat(frames.pieces).isEqualTo((payload.length + last.length + scratch - 1) / scratch);
		assertThat(frames.errorStatus).isEqualTo(ReadFrames.NONE);
	}

	@Test
	void neighboursAreHandedOnTogether() {
		byte[] frame = ClientFrames.text("0123456789");
		ReadFrames frames = new ReadFrames(1024).read(ClientFrames.concat(frame, frame, frame));
		assertThat(frames.text()).isEqualTo("0123456789".repeat(3));
		assertThat(frames.pieces).isOne();
	}

	@Test
	void beginningsAreHandedOn() {
		byte[] frame = ClientFrames.text("0123456789");
		ReadFrames frames = new ReadFrames(1024).read(frame, 0, 9);
		assertThat(frames.text()).isEqualTo("012");
		frames.read(frame, 9, frame.length);
		assertThat(frames.text()).isEqualTo("0123456789");
	}

	@Test
	void emptyFramesAreNotHandedOn() {
		ReadFrames frames = ReadFrames.of(ClientFrames.concat(ClientFrames.text(""),
				ClientFrames.frame(ClientFrames.BINARY), ClientFrames.frame(ClientFrames.CONTINUATION),
				ClientFrames.frame(ClientFrames.LAST | ClientFrames.CONTINUATION)));
		assertThat(frames.pieces).isZero();
		assertThat(frames.isEnded()).isFalse();
	}

	@Test
	void controlFramesMayComeBetweenFragments() {
		byte[] euro = "€".getBytes(StandardCharsets.UTF_8);
		ReadFrames frames = ReadFrames.of(ClientFrames.concat(ClientFrames.frame(ClientFrames.TEXT, euro[0]),
				ClientFrames.frame(PING, "1"), ClientFrames.frame(ClientFrames.CONTINUATION, euro[1]),
				ClientFrames.frame(ClientFrames.LAST | ClientFrames.PONG, "unasked"), ClientFrames.frame(PING, "2"),
				ClientFrames.frame(ClientFrames.LAST | ClientFrames.CONTINUATION, euro[2])));
		assertThat(frames.text()).isEqualTo("€");
		assertThat(frames.pings).containsExactly("1", "2");
	}

	@Test
	void binaryNeedNotBeText() {
		ReadFrames frames = ReadFrames
			.of(ClientFrames.concat(ClientFrames.frame(ClientFrames.BINARY, (byte) 0xff, (byte) 0xc3),
					ClientFrames.frame(ClientFrames.LAST | ClientFrames.CONTINUATION, (byte) 0x80, (byte) 0x80),
					ClientFrames.text("ä")));
		assertThat(frames.payload()).isEqualTo(bytes(0xff, 0xc3, 0x80, 0x80, 0xc3, 0xa4));
	}

	@Test
	void whatComesBeforeACloseIsHandedOnBefore() {
		byte[] stream = ClientFrames.concat(ClientFrames.text("last"), ClientFrames.close(1000),
				ClientFrames.text("too late"));
		// ReadFrames refuses payload after the close
		ReadFrames frames = ReadFrames.of(stream);
		assertThat(frames.text()).isEqualTo("last");
		assertThat(frames.closeStatus).isEqualTo(1000);
		assertThat(frames.left).isEqualTo(ClientFrames.text("too late").length);
	}

	@Test
	void closeNeedsNoStatus() {
		assertThat(ReadFrames.of(ClientFrames.frame(ClientFrames.LAST | ClientFrames.CLOSE)).closeStatus)
			.isEqualTo(1005);
	}

	@ParameterizedTest
	@ValueSource(
			ints = { 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999 })
	void closeHasAStatus(int status) {
		assertThat(ReadFrames.of(ClientFrames.close(status)).closeStatus).isEqualTo(status);
		byte[] reason = "à bientôt ".repeat(10).getBytes(StandardCharsets.UTF_8);
		assertThat(ReadFrames.of(ClientFrames.close(status, reason)).closeStatus).isEqualTo(status);
	}

	@Test
	void announcedLengthCostsNothing() {
		ReadFrames frames = ReadFrames
			.of(ClientFrames.concat(ClientFrames.head(BINARY, 127, Long.MAX_VALUE, 0), bytes('x')));
		assertThat(frames.text()).isEqualTo("x");
		assertThat(frames.isEnded()).isFalse();
	}

	static IntStream cuts() {
		return IntStream.rangeClosed(0, stream().length);
	}

	private static byte[] stream() {
		byte[] text = "Ünïcödé €😀".getBytes(StandardCharsets.UTF_8);
		return ClientFrames.concat(ClientFrames.text("plain"), ClientFrames.frame(PING),
				ClientFrames.frame(ClientFrames.TEXT, 0x01020304, Arrays.copyOf(text, 6)),
				ClientFrames.frame(PING, "between"),
				ClientFrames.frame(ClientFrames.LAST | ClientFrames.CONTINUATION, 0xFEDCBA98,
						Arrays.copyOfRange(text, 6, text.length)),
				ClientFrames.text(""), ClientFrames.text("ä".repeat(100)), ClientFrames.frame(PING, "p".repeat(125)),
				ClientFrames.close(4321, "adieu".getBytes(StandardCharsets.UTF_8)));
	}

	private static String streamText() {
		return "plainÜnïcödé €😀" + "ä".repeat(100);
	}

	private static void assertSame(ReadFrames actual, ReadFrames expected) {
		assertThat(actual.payload()).isEqualTo(expected.payload());
		assertThat(actual.pings).isEqualTo(expected.pings);
		assertThat(actual.closeStatus).isEqualTo(expected.closeStatus);
		assertThat(actual.errorStatus).isEqualTo(expected.errorStatus);
	}

	private static byte[] pattern(int length) {
		byte[] bytes = new byte[length];
		for (int i = 0; i < length; i++) {
			bytes[i] = (byte) (i * 31 + (i >> 8));
		}
		return bytes;
	}

	private static byte[] bytes(int... values) {
		byte[] bytes = new byte[values.length];
		for (int i = 0; i < values.length; i++) {
			bytes[i] = (byte) values[i];
		}
		return bytes;
	}

}
