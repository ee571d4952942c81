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

import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

import dev.realtime.lifetime.filter.Operand.Condition;
import dev.realtime.lifetime.filter.Operand.Groups;
import dev.realtime.lifetime.filter.Operand.Number;
import dev.realtime.lifetime.filter.Operand.Text;
import org.jspecify.annotations.Nullable;

/**
 * The functions of the filter language (Web PubSub, filter language). None of them fails:
 * without a text to work on they return {@code null}, {@code false} or -1, and positions
 * outside of a text are moved to its ends.
 */
enum FilterFunction {

	TOLOWER(1, 1) {

		@Override
		Operand of(Arguments arguments) {
			return change(arguments, (text) -> text.toLowerCase(Locale.ROOT));
		}

	},

	TOUPPER(1, 1) {

		@Override
		Operand of(Arguments arguments) {
			return change(arguments, (text) -> text.toUpperCase(Locale.ROOT));
		}

	},

	TRIM(1, 1) {

		@Override
		Operand of(Arguments arguments) {
			return change(arguments, String::strip);
		}

	},

	CONCAT(2, 2) {

		@Override
		Operand of(Arguments arguments) {
			Text first = arguments.text(0);
			Text second = arguments.text(1);
			return (Text) (connection) -> orEmpty(first.of(connection)) + orEmpty(second.of(connection));
		}

	},

	SUBSTRING(2, 3) {

		@Override
		Operand of(Arguments arguments) {
			Text text = arguments.text(0);
			Number start = arguments.number(1);
			Number length = (arguments.size() > 2) ? arguments.number(2) : (connection) -> Integer.MAX_VALUE;
			return (Text) (connection) -> substring(text.of(connection), start.of(connection), length.of(connection));
		}

	},

	INDEXOF(2, 2) {

		@Override
		Operand of(Arguments arguments) {
			Text text = arguments.text(0);
			Text part = arguments.text(1);
			return (Number) (connection) -> indexOf(text.of(connection), part.of(connection));
		}

	},

	LENGTH(1, 1) {

		@Override
		Operand of(Arguments arguments) {
			if (arguments.get(0) instanceof Groups) {
				return (Number) (connection) -> connection.membership().size();
			}
			Text text = arguments.text(0);
			return (Number) (connection) -> length(text.of(connection));
		}

	},

	CONTAINS(2, 2) {

		@Override
		Operand of(Arguments arguments) {
			return test(arguments, String::contains);
		}

	},

	STARTSWITH(2, 2) {

		@Override
		Operand of(Arguments arguments) {
			return test(arguments, String::startsWith);
		}

	},

	ENDSWITH(2, 2) {

		@Override
		Operand of(Arguments arguments) {
			return test(arguments, String::endsWith);
		}

	};

	private final int minimum;

	private final int maximum;

	FilterFunction(int minimum, int maximum) {
		this.minimum = minimum;
		this.maximum = maximum;
	}

	abstract Operand of(Arguments arguments);

	boolean takes(int arguments) {
		return arguments >= this.minimum && arguments <= this.maximum;
	}

	static @Nullable FilterFunction find(String name) {
		for (FilterFunction function : values()) {
			if (function.name().toLowerCase(Locale.ROOT).equals(name)) {
				return function;
			}
		}
		return null;
	}

	/**
	 * Return whether a function of {@code null} is {@code null}.
	 * @param name the name of the function
	 * @return {@code true} if it is
	 */
	static boolean passesNullOn(String name) {
		FilterFunction function = find(name);
		return function == TOLOWER || function == TOUPPER || function == TRIM || function == SUBSTRING
				|| function == LENGTH;
	}

	private static Operand change(Arguments arguments, UnaryOperator<String> change) {
		Text text = arguments.text(0);
		return (Text) (connection) -> {
			String value = text.of(connection);
			return (value != null) ? change.apply(value) : null;
		};
	}

	private static Operand test(Arguments arguments, BiPredicate<String, String> test) {
		Text text = arguments.text(0);
		Text part = arguments.text(1);
		return (Condition) (connection) -> {
			String value = text.of(connection);
			String other = part.of(connection);
			return value != null && other != null && test.test(value, other);
		};
	}

	private static String orEmpty(@Nullable String text) {
		return (text != null) ? text : "";
	}

	private static @Nullable String substring(@Nullable String text, long start, long length) {
		if (text == null || start == Number.NULL || length == Number.NULL) {
			return null;
		}
		int from = (int) Math.min(Math.max(start, 0), text.length());
		int to = (int) Math.min(from + Math.max(length, 0), text.length());
		return text.substring(from, to);
	}

	private static long indexOf(@Nullable String text, @Nullable String part) {
		return (text != null && part != null) ? text.indexOf(part) : -1;
	}

	private static long length(@Nullable String text) {
		return (text != null) ? text.length() : Number.NULL;
	}

	/**
	 * The arguments of a function, checked for their types.
	 *
	 * @param operands the arguments
	 * @param part the call, for errors
	 */
	record Arguments(List<Operand> operands, String part) {

		int size() {
			return this.operands.size();
		}

		Operand get(int index) {
			return this.operands.get(index);
		}

		Text text(int index) {
			return FilterTypes.text(get(index), this.part);
		}

		Number number(int index) {
			return FilterTypes.number(get(index), this.part);
		}

	}

}
