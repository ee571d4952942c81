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

package dev.realtime.protocol;

import java.net.InetSocketAddress;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.MultiValueMap;

/**
 * The HTTP request a connection was established with, copied when the transport attached:
 * it stays valid as long as the connection does. With long polling it is the first poll.
 *
 * @param uri the request URI, with the values of {@code access_token} and {@code id}
 * masked
 * @param query the decoded query parameters, without {@code access_token} and {@code id}
 * @param headers the request headers; names compare without case
 * @param cookies the cookies
 * @param remoteAddress the address of the peer, if known
 * @param attributes attributes that applications and filters hang on the connection;
 * mutable and safe for concurrent use
 * @since 0.1.0
 */
public record HubHandshake(URI uri, MultiValueMap<String, String> query, MultiValueMap<String, String> headers,
		MultiValueMap<String, String> cookies, @Nullable InetSocketAddress remoteAddress,
		Map<String, Object> attributes) {

	/**
	 * Name of the attribute with the chain of certificates that the client has proved to
	 * have, an array of {@link X509Certificate}, its own first.
	 */
	public static final String CLIENT_CERTIFICATES_ATTRIBUTE = "jakarta.servlet.request.X509Certificate";

	public HubHandshake {
		Assert.notNull(uri, "'uri' must not be null");
		Assert.notNull(query, "'query' must not be null");
		Assert.notNull(headers, "'headers' must not be null");
		Assert.notNull(cookies, "'cookies' must not be null");
		Assert.notNull(attributes, "'attributes' must not be null");
	}

	/**
	 * Return the certificate of the client, which it has if the server asks for it over
	 * TLS ({@code server.ssl.client-auth}) and itself ends TLS.
	 * @return the certificate, which the server has found to be trusted, or {@code null}
	 */
	public @Nullable X509Certificate clientCertificate() {
		return (this.attributes.get(CLIENT_CERTIFICATES_ATTRIBUTE) instanceof X509Certificate[] chain
				&& chain.length > 0) ? chain[0] : null;
	}

	/**
	 * Describe the request without headers and cookies, which may hold secrets.
	 */
	@Override
	public String toString() {
		return "HubHandshake[uri=" + this.uri + ", remoteAddress=" + this.remoteAddress + "]";
	}

}
