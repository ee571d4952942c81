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

package dev.realtime.web;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What no client may send, and the status of the close frame it gets for it.
 *
 * @param name what is wrong
 * @param status the status
 * @param bytes what is sent
 */
public record InvalidFrames(String name, int status, byte[] bytes) {

	private static final int TEXT = ClientFrames.LAST | ClientFrames.TEXT;

	private static final int CONTINUATION = ClientFrames.LAST | ClientFrames.CONTINUATION;

	private static final int PING = ClientFrames.LAST | ClientFrames.PING;

	/**
	 * Return everything RFC 6455 forbids.
	 */
	public static Stream<InvalidFrames> all() {
		return Stream.of(headers(), lengths(), fragments(), closes(), texts()).flatMap((part) -> part);
	}

	private static Stream<InvalidFrames> headers() {
		Stream<InvalidFrames> opcodes = IntStream.of(3, 4, 5, 6, 7, 11, 12, 13, 14, 15)
			.mapToObj((opcode) -> error("opcode " + opcode, ClientFrames.frame(ClientFrames.LAST | opcode, "x")));
		return Stream.concat(opcodes,
				Stream.of(error("unmasked", new byte[] { (byte) TEXT, 1, 'x' }),
						error("unmasked and empty", new byte[] { (byte) TEXT, 0 }),
						error("unmasked ping", new byte[] { (byte) PING, 0 }),
						error("RSV1", ClientFrames.frame(TEXT | 0x40, "x")),
						error("RSV2", ClientFrames.frame(TEXT | 0x20, "x")),
						error("RSV3", ClientFrames.frame(TEXT | 0x10, "x")),
						error("RSV1 of a ping", ClientFrames.frame(PING | 0x40, "x")),
						error("RSV1 of a continuation", ClientFrames.concat(ClientFrames.frame(ClientFrames.TEXT, "x"),
								ClientFrames.frame(CONTINUATION | 0x40, "y")))));
	}

	private static Stream<InvalidFrames> lengths() {
		return Stream.of(error("negative length", ClientFrames.head(TEXT, 127, Long.MIN_VALUE, 0)),
				error("length of -1", ClientFrames.head(TEXT, 127, -1, 0)),
				error("16 bits for 125", longForm(126, 125)), error("16 bits for 0", longForm(126, 0)),
				error("64 bits for 65535", longForm(127, 65535)), error("64 bits for 1", longForm(127, 1)));
	}

	private static byte[] longForm(int form, int length) {
		return ClientFrames.concat(ClientFrames.head(TEXT, form, length, 0), new byte[length]);
	}

	private static Stream<InvalidFrames> fragments() {
		byte[] begin = ClientFrames.frame(ClientFrames.TEXT, "begin");
		return Stream.of(error("stray continuation", ClientFrames.frame(CONTINUATION, "x")),
				error("stray fragment", ClientFrames.frame(ClientFrames.CONTINUATION, "x")),
				error("continuation of a whole message",
						ClientFrames.concat(ClientFrames.text("whole"), ClientFrames.frame(CONTINUATION, "x"))),
				error("text within a message", ClientFrames.concat(begin, ClientFrames.text("x"))),
				error("binary within a message",
						ClientFrames.concat(begin, ClientFrames.frame(ClientFrames.LAST | ClientFrames.BINARY, "x"))),
				error("fragment within a message", ClientFrames.concat(begin, begin)),
				error("fragmented ping", ClientFrames.frame(ClientFrames.PING, "x")),
				error("fragmented pong", ClientFrames.frame(ClientFrames.PONG, "x")),
				error("fragmented close", ClientFrames.frame(ClientFrames.CLOSE)),
				error("long ping", ClientFrames.frame(PING, "x".repeat(126))),
				error("very long ping", ClientFrames.frame(PING, "x".repeat(65536))),
				error("long pong", ClientFrames.frame(ClientFrames.LAST | ClientFrames.PONG, "x".repeat(126))),
				error("long close", ClientFrames.close(1000, new byte[124])));
	}

	private static Stream<InvalidFrames> closes() {
		Stream<InvalidFrames> status = IntStream
			.of(0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535)
			.mapToObj((code) -> error("close with status " + code, ClientFrames.close(code)));
		return Stream.concat(status,
				Stream.of(error("close of one byte", ClientFrames.frame(ClientFrames.LAST | ClientFrames.CLOSE, "x")),
						badText("close with Latin 1", ClientFrames.close(1000, (byte) 0xfc)),
						badText("close with half a character", ClientFrames.close(1000, (byte) 'a', (byte) 0xc3))));
	}

	private static Stream<InvalidFrames> texts() {
		byte[] euro = "€".getBytes(StandardCharsets.UTF_8);
		return Stream.of(badText("Latin 1", text(0xfc, 'x')), badText("lone continuation byte", text(0x80)),
				badText("overlong", text(0xc0, 0x80)), badText("overlong in three", text(0xe0, 0x9f, 0xbf)),
				badText("overlong in four", text(0xf0, 0x8f, 0xbf, 0xbf)), badText("surrogate", text(0xed, 0xa0, 0x80)),
				badText("beyond Unicode", text(0xf4, 0x90, 0x80, 0x80)),
				badText("five bytes", text(0xf8, 0x88, 0x80, 0x80, 0x80)),
				badText("truncated", text('a', 'b', euro[0], euro[1])),
				badText("truncated over fragments",
						ClientFrames.concat(ClientFrames.frame(ClientFrames.TEXT, euro[0]),
								ClientFrames.frame(PING, "between"), ClientFrames.frame(CONTINUATION, euro[1]))),
				badText("truncated before an empty end",
						ClientFrames.concat(ClientFrames.frame(ClientFrames.TEXT, Arrays.copyOf(euro, 2)),
								ClientFrames.frame(CONTINUATION))),
				badText("invalid over fragments",
						ClientFrames.concat(ClientFrames.frame(ClientFrames.TEXT, euro[0]),
								ClientFrames.frame(CONTINUATION, "x"))),
				badText("invalid after much that is valid",
						ClientFrames.concat(ClientFrames.text("valid ü"), text("a".repeat(500), 0xff))));
	}

	private static byte[] text(int... bytes) {
		return text("", bytes);
	}

	private static byte[] text(String begin, int... bytes) {
		byte[] payload = Arrays.copyOf(begin.getBytes(StandardCharsets.UTF_8), begin.length() + bytes.length);
		for (int i = 0; i < bytes.length; i++) {
			payload[begin.length() + i] = (byte) bytes[i];
		}
		return ClientFrames.frame(TEXT, payload);
	}

	private static InvalidFrames error(String name, byte[] bytes) {
		return new InvalidFrames(name, 1002, bytes);
	}

	private static InvalidFrames badText(String name, byte[] bytes) {
		return new InvalidFrames(name, 1007, bytes);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
