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

import dev.realtime.connection.ClientConnection;
import dev.realtime.lifetime.filter.Operand.Condition;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.ConcurrentLruCache;

/**
 * Picks connections by their user, id, groups and protocol (Web PubSub, filter language),
 * for example {@code userId ne 'ann' and 'lobby' in groups}.
 * <p>
 * Everything that can be wrong with a filter is found when it is parsed; testing a
 * connection neither fails nor locks nor waits, and takes what the connection is at that
 * moment.
 *
 * @since 0.1.0
 */
public final class ConnectionFilter {

	/**
	 * The longest filter in characters.
	 */
	public static final int MAXIMUM_LENGTH = 65536;

	private static final int LONGEST_CACHED = 8192;

	private static final ConcurrentLruCache<String, ConnectionFilter> CACHE = new ConcurrentLruCache<>(128,
			ConnectionFilter::compile);

	private final String text;

	private final Condition condition;

	private ConnectionFilter(String text, Condition condition) {
		this.text = text;
		this.condition = condition;
	}

	/**
	 * Parse a filter. Filters that are not too long are remembered, the ones used last.
	 * @param text the filter
	 * @return the filter
	 * @throws InvalidFilterException if it is none, nested too deeply or too long
	 */
	public static ConnectionFilter parse(String text) {
		Assert.notNull(text, "'text' must not be null");
		return (text.length() <= LONGEST_CACHED) ? CACHE.get(text) : compile(text);
	}

	private static ConnectionFilter compile(String text) {
		if (text.length() > MAXIMUM_LENGTH) {
			throw new InvalidFilterException(text, "Longer than " + MAXIMUM_LENGTH + " characters");
		}
		return new ConnectionFilter(text, new FilterCompiler(text).compile(new FilterParser(text).parse()));
	}

	/**
	 * Return whether a connection is picked.
	 * @param connection the connection
	 * @return {@code true} if it is
	 */
	public boolean matches(ClientConnection connection) {
		return this.condition.of(connection);
	}

	/**
	 * Return the filter as it was written.
	 * @return the text
	 */
	public String text() {
		return this.text;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof ConnectionFilter filter && this.text.equals(filter.text);
	}

	@Override
	public int hashCode() {
		return this.text.hashCode();
	}

	@Override
	public String toString() {
		return this.text;
	}

}
