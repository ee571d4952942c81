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

import java.util.Objects;

import dev.realtime.connection.ClientConnection;
import org.jspecify.annotations.Nullable;

/**
 * A value of a filter, as it is for one connection. Its type is known beforehand, but for
 * being {@code null}. Finding a value out neither fails nor blocks.
 */
sealed interface Operand {

	/**
	 * Return the name of the type, for errors.
	 * @return the name
	 */
	String type();

	/**
	 * Return whether the value is {@code null}.
	 * @param connection the connection
	 * @return {@code true} if it is
	 */
	boolean isNull(ClientConnection connection);

	/**
	 * Return whether two values are equal. Values of different types are not, unless both
	 * are {@code null}.
	 * @param left one value
	 * @param right another value
	 * @return the answer
	 */
	static Condition equal(Operand left, Operand right) {
		if (left instanceof Text text && right instanceof Text other) {
			return (connection) -> Objects.equals(text.of(connection), other.of(connection));
		}
		if (left instanceof Number number && right instanceof Number other) {
			return (connection) -> number.of(connection) == other.of(connection);
		}
		if (left instanceof Condition condition && right instanceof Condition other) {
			return (connection) -> condition.of(connection) == other.of(connection);
		}
		if (left instanceof Groups && right instanceof Groups) {
			return (connection) -> true;
		}
		return (connection) -> left.isNull(connection) && right.isNull(connection);
	}

	/**
	 * True or false.
	 */
	@FunctionalInterface
	non-sealed interface Condition extends Operand {

		boolean of(ClientConnection connection);

		@Override
		default String type() {
			return "bool";
		}

		@Override
		default boolean isNull(ClientConnection connection) {
			return false;
		}

	}

	/**
	 * A text or {@code null}.
	 */
	@FunctionalInterface
	non-sealed interface Text extends Operand {

		@Nullable String of(ClientConnection connection);

		@Override
		default String type() {
			return "string";
		}

		@Override
		default boolean isNull(ClientConnection connection) {
			return of(connection) == null;
		}

	}

	/**
	 * A number or {@code null}.
	 */
	@FunctionalInterface
	non-sealed interface Number extends Operand {

		/**
		 * What stands for {@code null}: numbers of the language are smaller.
		 */
		long NULL = Long.MIN_VALUE;

		long of(ClientConnection connection);

		@Override
		default String type() {
			return "int";
		}

		@Override
		default boolean isNull(ClientConnection connection) {
			return of(connection) == NULL;
		}

	}

	/**
	 * The groups of the connection.
	 */
	enum Groups implements Operand {

		/**
		 * The only instance.
		 */
		INSTANCE;

		@Override
		public String type() {
			return "collection";
		}

		@Override
		public boolean isNull(ClientConnection connection) {
			return false;
		}

	}

	/**
	 * Always {@code null}.
	 */
	enum Null implements Operand {

		/**
		 * The only instance.
		 */
		INSTANCE;

		@Override
		public String type() {
			return "null";
		}

		@Override
		public boolean isNull(ClientConnection connection) {
			return true;
		}

	}

}
