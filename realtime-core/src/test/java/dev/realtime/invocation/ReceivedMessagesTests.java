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

import dev.realtime.protocol.signalr.HubProtocolException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ReceivedMessages}.
 */
class ReceivedMessagesTests {

	private final ReceivedMessages received = new ReceivedMessages();

	private void accept(int count) {
		for (int i = 0; i < count; i++) {
			assertThat(this.received.accept(1)).isTrue();
		}
	}

	@Test
	void acknowledgesTheLatestOnce() {
		assertThat(this.received.acknowledge()).isZero();
		accept(3);
		assertThat(this.received.acknowledge()).isEqualTo(3);
		assertThat(this.received.acknowledge()).isZero();
		accept(1);
		assertThat(this.received.acknowledge()).isEqualTo(4);
	}

	@Test
	void whatIsSentAgainIsNotAccepted() throws Exception {
		accept(3);
		this.received.sequence(2);
		assertThat(this.received.accept(1)).isFalse();
		assertThat(this.received.accept(1)).isFalse();
		assertThat(this.received.accept(1)).isTrue();
		assertThat(this.received.acknowledge()).isEqualTo(4);
	}

	@Test
	void nothingIsSentAgain() throws Exception {
		accept(3);
		this.received.sequence(4);
		assertThat(this.received.accept(1)).isTrue();
	}

	@Test
	void whatTheClientDoesNotKnowIsAcknowledgedAgain() throws Exception {
		accept(3);
		assertThat(this.received.acknowledge()).isEqualTo(3);
		this.received.sequence(2);
		assertThat(this.received.acknowledge()).isEqualTo(3);
		assertThat(this.received.acknowledge()).isZero();
		assertThat(this.received.accept(1)).isFalse();
		assertThat(this.received.accept(1)).isFalse();
		this.received.sequence(4);
		assertThat(this.received.acknowledge()).isZero();
	}

	@Test
	void missingMessagesAreFatal() throws Exception {
		this.received.sequence(1);
		accept(3);
		assertThatExceptionOfType(HubProtocolException.class).isThrownBy(() -> this.received.sequence(5))
			.withMessage("Sequence ID greater than amount of messages we've received.");
		this.received.sequence(1);
		assertThat(this.received.accept(1)).isFalse();
		assertThatExceptionOfType(HubProtocolException.class).isThrownBy(() -> this.received.sequence(3));
	}

	@Test
	void manyBytesAreMuchUntilAcknowledged() throws Exception {
		assertThat(this.received.accept(32 * 1024 - 1)).isTrue();
		assertThat(this.received.isMuch()).isFalse();
		assertThat(this.received.accept(1)).isTrue();
		assertThat(this.received.isMuch()).isTrue();
		this.received.acknowledge();
		assertThat(this.received.isMuch()).isFalse();
		this.received.sequence(1);
		assertThat(this.received.accept(100_000)).isFalse();
		assertThat(this.received.isMuch()).isFalse();
	}

}
