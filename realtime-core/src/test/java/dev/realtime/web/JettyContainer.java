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

import java.util.EnumSet;

import dev.realtime.transport.netty.JettySocketTakeover;
import dev.realtime.transport.netty.SocketTakeover;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Jetty with a server connector.
 */
final class JettyContainer implements TestContainer {

	private final Server server = new Server();

	private final ServerConnector connector = new ServerConnector(this.server);

	private final ServletContextHandler context = new ServletContextHandler();

	JettyContainer() {
		this.connector.setHost("127.0.0.1");
		this.connector.setPort(Integer.getInteger("test.port", 0));
		this.server.addConnector(this.connector);
		this.server.setHandler(this.context);
		JakartaWebSocketServletContainerInitializer.configure(this.context, null);
	}

	@Override
	public void addFilter(String name, Filter filter) {
		FilterHolder holder = new FilterHolder(filter);
		holder.setName(name);
		holder.setAsyncSupported(true);
		this.context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
	}

	@Override
	public void start(Servlet servlet) {
		ServletHolder holder = new ServletHolder("dispatcher", servlet);
		holder.setAsyncSupported(true);
		this.context.addServlet(holder, "/");
		try {
			this.server.start();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public SocketTakeover takeover() {
		return new JettySocketTakeover((port) -> (this.connector.getLocalPort() == port) ? this.connector : null);
	}

	@Override
	public int port() {
		return this.connector.getLocalPort();
	}

	@Override
	public void stop() {
		try {
			this.server.stop();
			this.server.destroy();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public long connections() {
		return this.connector.getConnectedEndPoints().size();
	}

	@Override
	public int leftovers() {
		return this.connector.getConnectedEndPoints().size();
	}

}
