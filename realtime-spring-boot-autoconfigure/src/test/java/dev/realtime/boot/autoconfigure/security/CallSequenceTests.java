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

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.realtime.boot.autoconfigure.servlet.TestClient;
import dev.realtime.boot.autoconfigure.servlet.TestServer;
import dev.realtime.hub.HubConfigurer;
import dev.realtime.hub.HubException;
import dev.realtime.hub.HubFilter;
import dev.realtime.hub.HubFilterChain;
import dev.realtime.hub.HubInvocation;
import dev.realtime.hub.HubRegistry;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.observation.HubCallObservationContext;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.Order;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.MessageExceptionHandler;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.validation.method.MethodValidationException;
import org.springframework.web.bind.annotation.ControllerAdvice;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what happens in which order around a call.
 */
class CallSequenceTests {

	private static final List<String> log = new CopyOnWriteArrayList<>();

	private static TestServer server;

	private final TestClient client = new TestClient(server.uri("/hubs/chat"))
		.query("access_token=" + Tokens.of("ann"));

	@BeforeAll
	static void start() {
		server = TestServer.startSecured(Application.class);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@BeforeEach
	void clear() {
		log.clear();
	}

	private String call(String text) {
		return call("call", text);
	}

	private String call(String method, String text) {
		this.client.connect();
		String completion = this.client.invoke(method, text).toString();
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.untilAsserted(() -> assertThat(log).last(InstanceOfAssertFactories.STRING).startsWith("observed "));
		this.client.close();
		return completion;
	}

	@Test
	void success() {
		assertThat(call("fine")).contains("\"result\":\"done\"");
		assertThat(log).containsExactly("observe", "outer>", "inner>", "hub>", "resolve", "validate", "authorize",
				"method", "hub<done", "inner<done", "outer<done", "observed SUCCESS");
	}

	@Test
	void failureOfTheMethod() {
		assertThat(call("fail")).contains("HubException: told by the controller");
		assertThat(log).containsExactly("observe", "outer>", "inner>", "hub>", "resolve", "validate", "authorize",
				"method", "handler of the controller", "hub!told by the controller", "inner!told by the controller",
				"outer!told by the controller", "observed ERROR told by the controller");
	}

	@Test
	void refusal() {
		assertThat(call("forbidden")).contains("\"result\":\"told by the advice\"");
		assertThat(log).containsExactly("observe", "outer>", "inner>", "hub>", "resolve", "validate", "authorize",
				"handler of the advice", "hub<told by the advice", "inner<told by the advice",
				"outer<told by the advice", "observed SUCCESS");
	}

	@Test
	void invalidArgument() {
		assertThat(call("invalid")).contains("HubException: not valid");
		assertThat(log).containsExactly("observe", "outer>", "inner>", "hub>", "resolve", "validate",
				"handler of the advice", "hub!not valid", "inner!not valid", "outer!not valid",
				"observed ERROR not valid");
	}

	@Test
	void successThatComesLater() {
		assertThat(call("later", "fine")).contains("\"result\":\"done\"");
		assertThat(log).containsExactly("observe", "outer>", "inner>", "hub>", "resolve", "validate", "authorize",
				"method", "hub<later", "inner<later", "outer<later", "later", "observed SUCCESS");
	}

	@Test
	void failureThatComesLater() {
		assertThat(call("later", "fail")).contains("HubException: told by the controller");
		assertThat(log).containsExactly("observe", "outer>", "inner>", "hub>", "resolve", "validate", "authorize",
				"method", "hub<later", "inner<later", "outer<later", "later", "handler of the controller",
				"observed ERROR told by the controller");
	}

	@Test
	void refusalBeforeAnythingThatComesLater() {
		assertThat(call("later", "forbidden")).contains("\"result\":\"told by the advice\"");
		assertThat(log).containsExactly("observe", "outer>", "inner>", "hub>", "resolve", "validate", "authorize",
				"handler of the advice", "hub<told by the advice", "inner<told by the advice",
				"outer<told by the advice", "observed SUCCESS");
	}

	@Test
	void stream() {
		assertThat(stream("fine")).doesNotContain("error");
		assertThat(log).containsExactly("observe", "outer>", "inner>", "hub>", "resolve", "validate", "authorize",
				"method", "hub<later", "inner<later", "outer<later", "item", "later", "observed SUCCESS");
	}

	@Test
	void streamThatFails() {
		assertThat(stream("fail")).contains("HubException: told by the controller");
		assertThat(log).containsExactly("observe", "outer>", "inner>", "hub>", "resolve", "validate", "authorize",
				"method", "hub<later", "inner<later", "outer<later", "item", "later", "handler of the controller",
				"observed ERROR told by the controller");
	}

	@Test
	void streamThatIsRefused() {
		assertThat(stream("forbidden")).contains("because user is unauthorized");
		assertThat(log).containsExactly("observe", "outer>", "inner>", "hub>", "resolve", "validate", "authorize",
				"handler of the advice", "hub!Access Denied", "inner!Access Denied", "outer!Access Denied",
				"observed REFUSED Access Denied");
	}

	private String stream(String text) {
		this.client.connect();
		String id = this.client.stream("stream", text);
		JsonNode message = this.client.next();
		while (message.path("type").asInt() != 3) {
			message = this.client.next();
		}
		assertThat(message.get("invocationId").asString()).isEqualTo(id);
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.untilAsserted(() -> assertThat(log).last(InstanceOfAssertFactories.STRING).startsWith("observed "));
		this.client.close();
		return message.toString();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableMethodSecurity
	@Import({ ChatController.class, Advice.class, Outer.class, Inner.class, Resolver.class })
	static class Application {

		@Bean
		JwtDecoder jwtDecoder() {
			return Tokens.decoder();
		}

		@Bean
		Guard guard() {
			return new Guard();
		}

		@Bean
		HubConfigurer filterOfTheHub() {
			return new HubConfigurer() {

				@Override
				public void configureHubs(HubRegistry hubs) {
					hubs.hub("chat").addFilter(new LoggingFilter("hub"));
				}

			};
		}

		@Bean
		ObservationHandler<HubCallObservationContext> observer() {
			return new Observer();
		}

	}

	static class Guard implements Predicate<String> {

		@Override
		public boolean test(String text) {
			log.add("authorize");
			return !text.equals("forbidden");
		}

	}

	record Resolved() {

	}

	@HubController("chat")
	static class ChatController {

		@HubMethod
		@PreAuthorize("@guard.test(#text)")
		String call(@Checked String text, Resolved resolved) {
			log.add("method");
			if (text.equals("fail")) {
				throw new IllegalStateException();
			}
			return "done";
		}

		@HubMethod
		@PreAuthorize("@guard.test(#text)")
		CompletionStage<String> later(@Checked String text, Resolved resolved) {
			log.add("method");
			return CompletableFuture.supplyAsync(() -> {
				log.add("later");
				return end(text);
			}, CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS));
		}

		@HubMethod
		@PreAuthorize("@guard.test(#text)")
		Stream<String> stream(@Checked String text, Resolved resolved) {
			log.add("method");
			return Stream.of("item", "later").peek(log::add).map((item) -> item.equals("later") ? end(text) : item);
		}

		private static String end(String text) {
			if (text.equals("fail")) {
				throw new IllegalStateException();
			}
			return "done";
		}

		@MessageExceptionHandler(IllegalStateException.class)
		void handle() {
			log.add("handler of the controller");
			throw new HubException("told by the controller");
		}

	}

	@ControllerAdvice
	static class Advice {

		@MessageExceptionHandler(AccessDeniedException.class)
		String refused() {
			log.add("handler of the advice");
			return "told by the advice";
		}

		@MessageExceptionHandler(MethodValidationException.class)
		void invalid() {
			log.add("handler of the advice");
			throw new HubException("not valid");
		}

	}

	static class Resolver implements HandlerMethodArgumentResolver {

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			return parameter.getParameterType() == Resolved.class;
		}

		@Override
		public Object resolveArgument(MethodParameter parameter, Message<?> message) {
			log.add("resolve");
			return new Resolved();
		}

	}

