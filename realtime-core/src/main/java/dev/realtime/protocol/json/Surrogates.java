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

package dev.realtime.protocol.json;

/**
 * Mends strings that are no Unicode.
 */
final class Surrogates {

	private static final char REPLACEMENT = '\uFFFD';

	private Surrogates() {
	}

	static String replaceUnpaired(String text) {
		int index = unpaired(text, 0);
		if (index == text.length()) {
			return text;
		}
		StringBuilder mended = new StringBuilder(text);
		while (index < text.length()) {
			mended.setCharAt(index, REPLACEMENT);
			index = unpaired(text, index + 1);
		}
		return mended.toString();
	}

	private static int unpaired(String text, int start) {
		int index = start;
		while (index < text.length()) {
			int codePoint = text.codePointAt(index);
			if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
				return index;
			}
			index += Character.charCount(codePoint);
		}
		return index;
	}

}
