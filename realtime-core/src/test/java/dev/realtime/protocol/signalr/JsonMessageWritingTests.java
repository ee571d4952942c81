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

package dev.realtime.protocol.signalr;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.MessageEncodingException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the records that {@link JsonHubProtocol} writes, beyond
 * {@link MessageVectorTests}.
 */
class JsonMessageWritingTests {

	@Test
	void encodesPingsOnce() {
		assertThat(Frames.JSON.encode(PingMessage.INSTANCE)).isSameAs(Frames.JSON.encode(PingMessage.INSTANCE))
			.extracting(EncodedBody::size)
			.isEqualTo(11);
	}

	@Test
	void escapesTheSeparatorWithinValues() {
		String text = Frames.text(Frames.JSON.encode(new InvocationMessage(Map.of("h\u001e", "\u001e"), "\u001e",
				"\u001e", new Object[] { "\u001e", '\u001e', Map.of("\u001e", new char[] { '\u001e' }) }, List.of())));
		assertThat(text.indexOf(Frames.RS)).isEqualTo(text.length() - 1);
		assertThat(text.toLowerCase()).contains("\\u001e");
	}

	@Test
	void writesMessagesBeyondTheBufferOfTheGenerator() {
		String item = "x".repeat(100_000);
		assertThat(Frames.text(Frames.JSON.encode(StreamItemMessage.of("1", item))))
			.isEqualTo("{\"type\":2,\"invocationId\":\"1\",\"item\":\"" + item + "\"}" + Frames.RS);
	}

	@Test
	void writesRawResultsUnchanged() {
		RawResult raw = new RawResult("{\"a\": [1]}".getBytes());
		assertThat(Frames.text(Frames.JSON.encode(CompletionMessage.result("1", raw))))
			.isEqualTo("{\"type\":3,\"invocationId\":\"1\",\"result\":{\"a\": [1]}}" + Frames.RS);
	}

	@Test
	void reportsWhatCannotBeEncoded() {
		assertThatExceptionOfType(MessageEncodingException.class)
			.isThrownBy(() -> Frames.JSON.encode(InvocationMessage.of(null, "Notify", new Failing("x"))))
			.withRootCauseInstanceOf(IllegalStateException.class);
		List<Object> cycle = new ArrayList<>();
		cycle.add(cycle);
		assertThatExceptionOfType(MessageEncodingException.class)
			.isThrownBy(() -> Frames.JSON.encode(CompletionMessage.result("1", cycle)));
	}

	@Test
	void refusesBindingFailures() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Frames.JSON.encode(new StreamBindingFailureMessage("1", new RuntimeException())));
	}

	record Failing(String text) {

		@Override
		public String text() {
			throw new IllegalStateException("failed");
		}

	}

}
