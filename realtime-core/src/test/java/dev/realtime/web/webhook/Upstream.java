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
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An HTTP server with webhooks.
 */
final class Upstream implements AutoCloseable {

	private final HttpServer server;

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final BlockingQueue<Received> requests = new LinkedBlockingQueue<>();

	private volatile Handler handler = (exchange) -> answer(exchange, 200, "");

	private Upstream() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(this.executor);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	static Upstream start() {
		try {
			return new Upstream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void handle(HttpExchange exchange) throws IOException {
		Received received = new Received(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
				exchange.getRequestHeaders(), exchange.getRequestBody().readAllBytes());
		this.requests.add(received);
		this.handler.handle(exchange);
	}

	Upstream answers(Handler handler) {
		this.handler = handler;
		return this;
	}

	Upstream answers(int status, String body, String... headers) {
		return answers((exchange) -> answer(exchange, status, body, headers));
	}

	/**
	 * Answer each request in another way, and those after them like the last one.
	 */
	Upstream answersInTurn(Handler... handlers) {
		List<Handler> left = new ArrayList<>(List.of(handlers));
		return answers((exchange) -> {
			Handler next;
			synchronized (left) {
				next = (left.size() > 1) ? left.remove(0) : left.get(0);
			}
			next.handle(exchange);
		});
	}

	static void answer(HttpExchange exchange, int status, String body, String... headers) throws IOException {
		answer(exchange, status, body.getBytes(StandardCharsets.UTF_8), headers);
	}

	static void answer(HttpExchange exchange, int status, byte[] body, String... headers) throws IOException {
		for (int i = 0; i < headers.length; i += 2) {
			exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
		}
		exchange.sendResponseHeaders(status, (body.length > 0) ? body.length : -1);
		if (body.length > 0) {
			exchange.getResponseBody().write(body);
		}
		exchange.close();
	}

	String url() {
		return "http://localhost:" + this.server.getAddress().getPort();
	}

	int port() {
		return this.server.getAddress().getPort();
	}

	Received take() {
		try {
			Received received = this.requests.poll(10, TimeUnit.SECONDS);
			assertThat(received).as("a request").isNotNull();
			return received;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	int pending() {
		return this.requests.size();
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.executor.shutdownNow();
	}

	interface Handler {

		void handle(HttpExchange exchange) throws IOException;

	}

	record Received(String method, String uri, Headers headers, byte[] body) {

		String header(String name) {
			return this.headers.getFirst(name);
		}

		String text() {
			return new String(this.body, StandardCharsets.UTF_8);
		}

	}

}
