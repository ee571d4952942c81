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

import java.util.Collections;
import java.util.List;
import java.util.Map;

import dev.realtime.hub.HubOptions;
import dev.realtime.transport.ConnectionRegistry;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the filter of access tokens and for what tells requests to hubs from others.
 */
class AccessTokenFilterTests {

	private final HubWeb web = HubWeb
		.builder(new ConnectionRegistry(), List.of(new TestHub("chat", HubOptions.at("/hubs/chat"))))
		.build();

	@AfterEach
	void close() {
		this.web.close();
	}

	@Test
	void movesTokenToHeader() throws Exception {
		HttpServletRequest request = filter(request("/hubs/chat", "id=1&access_token=a%2Eb&x=y"));
		assertThat(request.getHeader("authorization")).isEqualTo("Bearer a.b");
		assertThat(Collections.list(request.getHeaders("Authorization"))).containsExactly("Bearer a.b");
		assertThat(Collections.list(request.getHeaderNames())).containsExactly("X-Tenant", "Authorization");
		assertThat(request.getHeader("X-Tenant")).isEqualTo("acme");
		assertThat(request.getQueryString()).isEqualTo("id=1&x=y");
		assertThat(request.getParameter("access_token")).isNull();
		assertThat(request.getParameterValues("access_token")).isNull();
		assertThat(Collections.list(request.getParameterNames())).containsExactlyInAnyOrder("id", "x");
		assertThat(request.getParameterMap()).containsOnlyKeys("id", "x");
		assertThat(request.getParameter("x")).isEqualTo("y");
		assertThat(request.getRequestURL().toString()).doesNotContain("a.b");
	}

	@Test
	void tokenMayBeAllThereIs() throws Exception {
		HttpServletRequest request = filter(request("/hubs/chat/negotiate", "Access_Token=abc"));
		assertThat(request.getHeader("Authorization")).isEqualTo("Bearer abc");
		assertThat(request.getQueryString()).isNull();
	}

	@Test
	void headerWinsButTokenIsHidden() throws Exception {
		MockHttpServletRequest original = request("/hubs/chat", "access_token=abc");
		original.addHeader("Authorization", "Basic xyz");
		HttpServletRequest request = filter(original);
		assertThat(Collections.list(request.getHeaders("Authorization"))).containsExactly("Basic xyz");
		assertThat(Collections.list(request.getHeaderNames())).containsExactly("X-Tenant", "Authorization");
		assertThat(request.getQueryString()).isNull();
	}

	@Test
	void emptyTokenIsNone() throws Exception {
		HttpServletRequest request = filter(request("/hubs/chat", "access_token="));
		assertThat(request.getHeader("Authorization")).isNull();
		assertThat(request.getQueryString()).isNull();
	}

	@Test
	void otherRequestsAreLeftAlone() throws Exception {
		for (String path : new String[] { "/", "/hubs", "/hubs/chat/other", "/hubs/chatter" }) {
			MockHttpServletRequest original = request(path, "access_token=abc");
			assertThat(filter(original)).isSameAs(original);
			assertThat(this.web.requestMatcher().test(original)).isFalse();
		}
		MockHttpServletRequest original = request("/hubs/chat", "id=1");
		assertThat(filter(original)).isSameAs(original);
		assertThat(this.web.requestMatcher().test(original)).isTrue();
	}

	@Test
	void contextPathDoesNotCount() {
		MockHttpServletRequest request = request("/app/hubs/chat/negotiate", "");
		request.setContextPath("/app");
		assertThat(this.web.requestMatcher().test(request)).isTrue();
	}

	private static MockHttpServletRequest request(String path, String query) {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
		request.setQueryString(query);
		request.addHeader("X-Tenant", "acme");
		new QueryString(query).without(List.of())
			.forEach((name, values) -> request.addParameters(Map.of(name, values.toArray(new String[0]))));
		return request;
	}

	private HttpServletRequest filter(MockHttpServletRequest request) throws Exception {
		Filter filter = this.web.accessTokenFilter();
		MockFilterChain chain = new MockFilterChain();
		filter.doFilter(request, new MockHttpServletResponse(), chain);
		return (HttpServletRequest) chain.getRequest();
	}

}
