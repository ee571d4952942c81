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

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.realtime.connection.ClientConnection;
import dev.realtime.lifetime.filter.FilterFunction.Arguments;
import dev.realtime.lifetime.filter.FilterNode.Operator;
import dev.realtime.lifetime.filter.Operand.Condition;
import dev.realtime.lifetime.filter.Operand.Groups;
import dev.realtime.lifetime.filter.Operand.Null;
import dev.realtime.lifetime.filter.Operand.Number;
import dev.realtime.lifetime.filter.Operand.Text;
import dev.realtime.protocol.ClientProtocol;
import dev.realtime.protocol.webpubsub.PubSubProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Makes of the syntax of a filter what connections are tested with. All of it is checked
 * for types, whatever its parts turn out to be.
 */
final class FilterCompiler {

	private static final Text USER_ID = (connection) -> connection.userId();

	private static final Text CONNECTION_ID = (connection) -> connection.id();

	private static final Text PROTOCOL = FilterCompiler::protocol;

	private final String filter;

	FilterCompiler(String filter) {
		this.filter = filter;
	}

	private static @Nullable String protocol(ClientConnection connection) {
		ClientProtocol protocol = connection.protocol();
		return (protocol != null && !protocol.name().equals(PubSubProtocol.PLAIN)) ? protocol.name() : null;
	}

	Condition compile(FilterNode node) {
		return condition(node, node);
	}

	private String part(FilterNode node) {
		return node.span().of(this.filter);
	}

	// a type error is that of the part that needs the condition
	private Condition condition(FilterNode node, FilterNode part) {
		return FilterTypes.condition(operand(node), mayBeNull(node), part(part));
	}

	private Operand operand(FilterNode node) {
		if (node instanceof FilterNode.Literal literal) {
			return literal(literal.value());
		}
		if (node instanceof FilterNode.Identifier identifier) {
			return identifier(identifier);
		}
		if (node instanceof FilterNode.Call call) {
			return call(call);
		}
		if (node instanceof FilterNode.Not not) {
			Condition condition = condition(not.operand(), not);
			return (Condition) (connection) -> !condition.of(connection);
		}
		if (node instanceof FilterNode.Chain chain) {
			return chain(chain);
		}
		if (node instanceof FilterNode.Comparison comparison) {
			return comparison(comparison);
		}
		if (node instanceof FilterNode.OneOf oneOf) {
			return oneOf(oneOf);
		}
		FilterNode.InGroup inGroup = (FilterNode.InGroup) node;
		return inGroup(FilterTypes.text(operand(inGroup.group()), part(inGroup)));
	}

	private static Operand literal(@Nullable Object value) {
		if (value instanceof String text) {
			return (Text) (connection) -> text;
		}
		if (value instanceof Integer integer) {
			long number = integer;
			return (Number) (connection) -> number;
		}
		if (value instanceof Boolean bool) {
			boolean condition = bool;
			return (Condition) (connection) -> condition;
		}
		return Null.INSTANCE;
	}

	private Operand identifier(FilterNode.Identifier identifier) {
		return switch (identifier.name().toLowerCase(Locale.ROOT)) {
			case "userid" -> USER_ID;
			case "connectionid" -> CONNECTION_ID;
			case "protocol" -> PROTOCOL;
			case "groups" -> Groups.INSTANCE;
			default -> throw new InvalidFilterException(part(identifier), "Unknown identifier");
		};
	}

	private Operand call(FilterNode.Call call) {
		FilterFunction function = FilterFunction.find(call.function());
		if (function == null) {
			throw new InvalidFilterException(part(call), "Unknown function");
		}
		if (!function.takes(call.arguments().size())) {
			throw new InvalidFilterException(part(call), "Wrong number of arguments");
		}
		return function.of(new Arguments(call.arguments().stream().map(this::operand).toList(), part(call)));
	}

	private Condition chain(FilterNode.Chain chain) {
		Condition[] conditions = chain.operands()
			.stream()
			.map((operand) -> condition(operand, chain))
			.toArray(Condition[]::new);
		boolean all = chain.all();
		return (connection) -> {
			for (Condition condition : conditions) {
				if (condition.of(connection) != all) {
					return !all;
				}
			}
			return all;
		};
	}

	private Condition comparison(FilterNode.Comparison comparison) {
		Operand left = operand(comparison.left());
		Operand right = operand(comparison.right());
		Operator operator = comparison.operator();
		if (operator == Operator.EQ || operator == Operator.NE) {
			Condition equal = Operand.equal(left, right);
			return (operator == Operator.EQ) ? equal : (connection) -> !equal.of(connection);
		}
		String part = part(comparison);
		return order(operator, FilterTypes.number(left, part), FilterTypes.number(right, part));
	}

	private static Condition order(Operator operator, Number left, Number right) {
		return (connection) -> {
			long first = left.of(connection);
			long second = right.of(connection);
			return first != Number.NULL && second != Number.NULL && switch (operator) {
				case GT -> first > second;
				case GE -> first >= second;
				case LT -> first < second;
				case LE -> first <= second;
				case EQ, NE -> throw new IllegalStateException("Not an order: " + operator);
			};
		};
	}

	private Condition oneOf(FilterNode.OneOf oneOf) {
		Operand value = operand(oneOf.value());
		List<Operand> operands = oneOf.set().stream().map(this::operand).toList();
		Set<@Nullable String> texts = literals(oneOf.set());
		if (value instanceof Text text && texts != null) {
			return (connection) -> texts.contains(text.of(connection));
		}
		Condition[] equal = operands.stream().map((other) -> Operand.equal(value, other)).toArray(Condition[]::new);
		return (connection) -> {
			for (Condition condition : equal) {
				if (condition.of(connection)) {
					return true;
				}
			}
			return false;
		};
	}

	// the texts of a set that consists of texts alone
	private static @Nullable Set<@Nullable String> literals(List<FilterNode> set) {
		Set<@Nullable String> texts = new HashSet<>();
		for (FilterNode node : set) {
			if (!(node instanceof FilterNode.Literal literal && literal.value() instanceof String text)) {
				return null;
			}
			texts.add(text);
		}
		return texts;
	}

	private static Condition inGroup(Text group) {
		return (connection) -> {
			String name = group.of(connection);
			return name != null && connection.membership().contains(name);
		};
	}

	/**
	 * Return whether a part is {@code null} for connections that lack something.
	 */
	private static boolean mayBeNull(FilterNode node) {
		if (node instanceof FilterNode.Identifier identifier) {
			return !identifier.name().equalsIgnoreCase("connectionId") && !identifier.name().equalsIgnoreCase("groups");
		}
		if (node instanceof FilterNode.Literal literal) {
			return literal.value() == null;
		}
		return node instanceof FilterNode.Call call && FilterFunction.passesNullOn(call.function())
				&& call.arguments().stream().anyMatch(FilterCompiler::mayBeNull);
	}

}
