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

import java.util.concurrent.CompletableFuture;

import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for results that cannot be sent.
 */
class UnwritableResultTests {

	private final HubTester tester = HubTester.with(Calls.class);

	private final TestClient client = this.tester.connect();

	@AfterEach
	void close() {
		this.tester.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "value", "inline", "complete", "stage", "mono" })
	void answersWithAnErrorAndGoesOn(String target) {
		this.client.send("{'type':1,'invocationId':'u','target':'" + target + "','arguments':[]}",
				"{'type':1,'invocationId':'p','target':'ping','arguments':[]}");
		this.tester.bean(Calls.class).result.complete(new StreamingTests.Unwritable());
		assertThat(this.client.next())
			.startsWith("{'type':3,'invocationId':'u','error':'An unexpected error occurred invoking '" + target + "'");
		assertThat(this.client.next()).isEqualTo("{'type':3,'invocationId':'p','result':'pong'}");
		this.client.awaitIdle();
	}

	@HubController("test")
	static class Calls {

		final CompletableFuture<Object> result = new CompletableFuture<>();

		@HubMethod
		String ping() {
			return "pong";
		}

		@HubMethod
		Object value() {
			return new StreamingTests.Unwritable();
		}

		@HubMethod(blocking = false)
		Object inline() {
			return new StreamingTests.Unwritable();
		}

		@HubMethod
		CompletableFuture<Object> complete() {
			return CompletableFuture.completedFuture(new StreamingTests.Unwritable());
		}

		@HubMethod
		CompletableFuture<Object> stage() {
			return this.result;
		}

		@HubMethod
		Mono<Object> mono() {
			return Mono.fromFuture(this.result);
		}

	}

}
