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

package dev.realtime.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link InboundBuffer}.
 */
class InboundBufferTests {

	private final InboundBuffer buffer = new InboundBuffer();

	private void append(String text) {
		this.buffer.append(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
	}

	private static String content(InboundBuffer buffer) {
		return new String(buffer.array(), buffer.position(), buffer.remaining(), StandardCharsets.US_ASCII);
	}

	private static List<String> records(InboundBuffer buffer) {
		List<String> records = new ArrayList<>();
		int end;
		while ((end = buffer.indexOf((byte) '|')) != -1) {
			records
				.add(new String(buffer.array(), buffer.position(), end - buffer.position(), StandardCharsets.US_ASCII));
			buffer.position(end + 1);
		}
		return records;
	}

	@Test
	void isEmptyAtFirst() {
		assertThat(this.buffer.remaining()).isZero();
		assertThat(this.buffer.indexOf((byte) 0)).isEqualTo(-1);
		this.buffer.release();
		this.buffer.clear();
		this.buffer.append(ByteBuffer.allocate(0));
		assertThat(this.buffer.remaining()).isZero();
	}

	@Test
	void consumesTheFrame() {
		ByteBuffer frame = ByteBuffer.wrap("abc".getBytes(StandardCharsets.US_ASCII));
		this.buffer.append(frame);
		assertThat(frame.hasRemaining()).isFalse();
		ByteBuffer direct = ByteBuffer.allocateDirect(3).put("def".getBytes(StandardCharsets.US_ASCII)).flip();
		this.buffer.append(direct);
		assertThat(direct.hasRemaining()).isFalse();
		ByteBuffer readOnly = ByteBuffer.wrap("ghi".getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer();
		this.buffer.append(readOnly);
		assertThat(readOnly.hasRemaining()).isFalse();
		assertThat(content(this.buffer)).isEqualTo("abcdefghi");
	}

	@Test
	void readsAWholeFrameFromItsOwnArray() {
		byte[] frame = "..abc|def|..".getBytes(StandardCharsets.US_ASCII);
		this.buffer.append(ByteBuffer.wrap(frame, 2, 8).slice());
		assertThat(this.buffer.array()).isSameAs(frame);
		assertThat(records(this.buffer)).containsExactly("abc", "def");
		this.buffer.release();
		assertThat(this.buffer.array()).isNotSameAs(frame);
		assertThat(this.buffer.remaining()).isZero();
	}

	@Test
	void doesNotKeepAFrameThatEndsWithinAMessage() {
		byte[] frame = "abc|de".getBytes(StandardCharsets.US_ASCII);
		this.buffer.append(ByteBuffer.wrap(frame));
		assertThat(records(this.buffer)).containsExactly("abc");
		this.buffer.release();
		assertThat(this.buffer.array()).isNotSameAs(frame);
		Arrays.fill(frame, (byte) 'x');
		append("f|");
		assertThat(records(this.buffer)).containsExactly("def");
	}

	@Test
	void writesIntoNoFrame() {
		byte[] frame = "abc___".getBytes(StandardCharsets.US_ASCII);
		this.buffer.append(ByteBuffer.wrap(frame, 0, 3));
		append("def|");
		assertThat(new String(frame, StandardCharsets.US_ASCII)).isEqualTo("abc___");
		assertThat(records(this.buffer)).containsExactly("abcdef");
	}

	@Test
	void borrowsAgainAfterEverythingWasConsumed() {
		append("abc|d");
		records(this.buffer);
		this.buffer.release();
		append("ef|");
		assertThat(records(this.buffer)).containsExactly("def");
		this.buffer.release();
		byte[] frame = "ghi|".getBytes(StandardCharsets.US_ASCII);
		this.buffer.append(ByteBuffer.wrap(frame));
		assertThat(this.buffer.array()).isSameAs(frame);
		assertThat(records(this.buffer)).containsExactly("ghi");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 64, 1000 })
	void splitsAndJoinsInAnyWay(int frameSize) {
		Random random = new Random(frameSize);
		List<String> expected = new ArrayList<>();
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (int i = 0; i < 300; i++) {
			String record = "r" + i + "x".repeat(random.nextInt(50));
			expected.add(record);
			all.writeBytes((record + "|").getBytes(StandardCharsets.US_ASCII));
		}
		byte[] bytes = all.toByteArray();
		byte[] frame = new byte[frameSize];
		List<String> received = new ArrayList<>();
		for (int start = 0; start < bytes.length;) {
			int length = Math.min(bytes.length - start, 1 + random.nextInt(frameSize));
			System.arraycopy(bytes, start, frame, 0, length);
			this.buffer.append(ByteBuffer.wrap(frame, 0, length));
			received.addAll(records(this.buffer));
			this.buffer.release();
			start += length;
		}
		assertThat(received).isEqualTo(expected);
		assertThat(this.buffer.remaining()).isZero();
	}

	@Test
	void growsAndLetsGo() {
		StringBuilder expected = new StringBuilder();
		for (int i = 0; i < 2000; i++) {
			append("0123456789");
			this.buffer.release();
			expected.append("0123456789");
		}
		assertThat(content(this.buffer)).isEqualTo(expected.toString());
		assertThat(this.buffer.array().length).isLessThan(20_000 + 65536 + 1);
		append("|");
		assertThat(records(this.buffer)).containsExactly(expected.toString());
		this.buffer.release();
		assertThat(this.buffer.array()).isEmpty();
	}

	@Test
	void reusesItsArrayForALongRow() {
		append("x");
		this.buffer.release();
		for (int i = 0; i < 100_000; i++) {
			append("23456789|x");
			records(this.buffer);
			this.buffer.release();
		}
		assertThat(this.buffer.array().length).isLessThan(200);
	}

	@Test
	void findsWhatArrivesLater() {
		append("abc");
		assertThat(this.buffer.indexOf((byte) '|')).isEqualTo(-1);
		this.buffer.release();
		append("de|f");
		int index = this.buffer.indexOf((byte) '|');
		assertThat(index - this.buffer.position()).isEqualTo(5);
		assertThat(this.buffer.indexOf((byte) '|')).isEqualTo(index);
		this.buffer.position(index + 1);
		assertThat(this.buffer.indexOf((byte) '|')).isEqualTo(-1);
		assertThat(content(this.buffer)).isEqualTo("f");
	}

	@Test
	void refusesPositionsOutside() {
		append("abcdef");
		this.buffer.position(this.buffer.position() + 2);
		int start = this.buffer.position();
		assertThatIllegalArgumentException().isThrownBy(() -> this.buffer.position(start - 1));
		assertThatIllegalArgumentException().isThrownBy(() -> this.buffer.position(this.buffer.limit() + 1));
		this.buffer.position(this.buffer.limit());
		assertThat(this.buffer.remaining()).isZero();
	}

	@Test
	void clearDiscardsEverything() {
		append("abc");
		this.buffer.clear();
		assertThat(this.buffer.remaining()).isZero();
		append("d|");
		assertThat(records(this.buffer)).containsExactly("d");
	}

	@Test
	void findsAByteWhereverItIs() {
		byte[] others = { 0x1D, 0x1F, (byte) 0x9E, (byte) 0x9F, 0, -1, '"' };
		for (int length = 1; length < 40; length++) {
			for (int index = 0; index < length; index++) {
				byte[] bytes = new byte[length];
				for (int i = 0; i < length; i++) {
					bytes[i] = (i < index) ? others[i % others.length] : 0x1E;
				}
				InboundBuffer buffer = new InboundBuffer();
				buffer.append(ByteBuffer.wrap(bytes));
				assertThat(buffer.indexOf((byte) 0x1E)).isEqualTo(index);
				assertThat(buffer.indexOf((byte) 0x1E)).isEqualTo(index);
			}
		}
	}

}
