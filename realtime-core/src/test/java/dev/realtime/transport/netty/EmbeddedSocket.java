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

import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DefaultSocketChannelConfig;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketChannelConfig;

/**
 * A socket without a network: the test is its event loop, and its client.
 */
final class EmbeddedSocket extends EmbeddedChannel implements SocketChannel {

	private SocketChannelConfig config;

	private boolean stalled;

	private boolean outputShutdown;

	/**
	 * Open the socket.
	 * @param handler its only handler
	 */
	void open(ChannelHandler handler) {
		pipeline().addLast(handler);
		pipeline().fireChannelActive();
	}

	/**
	 * Have the client send something.
	 * @param pieces what arrives in one pass of the event loop
	 */
	void receive(byte[]... pieces) {
		Object[] buffers = new Object[pieces.length];
		for (int i = 0; i < pieces.length; i++) {
			buffers[i] = Unpooled.wrappedBuffer(pieces[i]);
		}
		writeInbound(buffers);
	}

	/**
	 * Return what was sent since the last call.
	 * @return first byte in hexadecimal digits and payload of each frame
	 */
	List<String> sent() {
		runPendingTasks();
		List<String> frames = new ArrayList<>();
		ByteBuf buffer;
		while ((buffer = readOutbound()) != null) {
			frames.addAll(ServerFrames.read(buffer));
		}
		return frames;
	}

	/**
	 * Return the buffers of what was sent since the last call of {@link #sent()}.
	 */
	List<ByteBuf> outboundBuffers() {
		runPendingTasks();
		return outboundMessages().stream().map(ByteBuf.class::cast).toList();
	}

	/**
	 * Have the client stop reading, or go on.
	 */
	void stall(boolean stalled) {
		this.stalled = stalled;
		if (!stalled) {
			flush();
		}
	}

	@Override
	protected void doWrite(ChannelOutboundBuffer in) throws Exception {
		if (!this.stalled) {
			super.doWrite(in);
		}
	}

	@Override
	public SocketChannelConfig config() {
		if (this.config == null) {
			this.config = new DefaultSocketChannelConfig(this, new Socket());
		}
		return this.config;
	}

	@Override
	public ServerSocketChannel parent() {
		return null;
	}

	@Override
	public InetSocketAddress localAddress() {
		return new InetSocketAddress(1);
	}

	@Override
	public InetSocketAddress remoteAddress() {
		return new InetSocketAddress(2);
	}

	@Override
	public boolean isOutputShutdown() {
		return this.outputShutdown;
	}

	@Override
	public ChannelFuture shutdownOutput() {
		return shutdownOutput(newPromise());
	}

	@Override
	public ChannelFuture shutdownOutput(ChannelPromise promise) {
		this.outputShutdown = true;
		return promise.setSuccess();
	}

	@Override
	public boolean isInputShutdown() {
		return false;
	}

	@Override
	public ChannelFuture shutdownInput() {
		throw new UnsupportedOperationException();
	}

	@Override
	public ChannelFuture shutdownInput(ChannelPromise promise) {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean isShutdown() {
		return false;
	}

	@Override
	public ChannelFuture shutdown() {
		throw new UnsupportedOperationException();
	}

	@Override
	public ChannelFuture shutdown(ChannelPromise promise) {
		throw new UnsupportedOperationException();
	}

}
