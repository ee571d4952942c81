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

import java.util.ArrayList;
import java.util.List;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.ConnectionState;
import dev.realtime.transport.ConnectionRegistry;

import org.springframework.context.ApplicationContext;

/**
 * The connections of an application.
 */
final class HubConnections {

	private HubConnections() {
	}

	static List<ClientConnection> open(ApplicationContext context) {
		List<ClientConnection> open = new ArrayList<>();
		context.getBean(ConnectionRegistry.class).forEach((connection) -> {
			if (connection.state() == ConnectionState.OPEN) {
				open.add(connection);
			}
		});
		return open;
	}

	/**
	 * Return what serves the connections.
	 * @param context the application
	 * @return simple names of classes
	 */
	static List<String> channels(ApplicationContext context) {
		return open(context).stream().map((connection) -> connection.channel().getClass().getSimpleName()).toList();
	}

}
