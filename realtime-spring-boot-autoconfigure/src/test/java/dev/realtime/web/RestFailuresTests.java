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

package dev.realtime.web;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.realtime.boot.autoconfigure.servlet.RestCaller;
import dev.realtime.hub.HubContext;
import dev.realtime.lifetime.HubLifetimeManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link RestFailures}, and for what {@link RestFilter} has it log. Here, where
 * logs can be listened to.
 */
class RestFailuresTests {

	private static final String PATH = "/api/hubs/chat/users/a%20b";

	private final Logger logger = (Logger) LoggerFactory.getLogger(RestFailures.class);

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final IllegalStateException failure = new IllegalStateException("broken");

	// the clock may begin anywhere, and overflow
	private long now = Long.MAX_VALUE;

	@BeforeEach
	void listen() {
		this.logger.setLevel(Level.DEBUG);
		this.logger.setAdditive(false);
		this.logger.addAppender(this.log);
		this.log.start();
	}

	@AfterEach
	void stopListening() {
		this.logger.detachAppender(this.log);
		this.logger.setAdditive(true);
		this.logger.setLevel(null);
	}

	@Test
	void operatorSeesWhatHasFailedAndHowOften() throws Exception {
		RestFilter filter = filter((hub) -> {
			throw this.failure;
		});
		assertThat(head(filter).getStatus()).isEqualTo(500);
		head(filter);
		head(filter);
		assertThat(this.log.list).extracting(ILoggingEvent::getLevel)
			.containsExactly(Level.ERROR, Level.DEBUG, Level.DEBUG);
		assertLogged(0, "HEAD " + PATH + " could not be handled");
		assertLogged(2, "HEAD " + PATH + " could not be handled");
		this.now += Duration.ofMinutes(1).toNanos();
		head(filter);
		assertThat(this.log.list.get(3).getLevel()).isEqualTo(Level.ERROR);
		assertLogged(3, "HEAD " + PATH + " could not be handled (2 failures since the last error)");
	}

	@Test
	void whatFailsLaterIsLogged() throws Exception {
		CompletableFuture<Boolean> exists = new CompletableFuture<>();
		RestFilter filter = filter((name) -> {
			HubContext hub = mock(HubContext.class, RETURNS_DEEP_STUBS);
			given(hub.users().exists(any())).willReturn(exists);
			HubLifetimeManager lifetime = mock(HubLifetimeManager.class);
			given(lifetime.hubContext()).willReturn(hub);
			return lifetime;
		});
		MockHttpServletResponse response = head(filter);
		assertThat(this.log.list).isEmpty();
		exists.completeExceptionally(this.failure);
		assertThat(response.getStatus()).isEqualTo(500);
		assertLogged(0, "HEAD " + PATH + " could not be handled");
	}

	@Test
	void mistakesOfRequestsAreNotLogged() throws Exception {
		assertThat(head(filter((hub) -> null)).getStatus()).isEqualTo(404);
		assertThat(this.log.list).isEmpty();
	}

	private void assertLogged(int index, String message) {
		ILoggingEvent event = this.log.list.get(index);
		assertThat(event.getFormattedMessage()).isEqualTo(message);
		assertThat(event.getThrowableProxy().getClassName()).isEqualTo(IllegalStateException.class.getName());
		assertThat(event.getThrowableProxy().getMessage()).isEqualTo("broken");
	}

	private RestFilter filter(Function<String, HubLifetimeManager> hubs) {
		return new RestFilter(AccessTokens.of(AccessKeys.of(RestCaller.KEY, null), List.of()), hubs, (path) -> false,
				new RestFailures(() -> this.now));
	}

	private static MockHttpServletResponse head(RestFilter filter) throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest("HEAD", PATH);
		request.setAsyncSupported(true);
		request.setQueryString("secret=x");
		request.addHeader("Authorization", "Bearer " + RestCaller.token("http://localhost" + PATH));
		MockHttpServletResponse response = new MockHttpServletResponse();
		filter.doFilter(request, response, new MockFilterChain());
		return response;
	}

}
