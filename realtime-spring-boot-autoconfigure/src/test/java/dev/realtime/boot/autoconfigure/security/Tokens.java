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
import java.util.List;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Issues bearer tokens.
 */
final class Tokens {

	/**
	 * Properties of an application that takes roles from tokens.
	 */
	static final String[] ROLES = { "spring.security.oauth2.resourceserver.jwt.authorities-claim-name=roles",
			"spring.security.oauth2.resourceserver.jwt.authority-prefix=ROLE_" };

	private static final SecretKey KEY = new SecretKeySpec(
			"a key of thirty-two bytes, or so".getBytes(StandardCharsets.US_ASCII), "HmacSHA256");

	private Tokens() {
	}

	static JwtDecoder decoder() {
		return NimbusJwtDecoder.withSecretKey(KEY).build();
	}

	static String of(String subject, String... roles) {
		return of(subject, Instant.now().plusSeconds(600), roles);
	}

	static String of(String subject, Instant expiresAt, String... roles) {
		try {
			SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256),
					new JWTClaimsSet.Builder().subject(subject)
						.claim("roles", List.of(roles))
						.expirationTime(Date.from(expiresAt))
						.build());
			token.sign(new MACSigner(KEY));
			return token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
