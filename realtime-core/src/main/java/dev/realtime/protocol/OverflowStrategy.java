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

/**
 * What happens to a connection whose client reads more slowly than messages arrive for
 * it, once its outbound queue is full.
 *
 * @since 0.1.0
 */
public enum OverflowStrategy {

	/**
	 * End the connection; the client may reconnect.
	 */
	TERMINATE,

	/**
	 * Discard the oldest queued broadcast messages. Completions, stream items and closes
	 * are never discarded; when nothing is left that may be, the connection is ended.
	 */
	DROP_OLDEST

}
