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
 * A call that cannot be made: there is no such method, or the arguments do not fit it.
 *
 * @param headers the headers, possibly empty
 * @param invocationId the caller's id of the call, or {@code null} if it expects no
 * answer
 * @param target the name of the method as the caller wrote it
 * @param streaming whether it was a {@link StreamInvocationMessage}
 * @param reason what is wrong, in the words of the protocol
 * @param unknownMethod whether there is no such method
 * @param cause the failure of the deserializer, or {@code null} if no argument was looked
 * at or their number is wrong
 * @since 0.1.0
 */
public record InvocationBindingFailureMessage(Map<String, String> headers, @Nullable String invocationId, String target,
		boolean streaming, String reason, boolean unknownMethod,
		@Nullable Throwable cause) implements BindingFailureMessage {

	public InvocationBindingFailureMessage {
		Assert.hasLength(target, "'target' must not be empty");
		Assert.hasText(reason, "'reason' must not be empty");
		headers = Map.copyOf(headers);
	}

	@Override
	public HubMessageType type() {
		return this.streaming ? HubMessageType.STREAM_INVOCATION : HubMessageType.INVOCATION;
	}

}
