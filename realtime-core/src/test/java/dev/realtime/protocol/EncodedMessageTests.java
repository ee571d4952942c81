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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.realtime.protocol.ServerMessage.Invocation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link EncodedMessage}.
 */
class EncodedMessageTests {

	private static final Invocation MESSAGE = new Invocation("hello", List.of());

	private final CountingProtocol a = new CountingProtocol("a");

	private final CountingProtocol b = new CountingProtocol("b");

	@Test
	void encodesOncePerProtocolAndShares() {
		EncodedMessage message = EncodedMessage.encode(MESSAGE, List.of(this.a, this.b), 5);
		OutboundMessage first = message.entry(this.a);
		assertThat(first).isNotNull().isSameAs(message.entry(new CountingProtocol("a")));
		assertThat(first.body().asText()).isEqualTo("a hello");
		assertThat(message.entry(this.b)).isNotNull().isNotSameAs(first);
		assertThat(this.a.encoded).containsExactly(MESSAGE);
		assertThat(this.b.encoded).containsExactly(MESSAGE);
		assertThat(message.deadline()).isEqualTo(5);
		assertThat(first.deadline()).isEqualTo(5);
		assertThat(first.droppable()).isTrue();
		assertThat(first.tail()).isNull();
		assertThat(first.size()).isEqualTo(7);
	}

	@Test
	void hasNoEntryForOtherProtocols() {
		EncodedMessage message = EncodedMessage.encode(MESSAGE, List.of(this.a), EncodedMessage.NO_DEADLINE);
		assertThat(message.entry(this.b)).isNull();
		assertThat(message.entry(new CountingProtocol("A"))).isNull();
		assertThat(EncodedMessage.encode(MESSAGE, List.of(), 0).entry(this.a)).isNull();
	}

	@Test
	void failureToEncodeReachesTheSender() {
		this.b.failing = true;
		assertThatExceptionOfType(MessageEncodingException.class)
			.isThrownBy(() -> EncodedMessage.encode(MESSAGE, List.of(this.a, this.b), 0));
	}

	@Test
	void takesSlotsThatAreEncodedAlready() {
		Map<String, EncodedBody> slots = new LinkedHashMap<>();
		slots.put("a", EncodedBody.text(new byte[] { 'x' }));
		slots.put("b", EncodedBody.binary(new byte[] { 1, 2 }));
		EncodedMessage message = EncodedMessage.of(slots, false, EncodedMessage.NO_DEADLINE);
		assertThat(message.slots()).isEqualTo(slots);
		OutboundMessage entry = message.entry(this.b);
		assertThat(entry).isNotNull();
		assertThat(entry.body()).isSameAs(slots.get("b"));
		assertThat(entry.droppable()).isFalse();
		slots.clear();
		assertThat(message.slots()).containsOnlyKeys("a", "b");
		message.slots().clear();
		assertThat(message.slots()).containsOnlyKeys("a", "b");
	}

	@Test
	void bodyKnowsItsTextAndSize() {
		EncodedBody body = EncodedBody.text(new byte[] { (byte) 0xC3, (byte) 0xA4 });
		assertThat(body.asText()).isEqualTo("ä").isSameAs(body.asText());
		assertThat(body.size()).isEqualTo(2);
		assertThat(body.format()).isEqualTo(TransferFormat.TEXT);
		assertThat(EncodedBody.binary(new byte[0]).format()).isEqualTo(TransferFormat.BINARY);
	}

	@Test
	void nothingIsLeftOpen() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Invocation("", List.of()));
		assertThatIllegalArgumentException().isThrownBy(() -> EncodedMessage.of(null, true, 0));
		assertThatIllegalArgumentException().isThrownBy(() -> EncodedBody.text(null));
	}

	private static final class CountingProtocol implements ClientProtocol {

		private final String name;

		final List<ServerMessage> encoded = new ArrayList<>();

		boolean failing;

		CountingProtocol(String name) {
			this.name = name;
		}

		@Override
		public String name() {
			return this.name;
		}

		@Override
		public TransferFormat transferFormat() {
			return TransferFormat.TEXT;
		}

		@Override
		public boolean joinsMessages() {
			return true;
		}

		@Override
		public EncodedBody encode(ServerMessage message) {
			if (this.failing) {
				throw new MessageEncodingException("on purpose", new IllegalStateException());
			}
			this.encoded.add(message);
			return EncodedBody.text((this.name + " " + ((Invocation) message).target()).getBytes());
		}

	}

}
