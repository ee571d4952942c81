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
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Stands for a socket that is somebody else's now: a container that closes it, and looks
 * for it in its collections, forgets the socket without closing it. Nothing else can be
 * done with it.
 */
final class DetachedSocketChannel extends SocketChannel {

	private final SocketChannel channel;

	DetachedSocketChannel(SocketChannel channel) {
		super(channel.provider());
		this.channel = channel;
	}

	@Override
	protected void implCloseSelectableChannel() {
		// stays open
	}

	@Override
	protected void implConfigureBlocking(boolean block) {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || this.channel.equals(other);
	}

	@Override
	public int hashCode() {
		return this.channel.hashCode();
	}

	@Override
	public boolean isConnected() {
		return false;
	}

	@Override
	public boolean isConnectionPending() {
		return false;
	}

	@Override
	public Socket socket() {
		throw new UnsupportedOperationException();
	}

	@Override
	public SocketChannel bind(@Nullable SocketAddress local) throws IOException {
		throw new ClosedChannelException();
	}

	@Override
	public boolean connect(SocketAddress remote) throws IOException {
		throw new ClosedChannelException();
	}

	@Override
	public boolean finishConnect() throws IOException {
		throw new ClosedChannelException();
	}

	@Override
	public <T> SocketChannel setOption(SocketOption<T> name, T value) throws IOException {
		throw new ClosedChannelException();
	}

	@Override
	public <T> T getOption(SocketOption<T> name) throws IOException {
		throw new ClosedChannelException();
	}

	@Override
	public Set<SocketOption<?>> supportedOptions() {
		return Set.of();
	}

	@Override
	public SocketChannel shutdownInput() throws IOException {
		throw new ClosedChannelException();
	}

	@Override
	public SocketChannel shutdownOutput() throws IOException {
		throw new ClosedChannelException();
	}

	@Override
	public SocketAddress getRemoteAddress() throws IOException {
		throw new ClosedChannelException();
	}

	@Override
	public SocketAddress getLocalAddress() throws IOException {
		throw new ClosedChannelException();
	}

	@Override
	public int read(ByteBuffer destination) throws IOException {
		throw new ClosedChannelException();
	}

	@Override
	public long read(ByteBuffer[] destinations, int offset, int length) throws IOException {
		throw new ClosedChannelException();
	}

	@Override
	public int write(ByteBuffer source) throws IOException {
		throw new ClosedChannelException();
	}

	@Override
	public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
		throw new ClosedChannelException();
	}

}
