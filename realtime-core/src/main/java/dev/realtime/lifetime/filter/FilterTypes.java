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

import dev.realtime.lifetime.filter.Operand.Condition;
import dev.realtime.lifetime.filter.Operand.Null;
import dev.realtime.lifetime.filter.Operand.Number;
import dev.realtime.lifetime.filter.Operand.Text;

/**
 * Checks of types, made once per filter so that nothing can go wrong when connections are
 * looked at. A text or number that may be {@code null} is a text or number, and so is
 * {@code null} itself.
 */
final class FilterTypes {

	private static final Text NO_TEXT = (connection) -> null;

	private static final Number NO_NUMBER = (connection) -> Number.NULL;

	private FilterTypes() {
	}

	static Text text(Operand operand, String part) {
		if (operand instanceof Null) {
			return NO_TEXT;
		}
		if (operand instanceof Text text) {
			return text;
		}
		throw unexpected(operand.type(), "string", part);
	}

	static Number number(Operand operand, String part) {
		if (operand instanceof Null) {
			return NO_NUMBER;
		}
		if (operand instanceof Number number) {
			return number;
		}
		throw unexpected(operand.type(), "int", part);
	}

	static Condition condition(Operand operand, boolean nullable, String part) {
		if (operand instanceof Condition condition) {
			return condition;
		}
		throw unexpected(nullable ? Null.INSTANCE.type() : operand.type(), "bool", part);
	}

	private static InvalidFilterException unexpected(String type, String expected, String part) {
		return new InvalidFilterException(part, "Type '" + type + "', expect '" + expected + "'");
	}

}
