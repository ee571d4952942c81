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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.realtime.connection.OutboundQueue.Offer;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.EncodedMessage;
import dev.realtime.protocol.OutboundLimits;
import dev.realtime.protocol.OutboundMessage;
import dev.realtime.protocol.OverflowStrategy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OutboundQueue}.
 */
class OutboundQueueTests {

	private static final OverflowStrategy TERMINATE = OverflowStrategy.TERMINATE;

	private static final OverflowStrategy DROP_OLDEST = OverflowStrategy.DROP_OLDEST;

	static OutboundQueue queue(long maxBytes, int maxMessages, OverflowStrategy overflow) {
		return new OutboundQueue(new OutboundLimits(maxBytes, maxMessages, Duration.ofSeconds(10), overflow));
	}

	static OutboundMessage kept(int size) {
		return OutboundMessage.of(EncodedBody.binary(new byte[size]));
	}

	static OutboundMessage droppable(int size) {
		return new OutboundMessage(EncodedBody.binary(new byte[size]), null, true, EncodedMessage.NO_DEADLINE);
	}

	private static OutboundMessage expiring(int size, long deadline) {
		return new OutboundMessage(EncodedBody.binary(new byte[size]), null, true, deadline);
	}

	static List<OutboundMessage> take(OutboundQueue queue) {
		return take(queue, Integer.MAX_VALUE, 0);
	}

	private static List<OutboundMessage> take(OutboundQueue queue, int maxBytes, long nanoTime) {
		List<OutboundMessage> batch = new ArrayList<>();
		queue.take(batch, maxBytes, nanoTime);
		return batch;
	}

	static List<OutboundMessage> drain(OutboundQueue queue) {
		List<OutboundMessage> batch = take(queue);
		queue.written();
		return batch;
	}

	static void assertEmpty(OutboundQueue queue) {
		assertThat(queue.bytes()).isZero();
		assertThat(queue.messages()).isZero();
		assertThat(queue.hasWork()).isFalse();
	}

	@Test
	void countsWhatWaitsUntilItIsWritten() {
		OutboundQueue queue = queue(100, 10, TERMINATE);
		OutboundMessage first = kept(10);
		OutboundMessage second = kept(20);
		assertThat(queue.offer(first)).isEqualTo(Offer.ACCEPTED);
		assertThat(queue.offer(second)).isEqualTo(Offer.ACCEPTED);
		assertThat(queue.bytes()).isEqualTo(30);
		assertThat(queue.messages()).isEqualTo(2);
		assertThat(take(queue)).containsExactly(first, second);
		assertThat(queue.bytes()).isEqualTo(30);
		assertThat(queue.messages()).isEqualTo(2);
		assertThat(queue.hasWork()).isFalse();
		queue.written();
		assertEmpty(queue);
	}

	@Test
	void countsTailBytes() {
		OutboundQueue queue = queue(100, 10, TERMINATE);
		queue.offer(
				new OutboundMessage(EncodedBody.binary(new byte[40]), new byte[15], false, EncodedMessage.NO_DEADLINE));
		assertThat(queue.bytes()).isEqualTo(55);
		assertThat(queue.offer(
				new OutboundMessage(EncodedBody.binary(new byte[40]), new byte[6], false, EncodedMessage.NO_DEADLINE)))
			.isEqualTo(Offer.OVERFLOW);
		drain(queue);
		assertEmpty(queue);
	}

