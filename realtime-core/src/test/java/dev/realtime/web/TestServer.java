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

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.realtime.invocation.HubEndpoint;
import dev.realtime.transport.ConnectionRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/**
 * A servlet container with hubs. The header {@code X-User} says who the client is.
 */
public final class TestServer implements AutoCloseable {

	public final ConnectionRegistry registry = new ConnectionRegistry();

	public final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final TestContainer container;

	private final HubWeb web;

	public TestServer(HubEndpoint... hubs) {
		this(TestEngine.SERVLET_ON_TOMCAT, hubs);
	}

	public TestServer(TestEngine engine, HubEndpoint... hubs) {
		this(engine, (builder) -> builder, hubs);
	}

	public TestServer(UnaryOperator<HubWeb.Builder> customizer, HubEndpoint... hubs) {
		this(TestEngine.SERVLET_ON_TOMCAT, customizer, hubs);
	}

	public TestServer(TestEngine engine, UnaryOperator<HubWeb.Builder> customizer, HubEndpoint... hubs) {
		this.container = engine.container();
		HubWeb.Builder builder = customizer.apply(HubWeb.builder(this.registry, List.of(hubs)));
		if (engine.isNetty()) {
			builder.socketTakeover(this.container.takeover());
		}
		this.web = builder.build();
		this.container.addFilter("token", this.web.accessTokenFilter());
		this.container.addFilter("user",
				(request, response, chain) -> chain.doFilter(new WithUser((HttpServletRequest) request), response));
		AnnotationConfigWebApplicationContext application = new AnnotationConfigWebApplicationContext();
		application.register(WebConfiguration.class);
		RootBeanDefinition mapping = new RootBeanDefinition(HandlerMapping.class, this.web::handlerMapping);
		application.addBeanFactoryPostProcessor(
				(factory) -> ((BeanDefinitionRegistry) factory).registerBeanDefinition("hubs", mapping));
		this.container.start(new DispatcherServlet(application));
	}

	public TestContainer container() {
		return this.container;
	}

	public int port() {
		return this.container.port();
	}

	public URI uri(String pathAndQuery) {
		return URI.create("http://127.0.0.1:" + port() + pathAndQuery);
	}

	public URI webSocketUri(String pathAndQuery) {
		return URI.create("ws://127.0.0.1:" + port() + pathAndQuery);
	}

	public void beat() {
		this.registry.onHeartbeat(System.nanoTime());
	}

	/**
	 * Send a request.
	 * @param method the method
	 * @param pathAndQuery the path and the query
	 * @param body the body, or {@code null}
	 * @param headers names and values
	 * @return the response
	 */
	public HttpResponse<String> send(String method, String pathAndQuery, String body, String... headers) {
		return sendAsync(method, pathAndQuery, body, headers).join();
	}

	public CompletableFuture<HttpResponse<String>> sendAsync(String method, String pathAndQuery, String body,
			String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri(pathAndQuery))
			.method(method,
					(body != null) ? HttpRequest.BodyPublishers.ofString(body) : HttpRequest.BodyPublishers.noBody());
		if (headers.length > 0) {
			request.headers(headers);
		}
		return this.client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	/**
	 * Negotiate version 1.
	 * @param path the path of the hub
	 * @param headers names and values
	 * @return the token
	 */
	public String negotiate(String path, String... headers) {
		return token(send("POST", path + "/negotiate?negotiateVersion=1", "", headers).body());
	}

	public static String token(String negotiated) {
		return property(negotiated, "connectionToken");
	}

	public static String property(String json, String name) {
		Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
		return matcher.find() ? matcher.group(1) : null;
	}

