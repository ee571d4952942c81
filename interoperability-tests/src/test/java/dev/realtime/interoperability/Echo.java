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
 * Sends back what it gets.
 */
@ConnectionController("/echo")
class Echo implements RawConnectionHandler {

	@Override
	public void onData(RawConnection connection, ByteBuffer data) {
		connection.send(data);
	}

}
