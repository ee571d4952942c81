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

package dev.realtime.web.webhook;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.realtime.event.ClientEventConnection;
import dev.realtime.event.ConnectEventRequest;
import dev.realtime.event.UserEventRequest;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.ServerMessage.DataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

import org.springframework.util.LinkedMultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests that the secrets of webhooks stay out of logs and exceptions, whatever goes
 * wrong. Here, where logs can be listened to.
 */
class WebhookSecretsTests {

	private static final String CODE = "c0de-0f-webh00k";

	private static final String TOKEN = "t0ken-0f-webh00k";

	private static final String HEADER = "header-0f-webh00k";

	private final Logger logger = (Logger) LoggerFactory.getLogger("dev.realtime");

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private volatile String answer = "";

	private final ServerSocket server = listen(this);

	@BeforeEach
	void listenToLogs() {
		this.logger.setLevel(Level.DEBUG);
		this.logger.setAdditive(false);
		this.logger.addAppender(this.log);
		this.log.start();
	}

	@AfterEach
	void close() throws IOException {
		this.server.close();
		this.logger.detachAppender(this.log);
		this.logger.setAdditive(true);
		this.logger.setLevel(null);
	}

	private static ServerSocket listen(WebhookSecretsTests test) {
		try {
			ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
			Thread thread = new Thread(() -> test.answer(server), "secrets-upstream");
			thread.setDaemon(true);
			thread.start();
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// with what there is to say, and all of the request behind it
	private void answer(ServerSocket server) {
		try {
			while (true) {
				Socket socket = server.accept();
				byte[] request = new byte[16384];
				int length = socket.getInputStream().read(request);
				if (!this.answer.isEmpty()) {
					String echo = new String(request, 0, Math.max(length, 0), StandardCharsets.ISO_8859_1);
					socket.getOutputStream()
						.write(this.answer.replace("ECHO", echo).getBytes(StandardCharsets.ISO_8859_1));
					socket.close();
				}
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	@ParameterizedTest
	@CsvSource({ "HTTP/1.1 500 Failed, has status 500", "HTTP/1.1 302 Found, has status 302",
			"HTTP/1.1 200 OK, not JSON", "this is not HTTP, cannot be reached" })
	void failuresTellNoSecret(String head, String told) throws Exception {
		this.answer = head + "\r\nLocation: /?code=" + CODE + "\r\nConnection: close\r\n\r\n{ECHO";
		assertNoSecret(Duration.ofSeconds(30), false, told);
	}

	@Test
	void silenceTellsNoSecret() throws Exception {
		assertNoSecret(Duration.ofMillis(200), false, "did not answer within PT0.2S");
	}

	@Test
	void refusedConnectionsTellNoSecret() throws Exception {
		this.server.close();
		assertNoSecret(Duration.ofSeconds(30), false, "cannot be reached");
	}

	@Test
	void validationTellsNoSecret() throws Exception {
		this.answer = "HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\nECHO";
		assertNoSecret(Duration.ofSeconds(30), true, "answered the validation with status 403");
		this.server.close();
		assertNoSecret(Duration.ofSeconds(30), true, "cannot be reached");
	}

	private void assertNoSecret(Duration timeout, boolean validation, String told) throws Exception {
		Webhook webhook = Webhook.to("http://localhost:" + this.server.getLocalPort() + "/{event}?code=" + CODE)
			.header("Authorization", "Bearer " + TOKEN)
			.header("X-Key", HEADER)
			.userEvents("*");
		StringBuilder seen = new StringBuilder();
		try (Webhooks webhooks = Webhooks.builder()
			.handler("chat", webhook.systemEvents(EnumSet.allOf(SystemEvent.class)))
			.listener("chat", webhook)
			.validation(validation)
			.timeout(timeout)
			.time(new ImpatientTimer(), InstantSource.system())
			.build()) {
			ClientEventConnection connection = connection();
			UserEventRequest event = new UserEventRequest("typing",
					new ServerMessage.Data(null, null, DataType.TEXT, "x", Map.of()));
			seen.append(failure(webhooks.handler()
				.connect(new ConnectEventRequest("chat", "c1", "ann", null, connection.handshake()), connection)));
			seen.append(failure(webhooks.handler().userEvent(event, connection)));
			webhooks.listener().userEvent(event, connection);
		}
		seen.append(logged());
		assertThat(seen.toString()).contains(told).doesNotContain(CODE, TOKEN, HEADER);
		assertThat(this.log.list).extracting(ILoggingEvent::getLevel).contains(Level.DEBUG, Level.WARN);
	}

	private static ClientEventConnection connection() {
		ClientEventConnection connection = mock(ClientEventConnection.class);
		given(connection.hub()).willReturn("chat");
		given(connection.connectionId()).willReturn("c1");
		given(connection.handshake())
			.willReturn(new HubHandshake(URI.create("http://localhost/client/hubs/chat"), new LinkedMultiValueMap<>(),
					new LinkedMultiValueMap<>(), new LinkedMultiValueMap<>(), null, new ConcurrentHashMap<>()));
		return connection;
	}

	private static String failure(CompletionStage<?> stage) throws Exception {
		try {
			stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
			return "";
		}
		catch (ExecutionException ex) {
			StringWriter trace = new StringWriter();
			ex.printStackTrace(new PrintWriter(trace));
			return trace.toString();
		}
	}

	private String logged() {
		return this.log.list.stream()
			.map((event) -> event.getFormattedMessage() + "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy()))
			.collect(Collectors.joining("\n"));
	}

	/**
	 * A timer for which there are no pauses between attempts.
	 */
	private static final class ImpatientTimer implements Timer {

		private final Timer timer = Timer.system();

		@Override
		public long nanoTime() {
			return this.timer.nanoTime();
		}

		@Override
		public Runnable schedule(Duration delay, Runnable task) {
			boolean pause = delay.compareTo(Duration.ofSeconds(1)) >= 0 && delay.compareTo(Duration.ofSeconds(5)) <= 0;
			return this.timer.schedule(pause ? Duration.ZERO : delay, task);
		}

		@Override
		public void close() {
			this.timer.close();
		}

	}

}
