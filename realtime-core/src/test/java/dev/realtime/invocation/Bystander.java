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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.realtime.protocol.TransferFormat;
import dev.realtime.protocol.signalr.CompletionMessage;
import dev.realtime.protocol.signalr.HubMessage;
import dev.realtime.protocol.signalr.HubProtocol;
import dev.realtime.protocol.signalr.InvocationMessage;
import dev.realtime.protocol.signalr.StreamInvocationMessage;
import dev.realtime.protocol.signalr.StreamItemMessage;
import dev.realtime.web.ClientFrames;
import dev.realtime.web.TestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody who has nothing to do with the faults of others: it calls one method after the
 * other, and has a call with an upload and a stream under way all the time.
 */
final class Bystander implements AutoCloseable {

	private final LiveSocket socket;

	private final HubProtocol protocol;

	private final CompletableFuture<Integer> done;

	private volatile boolean stopping;

	Bystander(TestServer server, HubProtocol protocol) throws IOException {
		this.socket = new LiveSocket(server);
		this.protocol = protocol;
		this.socket.send(ClientFrames.BINARY,
				("{\"protocol\":\"" + protocol.name() + "\",\"version\":1}\u001e").getBytes());
		assertThat(this.socket.readHandshakeAnswer(protocol)).isEqualTo("{}\u001e");
		send(new StreamInvocationMessage(Map.of(), "xyz", "mirror", new Object[0], List.of("mirror")));
		this.done = CompletableFuture.supplyAsync(this::work, (task) -> new Thread(task, "bystander").start());
	}

	private int work() {
		int rounds = 0;
		try {
			while (!this.stopping) {
				call(rounds++);
				// no load test
				Thread.sleep(1);
			}
			send(CompletionMessage.empty("mirror"));
			assertThat(this.socket.readUntil((message) -> message.path("invocationId").asString("").equals("xyz"))
				.toString()).isEqualTo("{\"type\":\"Completion\",\"invocationId\":\"xyz\"}");
			this.socket.send(ClientFrames.CLOSE, (byte) 3, (byte) 0xe8);
			assertThat(this.socket.readCloseStatus()).isEqualTo(1000);
			return rounds;
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException("After " + rounds + " rounds", ex);
		}
	}

	private void call(int round) throws IOException {
		send(StreamItemMessage.of("mirror", round));
		send(InvocationMessage.of("probe", "Echo", "round " + round));
		Map<String, String> answers = new HashMap<>();
		this.socket.readUntil((message) -> {
			answers.put(message.get("type").asString(), message.toString());
			return answers.keySet().containsAll(List.of("StreamItem", "Completion"));
		});
		assertThat(answers)
			.containsEntry("StreamItem", "{\"type\":\"StreamItem\",\"invocationId\":\"xyz\",\"item\":" + round + "}")
			.containsEntry("Completion",
					"{\"type\":\"Completion\",\"invocationId\":\"probe\",\"result\":\"round " + round + "\"}");
	}

	private void send(HubMessage message) {
		boolean text = this.protocol.transferFormat() == TransferFormat.TEXT;
		this.socket.send(text ? ClientFrames.TEXT : ClientFrames.BINARY, this.protocol.encode(message).bytes());
	}

	void assertUnharmed() {
		assertThat(this.done).isNotCompletedExceptionally();
	}

	/**
	 * End what is under way, in order.
	 * @return how many calls were answered
	 */
	int finish() throws Exception {
		this.stopping = true;
		return this.done.get(30, TimeUnit.SECONDS);
	}

	@Override
	public void close() throws IOException {
		this.stopping = true;
		this.socket.close();
	}

}
