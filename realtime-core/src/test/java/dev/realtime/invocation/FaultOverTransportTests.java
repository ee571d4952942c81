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

package dev.realtime.invocation;

import java.io.IOException;

import dev.realtime.connection.LimitListener;
import dev.realtime.invocation.FaultyApplication.Place;
import dev.realtime.protocol.TransportType;
import dev.realtime.transport.ConnectionLimits;
import dev.realtime.web.TestEngine;
import dev.realtime.web.TestServer;
import dev.realtime.web.TestServer.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what nobody may throw where it is thrown, on the thread that reads: it ends
 * the connection that is read.
 */
@ParameterizedClass
@EnumSource
class FaultOverTransportTests {

	@Parameter
	private TestEngine engine;

	@AfterEach
	void disarm() {
		FaultyApplication.disarm();
	}

	@ParameterizedTest
	@EnumSource
	void clientWhoseUserCannotBeToldIsRefusedAndHoldsNothing(Fault fault) throws IOException {
		try (HubTester tester = HubTester.with(FaultyApplication.COMPONENTS);
				TestServer server = new TestServer(this.engine, tester.endpoint())) {
			server.registry.setLimits(new ConnectionLimits(1, LimitListener.none()));
			FaultyApplication.arm(Place.USER_ID, fault);
			assertThat(server.send("POST", "/hubs/test/negotiate?negotiateVersion=1", "").statusCode()).isEqualTo(500);
			try (RawClient client = server.raw(TestServer.upgrade("/hubs/test"))) {
				assertThat(client.readUntil("\r\n")).startsWith("HTTP/1.1 500");
			}
			assertThat(server.registry.limits().size()).isZero();
			assertThat(tester.engine().connectionCount()).isZero();
			FaultyApplication.disarm();
			try (SocketClient client = SocketClient.connect(server, "/hubs/test", TransportType.WEB_SOCKETS)) {
				client.send("{'type':1,'invocationId':'p','target':'ping','arguments':[]}");
				assertThat(client.next()).contains("pong");
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void connectionEndsAndOthersGoOn(TransportType transport) throws IOException {
		try (HubTester tester = HubTester.with(FaultyApplication.COMPONENTS);
				TestServer server = new TestServer(this.engine, tester.endpoint());
				SocketClient other = SocketClient.connect(server, "/hubs/test", TransportType.WEB_SOCKETS)) {
			try (SocketClient client = SocketClient.connect(server, "/hubs/test", transport)) {
				await().until(() -> tester.engine().connectionCount() == 2);
				FaultyApplication.arm(Place.READING, Fault.THROWABLE);
				client.send("{'type':1,'invocationId':'r','target':'read','arguments':[1]}");
				assertThat(client.next()).startsWith("{'type':7,'error':'Connection closed with an error.'");
			}
			await().untilAsserted(() -> {
				server.beat();
				assertThat(tester.engine().connectionCount()).isEqualTo(1);
			});
			other.send("{'type':1,'invocationId':'p','target':'ping','arguments':[]}");
			assertThat(other.next()).isEqualTo("{'type':3,'invocationId':'p','result':'pong'}");
		}
	}

}