	@Test
	void batchAddedToAListInUseIsCountedOnce() {
		OutboundQueue queue = queue(100, 10, TERMINATE);
		List<OutboundMessage> batch = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			queue.offer(kept(10));
			queue.take(batch, 1000, 0);
			queue.written();
		}
		assertThat(batch).hasSize(3);
		assertEmpty(queue);
	}

	@Test
	void takesInPortions() {
		OutboundQueue queue = queue(1000, 10, TERMINATE);
		for (int i = 0; i < 4; i++) {
			queue.offer(kept(40));
		}
		assertThat(take(queue, 50, 0)).hasSize(2);
		assertThat(queue.hasWork()).isTrue();
		queue.written();
		assertThat(take(queue, 40, 0)).hasSize(1);
		queue.written();
		assertThat(take(queue, 1, 0)).hasSize(1);
		queue.written();
		assertThat(take(queue, 50, 0)).isEmpty();
		queue.written();
		assertEmpty(queue);
	}

	@Test
	void leavesOutWhatHasExpired() {
		OutboundQueue queue = queue(100, 10, TERMINATE);
		queue.offer(expiring(1, 100));
		queue.offer(expiring(2, 200));
		queue.offer(kept(3));
		assertThat(take(queue, 1000, 100)).extracting(OutboundMessage::size).containsExactly(2, 3);
		queue.written();
		assertEmpty(queue);
		assertThat(queue.dropped()).isZero();
	}

	@Test
	void expiredMessagesMakeRoom() {
		OutboundQueue queue = queue(100, 10, TERMINATE);
		queue.offer(expiring(100, 50));
		AtomicInteger runs = new AtomicInteger();
		queue.whenRoom(runs::incrementAndGet);
		assertThat(runs).hasValue(0);
		assertThat(take(queue, 1000, 51)).isEmpty();
		assertThat(runs).hasValue(1);
	}

	@Test
	void deadlineMayWrapAround() {
		long now = Long.MAX_VALUE - 10;
		OutboundMessage message = expiring(1, now + 100);
		assertThat(message.expired(now)).isFalse();
		assertThat(message.expired(now + 99)).isFalse();
		assertThat(message.expired(now + 100)).isTrue();
		assertThat(kept(1).expired(now)).isFalse();
	}

	@Test
	void tellsWhetherThereIsRoom() {
		OutboundQueue queue = queue(1024 * 1024, 100, TERMINATE);
		AtomicInteger runs = new AtomicInteger();
		queue.whenRoom(runs::incrementAndGet);
		assertThat(runs).hasValue(1);
		queue.offer(kept(64 * 1024 - 1));
		assertThat(queue.hasRoom()).isTrue();
		assertThat(queue.roomFor(1)).isOne();
		assertThat(queue.roomFor(1000)).isOne();
		queue.offer(kept(1));
		assertThat(queue.hasRoom()).isFalse();
		assertThat(queue.roomFor(1)).isZero();
		queue.whenRoom(runs::incrementAndGet);
		queue.whenRoom(runs::incrementAndGet);
		assertThat(runs).hasValue(1);
		take(queue);
		assertThat(runs).hasValue(1);
		queue.written();
		assertThat(runs).hasValue(3);
		assertThat(queue.roomFor(64 * 1024)).isOne();
		assertThat(queue.roomFor(32 * 1024)).isEqualTo(2);
		assertThat(queue.roomFor(0)).isEqualTo(50);
		assertThat(queue.roomFor(1)).isEqualTo(50);
	}

	@Test
	void thereIsNoRoomWhileAMessageOverTheLimitIsWritten() {
		OutboundQueue queue = queue(100, 10, TERMINATE);
		queue.offer(kept(500));
		AtomicInteger runs = new AtomicInteger();
		queue.whenRoom(runs::incrementAndGet);
		take(queue);
		assertThat(queue.hasRoom()).isFalse();
		assertThat(queue.roomFor(1)).isZero();
		assertThat(runs).hasValue(0);
		queue.written();
		assertThat(runs).hasValue(1);
		assertThat(queue.roomFor(50)).isEqualTo(2);
	}

	@Test
	void roomEndsAtHalfOfTheMessages() {
		OutboundQueue queue = queue(1024 * 1024, 5, TERMINATE);
		for (int i = 3; i > 0; i--) {
			assertThat(queue.roomFor(10)).isEqualTo(i);
			queue.offer(kept(10));
		}
		assertThat(queue.hasRoom()).isFalse();
		assertThat(queue(1, 1, TERMINATE).roomFor(10)).isOne();
	}

	@Test
	void taskMayWaitForRoomAgain() {
		OutboundQueue queue = queue(10, 10, TERMINATE);
		queue.offer(kept(10));
		AtomicInteger runs = new AtomicInteger();
		Runnable producer = new Runnable() {

			@Override
			public void run() {
				if (runs.incrementAndGet() < 3) {
					queue.offer(kept(10));
					queue.whenRoom(this);
				}
			}

		};
		queue.whenRoom(producer);
		drain(queue);
		assertThat(runs).hasValue(1);
		drain(queue);
		drain(queue);
		assertThat(runs).hasValue(3);
	}

	@Test
	void lastWordComesAfterEverythingAndNothingAfterIt() {
		OutboundQueue queue = queue(100, 10, TERMINATE);
		OutboundMessage message = kept(10);
		OutboundMessage last = kept(200);
		queue.offer(message);
		queue.complete(last);
		assertThat(queue.offer(kept(1))).isEqualTo(Offer.REJECTED);
		assertThat(queue.isFinished()).isFalse();
		assertThat(take(queue, 10, 0)).containsExactly(message);
		queue.written();
		assertThat(queue.isFinished()).isFalse();
		assertThat(queue.hasWork()).isTrue();
		assertThat(take(queue)).containsExactly(last);
		assertThat(queue.isFinished()).isTrue();
		queue.written();
		assertEmpty(queue);
	}

	@Test
	void endsWithoutLastWord() {
		OutboundQueue queue = queue(100, 10, TERMINATE);
		queue.offer(kept(10));
		queue.complete(null);
		assertThat(drain(queue)).hasSize(1);
		assertThat(queue.isFinished()).isTrue();
		OutboundQueue empty = queue(100, 10, TERMINATE);
		empty.complete(null);
		assertThat(empty.hasWork()).isTrue();
		assertThat(drain(empty)).isEmpty();
		assertThat(empty.isFinished()).isTrue();
		assertEmpty(empty);
	}

	@Test
	void lastWordIsNeverDroppedNorExpired() {
		OutboundQueue queue = queue(100, 10, DROP_OLDEST);
		for (int i = 0; i < 5; i++) {
			queue.offer(droppable(20));
		}
		OutboundMessage last = expiring(50, 1);
		queue.complete(last);
		assertThat(take(queue, 1000, 100)).hasSize(6).last().isSameAs(last);
	}

	@Test
	void clearLetsGoOfEverything() {
		OutboundQueue queue = queue(100, 10, TERMINATE);
		queue.offer(kept(60));
		queue.offer(kept(40));
		AtomicInteger runs = new AtomicInteger();
		queue.whenRoom(runs::incrementAndGet);
		queue.clear();
		assertThat(runs).hasValue(1);
		assertThat(queue.hasRoom()).isTrue();
		assertThat(queue.isFinished()).isTrue();
		assertThat(queue.offer(kept(1))).isEqualTo(Offer.REJECTED);
		assertThat(drain(queue)).isEmpty();
		assertEmpty(queue);
		queue.clear();
	}

	@Test
	void clearWhileABatchIsBeingWritten() {
		OutboundQueue queue = queue(100, 10, TERMINATE);
		queue.offer(kept(60));
		take(queue);
		queue.offer(kept(40));
		queue.clear();
		queue.written();
		assertEmpty(queue);
	}

	@Test
	void clearWhileAMessageOverTheLimitIsWritten() {
		OutboundQueue queue = queue(100, 10, TERMINATE);
		queue.offer(kept(500));
		take(queue);
		queue.offer(kept(40));
		queue.clear();
		assertThat(queue.bytes()).isEqualTo(500);
		queue.written();
		assertEmpty(queue);
	}

	@Test
	void stallsWhenAWriteTakesTooLong() {
		OutboundQueue queue = queue(100, 10, TERMINATE);
		queue.offer(kept(1));
		assertThat(queue.isStalled(Duration.ofHours(1).toNanos())).isFalse();
		take(queue, 100, 5);
		assertThat(queue.isStalled(Duration.ofSeconds(10).toNanos())).isFalse();
		assertThat(queue.isStalled(Duration.ofSeconds(10).toNanos() + 5)).isTrue();
		queue.written();
		assertThat(queue.isStalled(Duration.ofHours(1).toNanos())).isFalse();
		take(queue, 100, 5);
		assertThat(queue.isStalled(Duration.ofHours(1).toNanos())).isFalse();
	}

	@Test
	void drainRightIsHeldOnce() {
		OutboundQueue queue = queue(100, 10, TERMINATE);
		assertThat(queue.acquire()).isTrue();
		assertThat(queue.acquire()).isFalse();
		assertThat(queue.release()).isFalse();
		assertThat(queue.acquire()).isTrue();
		queue.offer(kept(1));
		assertThat(queue.release()).isTrue();
		assertThat(queue.acquire()).isFalse();
		drain(queue);
		assertThat(queue.release()).isFalse();
	}

	@Test
	void countsWhatIsTaken() {
		OutboundQueue queue = queue(100, 10, TERMINATE);
		queue.offer(kept(3));
		queue.offer(expiring(50, 5));
		queue.offer(kept(4));
		assertThat(queue.sentMessages()).isZero();
		take(queue, Integer.MAX_VALUE, 10);
		queue.written();
		assertThat(queue.sentMessages()).isEqualTo(2);
		assertThat(queue.sentBytes()).isEqualTo(7);
		queue.offer(kept(1000));
		drain(queue);
		assertThat(queue.sentMessages()).isEqualTo(3);
		assertThat(queue.sentBytes()).isEqualTo(1007);
	}

}
