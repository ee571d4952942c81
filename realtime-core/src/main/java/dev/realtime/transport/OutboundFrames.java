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

package dev.realtime.transport;

import java.util.List;

import dev.realtime.protocol.ClientProtocol;
import dev.realtime.protocol.OutboundMessage;
import org.jspecify.annotations.Nullable;

/**
 * How messages that wait together leave together. Internal to the transports.
 *
 * @since 0.1.0
 */
public final class OutboundFrames {

	private OutboundFrames() {
	}

	/**
	 * Return how many of some messages share one frame, event or poll answer.
	 * @param batch the messages
	 * @param from the index of the first one
	 * @param protocol the protocol of the connection, or {@code null} before its
	 * handshake
	 * @return the index after the last one that goes into the frame of the first
	 */
	public static int end(List<OutboundMessage> batch, int from, @Nullable ClientProtocol protocol) {
		int end = from + 1;
		if (protocol != null && protocol.joinsMessages()) {
			while (end < batch.size() && batch.get(end).body().format() == batch.get(from).body().format()) {
				end++;
			}
		}
		return end;
	}

	/**
	 * Return the bytes of some messages, one after the other.
	 * @param messages at least one message
	 * @return the bytes, shared with others if it is a single message without tail: must
	 * not be changed
	 */
	public static byte[] join(List<OutboundMessage> messages) {
		OutboundMessage first = messages.get(0);
		if (messages.size() == 1 && first.tail() == null) {
			return first.body().bytes();
		}
		int size = 0;
		for (OutboundMessage message : messages) {
			size += message.size();
		}
		byte[] joined = new byte[size];
		int position = 0;
		for (OutboundMessage message : messages) {
			position = append(joined, position, message.body().bytes());
			byte[] tail = message.tail();
			position = (tail != null) ? append(joined, position, tail) : position;
		}
		return joined;
	}

	private static int append(byte[] target, int position, byte[] bytes) {
		System.arraycopy(bytes, 0, target, position, bytes.length);
		return position + bytes.length;
	}

}
