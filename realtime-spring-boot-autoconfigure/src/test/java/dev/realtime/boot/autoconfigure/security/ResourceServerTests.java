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

package dev.realtime.boot.autoconfigure.security;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.realtime.boot.autoconfigure.servlet.TestClient;
import dev.realtime.boot.autoconfigure.servlet.TestServer;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for hubs in an application that is an OAuth 2 resource server: browsers send the
 * bearer token as query parameter.
 */
class ResourceServerTests {

	private static final SecretKey KEY = new SecretKeySpec(
			"a key of thirty-two bytes, or so".getBytes(StandardCharsets.US_ASCII), "HmacSHA256");

	private static TestServer server;

	private final TestClient client = new TestClient(server.uri("/hubs/chat"));

	@BeforeAll
	static void start() {
		server = TestServer.startSecured(Application.class);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void tokenInTheQuery() {
		this.client.query("access_token=" + token("bob")).connect();
		assertThat(this.client.invoke("userId").get("result").asString()).isEqualTo("bob");
		assertThat(this.client.invoke("subject").get("result").asString()).isEqualTo("bob");
		this.client.close();
	}

	@Test
	void tokenInTheHeader() {
		assertThat(this.client.negotiate("Authorization", "Bearer " + token("bob")).statusCode()).isEqualTo(200);
	}

	@Test
	void wrongToken() {
		assertThat(this.client.query("access_token=wrong").negotiate().statusCode()).isEqualTo(401);
	}

	@Test
	void noToken() {
		assertThat(this.client.negotiate().statusCode()).isEqualTo(401);
	}

	@Test
	void tokenInTheQueryOfOtherPathsDoesNotCount() {
		assertThat(this.client.get("/other?access_token=" + token("bob")).statusCode()).isEqualTo(401);
	}

	private static String token(String subject) {
		try {
			SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256),
					new JWTClaimsSet.Builder().subject(subject)
						.expirationTime(Date.from(Instant.now().plusSeconds(60)))
						.build());
			token.sign(new MACSigner(KEY));
			return token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@Import(ChatController.class)
	static class Application {

		@Bean
		JwtDecoder jwtDecoder() {
			return NimbusJwtDecoder.withSecretKey(KEY).build();
		}

	}

	@HubController("chat")
	static class ChatController {

		@HubMethod
		String userId(HubCallerContext caller) {
			return caller.userId();
		}

		@HubMethod
		String subject(@AuthenticationPrincipal Jwt token) {
			return token.getSubject();
		}

	}

}
