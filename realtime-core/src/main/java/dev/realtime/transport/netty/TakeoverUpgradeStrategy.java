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

package dev.realtime.transport.netty;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.util.Assert;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.server.HandshakeFailureException;
import org.springframework.web.socket.server.RequestUpgradeStrategy;

/**
 * The last step of the opening handshake (RFC 6455, section 4.2.2).
 */
final class TakeoverUpgradeStrategy implements RequestUpgradeStrategy {

	/**
	 * The attribute that holds the {@link UpgradedSocket}.
	 */
	static final String SOCKET = TakeoverUpgradeStrategy.class.getName() + ".socket";

	private static final String[] VERSIONS = { "13" };

	private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

	private final SocketTakeover takeover;

	TakeoverUpgradeStrategy(SocketTakeover takeover) {
		this.takeover = takeover;
	}

	@Override
	public String[] getSupportedVersions() {
		return VERSIONS.clone();
	}

	/**
	 * None, as far as Spring needs to know: what is negotiated goes with the socket.
	 */
	@Override
	public List<WebSocketExtension> getSupportedExtensions(ServerHttpRequest request) {
		return List.of();
	}

	@Override
	public void upgrade(ServerHttpRequest request, ServerHttpResponse response, @Nullable String selectedProtocol,
			List<WebSocketExtension> selectedExtensions, @Nullable Principal user, WebSocketHandler handler,
			Map<String, Object> attributes) throws HandshakeFailureException {
		UpgradedSocket socket = (UpgradedSocket) attributes.get(SOCKET);
		String key = request.getHeaders().getFirst(WebSocketHttpHeaders.SEC_WEBSOCKET_KEY);
		Assert.state(socket != null && key != null, "No socket or no key");
		HttpServletResponse servletResponse = ((ServletServerHttpResponse) response).getServletResponse();
		servletResponse.setHeader(HttpHeaders.UPGRADE, "websocket");
		servletResponse.setHeader(HttpHeaders.CONNECTION, "Upgrade");
		servletResponse.setHeader(WebSocketHttpHeaders.SEC_WEBSOCKET_ACCEPT, accept(key));
		if (selectedProtocol != null) {
			servletResponse.setHeader(WebSocketHttpHeaders.SEC_WEBSOCKET_PROTOCOL, selectedProtocol);
		}
		if (socket.isCompressed()) {
			servletResponse.setHeader(WebSocketHttpHeaders.SEC_WEBSOCKET_EXTENSIONS, PerMessageDeflate.ANSWER);
		}
		try {
			this.takeover.takeOver(((ServletServerHttpRequest) request).getServletRequest(), servletResponse, socket);
		}
		catch (IOException ex) {
			throw new HandshakeFailureException("The container refused the upgrade", ex);
		}
	}

	private static String accept(String key) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-1")
				.digest((key.trim() + GUID).getBytes(StandardCharsets.ISO_8859_1));
			return Base64.getEncoder().encodeToString(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
