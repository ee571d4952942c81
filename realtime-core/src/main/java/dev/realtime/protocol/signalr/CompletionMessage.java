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

package dev.realtime.protocol.signalr;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The end of a call or of a stream (hub protocol, "Completion"): an error, a result, or
 * neither.
 *
 * @param headers the headers, possibly empty
 * @param invocationId the id of the call, or of an upload stream
 * @param error the error text, or {@code null} if the call succeeded
 * @param result the result, if {@code hasResult}; {@code null} also if no call with the
 * id is waiting
 * @param hasResult whether there is a result, which may be {@code null}
 * @since 0.1.0
 */
public record CompletionMessage(Map<String, String> headers, String invocationId, @Nullable String error,
		@Nullable Object result, boolean hasResult) implements HubMessage {

	public CompletionMessage {
		Assert.hasLength(invocationId, "'invocationId' must not be empty");
		Assert.isTrue(error == null || !hasResult, "'error' and 'result' are mutually exclusive");
		headers = Map.copyOf(headers);
	}

	/**
	 * Create the completion of a call that failed.
	 * @param invocationId the id of the call
	 * @param error the text for the caller
	 * @return the message
	 */
	public static CompletionMessage error(String invocationId, String error) {
		Assert.notNull(error, "'error' must not be null");
		return new CompletionMessage(Map.of(), invocationId, error, null, false);
	}

	/**
	 * Create the completion of a call that has a result.
	 * @param invocationId the id of the call
	 * @param result the result
	 * @return the message
	 */
	public static CompletionMessage result(String invocationId, @Nullable Object result) {
		return new CompletionMessage(Map.of(), invocationId, null, result, true);
	}

	/**
	 * Create the completion of a stream.
	 * @param invocationId the id of the stream
	 * @return the message
	 */
	public static CompletionMessage empty(String invocationId) {
		return new CompletionMessage(Map.of(), invocationId, null, null, false);
	}

	@Override
	public HubMessageType type() {
		return HubMessageType.COMPLETION;
	}

}
