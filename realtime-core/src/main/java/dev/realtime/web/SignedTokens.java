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

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.jspecify.annotations.Nullable;

/**
 * Signs JSON Web Tokens with an access key, and checks the signature and the times of
 * others. The algorithm is HS256 whatever a token says of itself.
 */
final class SignedTokens {

	private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

	private static final JWSHeader HEADER = new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build();

	private final JWSSigner signer;

	private final List<JWSVerifier> verifiers;

	private final Clock clock;

	SignedTokens(AccessKeys keys, Clock clock) {
		this.signer = keys.signer();
		this.verifiers = keys.verifiers();
		this.clock = clock;
	}

	/**
	 * Sign claims.
	 * @param claims the claims; the time of issue and of expiry are added
	 * @param lifetime how long the token is valid
	 * @return the token
	 */
	String sign(JWTClaimsSet.Builder claims, Duration lifetime) {
		Instant now = this.clock.instant();
		claims.issueTime(Date.from(now)).expirationTime(Date.from(now.plus(lifetime)));
		SignedJWT token = new SignedJWT(HEADER, claims.build());
		try {
			token.sign(this.signer);
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
		return token.serialize();
	}

	/**
	 * Check a token.
	 * @param token the token
	 * @return its payload as it was sent, and what registered claims mean
	 * @throws InvalidAccessTokenException if it is not signed with an access key, or not
	 * valid now
	 */
	VerifiedToken verify(String token) throws InvalidAccessTokenException {
		SignedJWT signed = parse(token);
		if (!JWSAlgorithm.HS256.equals(signed.getHeader().getAlgorithm())) {
			throw new InvalidAccessTokenException("The access token is not signed with HS256");
		}
		if (!isSigned(signed)) {
			throw new InvalidAccessTokenException("The access token is not signed with an access key");
		}
		VerifiedToken verified = claims(signed);
		checkTimes(verified.registered());
		return verified;
	}

	private static SignedJWT parse(String token) throws InvalidAccessTokenException {
		try {
			return SignedJWT.parse(token);
		}
		catch (ParseException | IllegalArgumentException | IllegalStateException ex) {
			throw malformed();
		}
	}

	private boolean isSigned(SignedJWT token) {
		for (JWSVerifier verifier : this.verifiers) {
			try {
				if (verifier.verify(token.getHeader(), token.getSigningInput(), token.getSignature())) {
					return true;
				}
			}
			catch (JOSEException ex) {
				return false;
			}
		}
		return false;
	}

	private static VerifiedToken claims(SignedJWT token) throws InvalidAccessTokenException {
		try {
			Map<String, Object> payload = token.getPayload().toJSONObject();
			JWTClaimsSet registered = token.getJWTClaimsSet();
			if (payload == null || registered == null) {
				throw malformed();
			}
			return new VerifiedToken(payload, registered);
		}
		catch (ParseException ex) {
			throw malformed();
		}
	}

	private static InvalidAccessTokenException malformed() {
		return new InvalidAccessTokenException("The access token is malformed");
	}

	private void checkTimes(JWTClaimsSet claims) throws InvalidAccessTokenException {
		Instant now = this.clock.instant();
		Date expiry = claims.getExpirationTime();
		if (expiry == null) {
			throw new InvalidAccessTokenException("The access token does not say when it expires");
		}
		if (!now.isBefore(expiry.toInstant().plus(CLOCK_SKEW))) {
			throw new InvalidAccessTokenException("The access token has expired");
		}
		Date notBefore = claims.getNotBeforeTime();
		if (notBefore != null && now.isBefore(notBefore.toInstant().minus(CLOCK_SKEW))) {
			throw new InvalidAccessTokenException("The access token is not valid yet");
		}
	}

	/**
	 * A token that is valid.
	 *
	 * @param payload the claims as they were sent; a value may be {@code null}
	 * @param registered the claims with a meaning of their own
	 */
	record VerifiedToken(Map<String, @Nullable Object> payload, JWTClaimsSet registered) {

		List<String> audience() {
			return this.registered.getAudience();
		}

	}

}
