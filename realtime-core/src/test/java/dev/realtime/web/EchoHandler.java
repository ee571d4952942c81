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

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.ConnectionHandler;
import dev.realtime.protocol.ClientProtocol;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.TransferFormat;

/**
 * Sends back what it gets without any protocol.
 */
public final class EchoHandler implements ConnectionHandler {

	private static final ClientProtocol RAW = new RawProtocol(true);

	private static final ClientProtocol UNJOINED = new RawProtocol(false);

	public final Map<String, ClientConnection> attached = new ConcurrentHashMap<>();

	public final Map<String, CloseReason> closed = new ConcurrentHashMap<>();

	public final AtomicInteger attachments = new AtomicInteger();

	public final AtomicInteger closings = new AtomicInteger();

	public final Queue<String> received = new ConcurrentLinkedQueue<>();

	// pieces may end inside a character
	private final ByteArrayOutputStream allReceived = new ByteArrayOutputStream();

	private final Map<String, byte[]> begun = new ConcurrentHashMap<>();

	public volatile TransferFormat format = TransferFormat.TEXT;

	public volatile boolean echo = true;

	public volatile boolean joins = true;

	public volatile String lastWord;

	public volatile Runnable onData;

	@Override
	public void onAttached(ClientConnection connection) {
		connection.protocol(this.joins ? RAW : UNJOINED);
		connection.open();
		this.attached.put(connection.id(), connection);
		this.attachments.incrementAndGet();
	}

	@Override
	public void onData(ClientConnection connection, ByteBuffer data) {
		byte[] bytes = new byte[data.remaining()];
		data.get(bytes);
		this.received.add(new String(bytes, StandardCharsets.UTF_8));
		this.allReceived.writeBytes(bytes);
		if (this.onData != null) {
			this.onData.run();
		}
		if (this.echo) {
			echo(connection, bytes);
		}
	}

	// text frames must not end inside a character, whatever arrives
	private void echo(ClientConnection connection, byte[] bytes) {
		byte[] all = bytes;
		byte[] begun = this.begun.remove(connection.id());
		if (begun != null) {
			all = Arrays.copyOf(begun, begun.length + bytes.length);
			System.arraycopy(bytes, 0, all, begun.length, bytes.length);
		}
		int end = (this.format == TransferFormat.TEXT) ? endOfCharacters(all) : all.length;
		if (end < all.length) {
			this.begun.put(connection.id(), Arrays.copyOfRange(all, end, all.length));
		}
		if (end > 0) {
			connection.send(body((end < all.length) ? Arrays.copyOf(all, end) : all));
		}
	}

	private static int endOfCharacters(byte[] utf8) {
		int lead = utf8.length - 1;
		while (lead >= 0 && (utf8[lead] & 0xC0) == 0x80) {
			lead--;
		}
		int length = (lead < 0 || utf8[lead] >= 0) ? 1 : Integer.numberOfLeadingZeros(~(utf8[lead] << 24));
		return (lead >= 0 && lead + length > utf8.length) ? lead : utf8.length;
	}

	/**
	 * Forget the connections and what they have sent.
	 */
	public void forget() {
		this.attached.clear();
		this.closed.clear();
		this.received.clear();
		this.allReceived.reset();
	}

	/**
	 * Return everything that was received as one text.
	 */
	public String receivedText() {
		return this.allReceived.toString(StandardCharsets.UTF_8);
	}

	public EncodedBody body(byte[] bytes) {
		return (this.format == TransferFormat.TEXT) ? EncodedBody.text(bytes) : EncodedBody.binary(bytes);
	}

	public EncodedBody body(String text) {
		return body(text.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public EncodedBody onClosing(ClientConnection connection, CloseReason reason) {
		return (this.lastWord != null) ? body(this.lastWord) : null;
	}

	@Override
	public void onClosed(ClientConnection connection, CloseReason reason, Throwable cause) {
		this.begun.remove(connection.id());
		this.closed.put(connection.id(), reason);
		this.closings.incrementAndGet();
	}

	@Override
	public void onHeartbeat(ClientConnection connection, long nanoTime) {
	}

	private record RawProtocol(boolean joinsMessages) implements ClientProtocol {

		@Override
		public String name() {
			return "raw";
		}

		@Override
		public TransferFormat transferFormat() {
			return TransferFormat.BINARY;
		}

		@Override
		public EncodedBody encode(ServerMessage message) {
			throw new UnsupportedOperationException();
		}

	}

}
