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

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Arrays;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for the engine behind a connector that uses TLS.
 */
@ExtendWith(OutputCaptureExtension.class)
class TlsEngineTests {

	private static final String[] TLS = { EngineApplication.LOG, "server.ssl.bundle=localhost",
			"spring.ssl.bundle.pem.localhost.keystore.certificate=classpath:dev/realtime/boot/autoconfigure/servlet/localhost.crt",
			"spring.ssl.bundle.pem.localhost.keystore.private-key=classpath:dev/realtime/boot/autoconfigure/servlet/localhost.key" };

	@Test
	void containerServesTls(CapturedOutput output) throws Exception {
		try (TestServer server = TestServer.start(EngineApplication.class, TLS)) {
			assertThat(output).contains("WebSockets on port " + server.port()
					+ " are served by the servlet container: the connector uses TLS");
			HttpClient.Builder http = HttpClient.newBuilder().sslContext(trusting());
			URI hub = URI.create("https://localhost:" + server.port() + "/hubs/chat");
			EngineApplication.assertServedBy(EngineApplication.SERVLET, server.context(), new TestClient(hub, http));
		}
	}

	@Test
	void applicationThatInsistsOnNettyDoesNotStart(CapturedOutput output) {
		String[] properties = Arrays.copyOf(TLS, TLS.length + 1);
		properties[TLS.length] = "realtime.websocket.engine=netty";
		Throwable failure = catchThrowable(() -> TestServer.start(EngineApplication.class, properties));
		Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
		assertThat(cause).isInstanceOf(WebSocketEngineException.class)
			.hasMessageMatching("Netty cannot serve WebSockets on port \\d+: the connector uses TLS");
		FailureAnalysis analysis = new WebSocketEngineFailureAnalyzer().analyze(failure);
		assertThat(analysis.getDescription()).isEqualTo(cause.getMessage() + ".");
		assertThat(analysis.getAction()).contains("realtime.websocket.engine=auto",
				"realtime.websocket.engine=servlet");
		assertThat(output).contains("APPLICATION FAILED TO START", analysis.getDescription(), analysis.getAction());
		assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
			.noneMatch((name) -> name.startsWith("realtime-"));
	}

	private static SSLContext trusting() throws Exception {
		KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
		trusted.load(null, null);
		try (InputStream certificate = new ClassPathResource("localhost.crt", TlsEngineTests.class).getInputStream()) {
			trusted.setCertificateEntry("localhost",
					CertificateFactory.getInstance("X.509").generateCertificate(certificate));
		}
		TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		managers.init(trusted);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, managers.getTrustManagers(), null);
		return context;
	}

}
