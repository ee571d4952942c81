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
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.realtime.event.ConnectEventRequest;
import dev.realtime.event.ConnectRejectedException;
import dev.realtime.event.EventHandler;
import dev.realtime.event.EventType;
import dev.realtime.hub.annotation.HubController;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what the handshake of a Web PubSub client answers, and for how connections
 * end, on both WebSocket engines.
 */
class WebPubSubHandshakeTests {

	private static final String JSON = "json.webpubsub.azure.v1";

	private static final String RELIABLE = "json.reliable.webpubsub.azure.v1";

	private static TestServer netty;

	private static TestServer servlet;

	@BeforeAll
	static void start() {
		netty = start("netty");
		servlet = start("servlet");
	}

	private static TestServer start(String engine) {
		return TestServer.start(Application.class, RestCaller.PROPERTY, "realtime.websocket.engine=" + engine,
				"realtime.hubs.configured.detailed-errors=false", "realtime.web-pubsub.public-endpoints=https://public",
				"server.forward-headers-strategy=framework");
	}

	@AfterAll
	static void stop() {
		netty.close();
		servlet.close();
	}

	private static TestServer server(String engine) {
		return engine.equals("netty") ? netty : servlet;
	}

	private static JWTClaimsSet.Builder claims(URI audience) {
		return new JWTClaimsSet.Builder().audience(audience.toString())
			.expirationTime(Date.from(Instant.now().plusSeconds(60)));
	}

