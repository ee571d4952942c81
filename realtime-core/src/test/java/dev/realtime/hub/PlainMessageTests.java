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

package dev.realtime.hub;

import java.time.Duration;
import java.util.Map;

import dev.realtime.protocol.ServerMessage.DataType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link PlainMessage}.
 */
class PlainMessageTests {

	@Test
	void textIsText() {
		PlainMessage message = PlainMessage.text("hello");
		assertThat(message.dataType()).isEqualTo(DataType.TEXT);
		assertThat(message.payload()).isEqualTo("hello");
		assertThat(message.timeToLive()).isNull();
		assertThat(message.metadata()).isEmpty();
	}

	@Test
	void jsonIsAnyValue() {
		assertThat(PlainMessage.json(Map.of("a", 1)).payload()).isEqualTo(Map.of("a", 1));
		assertThat(PlainMessage.json(null).payload()).isNull();
		assertThat(PlainMessage.json(null).dataType()).isEqualTo(DataType.JSON);
	}

	@Test
	void binaryIsBytes() {
		byte[] bytes = { 1, 2 };
		assertThat(PlainMessage.binary(bytes).payload()).isSameAs(bytes);
		assertThat(PlainMessage.binary(bytes).dataType()).isEqualTo(DataType.BINARY);
	}

	@Test
	void timeToLiveReturnsANewMessage() {
		PlainMessage message = PlainMessage.text("hello").metadata("k", "v");
		PlainMessage shortLived = message.timeToLive(Duration.ofSeconds(5));
		assertThat(message.timeToLive()).isNull();
		assertThat(shortLived.timeToLive()).isEqualTo(Duration.ofSeconds(5));
		assertThat(shortLived.payload()).isEqualTo("hello");
		assertThat(shortLived.metadata()).containsExactly(Map.entry("k", "v"));
	}

	@Test
	void timeToLiveMustBePositive() {
		assertThatIllegalArgumentException().isThrownBy(() -> PlainMessage.text("hello").timeToLive(Duration.ZERO))
			.withMessage("'timeToLive' must be positive");
	}

	@Test
	void metadataAddsToAnUnmodifiableMap() {
		PlainMessage message = PlainMessage.text("hello").metadata("a", "1");
		PlainMessage more = message.metadata(Map.of("a", "2", "b", "3"));
		assertThat(message.metadata()).isEqualTo(Map.of("a", "1"));
		assertThat(more.metadata()).isEqualTo(Map.of("a", "2", "b", "3"));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> more.metadata().put("c", "4"));
	}

	@Test
	void textOfTheMessageIsNotLogged() {
		assertThat(PlainMessage.text("secret")).hasToString("PlainMessage[TEXT]");
	}

}
