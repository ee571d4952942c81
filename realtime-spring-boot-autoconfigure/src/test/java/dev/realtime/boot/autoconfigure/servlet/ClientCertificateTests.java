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
import java.net.http.HttpClient;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import dev.realtime.event.ConnectEventRequest;
import dev.realtime.event.ConnectEventResponse;
import dev.realtime.event.EventHandler;
import dev.realtime.event.EventType;
import dev.realtime.hub.annotation.HubController;
import org.junit.jupiter.api.Test;

import org.springframework.boot.ssl.pem.PemSslStore;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for certificates of clients, which handlers of connect events see.
 */
class ClientCertificateTests {

	private static final String LOCATION = "classpath:dev/realtime/boot/autoconfigure/servlet/localhost.";

	@Test
	void handlerSeesTheCertificateOfTheClient() throws Exception {
		try (TestServer server = TestServer.start(Application.class, "server.ssl.client-auth=want",
				"server.ssl.bundle=localhost", "realtime.web-pubsub.allow-anonymous=true",
				"spring.ssl.bundle.pem.localhost.keystore.certificate=" + LOCATION + "crt",
				"spring.ssl.bundle.pem.localhost.keystore.private-key=" + LOCATION + "key",
				"spring.ssl.bundle.pem.localhost.truststore.certificate=" + LOCATION + "crt")) {
			URI url = URI.create("wss://localhost:" + server.port() + "/client/hubs/chat");
			try (PubSubClient client = new PubSubClient(http(true), url, "json.webpubsub.azure.v1")) {
				assertThat(client.next()).contains("\"userId\":\"CN=localhost\"");
			}
			try (PubSubClient client = new PubSubClient(http(false), url, "json.webpubsub.azure.v1")) {
				assertThat(client.next()).contains("\"connected\"").doesNotContain("CN=");
			}
		}
	}

	private static HttpClient http(boolean certificate) throws Exception {
		PemSslStore pem = PemSslStore
			.load(PemSslStoreDetails.forCertificate(LOCATION + "crt").withPrivateKey(LOCATION + "key"));
		KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
		store.load(null, null);
		Certificate[] chain = pem.certificates().toArray(Certificate[]::new);
		store.setCertificateEntry("trusted", chain[0]);
		if (certificate) {
			store.setKeyEntry("own", pem.privateKey(), new char[0], chain);
		}
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(store);
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store, new char[0]);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
		return HttpClient.newBuilder().sslContext(context).build();
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		Handlers handlers() {
			return new Handlers();
		}

	}

	@HubController("chat")
	static class Handlers {

		@EventHandler(type = EventType.CONNECT)
		ConnectEventResponse connect(ConnectEventRequest request) {
			X509Certificate certificate = request.handshake().clientCertificate();
			return (certificate != null)
					? ConnectEventResponse.accept().userId(certificate.getSubjectX500Principal().getName())
					: ConnectEventResponse.accept();
		}

	}

}
