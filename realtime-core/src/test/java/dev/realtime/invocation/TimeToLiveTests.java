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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.realtime.connection.ClientConnection;
import dev.realtime.protocol.OutboundMessage;
import dev.realtime.web.AccessKeys;
import dev.realtime.web.AccessTokens;
import dev.realtime.web.HubWeb;
import jakarta.servlet.Filter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the time to live of what Web PubSub clients and the REST API publish: what
 * has waited longer is dropped, whatever its receivers speak and why it waits.
 */
class TimeToLiveTests {

	private static final String KEY = "the access key of these tests, of enough bytes";

	private final HubTester tester = HubTester.with();

	private final TestClient stalled = this.tester.connect();

	private final PubSubTestClient suspended = PubSubTestClient.to(this.tester.pubSub())
		.subprotocols(PubSubTestClient.RELIABLE)
		.groups("g")
		.connect();

	@BeforeEach
	void haveMessagesWait() {
		this.tester.hub().groups().add(this.stalled.id(), "g").join();
		this.stalled.stall();
		this.suspended.cut();
	}

	@AfterEach
	void close() {
		this.tester.close();
	}

	@Test
	void whatAClientPublishesIsDroppedAfterItsTime() {
		PubSubTestClient client = PubSubTestClient.to(this.tester.pubSub()).connect();
		String message = "{'type':'sendToGroup','group':'g','dataType':'text','data':'%s','ttlSeconds':%d,'ackId':%d}";
		for (int seconds : List.of(60, 300, 0)) {
			assertThat(client.ask(message.formatted("for " + seconds, seconds, 1 + seconds))).contains("true");
		}
		assertDropped();
	}

	@Test
	void whatTheRestApiPublishesIsDroppedAfterItsTime() throws Exception {
		for (int seconds : List.of(60, 300, 0)) {
			assertThat(post("/api/hubs/test/groups/g/:send", "messageTtlSeconds=" + seconds, "for " + seconds))
				.isEqualTo(202);
		}
		assertDropped();
	}

	private void assertDropped() {
		List<String> late = take(this.stalled.connection(), Duration.ofSeconds(61));
		assertThat(late).hasSize(2);
		assertThat(late.get(0)).contains("\"for 300\"");
		assertThat(late.get(1)).contains("\"for 0\"");
		List<String> recovered = take(this.suspended.connection(), Duration.ofSeconds(299));
		assertThat(recovered).hasSize(2);
		assertThat(recovered.get(0)).contains("\"for 300\"").endsWith("\"sequenceId\":1}");
		assertThat(recovered.get(1)).contains("\"for 0\"").endsWith("\"sequenceId\":2}");
	}

	private static List<String> take(ClientConnection connection, Duration later) {
		List<OutboundMessage> batch = new ArrayList<>();
		connection.queue().take(batch, Integer.MAX_VALUE, System.nanoTime() + later.toNanos());
		return batch.stream()
			.map((message) -> message.body().asText()
					+ ((message.tail() != null) ? new String(message.tail(), StandardCharsets.UTF_8) : ""))
			.toList();
	}

	private int post(String path, String query, String text) throws Exception {
		AccessTokens tokens = AccessTokens.of(AccessKeys.of(KEY, null), List.of());
		Filter filter = HubWeb.restFilter(tokens, this.tester.engine()::find, (unknown) -> false);
		MockHttpServletRequest request = new MockHttpServletRequest("POST", path);
		request.setQueryString(query);
		request.setContentType("text/plain");
		request.setContent(text.getBytes(StandardCharsets.UTF_8));
		SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256),
				new JWTClaimsSet.Builder().audience("http://localhost" + path)
					.expirationTime(Date.from(Instant.now().plusSeconds(60)))
					.build());
		token.sign(new MACSigner(KEY));
		request.addHeader("Authorization", "Bearer " + token.serialize());
		MockHttpServletResponse response = new MockHttpServletResponse();
		filter.doFilter(request, response, new MockFilterChain());
		return response.getStatus();
	}

}
