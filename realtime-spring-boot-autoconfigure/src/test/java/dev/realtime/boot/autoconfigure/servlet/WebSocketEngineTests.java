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

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import dev.realtime.transport.netty.SocketTakeover;
import org.apache.catalina.connector.Connector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.thread.Threading;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for the choice of the engine that serves WebSockets.
 */
@ExtendWith(OutputCaptureExtension.class)
class WebSocketEngineTests {

	@Test
	void nettyServesTomcat(CapturedOutput output) {
		try (TestServer server = TestServer.start(EngineApplication.class, EngineApplication.LOG)) {
			assertThat(output).contains("WebSockets on port " + server.port() + " are served by Netty");
			assertServedBy(EngineApplication.NETTY, server);
		}
	}

	@Test
	void nettyCanBeAskedFor(CapturedOutput output) {
		try (TestServer server = TestServer.start(EngineApplication.class, EngineApplication.LOG,
				"realtime.websocket.engine=netty")) {
			assertThat(output).contains("WebSockets on port " + server.port() + " are served by Netty");
			assertServedBy(EngineApplication.NETTY, server);
		}
	}

	@Test
	void socketsCanBeDetachedFromTomcat(CapturedOutput output) {
		try (TestServer server = TestServer.start(EngineApplication.class, EngineApplication.LOG,
				"realtime.websocket.netty.detach=true", "server.tomcat.max-connections=5",
				"server.tomcat.accept-count=1")) {
			assertThat(output)
				.contains("WebSockets on port " + server.port() + " are served by Netty, detached from the web server");
			List<TestClient> clients = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				TestClient client = new TestClient(server.uri("/hubs/chat"));
				clients.add(client);
				client.connect();
			}
			for (TestClient client : clients) {
				assertThat(client.invoke("ping").get("result").asString()).isEqualTo("pong");
				client.close();
			}
		}
	}

	@Test
	void jettyKeepsItsSockets(CapturedOutput output) {
		try (TestServer server = TestServer.startOnJetty(EngineApplication.class, EngineApplication.LOG,
				"realtime.websocket.netty.detach=true")) {
			assertThat(output).contains("are served by Netty, and only Tomcat can be detached from");
			assertServedBy(EngineApplication.NETTY, server);
		}
	}

	@Test
	void containerCanBeAskedFor(CapturedOutput output) {
		try (TestServer server = TestServer.start(EngineApplication.class, EngineApplication.LOG,
				"realtime.websocket.engine=servlet")) {
			assertThat(output).contains("WebSockets on port " + server.port()
					+ " are served by the servlet container: realtime.websocket.engine=servlet");
			assertThat(server.context().getBeansOfType(SocketTakeover.class)).isEmpty();
			assertServedBy(EngineApplication.SERVLET, server);
		}
	}

	@Test
	void containerServesNio2(CapturedOutput output) {
		try (TestServer server = TestServer.start(Nio2Application.class, EngineApplication.LOG)) {
			assertThat(output).contains("WebSockets on port " + server.port()
					+ " are served by the servlet container: the connector uses Http11Nio2Protocol");
			assertServedBy(EngineApplication.SERVLET, server);
		}
	}

	@Test
	void nettyServesJetty(CapturedOutput output) {
		try (TestServer server = TestServer.startOnJetty(EngineApplication.class, EngineApplication.LOG)) {
			assertThat(output).contains("WebSockets on port " + server.port() + " are served by Netty");
			assertServedBy(EngineApplication.NETTY, server);
		}
	}

	@Test
	void nettyServesJettyOfTheApplication(CapturedOutput output) {
		try (TestServer server = TestServer.start(JettyFactoryApplication.class, EngineApplication.LOG)) {
			assertThat(output).contains("WebSockets on port " + server.port() + " are served by Netty");
			assertThat(((WebServerApplicationContext) server.context()).getWebServer())
				.isInstanceOf(JettyWebServer.class);
			assertServedBy(EngineApplication.NETTY, server);
		}
	}

	@Test
	void everyConnectorIsReported(CapturedOutput output) {
		try (TestServer server = TestServer.start(TwoConnectorsApplication.class, EngineApplication.LOG)) {
			int second = ((TomcatWebServer) ((WebServerApplicationContext) server.context()).getWebServer()).getTomcat()
				.getService()
				.findConnectors()[1].getLocalPort();
			assertThat(output).contains("WebSockets on port " + server.port() + " are served by Netty")
				.contains("WebSockets on port " + second
						+ " are served by the servlet container: the connector uses Http11Nio2Protocol");
			assertServedBy(EngineApplication.NETTY, server);
			EngineApplication.assertServedBy(EngineApplication.SERVLET, server.context(),
					URI.create("http://localhost:" + second));
		}
	}

	@Test
	void nettyServesTomcatOnVirtualThreads() {
		assumeThat(Runtime.version().feature()).as("Java has virtual threads").isGreaterThanOrEqualTo(21);
		try (TestServer server = TestServer.start(EngineApplication.class, "spring.threads.virtual.enabled=true")) {
			assertThat(Threading.VIRTUAL.isActive(server.context().getEnvironment())).isTrue();
			assertServedBy(EngineApplication.NETTY, server);
		}
	}

	@Test
	void nettyServesJettyOnVirtualThreads() {
		assumeThat(Runtime.version().feature()).as("Java has virtual threads").isGreaterThanOrEqualTo(21);
		try (TestServer server = TestServer.startOnJetty(EngineApplication.class,
				"spring.threads.virtual.enabled=true")) {
			assertServedBy(EngineApplication.NETTY, server);
		}
	}

	private static void assertServedBy(String channel, TestServer server) {
		EngineApplication.assertServedBy(channel, server.context(), server.uri("/"));
	}

	@Configuration(proxyBeanMethods = false)
	static class Nio2Application extends EngineApplication {

		@Bean
		WebServerFactoryCustomizer<TomcatServletWebServerFactory> nio2() {
			return (factory) -> factory.setProtocol("org.apache.coyote.http11.Http11Nio2Protocol");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoConnectorsApplication extends EngineApplication {

		@Bean
		WebServerFactoryCustomizer<TomcatServletWebServerFactory> secondConnector() {
			Connector connector = new Connector("org.apache.coyote.http11.Http11Nio2Protocol");
			connector.setPort(0);
			return (factory) -> factory.addAdditionalConnectors(connector);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class JettyFactoryApplication extends EngineApplication {

		@Bean
		JettyServletWebServerFactory jetty() {
			return new JettyServletWebServerFactory();
		}

	}

}
