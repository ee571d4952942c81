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

import dev.realtime.connection.OutboundQueue.Offer;
import dev.realtime.protocol.EncodedMessage;
import dev.realtime.protocol.OutboundMessage;
import dev.realtime.protocol.OverflowStrategy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OutboundQueue}s with a {@link ReplayBuffer}.
 */
class OutboundQueueReplayTests {

	private final ReplayBuffer replay = new ReplayBuffer(new NumberedTexts(), 1000, 2);

	private final OutboundQueue queue = queue(OverflowStrategy.TERMINATE);

	private OutboundQueue queue(OverflowStrategy overflow) {
		OutboundQueue queue = OutboundQueueTests.queue(1000, 10, overflow);
		queue.replay(this.replay);
		return queue;
	}

	private void offer(String... texts) {
		for (String text : texts) {
			assertThat(this.queue.offer(NumberedTexts.message(text))).isEqualTo(Offer.ACCEPTED);
		}
	}

	private List<String> take() {
		return texts(OutboundQueueTests.take(this.queue));
	}

	private List<String> drain() {
		return texts(OutboundQueueTests.drain(this.queue));
	}

	private static List<String> texts(List<OutboundMessage> messages) {
		return messages.stream().map((message) -> message.body().asText()).toList();
	}

	@Test
	void takesNoMoreThanTheClientMayLeaveUnacknowledged() {
		offer("a", "b", "c", "d", "e");
		assertThat(drain()).containsExactly("1a", "2b");
		assertThat(this.queue.waitsForAcknowledgement()).isTrue();
		assertThat(this.queue.messages()).isEqualTo(3);
		assertThat(drain()).isEmpty();
		this.replay.acknowledge(1);
		assertThat(this.queue.waitsForAcknowledgement()).isFalse();
		assertThat(drain()).containsExactly("3c");
		this.replay.acknowledge(3);
		assertThat(drain()).containsExactly("4d", "5e");
		this.replay.acknowledge(5);
		OutboundQueueTests.assertEmpty(this.queue);
		assertThat(this.replay.bytes()).isZero();
	}

	@Test
	void clientGetsOnWhenItAcknowledgesSomethingNewOrCouldNot() {
		offer("a", "b", "c");
		drain();
		int before = this.queue.progress();
		this.replay.acknowledge(0);
		assertThat(this.queue.progress()).isEqualTo(before);
		this.replay.acknowledge(1);
		int after = this.queue.progress();
		assertThat(after).isNotEqualTo(before);
		this.replay.acknowledge(1);
		assertThat(this.queue.progress()).isEqualTo(after);
		this.queue.restart();
		assertThat(this.queue.progress()).isNotEqualTo(after);
	}

	@Test
	void drainerStopsWhileTheBufferIsFull() {
		offer("a", "b", "c");
		assertThat(this.queue.acquire()).isTrue();
		assertThat(drain()).containsExactly("1a", "2b");
		assertThat(this.queue.hasWork()).isFalse();
		assertThat(this.queue.release()).isFalse();
		this.replay.acknowledge(2);
		assertThat(this.queue.hasWork()).isTrue();
		assertThat(this.queue.acquire()).isTrue();
		assertThat(drain()).containsExactly("3c");
		assertThat(this.queue.release()).isFalse();
	}

	@Test
	void drainerGoesOnWhenAcknowledgedMeanwhile() {
		offer("a", "b", "c");
		assertThat(this.queue.acquire()).isTrue();
		assertThat(drain()).containsExactly("1a", "2b");
		this.replay.acknowledge(2);
		assertThat(this.queue.acquire()).isFalse();
		assertThat(this.queue.release()).isTrue();
	}

	@Test
	void controlMessagesPassWhileTheBufferIsFull() {
		offer("a", "b");
		drain();
		this.queue.offer(NumberedTexts.control("ping"));
		offer("c");
		this.queue.offer(NumberedTexts.control("too late"));
		assertThat(drain()).containsExactly("ping");
		assertThat(this.queue.messages()).isEqualTo(2);
		assertThat(this.queue.hasWork()).isFalse();
		this.replay.acknowledge(1);
		assertThat(drain()).containsExactly("3c", "too late");
		this.replay.acknowledge(3);
		assertThat(this.replay.bytes()).isZero();
		OutboundQueueTests.assertEmpty(this.queue);
	}

