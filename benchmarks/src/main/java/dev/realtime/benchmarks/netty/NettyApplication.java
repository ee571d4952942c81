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

package dev.realtime.benchmarks.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.util.concurrent.GlobalEventExecutor;

/**
 * Serves echo and broadcast in the form of the JSON hub protocol with Netty alone:
 * neither dispatch nor JSON library, messages are recognised by their texts. Listens on
 * the loopback address only, and takes {@code --server.port} and the system property
 * {@code PORTFILE} like the other applications.
 */
public final class NettyApplication {

	private static final String PORT = "--server.port=";

	private static final String PATH = "/hubs/bench";

	private static final int MAXIMUM_REQUEST = 8 * 1024;

	private NettyApplication() {
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		EventLoopGroup loops = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
		ChannelGroup members = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
		Channel server = new ServerBootstrap().group(loops)
			.channel(NioServerSocketChannel.class)
			.option(ChannelOption.SO_BACKLOG, 1024)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new Pipeline(members))
			.bind(InetAddress.getLoopbackAddress(), port(args))
			.sync()
			.channel();
		writePort(((InetSocketAddress) server.localAddress()).getPort());
		server.closeFuture().sync();
	}

	private static int port(String[] args) {
		for (String arg : args) {
			if (arg.startsWith(PORT)) {
				return Integer.parseInt(arg.substring(PORT.length()));
			}
		}
		return 0;
	}

	private static void writePort(int port) throws IOException {
		String file = System.getProperty("PORTFILE");
		if (file != null) {
			Files.writeString(Path.of(file), String.valueOf(port));
		}
	}

	private static final class Pipeline extends ChannelInitializer<SocketChannel> {

		private final ChannelGroup members;

		Pipeline(ChannelGroup members) {
			this.members = members;
		}

		@Override
		protected void initChannel(SocketChannel channel) {
			channel.pipeline()
				.addLast(new HttpServerCodec())
				.addLast(new HttpObjectAggregator(MAXIMUM_REQUEST))
				.addLast(new WebSocketServerProtocolHandler(PATH))
				.addLast(new CannedHub(this.members));
		}

	}

}
