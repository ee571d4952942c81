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

import dev.realtime.web.HubWeb;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Exempts what clients of hubs send, POST and DELETE, from the protection against CSRF:
 * they have no token to send. A foreign web page gains nothing by it: it cannot read the
 * answer to a negotiation, without which it can neither connect nor send, and WebSockets
 * are opened for allowed origins only.
 * <p>
 * Spring Security applies it to each {@link HttpSecurity} when it is listed in
 * {@code META-INF/spring.factories}. It does nothing if the application context has no
 * {@link HubWeb}.
 *
 * @since 0.1.0
 */
public final class HubCsrfConfigurer extends AbstractHttpConfigurer<HubCsrfConfigurer, HttpSecurity> {

	@Override
	@SuppressWarnings("unchecked")
	public void init(HttpSecurity http) {
		ApplicationContext context = http.getSharedObject(ApplicationContext.class);
		if (context != null && http.getConfigurer(CsrfConfigurer.class) != null
				&& BeanFactoryUtils.beanNamesForTypeIncludingAncestors(context, HubWeb.class).length > 0) {
			http.csrf((csrf) -> csrf.ignoringRequestMatchers(sentByClients(context)));
		}
	}

	private static RequestMatcher sentByClients(ApplicationContext context) {
		return (request) -> context.getBean(HubWeb.class).changeMatcher().test(request);
	}

}
