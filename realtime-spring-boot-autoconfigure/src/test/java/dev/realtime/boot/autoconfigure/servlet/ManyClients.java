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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many clients with a socket each and one thread in all, which count what they get. Any
 * of them may stop to read.
 */
final class ManyClients implements AutoCloseable {

	private static final byte SEPARATOR = 0x1e;

	private static final int SMALL_BUFFER = 4096;

	private final List<Client> clients = new ArrayList<>();

	private int slow;

	private final Selector selector;

	private final Thread reader = new Thread(this::read, "many-clients");

	ManyClients() {
		try {
			this.selector = Selector.open();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Connect clients, and begin to read.
	 * @param hub where the hub is
	 * @param number how many clients
	 * @param slow how many of them, the first ones, will stop to read
	 */
	ManyClients connect(URI hub, int number, int slow) {
		this.slow = slow;
		try {
			for (int i = 0; i < number; i++) {
				Client client = new Client(hub, i < slow);
				this.clients.add(client);
				client.key = client.channel.register(this.selector, SelectionKey.OP_READ, client);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.reader.setDaemon(true);
		this.reader.start();
		return this;
	}

	/**
	 * Have the slow clients read no more.
	 */
	void stop() {
		this.clients.subList(0, this.slow).forEach((client) -> client.key.interestOps(0));
	}

	/**
	 * Return how many messages the clients have got that are not slow.
	 */
	List<Integer> received() {
		return this.clients.stream().skip(this.slow).map((client) -> client.received.get()).toList();
	}

	private void read() {
		ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
		while (this.selector.isOpen()) {
			try {
				this.selector.select((key) -> read((Client) key.attachment(), key, buffer), 100);
			}
			catch (IOException | RuntimeException ex) {
				return;
			}
		}
	}

	private static void read(Client client, SelectionKey key, ByteBuffer buffer) {
		try {
			buffer.clear();
			if (client.channel.read(buffer) < 0) {
				key.cancel();
			}
			client.take(buffer.flip());
		}
		catch (IOException ex) {
			key.cancel();
		}
	}

	@Override
	public void close() throws IOException {
		this.selector.close();
		for (Client client : this.clients) {
			client.channel.close();
		}
	}

	/**
	 * One client: takes frames apart, which are never masked nor compressed.
	 */
	private static final class Client {

		private final SocketChannel channel;

		private final AtomicInteger received = new AtomicInteger();

		private SelectionKey key;

		// of the header, -1 for its first byte
		private int position;

		private int lengthBytes;

		private long length;

		Client(URI hub, boolean slow) throws IOException {
			this.channel = SocketChannel.open();
			if (slow) {
				this.channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
			}
			this.channel.connect(new InetSocketAddress("localhost", hub.getPort()));
			write(SilentClient.request(hub).getBytes(StandardCharsets.US_ASCII));
			readHead();
			write(SilentClient.frame("{\"protocol\":\"json\",\"version\":1}\u001e"));
			this.channel.configureBlocking(false);
		}

		private void write(byte[] bytes) throws IOException {
			this.channel.write(ByteBuffer.wrap(bytes));
		}

		private void readHead() throws IOException {
			ByteBuffer one = ByteBuffer.allocate(1);
			for (int end = 0; end < 4;) {
				one.clear();
				if (this.channel.read(one) < 0) {
					throw new IOException("Refused");
				}
				end = (one.get(0) == "\r\n\r\n".charAt(end)) ? end + 1 : 0;
			}
		}

		void take(ByteBuffer bytes) {
			while (bytes.hasRemaining()) {
				if (this.position < 2 + this.lengthBytes) {
					takeHeader(bytes.get() & 0xff);
				}
				else if (bytes.get() == SEPARATOR) {
					this.received.incrementAndGet();
					this.length--;
				}
				else {
					this.length--;
				}
				if (this.position == 2 + this.lengthBytes && this.position >= 2 && this.length == 0) {
					this.position = 0;
					this.lengthBytes = 0;
				}
			}
		}

		private void takeHeader(int value) {
			if (this.position == 1) {
				this.lengthBytes = (value < 126) ? 0 : (value == 126) ? 2 : 8;
				this.length = (value < 126) ? value : 0;
			}
			else if (this.position > 1) {
				this.length = this.length << 8 | value;
			}
			this.position++;
		}

	}

}
