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

import java.security.Principal;

import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.Order;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for who resolves an argument that several could.
 */
class ArgumentResolverOrderTests {

	private final HubTester tester = HubTester.with(Calls.class, Later.class, Earlier.class);

	@AfterEach
	void close() {
		this.tester.close();
	}

	private String result(String call) {
		TestClient client = this.tester.connect("ann");
		client.send("{'type':1,'headers':{'a':'header'},'invocationId':'1'," + call + "}");
		return client.completion("1");
	}

	@Test
	void annotationsAndTypesOfHubsComeFirst() {
		assertThat(result("'target':'header','arguments':[]")).contains("'result':'header'");
		assertThat(result("'target':'caller','arguments':[]")).contains("'result':'ann'");
	}

	@Test
	void resolversOfTheApplicationComeBeforePrincipalAndPayload() {
		assertThat(result("'target':'principal','arguments':[]")).contains("'result':'earlier'");
		assertThat(result("'target':'payload','arguments':[1]")).contains("'result':'earlier 1'");
	}

	@Test
	void resolversOfTheApplicationAreOrdered() {
		assertThat(result("'target':'number','arguments':[]")).contains("'result':'2'");
	}

	@HubController("test")
	static class Calls {

		@HubMethod
		String header(@Header("a") String header) {
			return header;
		}

		@HubMethod
		String caller(HubCallerContext caller) {
			return String.valueOf(caller.userId());
		}

		@HubMethod
		String principal(Principal principal) {
			return principal.getName();
		}

		@HubMethod
		String payload(CharSequence resolved, int payload) {
			return resolved + " " + payload;
		}

		@HubMethod
		String number(Number number) {
			return number.toString();
		}

	}

	@Order(1)
	static class Earlier implements HandlerMethodArgumentResolver {

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			return parameter.getParameterType() != int.class && parameter.getParameterType() != Number.class;
		}

		@Override
		public Object resolveArgument(MethodParameter parameter, Message<?> message) {
			return (parameter.getParameterType() == Principal.class) ? (Principal) () -> "earlier" : "earlier";
		}

	}

	@Order(2)
	static class Later implements HandlerMethodArgumentResolver {

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			return parameter.getParameterType() != int.class;
		}

		@Override
		public Object resolveArgument(MethodParameter parameter, Message<?> message) {
			return 2;
		}

	}

}
