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

package dev.realtime.web;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link AccessKeys}.
 */
class AccessKeysTests {

	private static final String KEY = "primary-key-of-thirty-two-bytes!";

	@Test
	void thirtyTwoBytesAreEnough() {
		assertThat(KEY).hasSize(32);
		assertThat(AccessKeys.of(KEY, null).connectionString("http://localhost:8080"))
			.isEqualTo("Endpoint=http://localhost:8080;AccessKey=" + KEY + ";Version=1.0;");
	}

	@Test
	void bytesCountRatherThanCharacters() {
		assertThat(AccessKeys.of("ü".repeat(16), null)).isNotNull();
		assertThatIllegalArgumentException().isThrownBy(() -> AccessKeys.of("ü".repeat(15), null))
			.withMessage("An access key must have at least 32 bytes, but has 30");
	}

	@Test
	void secondaryKeyIsCheckedAsWell() {
		assertThatIllegalArgumentException().isThrownBy(() -> AccessKeys.of(KEY, "short"))
			.withMessage("An access key must have at least 32 bytes, but has 5");
	}

	@ParameterizedTest
	@ValueSource(strings = { ";", "\n", "\0", "\u0085" })
	void charactersThatConnectionStringsCannotHold(String character) {
		assertThatIllegalArgumentException().isThrownBy(() -> AccessKeys.of(KEY + character, null))
			.withMessageContaining("neither ';' nor control characters")
			.withMessageNotContaining(KEY);
	}

	@Test
	void generatedKeysAreValidAndDiffer() {
		String first = AccessKeys.generate().connectionString("http://localhost");
		assertThat(first).matches("Endpoint=http://localhost;AccessKey=[\\w-]{43};Version=1\\.0;")
			.isNotEqualTo(AccessKeys.generate().connectionString("http://localhost"));
	}

	@Test
	void signsWithEachKey() {
		String secondary = "secondary-key-of-thirty-two-byte";
		// openssl dgst -sha256 -hmac <key>
		assertThat(AccessKeys.of(KEY, secondary).signatures("c1")).containsExactly(
				"39cf3cbfda09446076eb680f879f2e66fd06752104bd992f48e9e442e82aed16",
				"c82ed1c952b83a022ef4a37e9af2aa31c535d2b0a0e4525e43c555affbbe58eb");
		assertThat(AccessKeys.of(KEY, null).signatures("c1"))
			.containsExactly("39cf3cbfda09446076eb680f879f2e66fd06752104bd992f48e9e442e82aed16");
	}

	@Test
	void showsNothing() {
		assertThat(AccessKeys.of(KEY, KEY).toString()).isEqualTo("AccessKeys[2]");
	}

}
