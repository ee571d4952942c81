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

import org.springframework.util.Assert;

/**
 * An element of an upload stream that does not have the type the stream expects.
 *
 * @param invocationId the id of the stream
 * @param cause the failure of the deserializer
 * @since 0.1.0
 */
public record StreamBindingFailureMessage(String invocationId, Throwable cause) implements BindingFailureMessage {

	public StreamBindingFailureMessage {
		Assert.hasLength(invocationId, "'invocationId' must not be empty");
		Assert.notNull(cause, "'cause' must not be null");
	}

	@Override
	public HubMessageType type() {
		return HubMessageType.STREAM_ITEM;
	}

}
