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
import java.nio.channels.SocketChannel;
import java.security.Principal;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.realtime.connection.ClientConnection;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.WebSocketOptions;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.SocketChannelConfig;
import io.netty.channel.socket.nio.NioSocketChannel;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A socket on its way from a servlet container to an event loop. The container's side
 * calls {@link #adopt} once it is through with the upgrade, and does not touch the socket
 * any more. Internal: public for the classes that know a container.
 *
 * @since 0.1.0
 */
public final class UpgradedSocket implements Executor {

	private static final Log logger = LogFactory.getLog(UpgradedSocket.class);

	// what the kernel may hold for a client that does not read (it doubles the figure)
	private static final int SEND_BUFFER_BYTES = 64 * 1024;

	private final EventLoopLane lane;

	private final ClientConnection connection;

	private final @Nullable Principal principal;

	private final HubHandshake handshake;

	private final WebSocketOptions options;

	private final AtomicBoolean closed = new AtomicBoolean();

	private volatile @Nullable NettyChannel channel;

	UpgradedSocket(EventLoopLane lane, ClientConnection connection, @Nullable Principal principal,
			HubHandshake handshake, WebSocketOptions options) {
		this.lane = lane;
		this.connection = connection;
		this.principal = principal;
		this.handshake = handshake;
		this.options = options;
	}

	/**
	 * Return whether messages are compressed.
	 * @return {@code true} if the client has offered it, and is to be told
	 */
	boolean isCompressed() {
		return this.options.compression() != null;
	}

	/**
	 * Run a task on the event loop the socket is going to.
	 * @param task the task, which must not block
	 */
	@Override
	public void execute(Runnable task) {
		this.lane.loop().execute(task);
	}

	/**
	 * Run a task on the event loop in a moment.
	 * @param task the task, which must not block
	 * @param millis the delay in milliseconds
	 */
	public void schedule(Runnable task, long millis) {
		this.lane.loop().schedule(task, millis, TimeUnit.MILLISECONDS);
	}

	/**
	 * Take the socket over. Called on the event loop, once.
	 * @param socket the socket, connected
	 * @param leftOver what the container has read beyond the request; not kept
	 * @param release called on the event loop when the socket is closed: the container
	 * may forget it
	 */
	public void adopt(@Nullable SocketChannel socket, ByteBuffer leftOver, Runnable release) {
		NioSocketChannel channel = (socket != null && !this.closed.get()) ? open(socket) : null;
		if (channel == null) {
			release.run();
			close();
			return;
		}
		channel.closeFuture().addListener((future) -> release.run());
		NettyChannel outbound = new NettyChannel(this.connection, channel, this.lane, this.options);
		this.channel = outbound;
		channel.pipeline()
			.addLast(new ConnectionChannelHandler(this.connection, outbound, this.lane, this.principal, this.handshake,
					isCompressed(), Unpooled.copiedBuffer(leftOver)));
		ChannelFuture registered = this.lane.loop().register(channel);
		registered.addListener((future) -> {
			if (!future.isSuccess() || this.closed.get()) {
				close();
			}
		});
	}

	// null if the client is gone already
	private @Nullable NioSocketChannel open(SocketChannel socket) {
		try {
			NioSocketChannel channel = new NioSocketChannel(socket);
			SocketChannelConfig config = channel.config();
			config.setTcpNoDelay(true);
			config.setKeepAlive(true);
			config.setSendBufferSize(SEND_BUFFER_BYTES);
			return channel;
		}
		catch (RuntimeException ex) {
			logger.debug("Could not adopt the socket of " + this.connection, ex);
			return null;
		}
	}

	/**
	 * Close the socket, or do not even adopt it: the container has ended it. Called from
	 * any thread.
	 */
	public void close() {
		this.closed.set(true);
		try {
			// after what the loop may just be doing with it
			this.lane.loop().execute(this::end);
		}
		catch (RejectedExecutionException ex) {
			end();
		}
	}

	private void end() {
		NettyChannel channel = this.channel;
		if (channel != null) {
			channel.shut();
		}
		else {
			this.connection.transportLost(null, null);
		}
	}

}
