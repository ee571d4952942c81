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

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * Signs the ids of connections with all access keys, so that a key can be replaced
 * without a webhook that has only one of them noticing (Web PubSub,
 * {@code ce-signature}).
 */
final class Signatures implements Function<String, @Nullable String> {

	private static final String ALGORITHM = "HmacSHA256";

	private final List<SecretKeySpec> keys;

	Signatures(List<String> keys) {
		this.keys = keys.stream()
			.map((key) -> new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM))
			.toList();
	}

	@Override
	public @Nullable String apply(String connectionId) {
		if (this.keys.isEmpty()) {
			return null;
		}
		return this.keys.stream().map((key) -> "sha256=" + sign(key, connectionId)).collect(Collectors.joining(","));
	}

	private static String sign(SecretKeySpec key, String connectionId) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(key);
			return HexFormat.of().formatHex(mac.doFinal(connectionId.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has " + ALGORITHM, ex);
		}
	}

}
