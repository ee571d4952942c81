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

package dev.realtime.boot.autoconfigure.security;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.realtime.boot.autoconfigure.servlet.TestClient;
import dev.realtime.boot.autoconfigure.servlet.TestServer;
import dev.realtime.event.ConnectEventResponse;
import dev.realtime.event.EventHandler;
import dev.realtime.event.EventType;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import jakarta.annotation.security.RolesAllowed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.annotation.Secured;
import org.springframework.security.access.prepost.PostAuthorize;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.JwtDecoder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for annotations of Spring Security on hub methods and event handlers.
 */
@ExtendWith(OutputCaptureExtension.class)
class MethodSecurityTests {

	private static TestServer server;

	private final TestClient ann = client("chat", "ann", "ADMIN");

	private final TestClient bob = client("chat", "bob", "USER");

	@BeforeAll
	static void start() {
		server = TestServer.startSecured(Application.class, Tokens.ROLES);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@AfterEach
	void reset() {
		ChatController.events.clear();
	}

	private static TestClient client(String hub, String user, String... roles) {
		return new TestClient(server.uri("/hubs/" + hub)).query("access_token=" + Tokens.of(user, roles));
	}

	private static void assertUnauthorized(JsonNode completion, String method) {
		assertThat(completion.path("error").asString(""))
			.isEqualTo("Failed to invoke '" + method + "' because user is unauthorized");
		assertThat(completion.has("result")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "preAuthorize", "protectedMethod", "postAuthorize", "secured", "rolesAllowed", "inline",
			"mono", "stage", "named", "service" })
	void annotationDecides(String method) {
		this.ann.connect();
		this.bob.connect();
		assertThat(this.ann.invoke(method).path("result").asString("")).isEqualTo("ann");
		assertUnauthorized(this.bob.invoke(method), method);
		assertThat(this.bob.invoke("anybody").path("result").asString("")).isEqualTo("bob");
		this.ann.close();
		this.bob.close();
	}

	@Test
	void expressionsSeeArguments() {
		this.bob.connect();
		assertThat(this.bob.invoke("room", "bob").path("result").asString("")).isEqualTo("bob");
		assertUnauthorized(this.bob.invoke("room", "ann"), "room");
		this.bob.close();
	}

	@Test
	void nameInTheTextIsThatOfTheMethod() {
		this.bob.connect();
		assertUnauthorized(this.bob.invoke("PREAUTHORIZE"), "preAuthorize");
		this.bob.close();
	}

	@Test
	void authenticationExceptionIsARefusalToo() {
		this.ann.connect();
		assertUnauthorized(this.ann.invoke("badCredentials"), "badCredentials");
		this.ann.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "flux", "lazyStream", "fluxLater" })
	void streams(String method) {
		this.ann.connect();
		this.bob.connect();
		this.ann.stream(method);
		assertThat(this.ann.next().path("item").asString("")).isEqualTo("ann");
		JsonNode completion = this.ann.next();
		assertThat(completion.get("type").asInt()).isEqualTo(3);
		assertThat(completion.has("error")).isFalse();
		this.bob.stream(method);
		assertUnauthorized(this.bob.next(), method);
		this.ann.close();
		this.bob.close();
	}

	@Test
	void streamThatIsRefusedOnItsWay() {
		this.bob.connect();
		this.bob.stream("refusedLater");
		assertThat(this.bob.next().path("item").asString("")).isEqualTo("first");
		assertUnauthorized(this.bob.next(), "refusedLater");
		this.bob.close();
	}

	@Test
	void contextIsInReactiveChains() {
		this.bob.connect();
		assertThat(this.bob.invoke("reactive").path("result").asString("")).isEqualTo("bob");
		this.bob.stream("reactiveStream");
		assertThat(this.bob.next().path("item").asString("")).isEqualTo("bob");
		this.bob.close();
	}

	@Test
	void handlersRunOnBehalfOfTheConnection() throws InterruptedException {
		TestClient eve = client("chat", "eve", "USER").connect();
		assertThat(eventOfEve()).isEqualTo("connect eve");
		assertThat(eventOfEve()).isEqualTo("connected eve");
		assertThat(eventOfEve()).isEqualTo("connected later eve");
		eve.close();
		assertThat(eventOfEve()).isEqualTo("disconnected eve");
	}

	// others may still be told of the end of their connections
	private static String eventOfEve() throws InterruptedException {
		String event = ChatController.events.poll(10, TimeUnit.SECONDS);
		return (event == null || event.endsWith("eve")) ? event : eventOfEve();
	}

	@Test
	void handlerOfConnectRefuses(CapturedOutput output) {
		assertThat(client("guarded", "bob", "USER").negotiate().statusCode()).isEqualTo(403);
		assertThat(client("guarded", "ann", "ADMIN").negotiate().statusCode()).isEqualTo(200);
		assertThat(output).doesNotContain("AccessDenied", "AuthorizationDenied");
	}

	@Test
	void annotationOfTheClassCountsForAllItsMethods() {
		TestClient admin = client("admin", "ann", "ADMIN").connect();
		assertThat(admin.invoke("call").path("result").asString("")).isEqualTo("called");
		assertThat(admin.invoke("event").path("result").asString("")).isEqualTo("handled");
		TestClient user = client("admin", "bob", "USER").connect();
		assertUnauthorized(user.invoke("call"), "call");
		assertUnauthorized(user.invoke("event"), "event");
		admin.close();
		user.close();
	}

