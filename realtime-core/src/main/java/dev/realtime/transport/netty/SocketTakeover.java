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

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Takes sockets of upgraded requests from a servlet container. There is one
 * implementation per container; nothing else knows the container's types.
 *
 * @since 0.1.0
 */
public interface SocketTakeover {

	/**
	 * Return why sockets of a port cannot be taken over.
	 * @param localPort the port the server listens on
	 * @return the reason, part of a sentence, or {@code null} if they can be
	 */
	@Nullable String refusal(int localPort);

	/**
	 * Return why the socket of a request cannot be taken over. Called before the request
	 * is answered.
	 * @param request the upgrade request
	 * @return the reason, part of a sentence, or {@code null} if it can be
	 */
	@Nullable String refusal(HttpServletRequest request);

	/**
	 * Have the socket handed over as soon as the container has sent the response.
	 * @param request the upgrade request
	 * @param response the response, which has all its headers but is not committed
	 * @param socket what adopts the socket
	 * @throws IOException if the request cannot be upgraded
	 */
	void takeOver(HttpServletRequest request, HttpServletResponse response, UpgradedSocket socket) throws IOException;

}
