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

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import dev.realtime.protocol.CloseReason;
import dev.realtime.raw.ConnectionController;
import dev.realtime.raw.RawConnection;
import dev.realtime.raw.RawConnectionHandler;

/**
 * Writes down what it is called with, and does what clients ask for.
 */
@ConnectionController("/record")
class RawRecorder implements RawConnectionHandler {

	final List<String> events = new CopyOnWriteArrayList<>();

	final List<String> threads = new CopyOnWriteArrayList<>();

	final Map<String, Throwable> causes = new ConcurrentHashMap<>();

	final Map<String, RawConnection> connections = new ConcurrentHashMap<>();

	final AtomicInteger atATime = new AtomicInteger();

	final AtomicInteger mostAtATime = new AtomicInteger();

	final Semaphore steps = new Semaphore(0);

	volatile boolean stepwise;

	volatile RuntimeException refusal;

	@Override
	public void onConnected(RawConnection connection) {
		call(() -> {
			this.connections.put(connection.id(), connection);
			this.events.add("connected");
			connection.items().put("greeting", "hello " + connection.userId());
			if (this.refusal != null) {
				throw this.refusal;
			}
		});
	}

	@Override
	public void onData(RawConnection connection, ByteBuffer data) {
		call(() -> {
			if (this.stepwise) {
				this.steps.acquireUninterruptibly();
			}
			String text = StandardCharsets.UTF_8.decode(data).toString();
			this.events.add(text);
			switch (text) {
				case "fail" -> throw new IllegalArgumentException("Failed");
				case "close" -> connection.close();
				case "kick" -> connection.close(CloseReason.SERVER_CLOSED.withText("kicked"));
				case "who" ->
					connection.send(connection.items().get("greeting") + " by " + connection.principal().getName()
							+ " over " + connection.transport().label() + " with " + connection.handshake().query());
			}
		});
	}

	@Override
	public void onDisconnected(RawConnection connection, CloseReason reason, Throwable cause) {
		call(() -> {
			this.events.add("disconnected " + reason.name());
			if (cause != null) {
				this.causes.put(connection.id(), cause);
			}
		});
	}

	private void call(Runnable action) {
		this.threads.add(Thread.currentThread().getName());
		int now = this.atATime.incrementAndGet();
		this.mostAtATime.accumulateAndGet(now, Math::max);
		try {
			action.run();
		}
		finally {
			this.atATime.decrementAndGet();
		}
	}

	/**
	 * Sends back what it gets.
	 */
	@ConnectionController("/echo")
	static class Echo implements RawConnectionHandler {

		@Override
		public void onData(RawConnection connection, ByteBuffer data) {
			connection.send(data);
		}

	}

}
