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

import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.realtime.hub.ClientAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link AccessTokens}.
 */
class AccessTokensTests {

	private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

	private static final String PRIMARY = "the first key, which has more than 64 bytes: one block of the hash is 64";

	private static final String SECONDARY = "secondary-key-of-thirty-two-byte";

	private static final String AUDIENCE = "http://localhost:8080/client/hubs/chat";

	private final AccessTokens tokens = new AccessTokens(AccessKeys.of(PRIMARY, SECONDARY),
			List.of("https://example.com/live/"), Clock.fixed(NOW, ZoneOffset.UTC));

	@Test
	void tokenAsTheSdksCreateIt() throws Exception {
		String token = sign((claims) -> claims.subject("ann")
			.claim("role", List.of("webpubsub.sendToGroup", "webpubsub.joinLeaveGroup.a"))
			.claim("webpubsub.group", List.of("g1", "g2"))
			.claim("iat", 1));
		ClientAccessToken client = verify(token);
		assertThat(client.userId()).isEqualTo("ann");
		assertThat(client.roles()).containsExactly("webpubsub.sendToGroup", "webpubsub.joinLeaveGroup.a");
		assertThat(client.groups()).containsExactly("g1", "g2");
		assertThat(client.claims()).containsEntry("sub", List.of("ann"))
			.containsEntry("aud", List.of(AUDIENCE))
			.containsEntry("iat", List.of("1"))
			.containsEntry("exp", List.of(String.valueOf(NOW.plusSeconds(3600).getEpochSecond())));
	}

	@Test
	void textsInPlaceOfArrays() throws Exception {
		ClientAccessToken client = verify(
				sign((claims) -> claims.claim("role", "webpubsub.sendToGroup").claim("webpubsub.group", "g1")));
		assertThat(client.userId()).isNull();
		assertThat(client.roles()).containsExactly("webpubsub.sendToGroup");
		assertThat(client.groups()).containsExactly("g1");
	}

	@Test
	void claimsOfAnyKind() throws Exception {
		ClientAccessToken client = verify(sign((claims) -> claims.claim("object", Map.of("a", 1))
			.claim("mixed", List.of("x", 2, true, List.of(3), Map.of("b", "c")))
			.claim("number", 1.5)
			.claim("nothing", List.of())));
		assertThat(client.claims()).containsEntry("object", List.of("{\"a\":1}"))
			.containsEntry("mixed", List.of("x", "2", "true", "[3]", "{\"b\":\"c\"}"))
			.containsEntry("number", List.of("1.5"))
			.containsEntry("nothing", List.of());
	}

	@Test
	void nameIdentifierOfDotNet() throws Exception {
		String claim = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier";
		assertThat(verify(sign((claims) -> claims.claim(claim, "ann"))).userId()).isEqualTo("ann");
		assertThat(verify(sign((claims) -> claims.claim(claim, "ann").subject("bob"))).userId()).isEqualTo("bob");
		assertThat(verify(sign((claims) -> claims.subject(""))).userId()).isNull();
	}

