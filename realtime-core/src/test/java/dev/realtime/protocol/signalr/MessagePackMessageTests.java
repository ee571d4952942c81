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

import java.util.Base64;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the arrays that {@link MessagePackHubProtocol} reads and writes, beyond
 * {@link MessageVectorTests}.
 */
class MessagePackMessageTests {

	@Test
	void readsAndWritesEnumsByName() {
		String base64 = "lQOAo3h5egOjT25l";
		assertThat(MessagePackFrames
			.base64(MessagePackFrames.PROTOCOL.encode(CompletionMessage.result("xyz", Number.One)))).isEqualTo(base64);
		assertThat(MessagePackFrames.decode(Base64.getDecoder().decode(base64),
				new TestBinder().result("xyz", Number.class)))
			.isEqualTo(CompletionMessage.result("xyz", Number.One));
	}

	@Test
	void cannotWriteBindingFailures() {
		assertThatIllegalArgumentException().isThrownBy(() -> MessagePackFrames.PROTOCOL
			.encode(new StreamBindingFailureMessage("1", new IllegalStateException())));
	}

	enum Number {

		Zero, One

	}

}
