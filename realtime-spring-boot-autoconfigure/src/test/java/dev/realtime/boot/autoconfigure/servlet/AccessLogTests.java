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
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that secrets do not get into the access log.
 */
class AccessLogTests {

	@TempDir
	private Path directory;

	@Test
	void tokensAreMasked() throws IOException {
		try (TestServer server = TestServer.start(Application.class, "server.tomcat.accesslog.enabled=true",
				"server.tomcat.accesslog.buffered=false", "server.tomcat.accesslog.directory=" + this.directory,
				"server.tomcat.accesslog.prefix=access", "server.tomcat.accesslog.file-date-format=")) {
			TestClient client = new TestClient(server.uri("/hubs/chat")).query("access_token=secret&tenant=t")
				.connect();
			client.invoke("nothing");
			client.close();
			client.get("/elsewhere?id=visible");
			client.get("/client/hubs/chat?access_token=secret&awps_connection_id=1&awps_reconnection_token=secret");
			client.get("/client/?hub=chat&access_token=secret");
			client.get("/client/?hub=chat&Access%5Ftoken=secret&x=id=3");
			Path log = this.directory.resolve("access.log");
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.untilAsserted(() -> assertThat(Files.readString(log)).contains(
						"POST /hubs/chat/negotiate?negotiateVersion=1&access_token=***&tenant=t HTTP/1.1",
						"GET /hubs/chat?id=***&access_token=***&tenant=t HTTP/1.1", "/elsewhere?id=visible",
						"GET /client/hubs/chat?access_token=***&awps_connection_id=1&awps_reconnection_token=*** HTTP/1.1",
						"GET /client/?hub=chat&access_token=*** HTTP/1.1",
						"GET /client/?hub=chat&Access_token=***&x=id=3 HTTP/1.1"));
			assertThat(Files.readString(log)).doesNotContain("secret");
		}
	}

	@Test
	void tokensAreMaskedInJetty() throws IOException {
		Path log = this.directory.resolve("jetty.log");
		try (TestServer server = TestServer.startOnJetty(Application.class, "server.jetty.accesslog.enabled=true",
				"server.servlet.context-path=/app", "server.jetty.accesslog.filename=" + log)) {
			TestClient client = new TestClient(server.uri("/app/hubs/chat")).query("access_token=secret&tenant=t")
				.connect();
			client.invoke("nothing");
			client.close();
			client.get("/app/elsewhere?id=visible");
			client.get("/app/client/?hub=chat&access_token=secret&awps_reconnection_token=secret");
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.ignoreException(NoSuchFileException.class)
				.untilAsserted(() -> assertThat(Files.readString(log)).contains(
						"POST /app/hubs/chat/negotiate?negotiateVersion=1&access_token=***&tenant=t HTTP/1.1",
						"/elsewhere?id=visible",
						"GET /app/client/?hub=chat&access_token=***&awps_reconnection_token=*** HTTP/1.1"));
			assertThat(Files.readString(log)).doesNotContain("secret").doesNotContainPattern("chat\\?id=[^*]");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@Import(ChatController.class)
	static class Application {

	}

	@HubController("chat")
	static class ChatController {

		@HubMethod
		void nothing() {
		}

	}

}
