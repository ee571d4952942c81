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

package dev.realtime.hub;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClientProxy} and {@link SingleClientProxy}.
 */
class ClientProxyTests {

	private final RecordingProxy.Single client = new RecordingProxy.Single("c1");

	@Test
	void sendTakesArgumentsOneByOne() {
		this.client.send("target", "a", null, 1);
		this.client.send("target");
		assertThat(this.client.calls).containsExactly("target[a, null, 1]", "target[]");
	}

	@Test
	void sendTakesOneListAsTheArguments() {
		this.client.send("target", List.of("a", 1));
		assertThat(this.client.calls).containsExactly("target[a, 1]");
	}

	@Test
	void sendTakesAListBesideOthersAsAnArgument() {
		this.client.send("target", List.of("a", 1), 2);
		this.client.send("target", List.of(List.of("a", 1)));
		assertThat(this.client.calls).containsExactly("target[[a, 1], 2]", "target[[a, 1]]");
	}

	@Test
	void invokeTakesTheTypeOfTheAnswer() {
		this.client.invoke("ask", String.class, "a", null);
		this.client.invoke("ask", new ParameterizedTypeReference<List<String>>() {
		}, List.of("a"));
		assertThat(this.client.calls).containsExactly("ask[a, null] -> java.lang.String",
				"ask[[a]] -> java.util.List<java.lang.String>");
	}

	@Test
	void invokeBoxesAPrimitiveType() {
		this.client.invoke("ask", int.class);
		assertThat(this.client.calls).containsExactly("ask[] -> java.lang.Integer");
	}

	@Test
	void invokeTakesATimeoutBeforeTheType() {
		this.client.invoke("ask", Duration.ofSeconds(1), Boolean.class, "a");
		assertThat(this.client.calls).containsExactly("ask[a] -> java.lang.Boolean within PT1S");
	}

	@Test
	void invokeTakesADurationAfterTheTypeAsAnArgument() {
		this.client.invoke("ask", Boolean.class, Duration.ofSeconds(1));
		assertThat(this.client.calls).containsExactly("ask[PT1S] -> java.lang.Boolean");
	}

}
