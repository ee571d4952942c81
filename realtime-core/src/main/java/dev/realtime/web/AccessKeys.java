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
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

import javax.crypto.spec.SecretKeySpec;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.impl.HMAC;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The access keys of Web PubSub (connection string, access tokens, signatures of events).
 * The primary key signs; tokens of either are valid, so that keys can be exchanged one
 * after the other. A key is the bytes of its text in UTF-8; it is not decoded. Neither
 * exceptions nor {@link #toString()} show anything of a key. Safe for concurrent use.
 *
 * @since 0.1.0
 * @see AccessTokens
 */
public final class AccessKeys {

	/**
	 * How many bytes a key has at least: HS256, and with it the SDKs, demand 256 bits.
	 */
	public static final int MINIMUM_LENGTH = 32;

	private static final String ALGORITHM = "HmacSHA256";

	private final String primary;

	private final List<byte[]> keys;

	private AccessKeys(String primary, List<byte[]> keys) {
		this.primary = primary;
		this.keys = keys;
	}

	/**
	 * Create access keys from their texts.
	 * @param primary the key that signs
	 * @param secondary another key that is valid, or {@code null}
	 * @return the keys
	 * @throws IllegalArgumentException if a key is too short, or cannot be part of a
	 * connection string
	 */
	public static AccessKeys of(String primary, @Nullable String secondary) {
		byte[] first = bytes(primary);
		return new AccessKeys(primary, (secondary != null) ? List.of(first, bytes(secondary)) : List.of(first));
	}

	/**
	 * Create a random key.
	 * @return the key
	 */
	public static AccessKeys generate() {
		byte[] random = new byte[MINIMUM_LENGTH];
		new SecureRandom().nextBytes(random);
		return of(Base64.getUrlEncoder().withoutPadding().encodeToString(random), null);
	}

	private static byte[] bytes(String key) {
		Assert.notNull(key, "An access key must not be null");
		byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
		Assert.isTrue(bytes.length >= MINIMUM_LENGTH,
				() -> "An access key must have at least %d bytes, but has %d".formatted(MINIMUM_LENGTH, bytes.length));
		Assert.isTrue(key.chars().noneMatch((c) -> c == ';' || Character.isISOControl(c)),
				"An access key must contain neither ';' nor control characters, which cannot be part of a connection "
						+ "string");
		return bytes;
	}

	/**
	 * Return what the SDKs are configured with. It contains the primary key.
	 * @param endpoint the URL clients reach the application at
	 * @return the connection string, a secret
	 */
	public String connectionString(String endpoint) {
		Assert.hasText(endpoint, "'endpoint' must not be empty");
		return "Endpoint=" + endpoint + ";AccessKey=" + this.primary + ";Version=1.0;";
	}

	/**
	 * Sign a text with each key, as event handlers expect it of connection ids
	 * (CloudEvents extension, {@code ce-signature}).
	 * @param text the text
	 * @return one HMAC-SHA256 for each key in lower case hexadecimal, the primary one
	 * first
	 */
	public List<String> signatures(String text) {
		byte[] data = text.getBytes(StandardCharsets.UTF_8);
		return this.keys.stream().map((key) -> HexFormat.of().formatHex(hmac(key, data))).toList();
	}

	private static byte[] hmac(byte[] key, byte[] data) {
		try {
			return HMAC.compute(new SecretKeySpec(key, ALGORITHM), data, null);
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	JWSSigner signer() {
		try {
			return new MACSigner(this.keys.get(0));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	List<JWSVerifier> verifiers() {
		return this.keys.stream().map(AccessKeys::verifier).toList();
	}

	// compares in constant time
	private static JWSVerifier verifier(byte[] key) {
		try {
			return new MACVerifier(key);
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return how many keys there are, and nothing of them.
	 */
	@Override
	public String toString() {
		return "AccessKeys[" + this.keys.size() + "]";
	}

}