	@Test
	void controlMessagesPassWhatATrimmingProducerHasSifted() {
		OutboundQueue queue = queue(OverflowStrategy.DROP_OLDEST);
		queue.offer(NumberedTexts.message("a"));
		queue.offer(NumberedTexts.message("b"));
		OutboundQueueTests.drain(queue);
		queue.offer(NumberedTexts.control("ping"));
		OutboundMessage droppable = new OutboundMessage(NumberedTexts.body("x".repeat(300)), null, true,
				EncodedMessage.NO_DEADLINE);
		for (int i = 0; i < 5; i++) {
			assertThat(queue.offer(droppable)).isEqualTo(Offer.ACCEPTED);
		}
		assertThat(queue.dropped()).isEqualTo(2);
		assertThat(texts(OutboundQueueTests.drain(queue))).containsExactly("ping");
		assertThat(queue.messages()).isEqualTo(3);
		this.replay.acknowledge(2);
		assertThat(OutboundQueueTests.drain(queue)).hasSize(2);
		this.replay.acknowledge(4);
		assertThat(OutboundQueueTests.drain(queue)).hasSize(1);
		OutboundQueueTests.assertEmpty(queue);
	}

	@Test
	void whatGoesAheadPassesWhileTheBufferIsFull() {
		offer("a", "b", "c");
		drain();
		assertThat(this.queue.hasWork()).isFalse();
		this.replay.ahead(NumberedTexts.message("ahead"));
		assertThat(this.queue.hasWork()).isTrue();
		assertThat(drain()).containsExactly("ahead");
		assertThat(this.queue.hasWork()).isFalse();
		assertThat(this.queue.messages()).isEqualTo(1);
	}

	@Test
	void everythingPassesOnceItIsCompleted() {
		offer("a", "b", "c", "d");
		drain();
		this.queue.complete(NumberedTexts.message("bye"));
		assertThat(this.queue.waitsForAcknowledgement()).isFalse();
		assertThat(this.queue.hasWork()).isTrue();
		assertThat(take()).containsExactly("3c", "4d", "bye");
		assertThat(this.queue.isFinished()).isTrue();
		this.queue.written();
		OutboundQueueTests.assertEmpty(this.queue);
	}

	@Test
	void everythingPassesThoughTheClientIsNotReadyToCount() {
		this.replay.hold();
		offer("a");
		assertThat(drain()).isEmpty();
		assertThat(this.queue.hasWork()).isFalse();
		this.queue.complete(null);
		assertThat(drain()).containsExactly("1a");
		assertThat(this.queue.isFinished()).isTrue();
	}

	@Test
	void replayComesFirstAlsoWhenCompleted() {
		offer("a", "b", "c");
		drain();
		this.queue.restart();
		this.queue.complete(NumberedTexts.message("bye"));
		assertThat(texts(OutboundQueueTests.drain(this.queue))).containsExactly("from 1", "1a", "2b", "3c", "bye");
		assertThat(this.queue.isFinished()).isTrue();
		OutboundQueueTests.assertEmpty(this.queue);
	}

	@Test
	void batchWithTheReplayIsBounded() {
		offer("a", "b");
		drain();
		offer("c");
		this.replay.acknowledge(1);
		this.queue.restart();
		List<OutboundMessage> batch = new ArrayList<>();
		this.queue.take(batch, 8, 0);
		assertThat(texts(batch)).containsExactly("from 2", "2b");
		this.queue.written();
		assertThat(this.queue.hasWork()).isTrue();
		assertThat(drain()).containsExactly("3c");
	}

	@Test
	void replayDoesNotCountAgain() {
		offer("a", "b");
		drain();
		OutboundQueueTests.assertEmpty(this.queue);
		this.queue.restart();
		assertThat(take()).containsExactly("from 1", "1a", "2b");
		assertThat(this.queue.bytes()).isZero();
		assertThat(this.queue.messages()).isZero();
		this.queue.written();
		OutboundQueueTests.assertEmpty(this.queue);
	}

	@Test
	void drainRightThatIsGivenBackCountsWhatWasTakenAsSent() {
		offer("a", "b", "c");
		assertThat(this.queue.acquire()).isTrue();
		assertThat(take()).containsExactly("1a", "2b");
		this.queue.giveBack();
		assertThat(this.queue.messages()).isEqualTo(1);
		assertThat(this.queue.acquire()).isTrue();
		this.queue.restart();
		assertThat(drain()).containsExactly("from 1", "1a", "2b");
		this.replay.acknowledge(2);
		assertThat(drain()).containsExactly("3c");
		OutboundQueueTests.assertEmpty(this.queue);
	}

	@Test
	void whatHasExpiredGetsNoNumber() {
		this.queue.offer(new OutboundMessage(NumberedTexts.body("old"), null, true, -1));
		offer("a");
		assertThat(drain()).containsExactly("1a");
		OutboundQueueTests.assertEmpty(this.queue);
	}

}
