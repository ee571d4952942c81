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

import java.nio.charset.StandardCharsets;

import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.OutboundMessage;

/**
 * A {@link ReplayProtocol} that writes the numbers of messages before their texts.
 */
final class NumberedTexts implements ReplayProtocol {

	static OutboundMessage message(String text) {
		return OutboundMessage.of(body(text));
	}

	static OutboundMessage control(String text) {
		return OutboundMessage.control(body(text));
	}

	static EncodedBody body(String text) {
		return EncodedBody.text(text.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public OutboundMessage number(OutboundMessage message, long number) {
		return message(number + message.body().asText());
	}

	@Override
	public OutboundMessage start(long number) {
		return control("from " + number);
	}

}
