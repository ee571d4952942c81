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

package dev.realtime.web.webhook;

import java.nio.charset.StandardCharsets;

/**
 * Values of headers. Text that HTTP can carry is sent as it is. In any other, bytes of
 * its UTF-8 form that cannot be sent are percent-encoded, and {@code %} as well, so that
 * it can be decoded.
 */
final class HeaderValues {

	private static final char[] HEX = "0123456789ABCDEF".toCharArray();

	private HeaderValues() {
	}

	static String encode(String value) {
		if (isPlain(value)) {
			return value;
		}
		byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
		StringBuilder encoded = new StringBuilder(bytes.length * 2);
		for (int i = 0; i < bytes.length; i++) {
			int octet = bytes[i] & 0xff;
			boolean edge = i == 0 || i == bytes.length - 1;
			if (octet > 0x7e || octet < 0x20 || octet == '%' || (edge && octet == ' ')) {
				encoded.append('%').append(HEX[octet >> 4]).append(HEX[octet & 0xf]);
			}
			else {
				encoded.append((char) octet);
			}
		}
		return encoded.toString();
	}

	/**
	 * Return whether a value arrives as it is.
	 * @param value the value
	 * @return {@code true} if all of it is ASCII that HTTP does not trim
	 */
	static boolean isPlain(String value) {
		boolean visible = value.chars().allMatch((character) -> character >= 0x20 && character <= 0x7e);
		return visible && !value.startsWith(" ") && !value.endsWith(" ");
	}

}