	@Order(2)
	static class Inner extends LoggingFilter {

		Inner() {
			super("inner");
		}

	}

	@Order(1)
	static class Outer extends LoggingFilter {

		Outer() {
			super("outer");
		}

	}

	static class LoggingFilter implements HubFilter {

		private final String name;

		LoggingFilter(String name) {
			this.name = name;
		}

		@Override
		public Object invoke(HubInvocation invocation, HubFilterChain next) throws Throwable {
			log.add(this.name + ">");
			try {
				Object result = next.proceed(invocation);
				log.add(this.name + "<" + ((result instanceof String) ? result : "later"));
				return result;
			}
			catch (Throwable ex) {
				log.add(this.name + "!" + ex.getMessage());
				throw ex;
			}
		}

	}

	static class Observer implements ObservationHandler<HubCallObservationContext> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof HubCallObservationContext;
		}

		@Override
		public void onStart(HubCallObservationContext context) {
			log.add("observe");
		}

		@Override
		public void onStop(HubCallObservationContext context) {
			Throwable error = context.getError();
			log.add("observed " + context.getOutcome() + ((error != null) ? " " + error.getMessage() : ""));
		}

	}

	@Constraint(validatedBy = CheckedValidator.class)
	@Retention(RetentionPolicy.RUNTIME)
	@interface Checked {

		String message() default "";

		Class<?>[] groups() default {};

		Class<? extends Payload>[] payload() default {};

	}

	public static class CheckedValidator implements ConstraintValidator<Checked, String> {

		@Override
		public boolean isValid(String value, ConstraintValidatorContext context) {
			log.add("validate");
			return !value.equals("invalid");
		}

	}

}
