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

import org.springframework.util.Assert;

/**
 * Says that the caller does not want the rest of a stream (hub protocol,
 * "CancelInvocation").
 *
 * @param headers the headers, possibly empty
 * @param invocationId the id of the streaming call
 * @since 0.1.0
 */
public record CancelInvocationMessage(Map<String, String> headers, String invocationId) implements HubMessage {

	public CancelInvocationMessage {
		Assert.hasLength(invocationId, "'invocationId' must not be empty");
		headers = Map.copyOf(headers);
	}

	@Override
	public HubMessageType type() {
		return HubMessageType.CANCEL_INVOCATION;
	}

}
