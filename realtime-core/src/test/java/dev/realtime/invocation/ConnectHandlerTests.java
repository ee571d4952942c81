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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import dev.realtime.connection.ClientConnection;
import dev.realtime.event.ConnectEventRequest;
import dev.realtime.event.ConnectEventResponse;
import dev.realtime.event.ConnectRejectedException;
import dev.realtime.event.EventHandler;
import dev.realtime.event.EventType;
import dev.realtime.hub.HubMember;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.protocol.TransportType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.util.LinkedMultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for handlers of the connect event, whose answer decides.
 */
class ConnectHandlerTests {

	private static final List<String> log = new CopyOnWriteArrayList<>();

	private static Function<ConnectEventRequest, @Nullable Object> answer = (request) -> null;

	@AfterEach
	void reset() {
		log.clear();
		answer = (request) -> null;
	}

	private static ClientConnection connect(HubTester tester, @Nullable String user) {
		LinkedMultiValueMap<String, String> query = new LinkedMultiValueMap<>();
		query.add("room", "7");
		return tester.endpoint()
			.connect((user != null) ? () -> user : null, TestClient.handshake(query, new LinkedMultiValueMap<>()));
	}

	private static ConnectRejectedException rejection(Function<ConnectEventRequest, @Nullable Object> handler,
			boolean detailedErrors) {
		answer = handler;
		try (HubTester tester = HubTester.with((options) -> options.detailedErrors(detailedErrors), Answering.class)) {
			ConnectRejectedException rejection = catchThrowableOfType(ConnectRejectedException.class,
					() -> connect(tester, null));
			assertThat(rejection).isNotNull();
			assertThat(tester.hub().connections().list().join()).isEmpty();
			return rejection;
		}
	}

	private static void assertRejected(Function<ConnectEventRequest, @Nullable Object> handler, int status,
			@Nullable String text) {
		ConnectRejectedException rejection = rejection(handler, false);
		assertThat(rejection.getStatus()).isEqualTo(status);
		assertThat(rejection.getText()).isEqualTo(text);
	}

	@Test
	void rejects() {
		assertRejected((request) -> {
			throw new ConnectRejectedException(401, "Sign in first");
		}, 401, "Sign in first");
		assertRejected((request) -> ConnectEventResponse.reject(403, "No"), 403, "No");
		assertRejected((request) -> ConnectEventResponse.reject(429, null), 429, null);
		assertRejected((request) -> CompletableFuture.completedFuture(ConnectEventResponse.reject(403, "Later")), 403,
				"Later");
		assertRejected((request) -> CompletableFuture.supplyAsync(() -> {
			throw new ConnectRejectedException(401, "Much later");
		}), 401, "Much later");
		assertRejected((request) -> Mono.error(new ConnectRejectedException(418, "Mono")), 418, "Mono");
	}

	@Test
	void failureIsMasked() {
		assertRejected((request) -> {
			throw new IllegalStateException("secret");
		}, 500, null);
		assertRejected((request) -> {
			throw new StackOverflowError("secret");
		}, 500, null);
		assertRejected((request) -> CompletableFuture.failedFuture(new IllegalStateException("secret")), 500, null);
		CompletableFuture<Object> cancelled = new CompletableFuture<>();
		cancelled.cancel(false);
		assertRejected((request) -> cancelled, 500, null);
		assertRejected((request) -> "not a response", 500, null);
	}

	@Test
	void failureIsExplainedWithDetailedErrors() {
		ConnectRejectedException rejection = rejection((request) -> {
			throw new IllegalStateException("secret");
		}, true);
		assertThat(rejection.getStatus()).isEqualTo(500);
		assertThat(rejection.getText()).isEqualTo("secret");
	}

	@Test
	void nothingIsNoOpinion() {
		try (HubTester tester = HubTester.with(Answering.class, Silent.class)) {
			assertThat(connect(tester, "ann").userId()).isEqualTo("ann");
			assertThat(connect(tester, null).userId()).isNull();
			answer = (request) -> CompletableFuture.completedFuture(null);
			assertThat(connect(tester, "ann").userId()).isEqualTo("ann");
			assertThat(log).containsOnly("silent");
		}
	}

