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

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.realtime.event.ConnectEventRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a webhook is told of a client that wants to connect, without its secrets.
 */
final class ConnectBody {

	private static final Set<String> HIDDEN_PARAMETERS = Set.of("access_token");

	private static final Set<String> HIDDEN_HEADERS = Set.of("authorization", "proxy-authorization", "cookie");

	private static final String PEM = "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n";

	private ConnectBody() {
	}

	static byte[] of(ConnectEventRequest request) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("claims", request.claims());
		body.put("query", without(HIDDEN_PARAMETERS, request.handshake().query()));
		body.put("headers", without(HIDDEN_HEADERS, request.handshake().headers()));
		body.put("subprotocols", request.subprotocols());
		body.put("clientCertificates", certificates(request.handshake().clientCertificate()));
		return JsonMapper.shared().writeValueAsBytes(body);
	}

	private static List<Map<String, String>> certificates(@Nullable X509Certificate certificate) {
		if (certificate == null) {
			return List.of();
		}
		try {
			byte[] encoded = certificate.getEncoded();
			Map<String, String> shown = new LinkedHashMap<>();
			shown.put("thumbprint", HexFormat.of().withUpperCase().formatHex(sha1(encoded)));
			shown.put("content", PEM.formatted(Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(encoded)));
			return List.of(shown);
		}
		catch (CertificateEncodingException ex) {
			throw new IllegalStateException("Certificate of a client without its bytes", ex);
		}
	}

	private static byte[] sha1(byte[] bytes) {
		try {
			return MessageDigest.getInstance("SHA-1").digest(bytes);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Map<String, List<String>> without(Set<String> hidden, Map<String, List<String>> values) {
		Map<String, List<String>> shown = new LinkedHashMap<>();
		values.forEach((name, list) -> {
			if (!hidden.contains(name.toLowerCase(Locale.ROOT))) {
				shown.put(name, list);
			}
		});
		return shown;
	}

}
