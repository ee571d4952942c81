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

package dev.realtime.benchmarks.load.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import dev.realtime.benchmarks.load.client.ClientSocket.State;

/**
 * Understands as much of what servers send as is needed: the end of the upgrade, frames,
 * the welcome, and marks.
 */
final class Conversation {

	private static final byte[] ACCEPTED = "HTTP/1.1 101".getBytes(StandardCharsets.ISO_8859_1);

	private static final byte[] END_OF_HEADERS = { '\r', '\n', '\r', '\n' };

	private final Dialect dialect;

	private final Workload workload;

	private final byte[] upgrade;

	private final byte[] hello;

	private final byte[] welcome;

	Conversation(Dialect dialect, Workload workload, int port) {
		this.dialect = dialect;
		this.workload = workload;
		this.upgrade = upgrade(dialect, port).getBytes(StandardCharsets.ISO_8859_1);
		this.hello = dialect.hello().frame();
		this.welcome = dialect.welcome().getBytes(StandardCharsets.UTF_8);
	}

	private static String upgrade(Dialect dialect, int port) {
		String subprotocol = dialect.subprotocol().isEmpty() ? ""
				: "Sec-WebSocket-Protocol: " + dialect.subprotocol() + "\r\n";
		return "GET " + dialect.path() + " HTTP/1.1\r\nHost: localhost:" + port
				+ "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
				+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + subprotocol + "\r\n";
	}

	void connected(ClientSocket socket) {
		socket.state(State.UPGRADING);
		socket.send(this.upgrade);
	}

	/**
	 * Take what has arrived.
	 * @param socket the connection
	 * @param bytes where it is, from index 0 on
	 * @param to where it ends
	 * @param now the time it arrived
	 * @return the index of what is not complete yet
	 */
	int receive(ClientSocket socket, byte[] bytes, int to, long now) {
		int position = 0;
		if (socket.state() == State.UPGRADING) {
			position = upgraded(socket, bytes, to);
			if (position == 0) {
				return 0;
			}
		}
		int next = frame(socket, bytes, position, to, now);
		while (next > position) {
			position = next;
			next = frame(socket, bytes, position, to, now);
		}
		return position;
	}

	private int upgraded(ClientSocket socket, byte[] bytes, int to) {
		for (int end = END_OF_HEADERS.length; end <= to; end++) {
			if (Arrays.equals(bytes, end - END_OF_HEADERS.length, end, END_OF_HEADERS, 0, END_OF_HEADERS.length)) {
				if (!startsWith(bytes, 0, end, ACCEPTED)) {
					throw new LoadException("No upgrade of " + this.dialect.path() + ": "
							+ new String(bytes, 0, end, StandardCharsets.ISO_8859_1).lines().findFirst().orElse(""));
				}
				socket.state(State.GREETING);
				socket.send(this.hello);
				return end;
			}
		}
		return 0;
	}

	// a message in several frames is looked at frame by frame: no server measured splits
	// a payload's mark
	private int frame(ClientSocket socket, byte[] bytes, int from, int to, long now) {
		if (to - from < 2) {
			return from;
		}
		long length = bytes[from + 1] & 127;
		int start = from + 2 + ((length < 126) ? 0 : (length == 126) ? 2 : 8);
		if (to < start) {
			return from;
		}
		if (length >= 126) {
			length = 0;
			for (int i = from + 2; i < start; i++) {
				length = length << 8 | bytes[i] & 255;
			}
		}
		if (to - start < length) {
			return from;
		}
		int end = start + (int) length;
		switch (bytes[from] & 15) {
			case ClientFrames.PING ->
				socket.send(ClientFrames.encode(ClientFrames.PONG, Arrays.copyOfRange(bytes, start, end)));
			case ClientFrames.CLOSE -> closed(socket, bytes, start, end);
			default -> message(socket, bytes, start, end, now);
		}
		return end;
	}

	private void closed(ClientSocket socket, byte[] bytes, int from, int to) {
		if (socket.state() != State.CLOSING) {
			String reason = (to - from < 2) ? "no status" : ((bytes[from] & 255) << 8 | bytes[from + 1] & 255) + " "
					+ new String(bytes, from + 2, to - from - 2, StandardCharsets.UTF_8);
			throw new LoadException("The server closed a connection: " + reason);
		}
		socket.state(State.CLOSED);
	}

	private void message(ClientSocket socket, byte[] bytes, int from, int to, long now) {
		if (socket.state() == State.GREETING) {
			if (!startsWith(bytes, from, to, this.welcome)) {
				throw new LoadException(
						"The server refused: " + new String(bytes, from, to - from, StandardCharsets.UTF_8));
			}
			socket.state(State.READY);
			this.workload.ready(socket);
			return;
		}
		int mark = Marks.find(bytes, from, to);
		while (mark >= 0) {
			this.workload.received(socket, now - Marks.time(bytes, mark));
			mark = Marks.find(bytes, mark + Marks.DIGITS, to);
		}
	}

	private static boolean startsWith(byte[] bytes, int from, int to, byte[] prefix) {
		return to - from >= prefix.length && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
	}

}
