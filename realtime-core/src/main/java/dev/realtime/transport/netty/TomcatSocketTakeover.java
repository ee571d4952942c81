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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntFunction;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.WebConnection;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.util.ServerInfo;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.coyote.ProtocolHandler;
import org.apache.coyote.UpgradeProtocol;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.NioEndpoint.Poller;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Takes sockets from Tomcat 11: those of NIO connectors without TLS. The only class that
 * knows Tomcat's internals.
 *
 * @since 0.1.0
 */
public final class TomcatSocketTakeover implements SocketTakeover {

	private static final Log logger = LogFactory.getLog(TomcatSocketTakeover.class);

	private static final String MAJOR_VERSION = "11.";

	private static final String POSSIBLE = "";

	private final IntFunction<@Nullable Connector> connectors;

	// by local port, which a request does not make up
	private final Map<Integer, String> refusals = new ConcurrentHashMap<>();

	/**
	 * Create a takeover.
	 * @param connectors returns the started connector that listens on a local port, or
	 * {@code null} if there is none
	 */
	public TomcatSocketTakeover(IntFunction<@Nullable Connector> connectors) {
		Assert.notNull(connectors, "'connectors' must not be null");
		this.connectors = connectors;
	}

	@Override
	public @Nullable String refusal(HttpServletRequest request) {
		return "HTTP/1.1".equals(request.getProtocol()) ? refusal(request.getLocalPort())
				: "the request is not made over HTTP/1.1";
	}

	@Override
	public @Nullable String refusal(int localPort) {
		String refusal = this.refusals.get(localPort);
		if (refusal == null) {
			Connector connector = this.connectors.apply(localPort);
			if (connector == null) {
				// may be one that has not started yet
				return "no connector of the embedded Tomcat listens on the port";
			}
			refusal = refusal(connector);
			this.refusals.put(localPort, refusal);
		}
		return refusal.isEmpty() ? null : refusal;
	}

	private static String refusal(Connector connector) {
		if (!ServerInfo.getServerNumber().startsWith(MAJOR_VERSION)) {
			return "Tomcat " + ServerInfo.getServerNumber() + " is not supported";
		}
		ProtocolHandler handler = connector.getProtocolHandler();
		if (handler.getClass() != Http11NioProtocol.class) {
			return "the connector uses " + handler.getClass().getSimpleName();
		}
		if (((Http11NioProtocol) handler).isSSLEnabled()) {
			return "the connector uses TLS";
		}
		for (UpgradeProtocol protocol : handler.findUpgradeProtocols()) {
			logger.debug("The connector also speaks " + protocol.getClass().getSimpleName());
		}
		return POSSIBLE;
	}

	@Override
	public void takeOver(HttpServletRequest request, HttpServletResponse response, UpgradedSocket socket)
			throws IOException {
		try {
			request.upgrade(UpgradeHandler.class).socket = socket;
		}
		catch (ServletException ex) {
			throw new IOException(ex);
		}
	}

	/**
	 * What Tomcat hands the socket to when the 101 is on its way. Public for Tomcat,
	 * which creates it.
	 */
	public static final class UpgradeHandler implements InternalHttpUpgradeHandler {

		private static final long RELEASE_RETRY_MILLIS = 1;

		private volatile @Nullable UpgradedSocket socket;

		private volatile @Nullable SocketWrapperBase<?> wrapper;

		private boolean released;

		@Override
		public void setSocketWrapper(SocketWrapperBase<?> wrapper) {
			this.wrapper = wrapper;
		}

		/**
		 * Makes Tomcat leave the socket alone: it does not go back to the poller.
		 */
		@Override
		public boolean hasAsyncIO() {
			return true;
		}

		// on Tomcat's thread, which holds the lock of the wrapper
		@Override
		public void init(WebConnection connection) {
			UpgradedSocket socket = this.socket;
			SocketWrapperBase<?> wrapper = this.wrapper;
			Assert.state(socket != null && wrapper != null, "Nothing to hand over");
			try {
				if (wrapper.hasDataToWrite()) {
					wrapper.flush(true);
				}
				ByteBuffer leftOver = leftOver(wrapper);
				socket.execute(() -> socket.adopt(detach(wrapper), leftOver, this::release));
			}
			catch (IOException | RejectedExecutionException ex) {
				logger.debug("Could not hand the socket over", ex);
				socket.close();
				wrapper.close();
			}
		}

		private static ByteBuffer leftOver(SocketWrapperBase<?> wrapper) {
			SocketBufferHandler buffers = wrapper.getSocketBufferHandler();
			if (buffers.isReadBufferEmpty()) {
				return ByteBuffer.allocate(0);
			}
			buffers.configureReadBufferForRead();
			ByteBuffer read = buffers.getReadBuffer();
			return ByteBuffer.allocate(read.remaining()).put(read).flip();
		}

		/**
		 * Have Tomcat's poller forget the socket: it cancels keys without attachment by
		 * itself. Cancelled from here, the key would fail a poller that is still at it,
		 * which closes the socket.
		 */
		private static @Nullable SocketChannel detach(SocketWrapperBase<?> wrapper) {
			SocketChannel channel = ((NioChannel) wrapper.getSocket()).getIOChannel();
			if (channel == null || wrapper.isClosed()) {
				return null;
			}
			Poller poller = ((NioSocketWrapper) wrapper).getPoller();
			SelectionKey key = channel.keyFor(poller.getSelector());
			if (key != null) {
				key.attach(null);
			}
			return channel;
		}

		/**
		 * Have Tomcat forget the connection, once its thread is through with the upgrade:
		 * a processor that is released before stays for ever. Runs on the event loop,
		 * which must not wait.
		 */
		private void release() {
			UpgradedSocket socket = this.socket;
			SocketWrapperBase<?> wrapper = this.wrapper;
			Assert.state(socket != null && wrapper != null, "Nothing to release");
			if (this.released) {
				return;
			}
			if (!wrapper.getLock().tryLock()) {
				socket.schedule(this::release, RELEASE_RETRY_MILLIS);
				return;
			}
			try {
				this.released = true;
				wrapper.close();
			}
			finally {
				wrapper.getLock().unlock();
			}
		}

		@Override
		public SocketState upgradeDispatch(SocketEvent event) {
			if (event == SocketEvent.OPEN_READ || event == SocketEvent.OPEN_WRITE || event == SocketEvent.TIMEOUT) {
				return SocketState.ASYNC_IO;
			}
			destroy();
			return SocketState.CLOSED;
		}

		@Override
		public void destroy() {
			UpgradedSocket socket = this.socket;
			if (socket != null) {
				socket.close();
			}
		}

		@Override
		public void timeoutAsync(long now) {
		}

		@Override
		public void setSslSupport(SSLSupport sslSupport) {
		}

		@Override
		public void pause() {
		}

	}

}
