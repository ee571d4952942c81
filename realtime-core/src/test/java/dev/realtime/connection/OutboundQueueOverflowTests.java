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

import dev.realtime.connection.OutboundQueue.Offer;
import dev.realtime.protocol.OutboundMessage;
import dev.realtime.protocol.OverflowStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an {@link OutboundQueue} that is full.
 */
class OutboundQueueOverflowTests {

	@Test
	void limitsBytes() {
		OutboundQueue queue = OutboundQueueTests.queue(100, 10, OverflowStrategy.TERMINATE);
		assertThat(queue.offer(OutboundQueueTests.kept(60))).isEqualTo(Offer.ACCEPTED);
		assertThat(queue.offer(OutboundQueueTests.droppable(40))).isEqualTo(Offer.ACCEPTED);
		assertThat(queue.offer(OutboundQueueTests.kept(1))).isEqualTo(Offer.OVERFLOW);
		assertThat(queue.bytes()).isEqualTo(100);
		assertThat(OutboundQueueTests.drain(queue)).hasSize(2);
		assertThat(queue.offer(OutboundQueueTests.kept(1))).isEqualTo(Offer.ACCEPTED);
	}

	@Test
	void limitsMessages() {
		OutboundQueue queue = OutboundQueueTests.queue(100, 2, OverflowStrategy.TERMINATE);
		assertThat(queue.offer(OutboundQueueTests.kept(1))).isEqualTo(Offer.ACCEPTED);
		assertThat(queue.offer(OutboundQueueTests.kept(1))).isEqualTo(Offer.ACCEPTED);
		assertThat(queue.offer(OutboundQueueTests.droppable(1))).isEqualTo(Offer.OVERFLOW);
		assertThat(OutboundQueueTests.drain(queue)).hasSize(2);
	}

	@ParameterizedTest
	@EnumSource
	void oneMessageOverTheLimitPassesAnEmptyQueue(OverflowStrategy overflow) {
		OutboundQueue queue = OutboundQueueTests.queue(100, 1, overflow);
		assertThat(queue.offer(OutboundQueueTests.droppable(500))).isEqualTo(Offer.ACCEPTED);
		assertThat(OutboundQueueTests.drain(queue)).hasSize(1);
		assertThat(queue.offer(OutboundQueueTests.kept(500))).isEqualTo(Offer.ACCEPTED);
		assertThat(OutboundQueueTests.drain(queue)).hasSize(1);
		assertThat(queue.dropped()).isZero();
	}

	@Test
	void oneMessageOverTheLimitLeavesTheLimitToThoseBehindIt() {
		OutboundQueue queue = OutboundQueueTests.queue(100, 10, OverflowStrategy.TERMINATE);
		queue.offer(OutboundQueueTests.droppable(500));
		assertThat(OutboundQueueTests.take(queue)).hasSize(1);
		assertThat(queue.bytes()).isEqualTo(500);
		assertThat(queue.offer(OutboundQueueTests.kept(40))).isEqualTo(Offer.ACCEPTED);
		assertThat(queue.offer(OutboundQueueTests.kept(60))).isEqualTo(Offer.ACCEPTED);
		assertThat(queue.offer(OutboundQueueTests.kept(1))).isEqualTo(Offer.OVERFLOW);
		assertThat(queue.bytes()).isEqualTo(600);
		queue.written();
		assertThat(queue.bytes()).isEqualTo(100);
		assertThat(queue.offer(OutboundQueueTests.kept(1))).isEqualTo(Offer.OVERFLOW);
		assertThat(OutboundQueueTests.drain(queue)).hasSize(2);
		OutboundQueueTests.assertEmpty(queue);
	}

	@Test
	void noOtherMessageOverTheLimitPassesWhileOneIsBeingWritten() {
		OutboundQueue queue = OutboundQueueTests.queue(100, 10, OverflowStrategy.TERMINATE);
		queue.offer(OutboundQueueTests.kept(500));
		OutboundQueueTests.take(queue);
		assertThat(queue.offer(OutboundQueueTests.kept(101))).isEqualTo(Offer.OVERFLOW);
		queue.written();
		assertThat(queue.offer(OutboundQueueTests.kept(101))).isEqualTo(Offer.ACCEPTED);
	}

	@Test
	void oneMessageOverTheLimitCountsAsAMessageWhileItIsWritten() {
		OutboundQueue queue = OutboundQueueTests.queue(100, 2, OverflowStrategy.TERMINATE);
		queue.offer(OutboundQueueTests.kept(500));
		OutboundQueueTests.take(queue);
		assertThat(queue.messages()).isEqualTo(1);
		assertThat(queue.offer(OutboundQueueTests.kept(1))).isEqualTo(Offer.ACCEPTED);
		assertThat(queue.offer(OutboundQueueTests.kept(1))).isEqualTo(Offer.OVERFLOW);
	}

	@Test
	void oneMessageOverTheLimitCostsThoseBehindItNothing() {
		OutboundQueue queue = OutboundQueueTests.queue(100, 10, OverflowStrategy.DROP_OLDEST);
		queue.offer(OutboundQueueTests.droppable(500));
		OutboundQueueTests.take(queue);
		for (int i = 0; i < 5; i++) {
			assertThat(queue.offer(OutboundQueueTests.droppable(20))).isEqualTo(Offer.ACCEPTED);
		}
		assertThat(queue.dropped()).isZero();
		assertThat(queue.offer(OutboundQueueTests.droppable(20))).isEqualTo(Offer.ACCEPTED);
		assertThat(queue.dropped()).isOne();
		queue.written();
		assertThat(OutboundQueueTests.drain(queue)).hasSize(5);
		OutboundQueueTests.assertEmpty(queue);
	}

