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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/**
 * One connection. What is sent while something is read leaves in one write afterwards.
 * Buffers exist only while something is in them.
 */
public final class ClientSocket {

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private static final byte[] GOODBYE = ClientFrames.encode(ClientFrames.CLOSE, new byte[] { 3, (byte) 0xe8 });

	private final int index;

	private final SocketChannel channel;

	private final SelectionKey key;

	private final long openedAt = System.nanoTime();

	private State state = State.CONNECTING;

	private boolean confirmed;

	private ByteBuffer output = NOTHING;

	private byte[] rest = NOTHING.array();

	ClientSocket(int index, SocketChannel channel, SelectionKey key) {
		this.index = index;
		this.channel = channel;
		this.key = key;
	}

	/**
	 * Queue a frame.
	 * @param frame the frame, copied
	 */
	void send(byte[] frame) {
		if (this.output.remaining() < frame.length) {
			int needed = this.output.position() + frame.length;
			this.output = ByteBuffer.allocate(Math.max(256, 2 * needed)).put(this.output.flip());
		}
		this.output.put(frame);
	}

	/**
	 * Write what is queued, as far as the network takes it.
	 * @throws IOException if the connection is broken
	 */
	void flush() throws IOException {
		if (this.output.position() == 0) {
			return;
		}
		this.channel.write(this.output.flip());
		boolean all = !this.output.hasRemaining();
		this.output = all ? this.output.clear() : this.output.compact();
		int wanted = all ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
		if (this.key.interestOps() != wanted) {
			this.key.interestOps(wanted);
		}
	}

	/**
	 * Let go of memory that is not needed while nothing is sent.
	 */
	void releaseOutput() {
		if (this.output.position() == 0) {
			this.output = NOTHING;
		}
	}

	/**
	 * Take leave of the server, which closes the connection then.
	 */
	public void close() {
		this.state = State.CLOSING;
		send(GOODBYE);
	}

	/**
	 * Read what has arrived behind what was left over last time.
	 * @param target an empty buffer with an array
	 * @return the number of bytes in the buffer, or -1 at the end
	 * @throws IOException if the connection is broken
	 */
	int read(ByteBuffer target) throws IOException {
		target.clear().put(this.rest);
		this.rest = NOTHING.array();
		return (this.channel.read(target) < 0) ? -1 : target.position();
	}

	/**
	 * Keep an incomplete frame until the next read.
	 * @param bytes where it is
	 * @param from where it starts
	 * @param to where it ends
	 */
	void keep(byte[] bytes, int from, int to) {
		if (from < to) {
			this.rest = Arrays.copyOfRange(bytes, from, to);
		}
	}

	/**
	 * Return which connection of the client this is.
	 * @return the number of connections that were opened before
	 */
	int index() {
		return this.index;
	}

	SocketChannel channel() {
		return this.channel;
	}

	State state() {
		return this.state;
	}

	void state(State state) {
		this.state = state;
	}

	/**
	 * Return when the connection was opened.
	 * @return a {@link System#nanoTime()}
	 */
	public long openedAt() {
		return this.openedAt;
	}

	boolean confirmed() {
		return this.confirmed;
	}

	void confirmed(boolean confirmed) {
		this.confirmed = confirmed;
	}

	/**
	 * The stages of a connection.
	 */
	enum State {

		/**
		 * The TCP connection is being established.
		 */
		CONNECTING,

		/**
		 * The answer to the upgrade request is to come.
		 */
		UPGRADING,

		/**
		 * The server's welcome is to come.
		 */
		GREETING,

		/**
		 * Requests may be sent.
		 */
		READY,

		/**
		 * The server has to close the connection.
		 */
		CLOSING,

		/**
		 * The connection is closed.
		 */
		CLOSED

	}

}
