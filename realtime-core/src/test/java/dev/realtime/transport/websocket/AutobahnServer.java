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

package dev.realtime.transport.websocket;

import dev.realtime.web.TestEngine;
import dev.realtime.web.TestServer;

/**
 * What the Autobahn test suite is run against: the profile {@code autobahn}.
 */
public final class AutobahnServer {

	private AutobahnServer() {
	}

	/**
	 * Start the server.
	 * @param args the port
	 */
	public static void main(String... args) {
		System.setProperty("test.port", args[0]);
		System.setProperty("test.root", "/echo");
		TestEngine engine = TestEngine
			.valueOf(System.getProperty("autobahn.engine", TestEngine.NETTY_ON_TOMCAT.name()));
		new TestServer(engine, new MessageEcho());
	}

}
