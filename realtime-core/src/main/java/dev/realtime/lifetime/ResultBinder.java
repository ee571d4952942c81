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

import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

/**
 * Binds what a client of another node answered. Supplied by whoever owns the codecs.
 *
 * @since 0.1.0
 * @see dev.realtime.protocol.signalr.RawResult
 */
@FunctionalInterface
public interface ResultBinder {

	/**
	 * Bind an answer. Called by a thread of the backplane; must not block.
	 * @param raw the answer as the client's protocol encodes it
	 * @param protocol the name of the protocol the client speaks
	 * @param type the type of the result
	 * @return the result
	 * @throws Exception if the answer does not fit the type
	 */
	@Nullable Object bind(byte[] raw, String protocol, Type type) throws Exception;

}
