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

import java.time.Duration;
import java.util.stream.Stream;

import dev.realtime.hub.HubOptions;
import dev.realtime.protocol.CloseReason;
import dev.realtime.web.InvalidFrames;
import dev.realtime.web.TestEngine;
import dev.realtime.web.TestHub;
import dev.realtime.web.TestServer;
import dev.realtime.web.TestServer.RawClient;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for clients that do not follow the WebSocket protocol.
 */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NETTY_DETACHED_FROM_TOMCAT")
class InvalidFramesTests {

	private static TestServer server;

	private static TestHub hub;

	@Parameter
	private TestEngine engine;

	@BeforeParameterizedClassInvocation
	static void start(TestEngine engine) {
		hub = new TestHub("chat", HubOptions.at("/chat"));
		server = new TestServer(engine, hub);
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@MethodSource
	void areRefused(InvalidFrames frames) throws Exception {
		assumeThat(leniency(frames)).isNull();
		int closings = hub.handler.closings.get();
		try (RawClient client = server.rawWebSocket("/chat")) {
			client.write(frames.bytes());
			byte[] frame = client.readFrame();
			while (frame[0] == (byte) 0x81 || frame[0] == (byte) 0x8a) {
				frame = client.readFrame();
			}
			assertThat(frame[0]).isEqualTo((byte) 0x88);
			assertThat((frame[1] & 0xff) << 8 | (frame[2] & 0xff)).isEqualTo(frames.status());
			// the server does not wait for the client
			assertThat(client.readAll()).isEmpty();
		}
		String id = hub.latest.id();
		await().pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(5))
			.untilAsserted(() -> assertThat(hub.handler.closed).containsEntry(id, CloseReason.CLIENT_GONE));
		assertThat(hub.handler.closings).hasValue(closings + 1);
		server.beat();
		assertThat(server.registry.size()).isZero();
	}

	private String leniency(InvalidFrames frames) {
		if (this.engine.isNetty()) {
			return null;
		}
		if (frames.name().contains("bits for")) {
			return "Containers accept lengths that are not in the shortest form";
		}
		if (this.engine == TestEngine.SERVLET_ON_TOMCAT && frames.status() == 1007
				&& frames.name().startsWith("close")) {
			return "Tomcat closes with 1002 if the reason of a close frame is not UTF-8";
		}
		if (this.engine == TestEngine.SERVLET_ON_JETTY && frames.name().matches("negative length|length of -1")) {
			return "Jetty takes a negative length for one that is too large";
		}
		return null;
	}

	static Stream<InvalidFrames> areRefused() {
		return InvalidFrames.all();
	}

}
