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

package dev.realtime.invocation;

import org.jspecify.annotations.Nullable;

/**
 * How a call is answered: the part that protocol families do in their own way. Called by
 * whichever thread has the answer.
 */
interface CallAnswers {

	/**
	 * Prepare the answer of a call that has returned.
	 * @param call the call
	 * @param result its result, or {@code null} if there is none
	 * @return sends the answer, unless it was sent already; to be run when the call has
	 * ended, so that what it held is free by the time the client knows
	 * @throws dev.realtime.protocol.MessageEncodingException if the result cannot be
	 * encoded; nothing was sent then
	 */
	Runnable result(HubCall call, @Nullable Object result);

	/**
	 * Answer a call that has failed, or was refused.
	 * @param call the call
	 * @param failure what went wrong
	 */
	void error(HubCall call, Throwable failure);

	/**
	 * Send an item of the stream that a call has returned.
	 * @param call the call
	 * @param item the item
	 * @return the size of the message in bytes
	 * @throws dev.realtime.protocol.MessageEncodingException if the item cannot be
	 * encoded
	 */
	int item(HubCall call, @Nullable Object item);

	/**
	 * Answer a call whose stream has ended.
	 * @param call the call
	 * @param failure why it failed, or {@code null} if it is complete or cancelled
	 */
	void streamEnd(HubCall call, @Nullable Throwable failure);

}
