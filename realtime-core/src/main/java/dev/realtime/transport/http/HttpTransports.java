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

package dev.realtime.transport.http;

import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.util.Locale;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.Lane;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.TransferFormat;
import dev.realtime.transport.ConnectionRegistry;
import dev.realtime.transport.WriterPool;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events and long polling. All methods are called on the thread of the
 * request they answer.
 *
 * @since 0.1.0
 */
public final class HttpTransports {

	private static final String BINARY = "application/octet-stream";

	private final ConnectionRegistry registry;

	private final WriterPool writers;

	/**
	 * Create the transports.
	 * @param registry the connections by their tokens
	 * @param writers the threads to write on
	 */
	public HttpTransports(ConnectionRegistry registry, WriterPool writers) {
		this.registry = registry;
		this.writers = writers;
	}

	/**
	 * Attach a stream of server-sent events to a connection.
	 * @param request the request
	 * @param response its response, which becomes the stream
	 * @param connection the connection
	 * @param principal who the client is, if known
	 * @param handshake the copy of the request
	 * @return {@code false} if a transport was attached before, or the connection has
	 * ended; nothing is written then
	 */
	public boolean streamEvents(HttpServletRequest request, HttpServletResponse response, ClientConnection connection,
			@Nullable Principal principal, HubHandshake handshake) {
		ServerSentEventsChannel channel = new ServerSentEventsChannel(connection, this.writers);
		if (!attach(channel, principal, handshake)) {
			return false;
		}
		try {
			channel.start(request, response);
		}
		catch (IOException ex) {
			connection.transportClosed(CloseReason.CLIENT_GONE, ex);
		}
		catch (RuntimeException | Error ex) {
			connection.transportClosed(CloseReason.SERVER_ERROR, ex);
			throw ex;
		}
		return true;
	}

	/**
	 * Attach long polling to a connection, and answer the first poll.
	 * @param request the first poll
	 * @param response its response
	 * @param token the token of the connection
	 * @param connection the connection
	 * @param principal who the client is, if known
	 * @param handshake the copy of the request
	 * @param pollTimeout how long a poll waits for data
	 * @param disconnectTimeout how long the connection may be without a poll
	 * @return {@code false} if a transport was attached before, or the connection has
	 * ended; nothing is written then
	 */
	public boolean startPolling(HttpServletRequest request, HttpServletResponse response, String token,
			ClientConnection connection, @Nullable Principal principal, HubHandshake handshake, Duration pollTimeout,
			Duration disconnectTimeout) {
		boolean attached = attach(
				new LongPollingChannel(connection, token, this.registry, this.writers, pollTimeout, disconnectTimeout),
				principal, handshake);
		if (attached) {
			new Poll(request, response).answerEmpty(BINARY);
		}
		return attached;
	}

	private static boolean attach(HttpChannel channel, @Nullable Principal principal, HubHandshake handshake) {
		try {
			return channel.connection().attach(channel, Lane.direct(), principal, handshake);
		}
		catch (RuntimeException | Error ex) {
			channel.connection().transportClosed(CloseReason.SERVER_ERROR, ex);
			throw ex;
		}
	}

	/**
	 * Answer a poll after the first one, now or later. From now on its principal counts.
	 * @param request the poll
	 * @param response its response
	 * @param connection the connection
	 * @param principal who the client is, if known: the same user as before
	 * @return {@code false} if the connection does not use long polling; nothing is
	 * written then
	 */
	public boolean poll(HttpServletRequest request, HttpServletResponse response, ClientConnection connection,
			@Nullable Principal principal) {
		if (connection.channel() instanceof LongPollingChannel channel) {
			connection.principal(principal);
			channel.poll(new Poll(request, response));
			return true;
		}
		return false;
	}

	/**
	 * Receive what a client sends in the body of a request. Blocks until it is handed
	 * over.
	 * @param request the request
	 * @param connection the connection
	 * @return {@code false} if the connection uses neither server-sent events nor long
	 * polling
	 * @throws IOException if the body cannot be read
	 */
	public boolean receive(HttpServletRequest request, ClientConnection connection) throws IOException {
		if (connection.channel() instanceof HttpChannel channel) {
			channel.receive(request.getInputStream(), format(request, channel));
			return true;
		}
		return false;
	}

	// server-sent events are for protocols of text
	private static TransferFormat format(HttpServletRequest request, HttpChannel channel) {
		String type = request.getContentType();
		boolean text = !channel.type().supports(TransferFormat.BINARY)
				|| (type != null && type.toLowerCase(Locale.ROOT).startsWith("text/"));
		return text ? TransferFormat.TEXT : TransferFormat.BINARY;
	}

	/**
	 * Return whether a connection uses long polling.
	 * @param connection the connection
	 * @return {@code false} if it uses another transport, or none
	 */
	public boolean isPolling(ClientConnection connection) {
		return connection.channel() instanceof LongPollingChannel;
	}

	/**
	 * End a connection because its client says so.
	 * @param connection the connection
	 * @return {@code false} if the connection does not use long polling, or its client
	 * has said so before
	 */
	public boolean terminate(ClientConnection connection) {
		return connection.channel() instanceof LongPollingChannel channel && channel.terminate();
	}

}
