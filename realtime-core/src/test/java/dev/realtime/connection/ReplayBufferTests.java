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

package dev.realtime.connection;

import java.util.ArrayList;
import java.util.List;

import dev.realtime.protocol.OutboundMessage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReplayBuffer}.
 */
class ReplayBufferTests {

	private final ReplayBuffer buffer = new ReplayBuffer(new NumberedTexts(), 100, 50);

	@Test
	void sendsAgainWhatWasNotAcknowledged() {
		add("a", "b", "c", "d");
		this.buffer.acknowledge(2);
		this.buffer.restart();
		assertThat(takeAhead(1000)).containsExactly("from 3", "3c", "4d");
		assertThat(this.buffer.isUrgent()).isFalse();
		add("e");
		this.buffer.restart();
		assertThat(takeAhead(1000)).containsExactly("from 3", "3c", "4d", "5e");
	}

	@Test
	void startsWithTheNextNumberWhenNothingIsMissing() {
		add("a", "b");
		this.buffer.acknowledge(2);
		this.buffer.restart();
		assertThat(takeAhead(1000)).containsExactly("from 3");
	}

	@Test
	void sendsAgainInBatches() {
		add("a", "b", "c", "d", "e");
		this.buffer.restart();
		assertThat(takeAhead(7)).containsExactly("from 1", "1a");
		assertThat(this.buffer.isUrgent()).isTrue();
		// what was sent again already
		this.buffer.acknowledge(1);
		assertThat(takeAhead(3)).containsExactly("2b", "3c");
		// what was not
		this.buffer.acknowledge(4);
		assertThat(takeAhead(100)).containsExactly("5e");
		assertThat(this.buffer.isUrgent()).isFalse();
	}

	@Test
	void beginsAgainWhenATransportBreaksMeanwhile() {
		add("a", "b", "c");
		this.buffer.restart();
		assertThat(takeAhead(7)).containsExactly("from 1", "1a");
		this.buffer.restart();
		assertThat(takeAhead(100)).containsExactly("from 1", "1a", "2b", "3c");
	}

	@Test
	void isFullWithOneMessageOverTheLimitOfBytes() {
		add("x".repeat(99));
		assertThat(this.buffer.bytes()).isEqualTo(100);
		assertThat(this.buffer.isFull()).isFalse();
		add("y".repeat(1000));
		assertThat(this.buffer.isFull()).isTrue();
		this.buffer.acknowledge(1);
		assertThat(this.buffer.isFull()).isTrue();
		this.buffer.acknowledge(2);
		assertThat(this.buffer.isFull()).isFalse();
		assertThat(this.buffer.bytes()).isZero();
	}

	@Test
	void acceptsNothingWhileHeld() {
		this.buffer.hold();
		assertThat(this.buffer.isFull()).isTrue();
		this.buffer.acknowledge(1);
		assertThat(this.buffer.isFull()).isTrue();
		this.buffer.release();
		assertThat(this.buffer.isFull()).isFalse();
	}

	@Test
	void isFullOfMessages() {
		ReplayBuffer small = new ReplayBuffer(new NumberedTexts(), 1000, 2);
		small.add(NumberedTexts.message("a"));
		assertThat(small.isFull()).isFalse();
		small.add(NumberedTexts.message("b"));
		assertThat(small.isFull()).isTrue();
		small.acknowledge(1);
		assertThat(small.isFull()).isFalse();
	}

	@Test
	void ignoresAcknowledgementsOfWhatWasNotSent() {
		add("a");
		this.buffer.acknowledge(-1);
		this.buffer.acknowledge(0);
		assertThat(this.buffer.bytes()).isEqualTo(2);
		this.buffer.acknowledge(Long.MAX_VALUE);
		assertThat(this.buffer.bytes()).isZero();
		add("b");
		this.buffer.restart();
		assertThat(takeAhead(100)).containsExactly("from 2", "2b");
	}

	@Test
	void latestMessageAheadWins() {
		add("a");
		this.buffer.ahead(NumberedTexts.message("first"));
		this.buffer.ahead(NumberedTexts.message("second"));
		assertThat(this.buffer.isUrgent()).isTrue();
		assertThat(takeAhead(100)).containsExactly("second");
		assertThat(takeAhead(100)).isEmpty();
	}

	@Test
	void messageAheadComesAfterTheStart() {
		add("a");
		this.buffer.ahead(NumberedTexts.message("ahead"));
		this.buffer.restart();
		assertThat(takeAhead(100)).containsExactly("from 1", "ahead", "1a");
	}

	private void add(String... texts) {
		for (String text : texts) {
			this.buffer.add(NumberedTexts.message(text));
		}
	}

	private List<String> takeAhead(int maxBytes) {
		List<OutboundMessage> batch = new ArrayList<>();
		int size = this.buffer.takeAhead(batch, maxBytes);
		assertThat(size).isEqualTo(batch.stream().mapToInt(OutboundMessage::size).sum());
		return batch.stream().map((message) -> message.body().asText()).toList();
	}

}