	@Test
	void setsUserAndGroups() {
		answer = (request) -> ConnectEventResponse.accept()
			.userId("user-" + request.query("room"))
			.groups("lobby", "room-" + request.query("room"));
		try (HubTester tester = HubTester.with(Answering.class)) {
			LinkedMultiValueMap<String, String> query = new LinkedMultiValueMap<>();
			query.add("room", "7");
			ClientConnection connection = connect(tester, "ann");
			assertThat(connection.userId()).isEqualTo("user-7");
			TestClient client = TestClient
				.attach(tester.endpoint(), TransportType.WEB_SOCKETS, null,
						TestClient.handshake(query, new LinkedMultiValueMap<>()))
				.handshake();
			assertThat(client.connection().membership().groups()).isEqualTo(Set.of("lobby", "room-7"));
			assertThat(tester.hub().groups().members("lobby").join())
				.containsExactly(new HubMember(client.id(), "user-7"));
			tester.hub().user("user-7").send("hello");
			assertThat(client.next()).contains("'target':'hello'");
		}
	}

	@Test
	void emptyGroupNameIsAFailureOfTheHandler() {
		try (HubTester tester = HubTester.with(Answering.class)) {
			answer = (request) -> ConnectEventResponse.accept().groups(" ");
			assertThatExceptionOfType(ConnectRejectedException.class).isThrownBy(() -> connect(tester, null))
				.satisfies((rejection) -> assertThat(rejection.getStatus()).isEqualTo(500));
		}
	}

	@Test
	void handlersRunInOrderAndTheFirstRejectionWins() {
		try (HubTester tester = HubTester.with(OrderedByClass.class, OrderedByMethod.class, Answering.class)) {
			answer = (request) -> {
				log.add("unordered as " + request.userId());
				return null;
			};
			connect(tester, "ann");
			assertThat(log).containsExactly("first", "second as renamed", "third", "unordered as renamed");
			log.clear();
			assertThatExceptionOfType(ConnectRejectedException.class).isThrownBy(() -> connect(tester, "banned"))
				.satisfies((rejection) -> assertThat(rejection.getStatus()).isEqualTo(403));
			assertThat(log).containsExactly("first");
		}
	}

	@Test
	void handlersOfOtherHubsAreNotAsked() {
		try (HubTester tester = HubTester.withHubs((hubs) -> hubs.hub("other"), ForOther.class,
				ForOtherController.class, ForBoth.class)) {
			assertThatNoException().isThrownBy(() -> connect(tester, null));
			assertThat(log).containsExactly("both test");
			log.clear();
			assertThatExceptionOfType(ConnectRejectedException.class).isThrownBy(() -> tester.endpoint("other")
				.connect(null, TestClient.handshake(new LinkedMultiValueMap<>(), new LinkedMultiValueMap<>())));
		}
	}

	@HubController("test")
	static class Answering {

		@EventHandler(type = EventType.CONNECT)
		@Nullable Object connect(ConnectEventRequest request) {
			return answer.apply(request);
		}

	}

	static class Silent {

		@EventHandler(type = EventType.CONNECT)
		void connect() {
			log.add("silent");
		}

	}

	@Order(2)
	static class OrderedByClass {

		@EventHandler(type = EventType.CONNECT)
		CompletionStage<Void> second(ConnectEventRequest request) {
			log.add("second as " + request.userId());
			return CompletableFuture.completedFuture(null);
		}

	}

	static class OrderedByMethod {

		@EventHandler(type = EventType.CONNECT)
		@Order(3)
		@Nullable ConnectEventResponse third() {
			log.add("third");
			return null;
		}

		@EventHandler(type = EventType.CONNECT)
		@Order(1)
		ConnectEventResponse first(ConnectEventRequest request) {
			log.add("first");
			return "banned".equals(request.userId()) ? ConnectEventResponse.reject(403, "No")
					: ConnectEventResponse.accept().userId("renamed");
		}

	}

	static class ForOther {

		@EventHandler(type = EventType.CONNECT, hub = "OTHER")
		ConnectEventResponse connect() {
			return ConnectEventResponse.reject(403, null);
		}

	}

	@HubController("other")
	static class ForOtherController {

		@EventHandler(type = EventType.CONNECT)
		ConnectEventResponse connect() {
			return ConnectEventResponse.reject(403, null);
		}

	}

	static class ForBoth {

		@EventHandler(type = EventType.CONNECT)
		@Order(0)
		void connect(ConnectEventRequest request) {
			log.add("both " + request.hub());
		}

	}

}
