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

package dev.realtime.lifetime;

import java.util.List;

/**
 * Some of the connections that match a query.
 * <p>
 * Internal: public for other packages of the engine, not for applications.
 *
 * @param total how many match
 * @param connections the ones asked for, in the order of their ids
 * @since 0.1.0
 */
public record ConnectionPage(int total, List<ConnectionDetails> connections) {

	public ConnectionPage {
		connections = List.copyOf(connections);
	}

}
