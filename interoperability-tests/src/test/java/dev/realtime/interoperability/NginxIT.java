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

package dev.realtime.interoperability;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.realtime.operations.Nginx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The official clients behind nginx, which has the configuration of the documentation:
 * all transports of SignalR, and Web PubSub; and pages, which name their origin.
 */
class NginxIT {

	private static final String KEY = "the access key of the clients, which needs 32 bytes";

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	@TempDir
	static Path directory;

	private static ConfigurableApplicationContext context;

	private static Nginx nginx;

	private static Nginx nginxOverTls;

	@BeforeAll
	static void start() throws Exception {
		Path program = NodeProcess.require("nginx", "nginx");
		context = new SpringApplicationBuilder(InteropApplication.class)
			.properties(InteropApplication.DEFAULTS, "server.port=0", "server.forward-headers-strategy=native",
					"realtime.web-pubsub.access-key=" + KEY)
			.run();
		int port = ((WebServerApplicationContext) context).getWebServer().getPort();
		nginx = Nginx.start(program, Files.createDirectory(directory.resolve("plain")), port, port);
		nginxOverTls = Nginx.startAsOverTls(program, Files.createDirectory(directory.resolve("tls")), port, port);
	}

	@AfterAll
	static void stop() throws InterruptedException {
		for (Nginx proxy : new Nginx[] { nginx, nginxOverTls }) {
			if (proxy != null) {
				proxy.close();
			}
		}
		if (context != null) {
			context.close();
		}
	}

	@TestFactory
	Stream<DynamicTest> signalR() {
		return NodeProcess.run(Map.of("BASE_URL", nginx.url()), "test/calls.test.mjs", "test/nginx.test.mjs");
	}

	@TestFactory
	Stream<DynamicTest> webPubSub() {
		return NodeProcess.run(
				Map.of("BASE_URL", nginx.url(), "CONNECTION_STRING",
						"Endpoint=" + nginx.url() + ";AccessKey=" + KEY + ";Version=1.0;"),
				"test/web-pubsub-client.test.mjs");
	}

	@Test
	void pagesOfTheProxyConnect() throws Exception {
		assertThat(negotiate(nginx, nginx.url())).isEqualTo(200);
		assertThat(upgrade(nginx, nginx.url())).isEqualTo(101);
	}

	@Test
	void pagesOfTheProxyConnectOverTls() throws Exception {
		String origin = nginxOverTls.url().replace("http:", "https:");
		assertThat(negotiate(nginxOverTls, origin)).isEqualTo(200);
		assertThat(upgrade(nginxOverTls, origin)).isEqualTo(101);
	}

	@Test
	void otherPagesDoNot() throws Exception {
		for (String origin : List.of("https://elsewhere.example", nginxOverTls.url(),
				"https://" + URI.create(nginxOverTls.url()).getHost())) {
			assertThat(negotiate(nginxOverTls, origin)).as(origin).isEqualTo(403);
			assertThat(upgrade(nginxOverTls, origin)).as(origin).isEqualTo(403);
		}
	}

	private static int negotiate(Nginx proxy, String origin) throws Exception {
		URI uri = URI.create(proxy.url() + "/hubs/interop/negotiate?negotiateVersion=1");
		return HTTP
			.send(HttpRequest.newBuilder(uri).header("Origin", origin).POST(BodyPublishers.noBody()).build(),
					BodyHandlers.discarding())
			.statusCode();
	}

	private static int upgrade(Nginx proxy, String origin) throws Exception {
		URI uri = URI.create(proxy.url().replace("http:", "ws:") + "/hubs/interop");
		try {
			HTTP.newWebSocketBuilder().header("Origin", origin).buildAsync(uri, new WebSocket.Listener() {
			}).get(10, TimeUnit.SECONDS).abort();
			return 101;
		}
		catch (ExecutionException ex) {
			return ((WebSocketHandshakeException) ex.getCause()).getResponse().statusCode();
		}
	}

}