	public static String upgrade(String pathAndQuery, String... headers) {
		StringBuilder request = new StringBuilder("GET " + pathAndQuery + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
				+ "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
				+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
		for (int i = 0; i < headers.length; i += 2) {
			request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
		}
		return request.append("\r\n").toString();
	}

	/**
	 * Open a socket and send a request.
	 * @param request the request
	 * @return a client that has read nothing yet
	 */
	public RawClient raw(String request) {
		return raw(request.getBytes(StandardCharsets.UTF_8));
	}

	public RawClient raw(byte... bytes) {
		return new RawClient(port(), bytes);
	}

	/**
	 * Open a WebSocket.
	 * @param pathAndQuery the path and the query
	 * @return a client that has read the answer to the upgrade request
	 */
	public RawClient rawWebSocket(String pathAndQuery) {
		RawClient client = raw(upgrade(pathAndQuery));
		try {
			client.readUpgraded();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return client;
	}

	@Override
	public void close() {
		this.container.stop();
		this.web.close();
	}

	/**
	 * A client that sees every byte.
	 */
	public static final class RawClient implements AutoCloseable {

		private final Socket socket = new Socket();

		private final InputStream input;

		RawClient(int port, byte[] request) {
			try {
				this.socket.setReceiveBufferSize(4096);
				this.socket.setSoTimeout(30_000);
				this.socket.connect(new InetSocketAddress("127.0.0.1", port));
				this.socket.setTcpNoDelay(true);
				this.input = new BufferedInputStream(this.socket.getInputStream(), 1024);
				write(request);
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}

		public boolean isConnected() {
			return this.socket.isConnected();
		}

		public void write(byte... bytes) throws IOException {
			this.socket.getOutputStream().write(bytes);
			this.socket.getOutputStream().flush();
		}

		/**
		 * Write a masked frame.
		 * @param firstByte final bit and opcode
		 * @param payload up to 125 bytes
		 * @throws IOException if the socket is closed
		 */
		public void frame(int firstByte, byte... payload) throws IOException {
			byte[] frame = new byte[6 + payload.length];
			frame[0] = (byte) firstByte;
			frame[1] = (byte) (0x80 | payload.length);
			// a mask of zeros
			System.arraycopy(payload, 0, frame, 6, payload.length);
			write(frame);
		}

		public String readUntil(String end) throws IOException {
			StringBuilder text = new StringBuilder();
			while (text.indexOf(end) == -1) {
				int read = this.input.read();
				if (read == -1) {
					throw new IOException("End after: " + text);
				}
				text.append((char) read);
			}
			return text.toString();
		}

		public String readUpgraded() throws IOException {
			String answer = readUntil("\r\n\r\n");
			if (!answer.startsWith("HTTP/1.1 101")) {
				throw new IOException(answer);
			}
			return answer;
		}

		public byte[] read(int length) throws IOException {
			return this.input.readNBytes(length);
		}

		public byte[] readAll() throws IOException {
			return this.input.readAllBytes();
		}

		/**
		 * Write bytes one piece after the other.
		 * @param bytes the bytes
		 * @param length the length of a piece
		 * @throws IOException if the socket is closed
		 */
		public void writeInPieces(byte[] bytes, int length) throws IOException {
			for (int i = 0; i < bytes.length; i += length) {
				write(Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + length)));
			}
		}

		/**
		 * Read a frame.
		 * @return the first byte and the payload
		 * @throws IOException if the socket is closed
		 */
		public byte[] readFrame() throws IOException {
			byte[] head = read(2);
			if (head.length < 2) {
				throw new EOFException();
			}
			long length = head[1] & 0x7f;
			if (length >= 126) {
				length = new BigInteger(1, read((length == 126) ? 2 : 8)).intValueExact();
			}
			byte[] frame = Arrays.copyOf(head, 1 + (int) length);
			System.arraycopy(read((int) length), 0, frame, 1, (int) length);
			return frame;
		}

		/**
		 * Read text frames, fragmented or not.
		 * @param length the number of bytes of their payload
		 * @return the payload
		 * @throws IOException if the socket is closed
		 */
		public String readText(int length) throws IOException {
			ByteArrayOutputStream text = new ByteArrayOutputStream();
			while (text.size() < length) {
				byte[] frame = readFrame();
				if ((frame[0] & 0x7f) > 1) {
					throw new IOException("No text: " + Arrays.toString(frame));
				}
				text.write(frame, 1, frame.length - 1);
			}
			return text.toString(StandardCharsets.UTF_8);
		}

		/**
		 * End the sending side of the socket.
		 * @throws IOException if the socket is closed
		 */
		public void shutdownOutput() throws IOException {
			this.socket.shutdownOutput();
		}

		/**
		 * Drop the socket, so that the server gets a reset.
		 * @throws IOException if the socket is closed
		 */
		public void reset() throws IOException {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}

		@Override
		public void close() throws IOException {
			this.socket.close();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebMvc
	static class WebConfiguration {

	}

	private static final class WithUser extends HttpServletRequestWrapper {

		WithUser(HttpServletRequest request) {
			super(request);
		}

		@Override
		public Principal getUserPrincipal() {
			String user = getHeader("X-User");
			return (user != null) ? () -> user : null;
		}

		// for clients that know no path
		@Override
		public String getRequestURI() {
			String uri = super.getRequestURI();
			return uri.equals("/") ? System.getProperty("test.root", uri) : uri;
		}

	}

}