	@Test
	void refusalIsNoErrorOfTheServer(CapturedOutput output) {
		this.bob.connect();
		assertUnauthorized(this.bob.invoke("preAuthorize"), "preAuthorize");
		assertThat(this.bob.invoke("anybody").path("result").asString("")).isEqualTo("bob");
		this.bob.close();
		assertThat(output).doesNotContain("AccessDenied", "AuthorizationDenied");
	}

	private static String caller() {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		return (authentication != null) ? authentication.getName() : "nobody";
	}

	@Configuration(proxyBeanMethods = false)
	@EnableMethodSecurity(securedEnabled = true, jsr250Enabled = true)
	@Import({ ChatController.class, GuardedController.class, AdminController.class, Service.class })
	static class Application {

		@Bean
		JwtDecoder jwtDecoder() {
			return Tokens.decoder();
		}

	}

	static class Service {

		@PreAuthorize("hasRole('ADMIN')")
		String call() {
			return caller();
		}

	}

	@HubController("chat")
	static class ChatController {

		static final BlockingQueue<String> events = new LinkedBlockingQueue<>();

		private final Service service;

		ChatController(Service service) {
			this.service = service;
		}

		@HubMethod
		String anybody() {
			return caller();
		}

		@HubMethod
		@PreAuthorize("hasRole('ADMIN')")
		String preAuthorize() {
			return caller();
		}

		@HubMethod
		@PreAuthorize("hasRole('ADMIN')")
		protected String protectedMethod() {
			return caller();
		}

		@HubMethod
		@PostAuthorize("returnObject == 'ann'")
		String postAuthorize() {
			return caller();
		}

		@HubMethod
		@Secured("ROLE_ADMIN")
		String secured() {
			return caller();
		}

		@HubMethod
		@RolesAllowed("ADMIN")
		String rolesAllowed() {
			return caller();
		}

		@HubMethod(blocking = false)
		@PreAuthorize("hasRole('ADMIN')")
		String inline() {
			return caller();
		}

		@HubMethod
		@PreAuthorize("hasRole('ADMIN')")
		Mono<String> mono() {
			return Mono.just(caller());
		}

		@HubMethod
		@PreAuthorize("hasRole('ADMIN')")
		CompletableFuture<String> stage() {
			return CompletableFuture.completedFuture(caller());
		}

		@EventHandler("named")
		@PreAuthorize("hasRole('ADMIN')")
		String named() {
			return caller();
		}

		@HubMethod
		String service() {
			return this.service.call();
		}

		@HubMethod
		@PreAuthorize("#room == authentication.name")
		String room(String room) {
			return room;
		}

		@HubMethod
		String badCredentials() {
			throw new BadCredentialsException("secret");
		}

		@HubMethod
		@PreAuthorize("hasRole('ADMIN')")
		Flux<String> flux() {
			return Flux.just(caller());
		}

		@HubMethod
		Mono<Flux<String>> fluxLater() {
			return Mono.delay(Duration.ofMillis(1), Schedulers.parallel())
				.map((tick) -> Flux.defer(() -> Flux.just(this.service.call())));
		}

		@HubMethod
		Stream<String> lazyStream() {
			return Stream.of("call").map((name) -> this.service.call());
		}

		@HubMethod
		Flux<String> refusedLater() {
			return Flux.concat(Mono.just("first"), Mono.error(() -> new AccessDeniedException("no")));
		}

		@HubMethod
		Mono<String> reactive() {
			return Mono.just("go")
				.publishOn(Schedulers.parallel())
				.flatMap((go) -> ReactiveSecurityContextHolder.getContext())
				.map((context) -> context.getAuthentication().getName());
		}

		@HubMethod
		Flux<String> reactiveStream() {
			return Flux.just("go")
				.publishOn(Schedulers.parallel())
				.flatMap((go) -> ReactiveSecurityContextHolder.getContext())
				.map((context) -> context.getAuthentication().getName());
		}

		@EventHandler(type = EventType.CONNECT)
		void connect() {
			events.add("connect " + caller());
		}

		@EventHandler(type = EventType.CONNECTED)
		Mono<Void> connected() {
			events.add("connected " + caller());
			return ReactiveSecurityContextHolder.getContext()
				.doOnNext((context) -> events.add("connected later " + context.getAuthentication().getName()))
				.then();
		}

		@EventHandler(type = EventType.DISCONNECTED)
		void disconnected() {
			events.add("disconnected " + caller());
		}

	}

	@HubController("guarded")
	static class GuardedController {

		@EventHandler(type = EventType.CONNECT)
		@PreAuthorize("hasRole('ADMIN')")
		ConnectEventResponse connect() {
			return ConnectEventResponse.accept();
		}

	}

	@HubController("admin")
	@PreAuthorize("hasRole('ADMIN')")
	static class AdminController {

		@HubMethod
		String call() {
			return "called";
		}

		@EventHandler("event")
		String event() {
			return "handled";
		}

	}

}
