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

package dev.realtime.interoperability;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import dev.realtime.event.ConnectEventRequest;
import dev.realtime.event.ConnectEventResponse;
import dev.realtime.event.DisconnectedEventRequest;
import dev.realtime.event.EventHandler;
import dev.realtime.event.EventType;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;

/**
 * Lets connections in and remembers how they ended.
 */
@HubController("interop")
class Connections {

	private final Map<String, CompletableFuture<String>> ends = new ConcurrentHashMap<>();

	@EventHandler(type = EventType.CONNECT)
	ConnectEventResponse connect(ConnectEventRequest request) {
		String user = request.query("user");
		if ("nobody".equals(user)) {
			return ConnectEventResponse.reject(403, "Nobody is not allowed");
		}
		return (user != null) ? ConnectEventResponse.accept().userId(user) : ConnectEventResponse.accept();
	}

	@EventHandler(type = EventType.CONNECTED)
	void connected(HubCallerContext caller) {
		caller.clients().caller().send("welcome", caller.connectionId());
	}

	@EventHandler(type = EventType.DISCONNECTED)
	void disconnected(DisconnectedEventRequest event) {
		end(event.connectionId()).complete(event.reason().toString());
	}

	/**
	 * Completes with the reason when the connection has ended.
	 */
	@HubMethod
	CompletableFuture<String> endOf(String connectionId) {
		return end(connectionId);
	}

	private CompletableFuture<String> end(String connectionId) {
		return this.ends.computeIfAbsent(connectionId, (id) -> new CompletableFuture<>());
	}

}
