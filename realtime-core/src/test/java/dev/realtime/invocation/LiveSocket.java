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

package dev.realtime.invocation;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Predicate;

import dev.realtime.protocol.signalr.HubProtocol;
import dev.realtime.protocol.signalr.VectorHub;
import dev.realtime.protocol.signalr.Vectors.Receiver;
import dev.realtime.web.ClientFrames;
import dev.realtime.web.TestServer;
import dev.realtime.web.TestServer.RawClient;
import tools.jackson.databind.JsonNode;

/**
 * A client that says whatever it is told to over a WebSocket of its own, and understands
 * what the server answers.
 */
final class LiveSocket implements AutoCloseable {

	private static final byte SEPARATOR = 0x1e;

	private final RawClient client;

	private Receiver receiver;

	private final Deque<JsonNode> messages = new ArrayDeque<>();

	private int closeStatus;

	LiveSocket(TestServer server) {
		this.client = server.rawWebSocket("/hubs/test");
	}

	void send(int opcode, byte... message) {
		try {
			this.client.write(ClientFrames.frame(ClientFrames.LAST | opcode, message));
		}
		catch (IOException ex) {
			// the server may have closed already: what it said is still there to read
		}
	}

	/**
	 * Read the answer to the handshake.
	 * @param protocol the protocol of what follows; {@code null} if nothing does
	 * @return the answer, or {@code null} if the server has closed before
	 */
	String readHandshakeAnswer(HubProtocol protocol) throws IOException {
		byte[] message = readMessage();
		if (message == null) {
			return null;
		}
		int end = 0;
		while (message[end] != SEPARATOR) {
			end++;
		}
		if (protocol != null) {
			this.receiver = new Receiver(protocol, VectorHub.INSTANCE, Integer.MAX_VALUE);
			this.receiver.receive(Arrays.copyOfRange(message, end + 1, message.length));
		}
		return new String(message, 0, end + 1, StandardCharsets.UTF_8);
	}

	/**
	 * Read on until a message comes.
	 * @return the message, or {@code null} if the server has closed before
	 */
	JsonNode readUntil(Predicate<JsonNode> condition) throws IOException {
		while (true) {
			this.messages.addAll(this.receiver.take());
			while (!this.messages.isEmpty()) {
				JsonNode message = this.messages.remove();
				if (condition.test(message)) {
					return message;
				}
			}
			if (this.closeStatus != 0) {
				return null;
			}
			byte[] message = readMessage();
			if (message != null) {
				this.receiver.receive(message);
			}
		}
	}

	/**
	 * Read until the server closes.
	 * @return the status
	 */
	int readCloseStatus() throws IOException {
		while (this.closeStatus == 0) {
			readMessage();
		}
		return this.closeStatus;
	}

	private byte[] readMessage() throws IOException {
		ByteArrayOutputStream message = new ByteArrayOutputStream();
		byte[] frame;
		do {
			frame = this.client.readFrame();
			int opcode = frame[0] & 0xf;
			if (opcode == ClientFrames.CLOSE) {
				this.closeStatus = (frame[1] & 0xff) << 8 | frame[2] & 0xff;
				return null;
			}
			message.write(frame, 1, frame.length - 1);
		}
		while ((frame[0] & ClientFrames.LAST) == 0);
		return message.toByteArray();
	}

	/**
	 * Answer the server's close frame, and wait for the end of the socket.
	 */
	void finish() throws IOException {
		send(ClientFrames.CLOSE, (byte) (this.closeStatus >> 8), (byte) this.closeStatus);
		try {
			this.client.readAll();
		}
		catch (EOFException ex) {
			// so it has ended
		}
	}

	void reset() throws IOException {
		this.client.reset();
	}

	@Override
	public void close() throws IOException {
		this.client.close();
	}

}
