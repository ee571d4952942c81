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
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.realtime.benchmarks.load.client.ClientSocket.State;

/**
 * Many connections to one server, driven by the thread that calls. Connects to the
 * loopback address only.
 */
public final class LoadClient implements AutoCloseable {

	private static final int BUFFER_SIZE = 1024 * 1024;

	private static final int MAXIMUM_OPENING = 128;

	private static final Duration OPENING_TIMEOUT = Duration.ofSeconds(60);

	private static final Duration OPENING_TIMEOUT_PER_CONNECTION = Duration.ofMillis(10);

	private final int port;

	private final int sources;

	private final Workload workload;

	private final Meter meter;

	private final Conversation conversation;

	private final Selector selector;

	private final ByteBuffer input = ByteBuffer.allocate(BUFFER_SIZE);

	private final List<ClientSocket> sockets = new ArrayList<>();

	private int opened;

	private int ready;

	/**
	 * Create a client without connections.
	 * @param port the port of the server
	 * @param dialect what the server understands
	 * @param workload what to do
	 * @param meter counts what happens
	 * @param sources how many loopback addresses to connect from, where one has not
	 * enough ports
	 */
	public LoadClient(int port, Dialect dialect, Workload workload, Meter meter, int sources) {
		this.port = port;
		this.sources = sources;
		this.workload = workload;
		this.meter = meter;
		this.conversation = new Conversation(dialect, workload, port);
		try {
			this.selector = Selector.open();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Open the connections that the workload starts with, and wait until they are ready.
	 */
	public void openAll() {
		int wanted = this.workload.connections();
		long deadline = System.nanoTime()
				+ OPENING_TIMEOUT.plus(OPENING_TIMEOUT_PER_CONNECTION.multipliedBy(wanted)).toNanos();
		while (this.ready < wanted) {
			while (this.opened < wanted && this.opened - this.ready < MAXIMUM_OPENING) {
				this.sockets.add(open());
			}
			pump(5);
			if (System.nanoTime() - deadline > 0) {
				throw new LoadException("Only %d of %d connections became ready".formatted(this.ready, wanted));
			}
		}
		this.sockets.forEach(ClientSocket::releaseOutput);
	}

	/**
	 * Open one more connection, in place of one that is closed.
	 * @return the connection, which is not established yet
	 */
	ClientSocket open() {
		try {
			SocketChannel channel = SocketChannel.open();
			channel.configureBlocking(false);
			channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
			// no connection waits for stray packets: ports would run out
			channel.setOption(StandardSocketOptions.SO_LINGER, 0);
			if (this.sources > 1) {
				channel.bind(new InetSocketAddress(source(this.opened % this.sources), 0));
			}
			SelectionKey key = channel.register(this.selector, SelectionKey.OP_CONNECT);
			ClientSocket socket = new ClientSocket(this.opened, channel, key);
			key.attach(socket);
			channel.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] { 127, 0, 0, 1 }), this.port));
			this.opened++;
			return socket;
		}
		catch (IOException ex) {
			throw new LoadException("Cannot connect: " + ex.getMessage(), ex);
		}
	}

	private static InetAddress source(int index) throws IOException {
		return InetAddress.getByAddress(new byte[] { 127, 0, 0, (byte) (index + 1) });
	}

	/**
	 * Do what is due for a while.
	 * @param duration how long
	 */
	public void run(Duration duration) {
		long end = System.nanoTime() + duration.toNanos();
		for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
			pump(Math.min(this.workload.tick(), left / 1_000_000));
		}
	}

	/**
	 * Serve the connections that something has happened to.
	 * @param timeout for how many milliseconds to wait until something happens
	 */
	void pump(long timeout) {
		try {
			if (timeout > 0) {
				this.selector.select(this::serve, timeout);
			}
			else {
				this.selector.selectNow(this::serve);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void serve(SelectionKey key) {
		ClientSocket socket = (ClientSocket) key.attachment();
		State before = socket.state();
		try {
			if (key.isConnectable()) {
				socket.channel().finishConnect();
				key.interestOps(SelectionKey.OP_READ);
				this.conversation.connected(socket);
			}
			if (key.isReadable()) {
				read(socket);
			}
			if (socket.state() != State.CLOSED) {
				socket.flush();
			}
		}
		catch (IOException ex) {
			lost(socket, String.valueOf(ex.getMessage()));
		}
		if (before != socket.state()) {
			stateChanged(socket, before);
		}
	}

	private void read(ClientSocket socket) throws IOException {
		int size = socket.read(this.input);
		if (size < 0) {
			lost(socket, "end of stream");
			return;
		}
		this.meter.read();
		byte[] bytes = this.input.array();
		int position = this.conversation.receive(socket, bytes, size, System.nanoTime());
		if (position == 0 && size == bytes.length) {
			throw new LoadException("A frame of more than " + bytes.length + " bytes");
		}
		socket.keep(bytes, position, size);
	}

	private void lost(ClientSocket socket, String reason) {
		if (socket.state() != State.CLOSING) {
			throw new LoadException("A connection was lost while " + socket.state() + ": " + reason);
		}
		socket.state(State.CLOSED);
	}

	private void stateChanged(ClientSocket socket, State before) {
		State now = socket.state();
		if (before.compareTo(State.READY) < 0 && now.compareTo(State.READY) >= 0) {
			this.ready++;
		}
		if (now == State.CLOSED) {
			close(socket);
			this.workload.closed(this);
		}
	}

	private static void close(ClientSocket socket) {
		try {
			socket.channel().close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the connections that the workload started with.
	 * @return the connections in the order in which they were opened
	 */
	List<ClientSocket> sockets() {
		return this.sockets;
	}

	/**
	 * Drop all connections.
	 */
	@Override
	public void close() {
		try {
			for (SelectionKey key : this.selector.keys()) {
				key.channel().close();
			}
			this.selector.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
