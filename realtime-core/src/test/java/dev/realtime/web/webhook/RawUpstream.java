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

package dev.realtime.web.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server whose answers need not be HTTP.
 */
final class RawUpstream implements AutoCloseable {

	private final ServerSocket server;

	private final Answer answer;

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private final AtomicInteger requests = new AtomicInteger();

	private RawUpstream(Answer answer) throws IOException {
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		this.answer = answer;
		Thread thread = new Thread(this::accept, "raw-upstream");
		thread.setDaemon(true);
		thread.start();
	}

	static RawUpstream start(Answer answer) {
		try {
			return new RawUpstream(answer);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void accept() {
		try {
			while (true) {
				Socket socket = this.server.accept();
				this.sockets.add(socket);
				readHead(socket.getInputStream());
				this.requests.incrementAndGet();
				this.answer.write(socket);
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	private static void readHead(InputStream input) throws IOException {
		int last = 0;
		for (int octet = input.read(); octet >= 0; octet = input.read()) {
			last = last << 8 | octet;
			if (last == 0x0d0a0d0a) {
				return;
			}
		}
	}

	static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	String url() {
		return "http://localhost:" + this.server.getLocalPort();
	}

	int requests() {
		return this.requests.get();
	}

	void awaitClosedByClient(int index) throws IOException {
		Socket socket = this.sockets.get(index);
		socket.setSoTimeout(10_000);
		socket.getInputStream().readAllBytes();
	}

	@Override
	public void close() {
		try {
			this.server.close();
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	interface Answer {

		void write(Socket socket) throws IOException;

	}

}
