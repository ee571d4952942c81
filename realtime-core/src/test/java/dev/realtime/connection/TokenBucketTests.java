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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TokenBucket}.
 */
class TokenBucketTests {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	@ParameterizedTest
	@ValueSource(longs = { 0, Long.MAX_VALUE, Long.MIN_VALUE, -5 })
	void holdsABurstAndFillsUpAtItsRate(long start) {
		TokenBucket bucket = new TokenBucket(2, 3, start);
		assertThat(take(bucket, start)).isEqualTo(3);
		assertThat(bucket.untilToken(start)).isEqualTo(SECOND / 2);
		assertThat(take(bucket, start + SECOND / 2 - 1)).isZero();
		assertThat(take(bucket, start + SECOND / 2)).isEqualTo(1);
		assertThat(take(bucket, start + 2 * SECOND)).isEqualTo(3);
		assertThat(take(bucket, start + 100 * SECOND)).isEqualTo(3);
	}

	@Test
	void rateMayBeLessThanOnePerSecond() {
		TokenBucket bucket = new TokenBucket(0.1, 1, 0);
		assertThat(take(bucket, 0)).isEqualTo(1);
		assertThat(take(bucket, 9 * SECOND)).isZero();
		assertThat(take(bucket, 10 * SECOND)).isEqualTo(1);
	}

	@Test
	void whatWasChargedIsPaidBack() {
		TokenBucket bucket = new TokenBucket(100, 100, 0);
		bucket.charge(100, 0);
		assertThat(bucket.untilSettled(0)).isZero();
		assertThat(bucket.tryTake(0)).isFalse();
		bucket.charge(50, 0);
		assertThat(bucket.untilSettled(0)).isEqualTo(SECOND / 2);
		assertThat(bucket.untilSettled(SECOND / 4)).isEqualTo(SECOND / 4);
		assertThat(bucket.untilSettled(SECOND / 2)).isZero();
		assertThat(bucket.tryTake(SECOND / 2)).isFalse();
		assertThat(take(bucket, SECOND)).isEqualTo(50);
	}

	@Test
	void manyThreadsGetNoMoreThanThereIs() throws Exception {
		TokenBucket bucket = new TokenBucket(1, 1000, 0);
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			List<Future<Integer>> taken = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				taken.add(threads.submit(() -> take(bucket, 0)));
			}
			int sum = 0;
			for (Future<Integer> count : taken) {
				sum += count.get();
			}
			assertThat(sum).isEqualTo(1000);
		}
		finally {
			threads.shutdown();
		}
	}

	private static int take(TokenBucket bucket, long nanoTime) {
		int taken = 0;
		while (bucket.tryTake(nanoTime)) {
			taken++;
		}
		return taken;
	}

}
