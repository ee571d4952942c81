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

import dev.realtime.lifetime.filter.FilterToken.Kind;

/**
 * Cuts a filter into words. What is no word is one of an unknown kind.
 */
final class FilterLexer {

	private final String text;

	private int position;

	FilterLexer(String text) {
		this.text = text;
	}

	FilterToken next() {
		while (this.position < this.text.length() && Character.isWhitespace(this.text.charAt(this.position))) {
			this.position++;
		}
		int start = this.position;
		if (start == this.text.length()) {
			return new FilterToken(Kind.END, "", start, start);
		}
		char first = this.text.charAt(start);
		return switch (first) {
			case '(' -> single(Kind.OPEN);
			case ')' -> single(Kind.CLOSE);
			case ',' -> single(Kind.COMMA);
			case '\'' -> string();
			default -> {
				if (isLetter(first)) {
					yield word(Kind.NAME);
				}
				yield (isDigit(first) || isSign(first)) ? integer() : single(Kind.UNKNOWN);
			}
		};
	}

	private FilterToken single(Kind kind) {
		int start = this.position++;
		return token(kind, start);
	}

	private FilterToken token(Kind kind, int start) {
		return new FilterToken(kind, this.text.substring(start, this.position), start, this.position);
	}

	private FilterToken word(Kind kind) {
		int start = this.position++;
		while (this.position < this.text.length() && isPartOfWord(this.text.charAt(this.position))) {
			this.position++;
		}
		return token(kind, start);
	}

	private FilterToken integer() {
		FilterToken token = word(Kind.INTEGER);
		try {
			Integer.parseInt(token.text());
			return token;
		}
		catch (NumberFormatException ex) {
			return new FilterToken(Kind.UNKNOWN, token.text(), token.start(), token.end());
		}
	}

	private FilterToken string() {
		int start = this.position++;
		StringBuilder value = new StringBuilder();
		while (this.position < this.text.length()) {
			char next = this.text.charAt(this.position++);
			if (next != '\'') {
				value.append(next);
			}
			else if (this.position < this.text.length() && this.text.charAt(this.position) == '\'') {
				value.append(next);
				this.position++;
			}
			else {
				return new FilterToken(Kind.STRING, value.toString(), start, this.position);
			}
		}
		return token(Kind.UNKNOWN, start);
	}

	private static boolean isPartOfWord(char character) {
		return isLetter(character) || isDigit(character);
	}

	private static boolean isLetter(char character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || character == '_';
	}

	private static boolean isDigit(char character) {
		return character >= '0' && character <= '9';
	}

	private static boolean isSign(char character) {
		return character == '+' || character == '-';
	}

}
