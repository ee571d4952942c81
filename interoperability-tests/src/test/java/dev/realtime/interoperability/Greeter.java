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

import java.nio.ByteBuffer;

import dev.realtime.raw.ConnectionController;
import dev.realtime.raw.RawConnection;
import dev.realtime.raw.RawConnectionHandler;

/**
 * Greets, and ends the connection as clients ask for.
 */
@ConnectionController("/greeter")
class Greeter implements RawConnectionHandler {

	@Override
	public void onConnected(RawConnection connection) {
		connection.send("hello " + connection.handshake().query().getFirst("name"));
	}

	@Override
	public void onData(RawConnection connection, ByteBuffer data) {
		if (data.get(0) == '!') {
			throw new IllegalArgumentException("That was too loud");
		}
		connection.send("bye");
		connection.close();
	}

}