	private static String sign(JWTClaimsSet claims, String key) {
		try {
			SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
			token.sign(new MACSigner(key));
			return token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static URI url(TestServer server, String hub, String query, JWTClaimsSet.Builder claims) {
		return URI.create(server.uri("/client/hubs/" + hub) + "?" + query + "access_token="
				+ sign(claims.build(), RestCaller.KEY));
	}

	private static URI url(TestServer server, String hub, String query) {
		return url(server, hub, query, claims(server.uri("/client/hubs/" + hub)));
	}

	static Stream<String> badTokens() {
		URI hub = netty.uri("/client/hubs/chat");
		return Stream.of("nonsense", new PlainJWT(claims(hub).build()).serialize(),
				sign(claims(hub).build(), "another key of a sufficient number of bytes"),
				sign(claims(netty.uri("/client/hubs/other")).build(), RestCaller.KEY),
				sign(claims(hub).expirationTime(Date.from(Instant.now().minus(Duration.ofHours(1)))).build(),
						RestCaller.KEY),
				sign(claims(hub).notBeforeTime(Date.from(Instant.now().plus(Duration.ofHours(1)))).build(),
						RestCaller.KEY),
				sign(new JWTClaimsSet.Builder().audience(hub.toString()).build(), RestCaller.KEY));
	}

	@ParameterizedTest
	@MethodSource("badTokens")
	void badTokenIsRefused(String token) {
		assertThat(PubSubClient.status(URI.create(netty.uri("/client/hubs/chat") + "?access_token=" + token)))
			.isEqualTo(401);
	}

	@Test
	void missingTokenIsRefused() {
		assertThat(PubSubClient.status(netty.uri("/client/hubs/chat"))).isEqualTo(401);
	}

	@Test
	void tokenForAPublicEndpointIsAccepted() {
		assertThat(
				PubSubClient.status(url(netty, "chat", "", claims(URI.create("https://PUBLIC:443/client/hubs/CHAT")))))
			.isEqualTo(101);
	}

	@Test
	void tokenForTheHostThatAProxyForwardsIsAccepted() throws Exception {
		String[] headers = { "X-Forwarded-Proto", "https", "X-Forwarded-Host", "proxy.example" };
		URI url = url(netty, "chat", "", claims(URI.create("https://proxy.example/client/hubs/chat")));
		assertThat(PubSubClient.status(url)).isEqualTo(401);
		assertThat(PubSubClient.status(url, headers)).isEqualTo(101);
		String path = "/api/hubs/chat/groups/nobody";
		String token = sign(claims(URI.create("https://proxy.example" + path)).build(), RestCaller.KEY);
		HttpRequest.Builder request = HttpRequest.newBuilder(netty.uri(path))
			.method("HEAD", BodyPublishers.noBody())
			.header("Authorization", "Bearer " + token);
		HttpClient http = HttpClient.newHttpClient();
		assertThat(http.send(request.build(), BodyHandlers.discarding()).statusCode()).isEqualTo(401);
		assertThat(http.send(request.headers(headers).build(), BodyHandlers.discarding()).statusCode()).isEqualTo(404);
	}

	@ParameterizedTest
	@CsvSource({ "/client/hubs/1chat", "/client/hubs/ch%40t", "/client/?hub=", "/client", "/client/" })
	void nameThatNoHubCanHaveIsRefused(String path) {
		assertThat(PubSubClient.status(netty.uri(path))).isEqualTo(400);
	}

	@Test
	void unknownHubIsNotFoundAndAConfiguredOneIs() {
		assertThat(PubSubClient.status(url(netty, "unknown", ""))).isEqualTo(404);
		assertThat(PubSubClient.status(url(netty, "configured", ""))).isEqualTo(101);
		assertThat(PubSubClient.status(url(netty, "CHAT", ""))).isEqualTo(101);
	}

	@Test
	void requestThatIsNoUpgradeIsRefused() throws Exception {
		HttpRequest request = HttpRequest.newBuilder(url(netty, "chat", "")).build();
		assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(400);
	}

	@Test
	void groupThatCannotBeIsRefused() {
		JWTClaimsSet.Builder claims = claims(netty.uri("/client/hubs/chat")).claim("webpubsub.group",
				List.of("g", " "));
		assertThat(PubSubClient.status(url(netty, "chat", "", claims))).isEqualTo(400);
	}

	@ParameterizedTest
	@CsvSource({ "webpubsub_mode=nonsense&, 400", "webpubsub_mode=sendToGroup&, 400",
			"webpubsub_mode=sendToGroup&group=g&noEcho=maybe&, 400",
			"webpubsub_mode=SendToGroup&group=g&noEcho=TRUE&, 101",
			"webpubsub_mode=nonsense&webpubsub_mode=sendEvent&, 101" })
	void modeOfAPlainClientIsChecked(String query, int status) {
		assertThat(PubSubClient.status(url(netty, "chat", query))).isEqualTo(status);
	}

	@Test
	void handlerSeesTheQueryWithoutTheToken() {
		assertThat(PubSubClient.status(url(netty, "chat", "id=room42&"))).isEqualTo(101);
		ConnectEventRequest request = netty.context().getBean(Handlers.class).request;
		assertThat(request.query("id")).isEqualTo("room42");
		assertThat(request.handshake().query()).containsOnlyKeys("id");
		assertThat(request.handshake().uri()).hasQuery("id=room42&access_token=***");
	}

	@ParameterizedTest
	@CsvSource({ "reject=403, 403", "reject=429, 429", "fail=, 500" })
	void handlerDecides(String query, int status) {
		assertThat(PubSubClient.status(url(netty, "chat", query + "&"))).isEqualTo(status);
	}

	@ParameterizedTest
	@ValueSource(strings = { "netty", "servlet" })
	void recoveryGoesOnOrIsRefusedInACloseFrame(String engine) {
		URI url = url(server(engine), "chat", "");
		PubSubClient first = new PubSubClient(url, RELIABLE);
		String introduction = first.next();
		String id = member("connectionId", introduction);
		String token = member("reconnectionToken", introduction);
		first.abort();
		String recovery = "awps_connection_id=" + id + "&awps_reconnection_token=";
		URI endpoint = server(engine).uri("/client/hubs/chat");
		try (PubSubClient second = new PubSubClient(URI.create(endpoint + "?access_token=expired&" + recovery + token),
				RELIABLE)) {
			assertThat(second.next()).isEqualTo(introduction);
		}
		RestCaller rest = new RestCaller(server(engine).uri(""));
		await().until(() -> rest.send("HEAD", "/api/hubs/chat/connections/" + id).statusCode() == 404);
		for (String query : List.of(recovery + token, recovery + "wrong", recovery,
				"awps_connection_id=unknown&awps_reconnection_token=" + token)) {
			assertThat(new PubSubClient(URI.create(endpoint + "?" + query), RELIABLE).closed()).isEqualTo(1008);
		}
	}

	private static String member(String name, String json) {
		return json.replaceFirst(".*\"" + name + "\":\"([^\"]+)\".*", "$1");
	}

	@ParameterizedTest
	@CsvSource({ "netty, json.webpubsub.azure.v1", "netty, ''", "netty, x", "servlet, x", "servlet, ''" })
	void recoveryKeepsTheSubprotocolWhateverIsOffered(String engine, String offered) {
		PubSubClient first = new PubSubClient(url(server(engine), "chat", ""), RELIABLE);
		String introduction = first.next();
		first.abort();
		URI recovery = URI.create(
				server(engine).uri("/client/hubs/chat") + "?awps_connection_id=" + member("connectionId", introduction)
						+ "&awps_reconnection_token=" + member("reconnectionToken", introduction));
		String[] subprotocols = StringUtils.commaDelimitedListToStringArray(offered);
		try (PubSubClient second = new PubSubClient(recovery, subprotocols)) {
			assertThat(second.next()).isEqualTo(introduction);
		}
	}

	@ParameterizedTest
	@CsvSource({ "netty, '{', 1007", "servlet, '{', 1007", "netty, '{\"type\":\"joinGroup\"}', 1007",
			"servlet, '[]', 1007", "netty, '', 1007" })
	void violationIsExplainedAndEndsTheConnection(String engine, String frame, int status) {
		PubSubClient client = new PubSubClient(url(server(engine), "chat", ""), JSON);
		assertThat(client.next()).contains("\"connected\"");
		client.send(frame);
		assertThat(client.next()).startsWith("{\"type\":\"system\",\"event\":\"disconnected\",\"message\":\"");
		assertThat(client.closed()).isEqualTo(status);
	}

	@ParameterizedTest
	@ValueSource(strings = { "netty", "servlet" })
	void plainClientWhoseEventFailsIsClosed(String engine) {
		PubSubClient client = new PubSubClient(url(server(engine), "configured", ""));
		client.send("nobody handles it");
		assertThat(client.closed()).isEqualTo(1011);
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

		private volatile ConnectEventRequest request;

		@EventHandler(type = EventType.CONNECT)
		void connect(ConnectEventRequest request) {
			this.request = request;
			String status = request.query("reject");
			if (status != null) {
				throw new ConnectRejectedException(Integer.parseInt(status), "No");
			}
			if (request.query("fail") != null) {
				throw new IllegalStateException("Failure of a handler in a test");
			}
		}

	}

}
