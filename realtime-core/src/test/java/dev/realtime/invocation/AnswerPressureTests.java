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

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.protocol.OutboundLimits;
import dev.realtime.protocol.OverflowStrategy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for clients that call and do not read the answers.
 */
class AnswerPressureTests {

	private static final OutboundLimits LIMITS = new OutboundLimits(1024 * 1024, 100, Duration.ofSeconds(10),
			OverflowStrategy.TERMINATE);

	private static String call(String target, int id) {
		return "{'type':1,'invocationId':'" + id + "','target':'" + target + "','arguments':[" + id + "]}";
	}

	private static int sendUntilPaused(TestClient client, String target) {
		int sent = 0;
		while (!client.connection().readGate().isPaused()) {
			assertThat(sent).isLessThan(10_000);
			client.send(call(target, sent++));
		}
		return sent;
	}

	@ParameterizedTest
	@ValueSource(strings = { "blocking", "inline" })
	void answersThatPileUpStopReadingUntilTheyAreTaken(String target) {
		try (HubTester tester = HubTester.with((options) -> options.outbound(LIMITS), Calls.class)) {
			TestClient client = tester.connect();
			client.stall();
			int sent = sendUntilPaused(client, target);
			assertThat(client.connection().isEnding()).isFalse();
			client.resume();
			client.awaitReadable();
			for (int i = 0; i < sent; i++) {
				assertThat(client.next()).isEqualTo("{'type':3,'invocationId':'" + i + "','result':" + i + "}");
			}
			client.awaitIdle();
			assertThat(client.connection().readGate().isPaused()).isFalse();
		}
	}

	@Test
	void readingGoesOnWhenTheConnectionEnds() {
		try (HubTester tester = HubTester.with((options) -> options.outbound(LIMITS), Calls.class)) {
			TestClient client = tester.connect();
			client.stall();
			sendUntilPaused(client, "inline");
			client.disconnect();
			assertThat(client.connection().readGate().isPaused()).isFalse();
		}
	}

	@Test
	void callsThatWaitDoNotStartUntilAnswersAreTaken() {
		try (HubTester tester = HubTester.with((options) -> options.outbound(LIMITS), Calls.class)) {
			TestClient client = tester.connect();
			client.stall();
			String[] calls = new String[250];
			for (int i = 0; i < calls.length; i++) {
				calls[i] = call("blocking", i);
			}
			client.send(calls);
			Awaitility.await().until(() -> !client.connection().queue().hasRoom());
			client.resume();
			for (int i = 0; i < calls.length; i++) {
				assertThat(client.completion(String.valueOf(i))).contains("'result':" + i);
			}
			assertThat(client.connection().isEnding()).isFalse();
		}
	}

	@Test
	void clientWhoseBroadcastsAreDroppedIsStillHeard() {
		OutboundLimits limits = new OutboundLimits(1024 * 1024, 100, Duration.ofSeconds(10),
				OverflowStrategy.DROP_OLDEST);
		try (HubTester tester = HubTester.with((options) -> options.outbound(limits), Calls.class)) {
			TestClient client = tester.connect();
			client.stall();
			for (int i = 0; i < 200; i++) {
				tester.hub().all().send("tick", i);
			}
			assertThat(client.connection().queue().hasRoom()).isFalse();
			client.send(call("blocking", 1));
			client.send(call("inline", 2));
			assertThat(client.connection().readGate().isPaused()).isFalse();
			Awaitility.await().until(() -> tester.bean(Calls.class).answered.get() == 2);
			client.resume();
			client.completion("1");
			client.completion("2");
		}
	}

	@HubController("test")
	static class Calls {

		final AtomicInteger answered = new AtomicInteger();

		@HubMethod
		int blocking(int value) {
			this.answered.incrementAndGet();
			return value;
		}

		@HubMethod(blocking = false)
		int inline(int value) {
			this.answered.incrementAndGet();
			return value;
		}

	}

}
