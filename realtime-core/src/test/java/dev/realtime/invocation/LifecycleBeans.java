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

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.realtime.connection.ClientConnection;
import dev.realtime.event.ConnectedEventRequest;
import dev.realtime.event.DisconnectedEventRequest;
import dev.realtime.event.EventHandler;
import dev.realtime.event.EventType;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubException;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What takes part in the life of connections in tests of it.
 */
final class LifecycleBeans {

	private LifecycleBeans() {
	}

	static void await(CountDownLatch latch) throws InterruptedException {
		assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
	}

	/**
	 * Give what must not happen a chance to happen.
	 */
	static void staysClosed(CountDownLatch latch) {
		try {
			assertThat(latch.await(100, TimeUnit.MILLISECONDS)).isFalse();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@HubController("test")
	static class Handlers {

		final List<String> log = new CopyOnWriteArrayList<>();

		final List<DisconnectedEventRequest> disconnected = new CopyOnWriteArrayList<>();

		final List<String> memberOf = new CopyOnWriteArrayList<>();

		final CountDownLatch entered = new CountDownLatch(1);

		final CountDownLatch gone = new CountDownLatch(1);

		volatile CountDownLatch hold = new CountDownLatch(0);

		volatile String failure = "";

		volatile ClientConnection connection;

		@EventHandler(type = EventType.CONNECTED)
		@Nullable CompletionStage<Void> connected(ConnectedEventRequest request, HubCallerContext caller)
				throws InterruptedException {
			this.log.add("connected " + request.userId());
			this.entered.countDown();
			await(this.hold);
			switch (this.failure) {
				case "boom" -> throw new IllegalStateException("secret");
				case "hub" -> throw new HubException("told you");
				case "error" -> throw new AssertionError("secret");
				case "later" -> {
					return CompletableFuture.runAsync(() -> {
						throw new HubException("told you later");
					});
				}
				default -> {
					caller.clients().caller().send("welcome", caller.userId());
					this.log.add("connected done");
					return null;
				}
			}
		}

		@EventHandler(type = EventType.DISCONNECTED)
		void disconnected(DisconnectedEventRequest request, HubCallerContext caller) {
			this.log.add("disconnected " + request.reason().name());
			this.gone.countDown();
			this.disconnected.add(request);
			this.memberOf.addAll(this.connection.membership().groups());
			caller.clients().othersInGroup("a").send("left", caller.userId());
		}

		@EventHandler("typing")
		String typing(String text, HubCallerContext caller, int count) {
			return "typing " + text + " " + count + " by " + caller.userId();
		}

		@EventHandler("connected")
		String namedConnected() {
			return "named connected";
		}

	}

	@HubController({ "test", "test2" })
	static class Calls {

		final CountDownLatch started = new CountDownLatch(1);

		final CountDownLatch goOn = new CountDownLatch(1);

		private final ObjectProvider<Handlers> handlers;

		Calls(ObjectProvider<Handlers> handlers) {
			this.handlers = handlers;
		}

		private void log(String text) {
			this.handlers.getObject().log.add(text);
		}

		@EventHandler(value = "elsewhere", hub = "test2")
		void elsewhere() {
		}

		@HubMethod
		void call() {
			log("call");
		}

		@HubMethod(blocking = false)
		void inline() {
			log("inline");
		}

		@HubMethod
		Stream<String> stream() {
			log("stream");
			return Stream.of();
		}

		@HubMethod
		void slow() throws InterruptedException {
			this.started.countDown();
			await(this.goOn);
			log("slow");
		}

		@HubMethod
		void join(String group, HubCallerContext caller) {
			caller.join(group);
		}

		@HubMethod
		void abort(HubCallerContext caller) {
			caller.abort();
		}

		@HubMethod
		void logAborted(HubCallerContext caller) {
			CountDownLatch gone = this.handlers.getObject().gone;
			caller.aborted().thenRun(() -> {
				staysClosed(gone);
				log("aborted");
			});
		}

	}

}
