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

import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.protocol.OutboundLimits;
import dev.realtime.protocol.OverflowStrategy;
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

	@HubController("test")
	static class Calls {

		@HubMethod
		int blocking(int value) {
			return value;
		}

		@HubMethod(blocking = false)
		int inline(int value) {
			return value;
		}

	}

}
