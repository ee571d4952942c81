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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import dev.realtime.boot.autoconfigure.servlet.TestClient;
import dev.realtime.boot.autoconfigure.servlet.TestServer;
import dev.realtime.hub.HubException;
import dev.realtime.hub.HubFilter;
import dev.realtime.hub.HubFilterChain;
import dev.realtime.hub.HubInvocation;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
		this.client.connect();
		String completion = this.client.invoke("call", text).toString();
		this.client.close();
		return completion;
	}

	@Test
	void success() {
		assertThat(call("fine")).contains("\"result\":\"done\"");
		assertThat(log).containsExactly("outer>", "inner>", "resolve", "validate", "authorize", "method", "inner<done",
				"outer<done");
	}

	@Test
	void failureOfTheMethod() {
		assertThat(call("fail")).contains("HubException: told by the controller");
		assertThat(log).containsExactly("outer>", "inner>", "resolve", "validate", "authorize", "method",
				"handler of the controller", "inner!told by the controller", "outer!told by the controller");
	}

	@Test
	void refusal() {
		assertThat(call("forbidden")).contains("\"result\":\"told by the advice\"");
		assertThat(log).containsExactly("outer>", "inner>", "resolve", "validate", "authorize", "handler of the advice",
				"inner<told by the advice", "outer<told by the advice");
	}

	@Test
	void invalidArgument() {
		assertThat(call("invalid")).contains("HubException: not valid");
		assertThat(log).containsExactly("outer>", "inner>", "resolve", "validate", "handler of the advice",
				"inner!not valid", "outer!not valid");
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
				log.add(this.name + "<" + result);
				return result;
			}
			catch (Throwable ex) {
				log.add(this.name + "!" + ex.getMessage());
				throw ex;
			}
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
