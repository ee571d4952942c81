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

package dev.realtime.lifetime.filter;

/**
 * A word of a filter.
 *
 * @param kind what it is
 * @param text the word; a text without its quotes
 * @param start where it begins in the filter
 * @param end where it ends in the filter, exclusive
 */
record FilterToken(Kind kind, String text, int start, int end) {

	boolean is(String name) {
		return this.kind == Kind.NAME && this.text.equals(name);
	}

	/**
	 * The kinds of words.
	 */
	enum Kind {

		NAME, STRING, INTEGER, OPEN, CLOSE, COMMA, UNKNOWN, END

	}

}
