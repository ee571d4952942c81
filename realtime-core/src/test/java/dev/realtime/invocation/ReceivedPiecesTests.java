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

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReceivedPieces}.
 */
class ReceivedPiecesTests {

	private final List<byte[]> pieces = new ArrayList<>();

	@Test
	void messageIsOnePiece() {
		receive(10, 3, "abcdefghij");
		assertThat(texts()).containsExactly("abcdefghij");
	}

	@Test
	void emptyMessageIsAPiece() {
		receive(10, 3, "");
		assertThat(texts()).containsExactly("");
	}

	@Test
	void longMessageIsSplit() {
		receive(4, 3, "abcdefghij");
		assertThat(texts()).containsExactly("abcd", "efgh", "ij");
		this.pieces.clear();
		receive(4, 8, "abcdefgh");
		assertThat(texts()).containsExactly("abcd", "efgh");
	}

	@Test
	void piecesEndBetweenCharacters() {
		receive(5, 2, "a€€b😀ä");
		assertThat(texts()).containsExactly("a€", "€b", "😀", "ä");
	}

	@Test
	void piecesHoldAtLeastOneCharacter() {
		receive(1, 1, "😀😀");
		assertThat(texts()).containsExactly("😀", "😀");
	}

	@Test
	void whatIsNoTextIsComplete() {
		Random random = new Random(42);
		for (int i = 0; i < 500; i++) {
			byte[] bytes = new byte[random.nextInt(100)];
			random.nextBytes(bytes);
			this.pieces.clear();
			receive(1 + random.nextInt(20), 1 + random.nextInt(30), bytes);
			ByteBuffer all = ByteBuffer.allocate(bytes.length);
			this.pieces.forEach(all::put);
			assertThat(all.array()).isEqualTo(bytes);
		}
	}

	@Test
	void brokenMessageIsForgotten() {
		ReceivedPieces received = new ReceivedPieces(10);
		received.begin();
		received.append(ByteBuffer.wrap(new byte[] { 'a' }), this.pieces::add);
		received.begin();
		received.append(ByteBuffer.wrap(new byte[] { 'b' }), this.pieces::add);
		received.end(this.pieces::add);
		assertThat(texts()).containsExactly("b");
	}

	private void receive(int maximum, int chunk, String text) {
		receive(maximum, chunk, text.getBytes(StandardCharsets.UTF_8));
	}

	private void receive(int maximum, int chunk, byte[] bytes) {
		ReceivedPieces received = new ReceivedPieces(maximum);
		received.begin();
		for (int i = 0; i < bytes.length; i += chunk) {
			received.append(ByteBuffer.wrap(bytes, i, Math.min(chunk, bytes.length - i)), this.pieces::add);
		}
		received.end(this.pieces::add);
		assertThat(this.pieces).allMatch((piece) -> piece.length <= Math.max(4, maximum));
	}

	private List<String> texts() {
		return this.pieces.stream().map((piece) -> new String(piece, StandardCharsets.UTF_8)).toList();
	}

}
