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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import dev.realtime.protocol.CloseReason;
import dev.realtime.web.ClientFrames;
import dev.realtime.web.TestServer;
import dev.realtime.web.TestServer.RawClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The ways in which a client can come and go.
 */
enum ClientEnding {

	CLOSE_FRAME(CloseReason.CLIENT_CLOSED) {

		@Override
		void end(RawClient client) throws IOException {
			echo(client);
			client.write(ClientFrames.close(1000));
			assertThat(client.readAll()).containsExactly(0x88, 0x02, 0x03, 0xe8);
		}

	},

	FIN_WITHOUT_CLOSE_FRAME(CloseReason.CLIENT_GONE) {

		@Override
		void end(RawClient client) throws IOException {
			echo(client);
		}

	},

	RESET_AFTER_DATA(CloseReason.CLIENT_GONE) {

		@Override
		void end(RawClient client) throws IOException {
			echo(client);
			client.reset();
		}

	},

	RESET_RIGHT_AFTER_UPGRADE(CloseReason.CLIENT_GONE) {

		@Override
		void end(RawClient client) throws IOException {
			client.readUpgraded();
			client.reset();
		}

	},

	RESET_WITHOUT_WAITING(CloseReason.CLIENT_GONE) {

		// at every stage of the upgrade
		@Override
		void end(RawClient client) throws IOException {
			LockSupport.parkNanos(COUNTER.incrementAndGet() % 50 * 200_000);
			client.reset();
		}

	},

	DATA_CLOSE_FRAME_AND_FIN(CloseReason.CLIENT_CLOSED) {

		@Override
		void end(RawClient client) throws IOException {
			client.readUpgraded();
			client.write(ClientFrames.concat(HELLO, ClientFrames.close(1001)));
			client.shutdownOutput();
			client.readAll();
		}

	},

	PROTOCOL_ERROR(CloseReason.CLIENT_GONE) {

		@Override
		void end(RawClient client) throws IOException {
			echo(client);
			client.write((byte) 0x81, (byte) 0x01, (byte) 'x');
			// containers do not always get their close frame out
			client.readAll();
		}

	};

	private static final AtomicInteger COUNTER = new AtomicInteger();

	private static final byte[] HELLO = ClientFrames.text("hello");

	private static final byte[] UPGRADE = TestServer.upgrade("/chat").getBytes(StandardCharsets.US_ASCII);

	private final CloseReason reason;

	ClientEnding(CloseReason reason) {
		this.reason = reason;
	}

	/**
	 * Return what the hub is told.
	 */
	CloseReason reason() {
		return this.reason;
	}

	void run(TestServer server) throws IOException {
		try (RawClient client = server.raw(UPGRADE)) {
			end(client);
		}
	}

	abstract void end(RawClient client) throws IOException;

	static void echo(RawClient client) throws IOException {
		client.readUpgraded();
		client.write(HELLO);
		assertThat(client.readText(5)).isEqualTo("hello");
	}

}