	@Test
	void secondaryKeySignsAsWell() throws Exception {
		assertThat(verify(sign(SECONDARY, JWSAlgorithm.HS256, valid().build()))).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { AUDIENCE, "HTTP://LOCALHOST:8080/CLIENT/HUBS/CHAT",
			"https://example.com/live/client/hubs/chat", "https://Example.com:443/live/client/hubs/Chat" })
	void audienceOfAnEndpoint(String audience) throws Exception {
		assertThat(verify(sign((claims) -> claims.audience(audience)))).isNotNull();
		assertThat(verify(sign((claims) -> claims.audience(List.of("https://elsewhere", audience))))).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "ws://localhost:8080/client/hubs/chat", "https://localhost:8080/client/hubs/chat",
			"http://localhost/client/hubs/chat", "http://localhost:80800/client/hubs/chat",
			"http://localhost:8080/client/hubs/other", "http://localhost:8080/client/hubs/chat/",
			"http://localhost:8080/client/hubs/chat?x=y", "http://localhost:8080/client/hubs",
			"http://localhost:8080/clients/mqtt/hubs/chat", "http://example.com/live/client/hubs/chat",
			"https://example.com/client/hubs/chat" })
	void otherAudience(String audience) throws Exception {
		refused(sign((claims) -> claims.audience(audience)), "The access token is for another audience");
	}

	@Test
	void noAudience() throws Exception {
		refused(sign((claims) -> claims.audience((String) null)), "The access token is for another audience");
	}

	@Test
	void hubThatIsEncodedInTheUrl() throws Exception {
		MockHttpServletRequest request = request("/client/hubs/a%5B1%5D");
		String token = sign((claims) -> claims.audience("http://localhost:8080/client/hubs/a[1]"));
		assertThat(this.tokens.verifyClient(token, "a%5B1%5D", request)).isNotNull();
		assertThat(this.tokens.verifyClient(token, "a[1]", request)).isNotNull();
	}

	@Test
	void contextPathAndStandardPort() throws Exception {
		MockHttpServletRequest request = request("/app/client/hubs/chat");
		request.setContextPath("/app");
		request.setScheme("https");
		request.setServerPort(443);
		String token = sign((claims) -> claims.audience("https://localhost/app/client/hubs/chat"));
		assertThat(this.tokens.verifyClient(token, "chat", request)).isNotNull();
	}

	@Test
	void expiry() throws Exception {
		assertThat(verify(sign((claims) -> claims.expirationTime(at(-299))))).isNotNull();
		refused(sign((claims) -> claims.expirationTime(at(-300))), "The access token has expired");
		refused(sign((claims) -> claims.expirationTime(null)), "The access token does not say when it expires");
		refused(sign((claims) -> claims.expirationTime(null).claim("exp", "tomorrow")),
				"The access token is malformed");
	}

	@Test
	void notBefore() throws Exception {
		assertThat(verify(sign((claims) -> claims.notBeforeTime(at(300))))).isNotNull();
		refused(sign((claims) -> claims.notBeforeTime(at(301))), "The access token is not valid yet");
	}

	@Test
	void otherKeys() throws Exception {
		refused(sign("a key of thirty-two bytes, or so", JWSAlgorithm.HS256, valid().build()),
				"The access token is not signed with an access key");
		byte[] decoded = Base64.getMimeDecoder().decode("c2Vjb25kYXJ5LWtleS1vZi10aGlydHktdHdvLWJ5dGU=");
		assertThat(decoded).asString().isEqualTo(SECONDARY);
		AccessTokens encoded = AccessTokens.of(AccessKeys.of(Base64.getEncoder().encodeToString(decoded), null),
				List.of());
		assertThatExceptionOfType(InvalidAccessTokenException.class).isThrownBy(
				() -> encoded.verifyClient(sign(SECONDARY, JWSAlgorithm.HS256, valid().build()), "chat", request("/")));
	}

	@Test
	void changedTokens() throws Exception {
		String[] parts = sign((claims) -> claims.subject("ann")).split("\\.");
		String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
		String forged = Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString(payload.replace("ann", "bob").getBytes(StandardCharsets.UTF_8));
		refused(parts[0] + "." + forged + "." + parts[2], "The access token is not signed with an access key");
		refused(parts[0] + "." + parts[1] + ".", "malformed");
		refused(parts[0] + "." + parts[1] + "." + parts[2].substring(1),
				"The access token is not signed with an access key");
	}

	@Test
	void otherAlgorithms() throws Exception {
		refused(new PlainJWT(valid().build()).serialize(), "The access token is malformed");
		refused(sign(PRIMARY, JWSAlgorithm.HS512, valid().build()), "The access token is not signed with HS256");
		KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
		generator.initialize(2048);
		refused(sign(new RSASSASigner(generator.generateKeyPair().getPrivate()), new JWSHeader(JWSAlgorithm.RS256),
				valid().build()), "The access token is not signed with HS256");
	}

	@Test
	void asymmetricAlgorithmWithTheKeyAsSecret() throws Exception {
		String[] parts = sign((claims) -> {
		}).split("\\.");
		String header = encode("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");
		byte[] signature = new MACSigner(PRIMARY)
			.sign(new JWSHeader(JWSAlgorithm.HS256), (header + "." + parts[1]).getBytes(StandardCharsets.US_ASCII))
			.decode();
		refused(header + "." + parts[1] + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature),
				"The access token is not signed with HS256");
	}

	@Test
	void criticalHeaderThatIsUnknown() throws Exception {
		JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256).criticalParams(Set.of("x"))
			.customParam("x", "y")
			.build();
		refused(sign(new MACSigner(PRIMARY), header, valid().build()),
				"The access token is not signed with an access key");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", "..", "a.b", "a.b.c", "a.b.c.d.e", "eyJhbGciOiJIUzI1NiJ9..", "null",
			"eyJhbGciOiJub25lIn0.e30.", "eyJhbGciOiJub25lIn0.e30.AAAA", "e30.e30.AAAA" })
	void malformed(String token) {
		refused(token, "The access token is malformed");
	}

	@Test
	void payloadThatIsNoObject() throws Exception {
		String unsigned = encode("{\"alg\":\"HS256\"}") + "." + encode("[1]");
		byte[] signature = new MACSigner(PRIMARY)
			.sign(new JWSHeader(JWSAlgorithm.HS256), unsigned.getBytes(StandardCharsets.US_ASCII))
			.decode();
		refused(unsigned + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature),
				"The access token is malformed");
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"http://localhost:8080/api/hubs/chat/groups/a%2Fb%20%C3%BC/:send?api-version=1&filter=%27x",
			"http://localhost:8080/api/hubs/chat/groups/a%2Fb%20%C3%BC/:send",
			"http://localhost:8080/api/hubs/chat/groups/a/b ü/:send?api-version=1&filter='x",
			"http://localhost:8080/api/hubs/chat/groups/a/b ü/:send",
			"https://example.com/live/api/hubs/chat/groups/" + "A%2fb%20%c3%bc/:send?api-version=1&filter=%27x" })
	void audienceOfRest(String audience) throws Exception {
		this.tokens.verifyRest(restRequest(sign((claims) -> claims.audience(audience))));
	}

	@ParameterizedTest
	@ValueSource(strings = { AUDIENCE, "http://localhost:8080/api/hubs/chat", "http://localhost:8080",
			"http://localhost:8080/api/hubs/chat/groups/other/:send?api-version=1&filter=%27x",
			"http://localhost:8080/api/hubs/chat/groups/a%2Fb%20%C3%BC/:send?api-version=1",
			"https://elsewhere/api/hubs/chat/groups/a%2Fb%20%C3%BC/:send" })
	void otherAudienceOfRest(String audience) throws Exception {
		MockHttpServletRequest request = restRequest(sign((claims) -> claims.audience(audience)));
		assertThatExceptionOfType(InvalidAccessTokenException.class).isThrownBy(() -> this.tokens.verifyRest(request))
			.withMessage("The access token is for another audience");
	}

	@Test
	void restNeedsBearerToken() {
		MockHttpServletRequest request = request("/api/hubs/chat/:send");
		request.setQueryString("access_token=abc");
		assertThatExceptionOfType(InvalidAccessTokenException.class).isThrownBy(() -> this.tokens.verifyRest(request))
			.withMessage("An access token is required");
		request.addHeader("Authorization", "Basic abc");
		assertThatExceptionOfType(InvalidAccessTokenException.class).isThrownBy(() -> this.tokens.verifyRest(request))
			.withMessage("An access token is required");
	}

	@Test
	void tokenOfClientIsInQueryOrHeader() {
		MockHttpServletRequest request = request("/client/hubs/chat");
		assertThat(AccessTokens.clientToken(request)).isNull();
		request.addHeader("Authorization", "bearer  abc ");
		assertThat(AccessTokens.clientToken(request)).isEqualTo("abc");
		request.setQueryString("access_token=");
		assertThat(AccessTokens.clientToken(request)).isEqualTo("abc");
		request.setQueryString("x=y&access_token=x%2Ey");
		assertThat(AccessTokens.clientToken(request)).isEqualTo("x.y");
	}

	@Test
	void createsTokens() throws Exception {
		String token = this.tokens.createClientToken("http://localhost:8080", "Chat", "ann", List.of("r"),
				List.of("g1", "g2"), Duration.ofHours(1));
		SignedJWT parsed = SignedJWT.parse(token);
		assertThat(parsed.getHeader().toString()).isEqualTo("{\"typ\":\"JWT\",\"alg\":\"HS256\"}");
		assertThat(parsed.getJWTClaimsSet().getClaims()).containsOnlyKeys("aud", "exp", "iat", "sub", "role",
				"webpubsub.group");
		ClientAccessToken client = verify(token);
		assertThat(client.userId()).isEqualTo("ann");
		assertThat(client.roles()).containsExactly("r");
		assertThat(client.groups()).containsExactly("g1", "g2");
		assertThat(client.toString()).isEqualTo("ClientAccessToken[userId=ann, roles=[r], groups=[g1, g2]]");
	}

	@Test
	void createsTokensWithNothingInThem() throws Exception {
		String token = this.tokens.createClientToken("https://example.com/live", "chat", null, List.of(), List.of(),
				Duration.ofHours(1));
		assertThat(SignedJWT.parse(token).getJWTClaimsSet().getClaims()).containsOnlyKeys("aud", "exp", "iat");
		assertThat(verify(token).userId()).isNull();
	}

	@Test
	void issuesAccessForTheFirstPublicEndpoint() throws Exception {
		ClientAccess access = new ClientAccess("chat", this.tokens.issuer(() -> "http://unused")).userId("ann")
			.roles("r")
			.groups("g1", "g2")
			.expiresAfter(Duration.ofMinutes(5));
		assertThat(access.url().toString()).startsWith("wss://example.com/live/client/hubs/chat?access_token=");
		ClientAccessToken client = verify(access.token());
		assertThat(client.userId()).isEqualTo("ann");
		assertThat(client.roles()).containsExactly("r");
		assertThat(client.groups()).containsExactly("g1", "g2");
		assertThat(client.claims()).containsEntry("exp",
				List.of(String.valueOf(NOW.plusSeconds(300).getEpochSecond())));
	}

	@Test
	void issuesAccessForTheEndpointOfTheRequest() throws Exception {
		AccessTokens unconfigured = AccessTokens.of(AccessKeys.of(PRIMARY, null), List.of());
		ClientAccess access = new ClientAccess("a[1]", unconfigured.issuer(() -> "http://local:1"));
		assertThat(access.url().toString()).startsWith("ws://local:1/client/hubs/a%5B1%5D?access_token=");
		RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request("/")));
		try {
			assertThat(access.url().toString()).startsWith("ws://localhost:8080/client/hubs/a%5B1%5D?access_token=");
			unconfigured.verifyClient(access.token(), "a%5B1%5D", request("/client/hubs/a%5B1%5D"));
		}
		finally {
			RequestContextHolder.resetRequestAttributes();
		}
	}

	@Test
	void accessCannotBeIssuedWithoutEndpoint() {
		AccessTokens unconfigured = AccessTokens.of(AccessKeys.of(PRIMARY, null), List.of());
		assertThatIllegalStateException()
			.isThrownBy(() -> new ClientAccess("chat", unconfigured.issuer(() -> null)).url())
			.withMessageContaining("realtime.web-pubsub.public-endpoints");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "localhost:8080", "ws://localhost", "http:///x", "http://a b", "http://a?b",
			"http://a#b", "http://user@a" })
	void invalidEndpoint(String endpoint) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> AccessTokens.of(AccessKeys.of(PRIMARY, null), List.of(endpoint)))
			.withMessageStartingWith("An endpoint must");
	}

	private ClientAccessToken verify(String token) throws InvalidAccessTokenException {
		return this.tokens.verifyClient(token, "chat", request("/client/hubs/chat"));
	}

	private void refused(String token, String reason) {
		assertThatExceptionOfType(InvalidAccessTokenException.class).isThrownBy(() -> verify(token))
			.withMessageContaining(reason)
			.withNoCause();
	}

	private static MockHttpServletRequest request(String uri) {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", uri);
		request.setServerPort(8080);
		return request;
	}

	private static MockHttpServletRequest restRequest(String token) {
		MockHttpServletRequest request = request("/api/hubs/chat/groups/a%2Fb%20%C3%BC/:send");
		request.setQueryString("api-version=1&filter=%27x");
		request.addHeader("Authorization", "Bearer " + token);
		return request;
	}

	private static String sign(Consumer<JWTClaimsSet.Builder> customizer) throws Exception {
		JWTClaimsSet.Builder claims = valid();
		customizer.accept(claims);
		return sign(PRIMARY, JWSAlgorithm.HS256, claims.build());
	}

	private static String sign(String key, JWSAlgorithm algorithm, JWTClaimsSet claims) throws Exception {
		return sign(new MACSigner(key), new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).build(), claims);
	}

	private static String sign(JWSSigner signer, JWSHeader header, JWTClaimsSet claims) throws Exception {
		SignedJWT token = new SignedJWT(header, claims);
		token.sign(signer);
		return token.serialize();
	}

	private static JWTClaimsSet.Builder valid() {
		return new JWTClaimsSet.Builder().audience(AUDIENCE).expirationTime(at(3600));
	}

	private static Date at(int seconds) {
		return Date.from(NOW.plusSeconds(seconds));
	}

	private static String encode(String json) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
	}

}
