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

package dev.realtime.boot.autoconfigure.servlet;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A client that opens a WebSocket, shakes hands, and reads nothing unless it is told to.
 */
final class SilentClient implements AutoCloseable {

	private static final String REQUEST = """
			GET %s HTTP/1.1\r
			Host: localhost:%d\r
			Connection: Upgrade\r
			Upgrade: websocket\r
			Sec-WebSocket-Version: 13\r
			Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
			\r
			""";

	private final URI uri;

	private Socket socket;

	SilentClient(URI uri) {
		this.uri = uri;
	}

	SilentClient connect() {
		try {
			this.socket = new Socket("localhost", this.uri.getPort());
			this.socket.setSoTimeout(10_000);
			this.socket.getOutputStream().write(request(this.uri).getBytes(StandardCharsets.US_ASCII));
			readHead(this.socket.getInputStream());
			this.socket.getOutputStream().write(frame("{\"protocol\":\"json\",\"version\":1}\u001e"));
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Read until the close frame.
	 * @return the text before it, and its status
	 */
	String readToEnd() throws IOException {
		StringBuilder text = new StringBuilder();
		DataInputStream input = new DataInputStream(new BufferedInputStream(this.socket.getInputStream()));
		while (true) {
			int first = input.readUnsignedByte();
			int length = input.readUnsignedByte();
			byte[] payload = new byte[(length < 126) ? length : input.readUnsignedShort()];
			input.readFully(payload);
			if (first == 0x88) {
				return text.append((payload[0] & 0xFF) << 8 | (payload[1] & 0xFF)).toString();
			}
			text.append(new String(payload, StandardCharsets.UTF_8));
		}
	}

	/**
	 * Answer the close frame, and wait until the server ends the connection.
	 */
	void answerClose() throws IOException {
		this.socket.getOutputStream().write(new byte[] { (byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 0x03, (byte) 0xe9 });
		if (this.socket.getInputStream().read() != -1) {
			throw new IOException("Something follows the close frame");
		}
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	static String request(URI hub) {
		return REQUEST.formatted(hub.getPath(), hub.getPort());
	}

	// masked with zeros
	static byte[] frame(String text) {
		byte[] payload = text.getBytes(StandardCharsets.UTF_8);
		byte[] frame = new byte[payload.length + 6];
		frame[0] = (byte) 0x81;
		frame[1] = (byte) (0x80 | payload.length);
		System.arraycopy(payload, 0, frame, 6, payload.length);
		return frame;
	}

	private static void readHead(InputStream input) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") == -1) {
			head.append((char) input.read());
		}
		if (!head.toString().startsWith("HTTP/1.1 101")) {
			throw new IOException(head.toString());
		}
	}

}
