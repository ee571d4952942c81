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

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.realtime.event.ClientEventConnection;
import dev.realtime.event.ConnectEventRequest;
import dev.realtime.event.UserEventRequest;
import dev.realtime.protocol.HubHandshake;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.ServerMessage.DataType;

import org.springframework.util.LinkedMultiValueMap;

/**
 * A connection to send events of.
 */
record TestConnection(String hub, String connectionId, String userId, String subprotocol, String state,
		HubHandshake handshake) implements ClientEventConnection {

	static TestConnection of(String connectionId) {
		return new TestConnection("Chat", connectionId, "ann", null, null, handshakeOf());
	}

	static HubHandshake handshakeOf() {
		return new HubHandshake(URI.create("http://localhost/client/hubs/chat"), new LinkedMultiValueMap<>(),
				new LinkedMultiValueMap<>(), new LinkedMultiValueMap<>(), null, new ConcurrentHashMap<>());
	}

	TestConnection user(String userId) {
		return new TestConnection(this.hub, this.connectionId, userId, this.subprotocol, this.state, this.handshake);
	}

	TestConnection subprotocol(String subprotocol) {
		return new TestConnection(this.hub, this.connectionId, this.userId, subprotocol, this.state, this.handshake);
	}

	TestConnection state(String state) {
		return new TestConnection(this.hub, this.connectionId, this.userId, this.subprotocol, state, this.handshake);
	}

	ConnectEventRequest connectRequest() {
		return new ConnectEventRequest(this.hub, this.connectionId, this.userId, null, this.handshake);
	}

	static UserEventRequest event(String name, DataType type, Object payload) {
		return event(name, type, payload, Map.of());
	}

	static UserEventRequest event(String name, DataType type, Object payload, Map<String, String> metadata) {
		return new UserEventRequest(name, new ServerMessage.Data(null, null, type, payload, metadata));
	}

	static UserEventRequest text(String text) {
		return event("message", DataType.TEXT, text);
	}

}
