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

package dev.realtime.security;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.security.Principal;

import dev.realtime.invocation.support.HubMessageHeaders;
import org.junit.jupiter.api.Test;

import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link AuthenticationPrincipalResolver}.
 */
class AuthenticationPrincipalResolverTests {

	private final AuthenticationPrincipalResolver resolver = new AuthenticationPrincipalResolver();

	private final User user = new User("ann");

	private final Principal authentication = new TestingAuthenticationToken(this.user, "secret");

	@Test
	void annotatedParametersAreSupported() {
		assertThat(this.resolver.supportsParameter(parameter("user"))).isTrue();
		assertThat(this.resolver.supportsParameter(parameter("meta"))).isTrue();
		assertThat(this.resolver.supportsParameter(parameter("plain"))).isFalse();
	}

	@Test
	void principalOfTheAuthentication() {
		assertThat(resolve("user", this.authentication)).isSameAs(this.user);
		assertThat(resolve("meta", this.authentication)).isSameAs(this.user);
	}

	@Test
	void principalThatIsNoAuthentication() {
		Principal principal = () -> "ann";
		assertThat(resolve("principal", principal)).isSameAs(principal);
	}

	@Test
	void expression() {
		assertThat(resolve("expression", this.authentication)).isEqualTo("ann");
	}

	@Test
	void otherTypeIsNull() {
		assertThat(resolve("other", this.authentication)).isNull();
	}

	@Test
	void otherTypeIsAnErrorIfAskedFor() {
		assertThatExceptionOfType(ClassCastException.class).isThrownBy(() -> resolve("strict", this.authentication))
			.withMessageContaining(User.class.getName())
			.withMessageContaining(Integer.class.getName());
	}

	@Test
	void nobodyIsNull() {
		assertThat(this.resolver.resolveArgument(parameter("user"), MessageBuilder.withPayload("").build())).isNull();
	}

	private Object resolve(String method, Principal principal) {
		Message<?> message = MessageBuilder.withPayload("").setHeader(HubMessageHeaders.PRINCIPAL, principal).build();
		return this.resolver.resolveArgument(parameter(method), message);
	}

	private static MethodParameter parameter(String name) {
		for (Method method : ReflectionUtils.getDeclaredMethods(Methods.class)) {
			if (method.getName().equals(name)) {
				return new MethodParameter(method, 0);
			}
		}
		throw new IllegalArgumentException(name);
	}

	interface Methods {

		void user(@AuthenticationPrincipal User user);

		void meta(@CurrentUser User user);

		void plain(User user);

		void principal(@AuthenticationPrincipal Principal principal);

		void expression(@AuthenticationPrincipal(expression = "name") String name);

		void other(@AuthenticationPrincipal Integer number);

		void strict(@AuthenticationPrincipal(errorOnInvalidType = true) Integer number);

	}

	@AuthenticationPrincipal
	@Retention(RetentionPolicy.RUNTIME)
	@interface CurrentUser {

	}

	record User(String name) {

	}

}
