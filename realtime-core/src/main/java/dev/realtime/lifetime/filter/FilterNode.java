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

import org.jspecify.annotations.Nullable;

/**
 * A part of a filter whose syntax is right. Whether it makes sense is not known yet.
 */
sealed interface FilterNode {

	/**
	 * Return where the part is in the filter.
	 * @return the place
	 */
	Span span();

	/**
	 * A place in a filter.
	 *
	 * @param start where it begins
	 * @param end where it ends, exclusive
	 */
	record Span(int start, int end) {

		String of(String filter) {
			return filter.substring(this.start, this.end);
		}

	}

	/**
	 * A value.
	 *
	 * @param value a {@link String}, {@link Integer}, {@link Boolean} or {@code null}
	 * @param span the place
	 */
	record Literal(@Nullable Object value, Span span) implements FilterNode {

	}

	/**
	 * Something of the connection.
	 *
	 * @param name its name
	 * @param span the place
	 */
	record Identifier(String name, Span span) implements FilterNode {

	}

	/**
	 * The result of a function.
	 *
	 * @param function the name of the function
	 * @param arguments the arguments
	 * @param span the place
	 */
	record Call(String function, List<FilterNode> arguments, Span span) implements FilterNode {

	}

	/**
	 * The opposite.
	 *
	 * @param operand the opposite of what
	 * @param span the place
	 */
	record Not(FilterNode operand, Span span) implements FilterNode {

	}

	/**
	 * All or any of two or more.
	 *
	 * @param all whether it takes all
	 * @param operands the operands
	 * @param span the place
	 */
	record Chain(boolean all, List<FilterNode> operands, Span span) implements FilterNode {

	}

	/**
	 * A comparison of two values.
	 *
	 * @param operator the operator
	 * @param left the left value
	 * @param right the right value
	 * @param span the place
	 */
	record Comparison(Operator operator, FilterNode left, FilterNode right, Span span) implements FilterNode {

	}

	/**
	 * Whether a value is one of several.
	 *
	 * @param value the value
	 * @param set the others
	 * @param span the place
	 */
	record OneOf(FilterNode value, List<FilterNode> set, Span span) implements FilterNode {

	}

	/**
	 * Whether the connection is in a group.
	 *
	 * @param group the name of the group
	 * @param span the place
	 */
	record InGroup(FilterNode group, Span span) implements FilterNode {

	}

	/**
	 * The operators that compare. Their names in lower case are those of the language.
	 */
	enum Operator {

		EQ, NE, GT, GE, LT, LE

	}

}
