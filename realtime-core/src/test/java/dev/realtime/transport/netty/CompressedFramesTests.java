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
import java.util.Random;

import dev.realtime.web.ClientFrames;
import dev.realtime.web.Deflate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for compressed messages of clients.
 */
class CompressedFramesTests {

	private static final int TEXT = ClientFrames.LAST | Deflate.COMPRESSED | ClientFrames.TEXT;

	private static final int BINARY = ClientFrames.LAST | Deflate.COMPRESSED | ClientFrames.BINARY;

	private static final int FIRST_TEXT = Deflate.COMPRESSED | ClientFrames.TEXT;

	private static final int LAST = ClientFrames.LAST | ClientFrames.CONTINUATION;

	private static final int BOMB_BYTES = 4 * 1024 * 1024;

	private final InflaterPool pool = new InflaterPool();

	private final ReadFrames frames = new ReadFrames(1000, new MessageInflater(this.pool));

	// RFC 7692, section 7.2.3
	@Test
	void readsTheExamplesOfTheSpecification() {
		byte[] whole = { (byte) 0xc1, 0x07, (byte) 0xf2, 0x48, (byte) 0xcd, (byte) 0xc9, (byte) 0xc9, 0x07, 0x00 };
		byte[] payload = Arrays.copyOfRange(whole, 2, whole.length);
		this.frames.read(ClientFrames.frame(TEXT, payload));
		this.frames.read(ClientFrames.frame(TEXT,
				new byte[] { 0x00, 0x05, 0x00, (byte) 0xfa, (byte) 0xff, 0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x00 }));
		this.frames.read(ClientFrames.frame(TEXT,
				new byte[] { (byte) 0xf3, 0x48, (byte) 0xcd, (byte) 0xc9, (byte) 0xc9, 0x07, 0x00, 0x00 }));
		this.frames.read(ClientFrames.frame(TEXT, new byte[] { (byte) 0xf2, 0x48, 0x05, 0x00, 0x00, 0x00, (byte) 0xff,
				(byte) 0xff, (byte) 0xca, (byte) 0xc9, (byte) 0xc9, 0x07, 0x00 }));
		assertThat(this.frames.text()).isEqualTo("Hello".repeat(4));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 999, 1000, 1001, 5000, 1024 * 1024 })
	void readsMessagesOfAnyLength(int length) {
		byte[] random = new byte[length];
		new Random(length).nextBytes(random);
		this.frames.read(ClientFrames.concat(ClientFrames.frame(BINARY, Deflate.deflate(random)),
				ClientFrames.text("plain"), ClientFrames.frame(BINARY, Deflate.deflateFinally(random))));
		assertThat(this.frames.payload())
			.isEqualTo(ClientFrames.concat(random, "plain".getBytes(StandardCharsets.UTF_8), random));
	}

	@Test
	void readsFragmentsWhereverTheyAreCut() {
		byte[] text = "häßliche Grüße, ".repeat(10).getBytes(StandardCharsets.UTF_8);
		byte[] payload = Deflate.deflate(text);
		for (int cut = 0; cut <= payload.length; cut++) {
			byte[] stream = ClientFrames.concat(ClientFrames.frame(FIRST_TEXT, Arrays.copyOfRange(payload, 0, cut)),
					ClientFrames.frame(ClientFrames.LAST | ClientFrames.PING, "between"),
					ClientFrames.frame(LAST, Arrays.copyOfRange(payload, cut, payload.length)));
			ReadFrames bytewise = new ReadFrames(1000, new MessageInflater(this.pool));
			for (int i = 0; i < stream.length; i++) {
				bytewise.read(stream, i, i + 1);
			}
			assertThat(bytewise.payload()).as("cut at %s", cut).isEqualTo(text);
			assertThat(bytewise.pings).containsExactly("between");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { ClientFrames.PING, ClientFrames.PONG, ClientFrames.CLOSE })
	void refusesCompressedControlFrames(int opcode) {
		this.frames.read(ClientFrames.frame(ClientFrames.LAST | Deflate.COMPRESSED | opcode));
		assertThat(this.frames.errorStatus).isEqualTo(1002);
	}

	@Test
	void refusesCompressionThatBeginsInsideAMessage() {
		this.frames.read(ClientFrames.concat(ClientFrames.frame(FIRST_TEXT, Deflate.deflate()),
				ClientFrames.frame(LAST | Deflate.COMPRESSED)));
		assertThat(this.frames.errorStatus).isEqualTo(1002);
	}

	@Test
	void refusesCompressionThatWasNotNegotiated() {
		assertThat(ReadFrames.of(ClientFrames.frame(TEXT, Deflate.deflate())).errorStatus).isEqualTo(1002);
	}

	@Test
	void refusesOtherReservedBits() {
		this.frames.read(ClientFrames.frame(TEXT | 0x20, Deflate.deflate()));
		assertThat(this.frames.errorStatus).isEqualTo(1002);
	}

	@Test
	void refusesWhatCannotBeInflated() {
		byte[] text = "before".getBytes(StandardCharsets.UTF_8);
		this.frames.read(ClientFrames.concat(ClientFrames.frame(TEXT, Deflate.deflate(text)),
				ClientFrames.frame(TEXT, new byte[] { 7, 7, 7, 7 })));
		assertThat(this.frames.errorStatus).isEqualTo(1007);
		assertThat(this.frames.text()).isEqualTo("before");
	}

	@Test
	void refusesTextThatInflatesToNone() {
		this.frames.read(ClientFrames.frame(TEXT, Deflate.deflate((byte) 'a', (byte) 0xff)));
		assertThat(this.frames.errorStatus).isEqualTo(1007);
	}

	@Test
	void refusesTextThatEndsInsideACharacter() {
		this.frames.read(ClientFrames.frame(TEXT, Deflate.deflate((byte) 'a', (byte) 0xc3)));
		assertThat(this.frames.errorStatus).isEqualTo(1007);
	}

	@Test
	void doesNotInflateMuchMoreThanAMegabyteAtATime() throws Exception {
		FrameReader reader = new FrameReader(this.frames, false, new MessageInflater(this.pool));
		byte[] bomb = ClientFrames.frame(BINARY, Deflate.deflate(new byte[BOMB_BYTES]));
		ByteBuf in = Unpooled.wrappedBuffer(bomb, bomb, bomb);
		int reads = 0;
		while (in.isReadable()) {
			int before = this.frames.payload().length;
			reader.read(in, new byte[1000]);
			reads++;
			assertThat(this.frames.payload().length - before).isLessThan(2_200_000);
		}
		assertThat(reads).isGreaterThanOrEqualTo(5);
		assertThat(this.frames.payload()).hasSize(3 * BOMB_BYTES);
	}

}
