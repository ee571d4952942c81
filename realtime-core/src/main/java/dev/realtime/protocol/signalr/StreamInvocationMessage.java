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

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A call that is answered by {@link StreamItemMessage}s and one {@link CompletionMessage}
 * (hub protocol, "StreamInvocation").
 * <p>
 * The arguments are neither copied nor compared by content.
 *
 * @param headers the headers, possibly empty
 * @param invocationId the caller's id of the call
 * @param target the name of the method as the caller wrote it
 * @param arguments the positional arguments, bound to the types of the target
 * @param streamIds the ids of the streams the caller is going to upload, possibly empty
 * @since 0.1.0
 */
public record StreamInvocationMessage(Map<String, String> headers, String invocationId, String target,
		@Nullable Object[] arguments, List<String> streamIds) implements HubMessage {

	public StreamInvocationMessage {
		Assert.hasLength(invocationId, "'invocationId' must not be empty");
		Assert.hasLength(target, "'target' must not be empty");
		Assert.notNull(arguments, "'arguments' must not be null");
		headers = Map.copyOf(headers);
		streamIds = List.copyOf(streamIds);
	}

	@Override
	public HubMessageType type() {
		return HubMessageType.STREAM_INVOCATION;
	}

}
