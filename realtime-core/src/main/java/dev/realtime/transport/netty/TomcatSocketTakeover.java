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
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
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
public final class TomcatSocketTakeover extends ConnectorSocketTakeover<Connector> {

	private static final Log logger = LogFactory.getLog(TomcatSocketTakeover.class);

	private static final String MAJOR_VERSION = "11.";

	private final boolean detaching;

	/**
	 * Create a takeover.
	 * @param connectors returns the started connector that listens on a local port, or
	 * {@code null} if there is none
	 * @param detaching whether Tomcat forgets a socket at once rather than when it is
	 * closed. This saves the buffers Tomcat keeps, some 16 KB for each connection, but
	 * the connection does not count as one of the connector any more
	 */
	public TomcatSocketTakeover(IntFunction<@Nullable Connector> connectors, boolean detaching) {
		super(connectors);
		this.detaching = detaching;
	}

	@Override
	protected @Nullable String refusal(Connector connector) {
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
		return null;
	}

	@Override
	public void takeOver(HttpServletRequest request, HttpServletResponse response, UpgradedSocket socket)
			throws IOException {
		try {
			UpgradeHandler handler = request.upgrade(UpgradeHandler.class);
			handler.socket = socket;
			handler.detaching = this.detaching;
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

		private volatile boolean detaching;

		private volatile @Nullable SocketWrapperBase<?> wrapper;

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
				socket.execute(() -> adopt(socket, wrapper, leftOver));
			}
			catch (IOException | RejectedExecutionException ex) {
				logger.debug("Could not hand the socket over", ex);
				socket.close();
				wrapper.close();
			}
		}

		private void adopt(UpgradedSocket socket, SocketWrapperBase<?> wrapper, ByteBuffer leftOver) {
			SocketChannel channel = leavePoller(wrapper);
			socket.adopt(channel, leftOver, () -> release(null));
			if (this.detaching) {
				release(channel);
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
		private static @Nullable SocketChannel leavePoller(SocketWrapperBase<?> wrapper) {
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
		private void release(@Nullable SocketChannel open) {
			UpgradedSocket socket = this.socket;
			SocketWrapperBase<?> wrapper = this.wrapper;
			if (socket == null || wrapper == null) {
				return;
			}
			if (!wrapper.getLock().tryLock()) {
				socket.schedule(() -> release(open), RELEASE_RETRY_MILLIS);
				return;
			}
			try {
				this.wrapper = null;
				if (open != null) {
					keepOpen((NioSocketWrapper) wrapper, open);
				}
				wrapper.close();
			}
			finally {
				wrapper.getLock().unlock();
			}
		}

		private static void keepOpen(NioSocketWrapper wrapper, SocketChannel channel) {
			try {
				wrapper.getSocket().reset(new DetachedSocketChannel(channel), wrapper);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
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
			if (socket != null && this.wrapper != null) {
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
