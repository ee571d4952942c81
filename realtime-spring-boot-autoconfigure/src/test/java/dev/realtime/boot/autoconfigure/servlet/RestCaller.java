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

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

/**
 * Calls the REST API of Web PubSub, signing each request for its URL.
 */
public final class RestCaller {

	/**
	 * The key of {@link #PROPERTY}.
	 */
	public static final String KEY = "the access key of these tests, of enough bytes";

	/**
	 * Configures the application.
	 */
	public static final String PROPERTY = "realtime.web-pubsub.access-key=" + KEY;

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

	private final String endpoint;

	public RestCaller(URI endpoint) {
		this.endpoint = endpoint.toString().replaceFirst("/$", "");
	}

	public HttpResponse<String> send(String method, String path) {
		return send(method, path, BodyPublishers.noBody());
	}

	public HttpResponse<String> post(String path, String contentType, String body) {
		return send("POST", path, BodyPublishers.ofString(body), "Content-Type", contentType);
	}

	public HttpResponse<String> send(String method, String path, BodyPublisher body, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.endpoint + path)).method(method, body);
		request.header("Authorization", "Bearer " + token(this.endpoint + path));
		if (headers.length > 0) {
			request.headers(headers);
		}
		return send(request);
	}

	public HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return this.http.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Send a request whose path no client would send, and return the status.
	 */
	public int sendRaw(String method, String path) {
		URI uri = URI.create(this.endpoint);
		try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
			socket.setSoTimeout((int) TIMEOUT.toMillis());
			socket.getOutputStream()
				.write(("%s %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Length: 0\r\n"
						+ "Connection: close\r\n\r\n")
					.formatted(method, path, uri.getAuthority(), token(this.endpoint + path))
					.getBytes(StandardCharsets.ISO_8859_1));
			String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
			return Integer.parseInt(answer.split(" ", 3)[1]);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public static String token(String audience) {
		SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256),
				new JWTClaimsSet.Builder().audience(audience)
					.expirationTime(Date.from(Instant.now().plusSeconds(3600)))
					.build());
		try {
			token.sign(new MACSigner(KEY));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
		return token.serialize();
	}

}
