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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.Stream;

import dev.realtime.hub.HubException;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.protocol.TransportType;
import dev.realtime.security.SecurityContextCallerSecurity;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.util.LinkedMultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for who is known on the threads that run the calls of several connections.
 */
class CallerScopeTests {

	private final HubTester tester = HubTester
		.with(new HubExecutors(Executors.newSingleThreadExecutor(), Executors.newSingleThreadExecutor()), (options) -> {
		}, Calls.class, Security.class);

	@AfterEach
	void close() {
		SecurityContextHolder.clearContext();
		this.tester.close();
	}

	private TestClient connect(String user) {
		Authentication authentication = (user != null) ? new TestingAuthenticationToken(user, null) : null;
		return TestClient
			.attach(this.tester.endpoint(), TransportType.WEB_SOCKETS, authentication,
					TestClient.handshake(new LinkedMultiValueMap<>(), new LinkedMultiValueMap<>()))
			.handshake();
	}

	@ParameterizedTest
	@ValueSource(strings = { "blocking", "inline", "failing", "changing" })
	void nothingIsLeftToTheNextCall(String method) {
		TestClient ann = connect("ann");
		TestClient nobody = connect(null);
		for (int i = 0; i < 3; i++) {
			assertThat(ann.invoke(method, "[]")).contains("ann");
			assertThat(nobody.invoke("blocking", "[]")).contains("'result':'nobody'");
			assertThat(nobody.invoke("inline", "[]")).contains("'result':'nobody'");
		}
	}

	@Test
	void callsOfOneConnectionDoNotShareAContext() {
		TestClient ann = connect("ann");
		assertThat(ann.invoke("changing", "[]")).contains("'result':'was ann'");
		assertThat(ann.invoke("blocking", "[]")).contains("'result':'ann'");
	}

	@Test
	void threadThatServesTheConnectionKeepsItsContext() {
		SecurityContext own = new SecurityContextImpl(new TestingAuthenticationToken("request", null));
		SecurityContextHolder.setContext(own);
		invokeOnThisThread(connect("ann"));
		assertThat(SecurityContextHolder.getContext()).isSameAs(own);
	}

	@Test
	void threadThatServesTheConnectionHasNoContextAfterwards() {
		invokeOnThisThread(connect("ann"));
		assertThat(SecurityContextHolder.getContext().getAuthentication()).isNull();
	}

	// a call that finds others before it runs elsewhere
	private void invokeOnThisThread(TestClient client) {
		Calls calls = this.tester.bean(Calls.class);
		for (int i = 0; i < 1000 && calls.thread != Thread.currentThread(); i++) {
			assertThat(client.invoke("inline", "[]")).contains("'result':'ann'");
		}
		assertThat(calls.thread).isSameAs(Thread.currentThread());
	}

	@Test
	void newPrincipalOfTheUserCounts() {
		TestClient ann = connect("ann");
		assertThat(ann.invoke("authorities", "[]")).contains("'result':[]");
		ann.connection().principal(new TestingAuthenticationToken("ann", null, "admin"));
		assertThat(ann.invoke("authorities", "[]")).contains("'result':['admin']");
	}

	@Test
	void uploadsAndPublishers() {
		TestClient ann = connect("ann");
		ann.send("{'type':1,'invocationId':'1','target':'upload','arguments':[],'streamIds':['s']}",
				"{'type':3,'invocationId':'s'}");
		assertThat(ann.completion("1")).contains("'result':'ann'");
		ann.send("{'type':4,'invocationId':'2','target':'publisher','arguments':[]}");
		assertThat(ann.next()).contains("'item':'ann'");
		assertThat(ann.completion("2")).doesNotContain("error");
		ann.send("{'type':4,'invocationId':'3','target':'later','arguments':[]}");
		CompletableFuture<Flow.Publisher<String>> later = this.tester.bean(Calls.class).later;
		Awaitility.await().until(() -> later.getNumberOfDependents() > 0);
		later.complete(new CallerPublisher());
		assertThat(ann.next()).contains("'item':'ann'");
	}

	private static String caller() {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		return (authentication != null) ? authentication.getName() : "nobody";
	}

	@Configuration(proxyBeanMethods = false)
	static class Security {

		@Bean
		SecurityContextCallerSecurity security() {
			return new SecurityContextCallerSecurity(SecurityContextHolder.getContextHolderStrategy(), false);
		}

	}

	@HubController("test")
	static class Calls {

		final CompletableFuture<Flow.Publisher<String>> later = new CompletableFuture<>();

		volatile @Nullable Thread thread;

		@HubMethod
		String blocking() {
			return caller();
		}

		@HubMethod(blocking = false)
		String inline() {
			this.thread = Thread.currentThread();
			return caller();
		}

		@HubMethod
		void failing() {
			throw new HubException(caller());
		}

		@HubMethod
		String changing() {
			String before = caller();
			SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("root", null));
			return "was " + before;
		}

		@HubMethod
		List<String> authorities() {
			return SecurityContextHolder.getContext()
				.getAuthentication()
				.getAuthorities()
				.stream()
				.map(Object::toString)
				.toList();
		}

		@HubMethod
		String upload(Stream<String> items) {
			items.forEach((item) -> {
			});
			return caller();
		}

		@HubMethod
		Flow.Publisher<String> publisher() {
			return new CallerPublisher();
		}

		@HubMethod
		CompletableFuture<Flow.Publisher<String>> later() {
			return this.later;
		}

	}

	/**
	 * Publishes who is known when it is subscribed to.
	 */
	static class CallerPublisher implements Flow.Publisher<String> {

		@Override
		public void subscribe(Flow.Subscriber<? super String> subscriber) {
			String caller = caller();
			try (SubmissionPublisher<String> publisher = new SubmissionPublisher<>()) {
				publisher.subscribe(subscriber);
				publisher.submit(caller);
			}
		}

	}

}
