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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.realtime.lifetime.filter.FilterNode.Operator;
import dev.realtime.lifetime.filter.FilterNode.Span;
import dev.realtime.lifetime.filter.FilterToken.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Reads the syntax of a filter (Web PubSub, filter language) by recursive descent. How
 * deep it descends is limited; chains of {@code and} and {@code or} take no depth.
 */
final class FilterParser {

	static final int MAXIMUM_DEPTH = 100;

	private static final String GROUPS = "groups";

	private static final Set<String> OPERATORS = Set.of("and", "or", "not", "in", "eq", "ne", "gt", "ge", "lt", "le");

	private final String filter;

	private final FilterLexer lexer;

	private FilterToken token;

	private int previousEnd;

	private int depth;

	FilterParser(String filter) {
		this.filter = filter;
		this.lexer = new FilterLexer(filter);
		this.token = this.lexer.next();
	}

	FilterNode parse() {
		FilterNode node = or();
		if (this.token.kind() != Kind.END) {
			throw syntaxError();
		}
		return node;
	}

	private FilterNode or() {
		int start = this.token.start();
		FilterNode first = and();
		if (!this.token.is("or")) {
			return first;
		}
		List<FilterNode> operands = new ArrayList<>();
		operands.add(first);
		while (accept("or")) {
			operands.add(and());
		}
		return new FilterNode.Chain(false, operands, since(start));
	}

	private FilterNode and() {
		int start = this.token.start();
		FilterNode first = comparison();
		if (!this.token.is("and")) {
			return first;
		}
		List<FilterNode> operands = new ArrayList<>();
		operands.add(first);
		while (accept("and")) {
			operands.add(comparison());
		}
		return new FilterNode.Chain(true, operands, since(start));
	}

	private FilterNode comparison() {
		int start = this.token.start();
		FilterNode left = unary();
		Operator operator = operator();
		if (operator != null) {
			advance();
			FilterNode right = unary();
			return new FilterNode.Comparison(operator, left, right, since(start));
		}
		return accept("in") ? in(left, start) : left;
	}

	private @Nullable Operator operator() {
		if (this.token.kind() == Kind.NAME) {
			for (Operator operator : Operator.values()) {
				if (this.token.text().equals(operator.name().toLowerCase(Locale.ROOT))) {
					return operator;
				}
			}
		}
		return null;
	}

	private FilterNode in(FilterNode value, int start) {
		if (isGroups(this.token)) {
			advance();
			return new FilterNode.InGroup(value, since(start));
		}
		expect(Kind.OPEN);
		List<FilterNode> set = list();
		if (set.size() == 1 && set.get(0) instanceof FilterNode.Identifier only
				&& only.name().equalsIgnoreCase(GROUPS)) {
			return new FilterNode.InGroup(value, since(start));
		}
		return new FilterNode.OneOf(value, set, since(start));
	}

	private static boolean isGroups(FilterToken token) {
		return token.kind() == Kind.NAME && token.text().equalsIgnoreCase(GROUPS);
	}

	private List<FilterNode> list() {
		List<FilterNode> elements = new ArrayList<>();
		do {
			elements.add(primary());
		}
		while (accept(Kind.COMMA));
		expect(Kind.CLOSE);
		return elements;
	}

	private FilterNode unary() {
		int start = this.token.start();
		if (!accept("not")) {
			return primary();
		}
		descend();
		FilterNode operand = unary();
		this.depth--;
		return new FilterNode.Not(operand, since(start));
	}

	private FilterNode primary() {
		FilterToken first = this.token;
		return switch (first.kind()) {
			case STRING -> literal(first.text());
			case INTEGER -> literal(Integer.valueOf(first.text()));
			case OPEN -> parentheses();
			case NAME -> name(first);
			case CLOSE, COMMA, UNKNOWN, END -> throw syntaxError();
		};
	}

	private FilterNode parentheses() {
		advance();
		descend();
		FilterNode node = or();
		this.depth--;
		expect(Kind.CLOSE);
		return node;
	}

	private FilterNode name(FilterToken name) {
		if (OPERATORS.contains(name.text())) {
			throw syntaxError();
		}
		switch (name.text()) {
			case "true", "false" -> {
				return literal(Boolean.valueOf(name.text()));
			}
			case "null" -> {
				return literal(null);
			}
			default -> {
				advance();
				return (this.token.kind() == Kind.OPEN) ? call(name)
						: new FilterNode.Identifier(name.text(), since(name.start()));
			}
		}
	}

	private FilterNode call(FilterToken name) {
		advance();
		descend();
		List<FilterNode> arguments = list();
		this.depth--;
		return new FilterNode.Call(name.text(), arguments, since(name.start()));
	}

	private FilterNode literal(@Nullable Object value) {
		int start = this.token.start();
		advance();
		return new FilterNode.Literal(value, since(start));
	}

	private void descend() {
		if (++this.depth > MAXIMUM_DEPTH) {
			throw new InvalidFilterException(this.filter, "Nested deeper than " + MAXIMUM_DEPTH + " levels");
		}
	}

	private void advance() {
		this.previousEnd = this.token.end();
		this.token = this.lexer.next();
	}

	private boolean accept(String name) {
		boolean found = this.token.is(name);
		if (found) {
			advance();
		}
		return found;
	}

	private boolean accept(Kind kind) {
		boolean found = this.token.kind() == kind;
		if (found) {
			advance();
		}
		return found;
	}

	private void expect(Kind kind) {
		if (!accept(kind)) {
			throw syntaxError();
		}
	}

	private Span since(int start) {
		return new Span(start, this.previousEnd);
	}

	private InvalidFilterException syntaxError() {
		return new InvalidFilterException(this.filter, "Syntax error at position " + this.token.end() + " in '"
				+ InvalidFilterException.abbreviate(this.filter) + "'");
	}

}
