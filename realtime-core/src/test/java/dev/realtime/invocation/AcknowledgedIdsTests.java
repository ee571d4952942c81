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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AcknowledgedIds}.
 */
class AcknowledgedIdsTests {

	private final AcknowledgedIds ids = new AcknowledgedIds();

	@Test
	void nothingIsRememberedAtFirst() {
		assertThat(this.ids.contains(0)).isFalse();
	}

	@Test
	void runOfConsecutiveIdsHasAnyLength() {
		for (long id = -5000; id <= 5000; id++) {
			this.ids.add(id);
		}
		assertThat(this.ids.contains(-1)).isTrue();
		assertThat(this.ids.contains(-5000)).isTrue();
		assertThat(this.ids.contains(-5001)).isFalse();
	}

	@Test
	void latestOthersAreRemembered() {
		this.ids.add(1);
		for (int i = 0; i < AcknowledgedIds.CAPACITY + 1; i++) {
			this.ids.add(1000 + 2L * i);
		}
		assertThat(this.ids.contains(1)).isTrue();
		assertThat(this.ids.contains(1000)).isFalse();
		assertThat(this.ids.contains(1002)).isTrue();
		assertThat(this.ids.contains(1003)).isFalse();
		assertThat(this.ids.contains(1000 + 2L * AcknowledgedIds.CAPACITY)).isTrue();
	}

}
