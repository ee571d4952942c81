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

package dev.realtime.transport.netty;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Jetty;
import org.jspecify.annotations.Nullable;

/**
 * Takes sockets from Jetty 12.1: those of server connectors without TLS. The only class
 * that knows Jetty.
 *
 * @since 0.1.0
 */
public final class JettySocketTakeover extends ConnectorSocketTakeover<Connector> {

	private static final Log logger = LogFactory.getLog(JettySocketTakeover.class);

	private static final String VERSION = "12.1.";

	/**
	 * Create a takeover.
	 * @param connectors returns the started connector that listens on a local port, or
	 * {@code null} if there is none
	 */
	public JettySocketTakeover(IntFunction<@Nullable Connector> connectors) {
		super(connectors);
	}

	@Override
	public @Nullable String refusal(HttpServletRequest request) {
		String refusal = super.refusal(request);
		if (refusal != null) {
			return refusal;
		}
		return (endPoint(request) instanceof SocketChannelEndPoint) ? null : "the request does not come over a socket";
	}

	private static EndPoint endPoint(HttpServletRequest request) {
		return ServletContextRequest.getServletContextRequest(request)
			.getConnectionMetaData()
			.getConnection()
			.getEndPoint();
	}

	@Override
	protected @Nullable String refusal(Connector connector) {
		if (!Jetty.VERSION.startsWith(VERSION)) {
			return "Jetty " + Jetty.VERSION + " is not supported";
		}
		if (connector.getClass() != ServerConnector.class) {
			return "the connector is a " + connector.getClass().getSimpleName();
		}
		if (!(connector.getDefaultConnectionFactory() instanceof HttpConnectionFactory)) {
			return "the connector speaks " + connector.getDefaultConnectionFactory().getProtocol();
		}
		return null;
	}

	@Override
	public void takeOver(HttpServletRequest request, HttpServletResponse response, UpgradedSocket socket) {
		ServletContextRequest jettyRequest = ServletContextRequest.getServletContextRequest(request);
		SocketChannelEndPoint endPoint = (SocketChannelEndPoint) endPoint(request);
		Executor executor = jettyRequest.getConnectionMetaData().getConnector().getExecutor();
		response.setStatus(HttpServletResponse.SC_SWITCHING_PROTOCOLS);
		jettyRequest.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE,
				new UpgradedConnection(endPoint, executor, socket));
	}

	/**
	 * What Jetty hands the socket to when the 101 is written.
	 */
	private static final class UpgradedConnection extends AbstractConnection implements Connection.UpgradeTo {

		private final SocketChannelEndPoint endPoint;

		private final UpgradedSocket socket;

		private ByteBuffer leftOver = ByteBuffer.allocate(0);

		UpgradedConnection(SocketChannelEndPoint endPoint, Executor executor, UpgradedSocket socket) {
			super(endPoint, executor);
			this.endPoint = endPoint;
			this.socket = socket;
		}

		@Override
		public void onUpgradeTo(ByteBuffer buffer) {
			this.leftOver = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
		}

		@Override
		public void onOpen() {
			super.onOpen();
			this.endPoint.setIdleTimeout(0);
			try {
				this.socket
					.execute(() -> this.socket.adopt(this.endPoint.getChannel(), this.leftOver, this.endPoint::close));
			}
			catch (RejectedExecutionException ex) {
				logger.debug("Could not hand the socket over", ex);
				this.socket.close();
				this.endPoint.close();
			}
		}

		@Override
		public void onFillable() {
			// never asked for
		}

		@Override
		public boolean onIdleExpired(TimeoutException timeout) {
			return false;
		}

		@Override
		public void onClose(@Nullable Throwable cause) {
			super.onClose(cause);
			this.socket.close();
		}

	}

}
