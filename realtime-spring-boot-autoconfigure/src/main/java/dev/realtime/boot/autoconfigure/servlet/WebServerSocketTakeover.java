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

package dev.realtime.boot.autoconfigure.servlet;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

import dev.realtime.transport.netty.JettySocketTakeover;
import dev.realtime.transport.netty.SocketTakeover;
import dev.realtime.transport.netty.TomcatSocketTakeover;
import dev.realtime.transport.netty.UpgradedSocket;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.connector.Connector;
import org.eclipse.jetty.server.NetworkConnector;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.WebServer;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * Takes sockets from the application's embedded web server, whichever it is.
 */
final class WebServerSocketTakeover implements SocketTakeover {

	private static final boolean TOMCAT_PRESENT = isPresent("org.springframework.boot.tomcat.TomcatWebServer",
			"org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler");

	private static final boolean JETTY_PRESENT = isPresent("org.springframework.boot.jetty.JettyWebServer",
			"org.eclipse.jetty.ee11.servlet.ServletContextRequest");

	private final Supplier<@Nullable WebServer> webServer;

	private final boolean detaching;

	private volatile @Nullable SocketTakeover delegate;

	/**
	 * Create a takeover.
	 * @param webServer returns the web server, or {@code null} if there is none
	 * @param detaching whether Tomcat forgets sockets at once
	 */
	WebServerSocketTakeover(Supplier<@Nullable WebServer> webServer, boolean detaching) {
		this.webServer = webServer;
		this.detaching = detaching;
	}

	private static boolean isPresent(String... classNames) {
		ClassLoader classLoader = WebServerSocketTakeover.class.getClassLoader();
		return Arrays.stream(classNames).allMatch((name) -> ClassUtils.isPresent(name, classLoader));
	}

	@Override
	public @Nullable String refusal(int localPort) {
		SocketTakeover delegate = delegate();
		return (delegate != null) ? delegate.refusal(localPort) : noDelegate();
	}

	@Override
	public @Nullable String refusal(HttpServletRequest request) {
		SocketTakeover delegate = delegate();
		return (delegate != null) ? delegate.refusal(request) : noDelegate();
	}

	private String noDelegate() {
		WebServer server = this.webServer.get();
		return (server != null) ? "sockets cannot be taken over from a " + server.getClass().getSimpleName()
				: "there is no embedded web server";
	}

	@Override
	public void takeOver(HttpServletRequest request, HttpServletResponse response, UpgradedSocket socket)
			throws IOException {
		SocketTakeover delegate = delegate();
		Assert.state(delegate != null, "Nothing takes sockets over");
		delegate.takeOver(request, response, socket);
	}

	private @Nullable SocketTakeover delegate() {
		SocketTakeover delegate = this.delegate;
		if (delegate == null) {
			WebServer server = this.webServer.get();
			if (TOMCAT_PRESENT && Tomcat.is(server)) {
				delegate = Tomcat.takeover((TomcatWebServer) server, this.detaching);
			}
			else if (JETTY_PRESENT && Jetty.is(server)) {
				delegate = Jetty.takeover((JettyWebServer) server);
			}
			this.delegate = delegate;
		}
		return delegate;
	}

	/**
	 * Return whether sockets can be detached from a web server.
	 * @param server the web server
	 * @return whether it is Tomcat
	 */
	static boolean canDetach(WebServer server) {
		return TOMCAT_PRESENT && Tomcat.is(server);
	}

	/**
	 * Return the ports a web server listens on.
	 * @param server the started web server
	 * @return the local ports
	 */
	static List<Integer> ports(WebServer server) {
		if (TOMCAT_PRESENT && Tomcat.is(server)) {
			return Tomcat.ports((TomcatWebServer) server);
		}
		if (JETTY_PRESENT && Jetty.is(server)) {
			return Jetty.ports((JettyWebServer) server);
		}
		return List.of(server.getPort());
	}

	/**
	 * What needs Tomcat.
	 */
	private static final class Tomcat {

		static boolean is(@Nullable WebServer server) {
			return server instanceof TomcatWebServer;
		}

		static SocketTakeover takeover(TomcatWebServer server, boolean detaching) {
			return new TomcatSocketTakeover((port) -> Arrays.stream(connectors(server))
				.filter((connector) -> connector.getLocalPort() == port)
				.findFirst()
				.orElse(null), detaching);
		}

		static List<Integer> ports(TomcatWebServer server) {
			return Arrays.stream(connectors(server)).map(Connector::getLocalPort).filter((port) -> port > 0).toList();
		}

		private static Connector[] connectors(TomcatWebServer server) {
			return server.getTomcat().getService().findConnectors();
		}

	}

	/**
	 * What needs Jetty.
	 */
	private static final class Jetty {

		static boolean is(@Nullable WebServer server) {
			return server instanceof JettyWebServer;
		}

		static SocketTakeover takeover(JettyWebServer server) {
			return new JettySocketTakeover((port) -> connectors(server).stream()
				.filter((connector) -> connector.getLocalPort() == port)
				.findFirst()
				.orElse(null));
		}

		static List<Integer> ports(JettyWebServer server) {
			return connectors(server).stream().map(NetworkConnector::getLocalPort).filter((port) -> port > 0).toList();
		}

		private static List<NetworkConnector> connectors(JettyWebServer server) {
			return Arrays.stream(server.getServer().getConnectors())
				.filter(NetworkConnector.class::isInstance)
				.map(NetworkConnector.class::cast)
				.toList();
		}

	}

}
