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

package dev.realtime.transport.netty;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;

/**
 * Takes apart what a server sends.
 */
final class ServerFrames {

	private ServerFrames() {
	}

	/**
	 * Read frames.
	 * @param frames the frames, released
	 * @return first byte in hexadecimal digits and payload of each
	 */
	static List<String> read(ByteBuf frames) {
		List<String> read = new ArrayList<>();
		while (frames.isReadable()) {
			int first = frames.readUnsignedByte();
			long length = frames.readUnsignedByte();
			if (length == 126) {
				length = frames.readUnsignedShort();
			}
			else if (length == 127) {
				length = frames.readLong();
			}
			read.add(Integer.toHexString(first) + " "
					+ frames.readCharSequence((int) length, StandardCharsets.UTF_8).toString());
		}
		frames.release();
		return read;
	}

}
