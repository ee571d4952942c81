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

package dev.realtime.boot.diagnostics;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Suggestions}.
 */
class SuggestionsTests {

	@Test
	void nearestOfSeveral() {
		assertThat(Suggestions.nearest("stoks", List.of("chat", "stock", "stocks"))).contains("stocks");
	}

	@Test
	void completionBeforeAnythingElse() {
		assertThat(Suggestions.nearest("keep", List.of("beep", "keep-alive"))).contains("keep-alive");
	}

	@Test
	void caseDoesNotMatter() {
		assertThat(Suggestions.nearest("CHATT", List.of("chat"))).contains("chat");
	}

	@Test
	void nothingIsSimilar() {
		assertThat(Suggestions.nearest("weather", List.of("chat", "stocks"))).isEmpty();
	}

	@Test
	void nothingThere() {
		assertThat(Suggestions.nearest("chat", List.of())).isEmpty();
	}

}
