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

package dev.realtime.protocol;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Selects the sub-protocol of a WebSocket (RFC 6455, section 1.9). The protocols of hubs
 * are not chosen by it; it is for clients or proxies that ask for one, and fail without.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SubProtocolSelector {

	/**
	 * Select one of the sub-protocols that a client asks for.
	 * @param requested their names as the client wrote them, at least one, the preferred
	 * one first
	 * @return the name of one of them, or {@code null} for none; other names are ignored
	 */
	@Nullable String select(List<String> requested);

}
