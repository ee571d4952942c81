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
 * An element of a stream (hub protocol, "StreamItem").
 *
 * @param headers the headers, possibly empty
 * @param invocationId the id of the streaming call, or of an upload stream
 * @param item the element; {@code null} also if no stream with the id is known
 * @since 0.1.0
 */
public record StreamItemMessage(Map<String, String> headers, String invocationId,
		@Nullable Object item) implements HubMessage {

	public StreamItemMessage {
		Assert.hasLength(invocationId, "'invocationId' must not be empty");
		headers = Map.copyOf(headers);
	}

	/**
	 * Create an element without headers.
	 * @param invocationId the id of the stream
	 * @param item the element
	 * @return the message
	 */
	public static StreamItemMessage of(String invocationId, @Nullable Object item) {
		return new StreamItemMessage(Map.of(), invocationId, item);
	}

	@Override
	public HubMessageType type() {
		return HubMessageType.STREAM_ITEM;
	}

}
