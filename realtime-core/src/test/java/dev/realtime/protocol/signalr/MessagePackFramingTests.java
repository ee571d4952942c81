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

import java.util.HexFormat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the lengths in front of messages, beyond {@link FramingVectorTests}.
 */
class MessagePackFramingTests {

	@ParameterizedTest
	@CsvSource({ "0, 00", "1, 01", "127, 7f", "128, 8001", "16383, ff7f", "16384, 808001", "2097151, ffff7f",
			"2097152, 80808001", "268435455, ffffff7f", "268435456, 8080808001", "2147483647, ffffffff07" })
	void writesTheShortestPrefix(int length, String hex) {
		byte[] array = new byte[LengthFraming.MAXIMUM_PREFIX];
		int start = LengthFraming.writePrefix(array, array.length, length);
		assertThat(HexFormat.of().formatHex(array, start, array.length)).isEqualTo(hex);
	}

}