	@Test
	void whatIsBeingWrittenCountsTowardsTheLimits() {
		OutboundQueue queue = OutboundQueueTests.queue(100, 10, OverflowStrategy.TERMINATE);
		queue.offer(OutboundQueueTests.kept(80));
		OutboundQueueTests.take(queue);
		assertThat(queue.offer(OutboundQueueTests.kept(30))).isEqualTo(Offer.OVERFLOW);
		queue.written();
		assertThat(queue.offer(OutboundQueueTests.kept(30))).isEqualTo(Offer.ACCEPTED);
	}

	@Test
	void dropsTheOldestDroppablesOnly() {
		OutboundQueue queue = OutboundQueueTests.queue(100, 10, OverflowStrategy.DROP_OLDEST);
		OutboundMessage completion = OutboundQueueTests.kept(30);
		OutboundMessage oldest = OutboundQueueTests.droppable(30);
		OutboundMessage second = OutboundQueueTests.droppable(30);
		OutboundMessage newest = OutboundQueueTests.droppable(30);
		queue.offer(completion);
		queue.offer(oldest);
		queue.offer(second);
		assertThat(queue.offer(newest)).isEqualTo(Offer.ACCEPTED);
		assertThat(queue.dropped()).isOne();
		assertThat(queue.bytes()).isEqualTo(90);
		OutboundMessage another = OutboundQueueTests.kept(30);
		assertThat(queue.offer(another)).isEqualTo(Offer.ACCEPTED);
		assertThat(queue.dropped()).isEqualTo(2);
		assertThat(OutboundQueueTests.drain(queue)).usingElementComparator((a, b) -> (a == b) ? 0 : 1)
			.containsExactly(completion, newest, another);
		OutboundQueueTests.assertEmpty(queue);
	}

	@Test
	void dropsForTheLimitOfMessages() {
		OutboundQueue queue = OutboundQueueTests.queue(1000, 3, OverflowStrategy.DROP_OLDEST);
		for (int i = 1; i <= 10; i++) {
			assertThat(queue.offer(OutboundQueueTests.droppable(i))).isEqualTo(Offer.ACCEPTED);
		}
		assertThat(queue.dropped()).isEqualTo(7);
		assertThat(OutboundQueueTests.drain(queue)).extracting(OutboundMessage::size).containsExactly(8, 9, 10);
		OutboundQueueTests.assertEmpty(queue);
	}

	@Test
	void newestReplacesEverythingDroppable() {
		OutboundQueue queue = OutboundQueueTests.queue(100, 10, OverflowStrategy.DROP_OLDEST);
		for (int i = 0; i < 5; i++) {
			queue.offer(OutboundQueueTests.droppable(20));
		}
		assertThat(queue.offer(OutboundQueueTests.droppable(300))).isEqualTo(Offer.ACCEPTED);
		assertThat(OutboundQueueTests.drain(queue)).extracting(OutboundMessage::size).containsExactly(300);
		OutboundQueueTests.assertEmpty(queue);
	}

	@Test
	void overflowsWhenNothingMayBeDropped() {
		OutboundQueue queue = OutboundQueueTests.queue(100, 10, OverflowStrategy.DROP_OLDEST);
		assertThat(queue.offer(OutboundQueueTests.kept(60))).isEqualTo(Offer.ACCEPTED);
		assertThat(queue.offer(OutboundQueueTests.droppable(40))).isEqualTo(Offer.ACCEPTED);
		assertThat(queue.offer(OutboundQueueTests.kept(60))).isEqualTo(Offer.OVERFLOW);
		assertThat(queue.dropped()).isOne();
	}

	@Test
	void dropsWhileABatchIsBeingWritten() {
		OutboundQueue queue = OutboundQueueTests.queue(100, 10, OverflowStrategy.DROP_OLDEST);
		queue.offer(OutboundQueueTests.droppable(50));
		OutboundQueueTests.take(queue);
		queue.offer(OutboundQueueTests.droppable(25));
		queue.offer(OutboundQueueTests.droppable(25));
		assertThat(queue.offer(OutboundQueueTests.droppable(26))).isEqualTo(Offer.ACCEPTED);
		assertThat(queue.dropped()).isEqualTo(2);
		queue.written();
		assertThat(OutboundQueueTests.drain(queue)).extracting(OutboundMessage::size).containsExactly(26);
		OutboundQueueTests.assertEmpty(queue);
	}

	@Test
	void overflowOnceIsNoOverflowForEver() {
		OutboundQueue queue = OutboundQueueTests.queue(100, 10, OverflowStrategy.DROP_OLDEST);
		queue.offer(OutboundQueueTests.kept(60));
		assertThat(queue.offer(OutboundQueueTests.kept(60))).isEqualTo(Offer.OVERFLOW);
		OutboundQueueTests.drain(queue);
		queue.offer(OutboundQueueTests.droppable(60));
		assertThat(queue.offer(OutboundQueueTests.droppable(60))).isEqualTo(Offer.ACCEPTED);
		assertThat(queue.dropped()).isOne();
	}

}
