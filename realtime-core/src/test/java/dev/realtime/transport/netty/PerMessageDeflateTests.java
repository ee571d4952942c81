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

package dev.realtime.transport.netty;

import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PerMessageDeflate}.
 */
class PerMessageDeflateTests {

	@ParameterizedTest
	@ValueSource(strings = { "permessage-deflate", "permessage-deflate; client_max_window_bits",
			"Permessage-Deflate;CLIENT_MAX_WINDOW_BITS=8", "permessage-deflate; server_no_context_takeover",
			"permessage-deflate; client_no_context_takeover; client_max_window_bits=15",
			"permessage-deflate; server_max_window_bits=15", "permessage-deflate; server_max_window_bits=\"15\"",
			"x-webkit-deflate-frame, permessage-deflate",
			"permessage-deflate; server_max_window_bits=10, permessage-deflate" })
	void accepts(String header) {
		assertThat(isOffered(header)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ",", ";", "deflate", "permessage-deflate; server_max_window_bits",
			"permessage-deflate; server_max_window_bits=10", "permessage-deflate; server_max_window_bits=16",
			"permessage-deflate; server_max_window_bits=015", "permessage-deflate; client_max_window_bits=7",
			"permessage-deflate; client_max_window_bits=16", "permessage-deflate; client_max_window_bits=",
			"permessage-deflate; client_max_window_bits=x", "permessage-deflate; unknown",
			"permessage-deflate; server_no_context_takeover=1", "permessage-deflate;",
			"permessage-deflate; client_max_window_bits; client_max_window_bits" })
	void declines(String header) {
		assertThat(isOffered(header)).isFalse();
	}

	@Test
	void readsAllHeaders() {
		assertThat(isOffered("x", "permessage-deflate")).isTrue();
		assertThat(isOffered()).isFalse();
	}

	private static boolean isOffered(String... headers) {
		return PerMessageDeflate.isOffered(Collections.enumeration(List.of(headers)));
	}

}
