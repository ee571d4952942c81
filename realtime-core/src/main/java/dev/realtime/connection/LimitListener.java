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

package dev.realtime.connection;

/**
 * Hears of clients that come up against a limit. Called by the threads that serve
 * connections; must neither block nor throw.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LimitListener {

	/**
	 * Something of a client was refused, or has to wait. Of what waits, the first one is
	 * told.
	 * @param hub the name of the hub
	 * @param limit the limit
	 */
	void exceeded(String hub, Limit limit);

	/**
	 * Return a listener that does nothing.
	 * @return the listener
	 */
	static LimitListener none() {
		return (hub, limit) -> {
		};
	}

}
