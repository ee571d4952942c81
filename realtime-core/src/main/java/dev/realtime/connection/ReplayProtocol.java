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

import dev.realtime.protocol.OutboundMessage;
import org.jspecify.annotations.Nullable;

/**
 * How a protocol family numbers what it sends, so that it can be sent again.
 *
 * @since 0.1.0
 */
public interface ReplayProtocol {

	/**
	 * Return a message with its number.
	 * @param message a message that is about to be sent for the first time
	 * @param number its number, from 1 on
	 * @return what is sent, now and again
	 */
	OutboundMessage number(OutboundMessage message, long number);

	/**
	 * Return what a new transport starts with.
	 * @param number the number of the message that follows
	 * @return the message, which is not numbered itself, or {@code null} for none
	 */
	@Nullable OutboundMessage start(long number);

}
