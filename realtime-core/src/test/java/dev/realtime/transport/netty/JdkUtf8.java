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

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the JDK thinks of some bytes.
 */
final class JdkUtf8 {

	// one of them completes whatever is not complete yet
	private static final byte[][] ENDS = { {}, { (byte) 0x80 }, { (byte) 0x80, (byte) 0x80 },
			{ (byte) 0x80, (byte) 0x80, (byte) 0x80 }, { (byte) 0xA0, (byte) 0x80 },
			{ (byte) 0x90, (byte) 0x80, (byte) 0x80 } };

	private JdkUtf8() {
	}

	static boolean isText(byte[] bytes) {
		return !StandardCharsets.UTF_8.newDecoder()
			.onMalformedInput(CodingErrorAction.REPORT)
			.decode(ByteBuffer.wrap(bytes), CharBuffer.allocate(bytes.length), true)
			.isError();
	}

	/**
	 * Return whether there are texts that begin with the bytes.
	 */
	static boolean isBeginning(byte[] bytes) {
		for (byte[] end : ENDS) {
			byte[] all = Arrays.copyOf(bytes, bytes.length + end.length);
			System.arraycopy(end, 0, all, bytes.length, end.length);
			if (isText(all)) {
				return true;
			}
		}
		return false;
	}

}
