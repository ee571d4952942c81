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

package dev.realtime.samples.notifications.access;

import java.util.List;

import dev.realtime.samples.notifications.people.People;
import dev.realtime.samples.notifications.people.Person;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationEntryPointFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.logout.HttpStatusReturningLogoutSuccessHandler;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.session.HttpSessionEventPublisher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;

/**
 * Who may do what. Nothing is said about the hub: its SignalR endpoint is one of
 * {@code anyRequest()}, and its Web PubSub endpoint wants the tokens that
 * {@link ClientAccessController} gives out.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
			+ "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

	@Bean
	SecurityFilterChain securityFilterChain(HttpSecurity http) throws Exception {
		HttpStatusEntryPoint unauthorized = new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED);
		RequestCache requestedPage = requestedPage();
		http.authorizeHttpRequests((requests) -> requests
			.requestMatchers("/login.html", "/assets/**", "/favicon.svg", "/error", "/actuator/health/**")
			.permitAll()
			.requestMatchers("/admin.html", "/api/admin/**")
			.hasRole("ADMIN")
			.anyRequest()
			.authenticated());
		// the page for logging in sends the form by script and goes on by itself
		http.formLogin((login) -> login.loginPage("/login.html")
			.loginProcessingUrl("/login")
			.successHandler(tellWhereToGo(requestedPage))
			.failureHandler(new AuthenticationEntryPointFailureHandler(unauthorized)));
		http.logout((logout) -> logout
			.logoutSuccessHandler(new HttpStatusReturningLogoutSuccessHandler(HttpStatus.NO_CONTENT)));
		http.requestCache((cache) -> cache.requestCache(requestedPage));
		// scripts want a status rather than the page for logging in
		http.exceptionHandling((exceptions) -> List.of("/api/**", "/hubs/**")
			.forEach((path) -> exceptions.defaultAuthenticationEntryPointFor(unauthorized,
					PathPatternRequestMatcher.pathPattern(path))));
		http.csrf((csrf) -> csrf.spa());
		http.headers((headers) -> headers
			.contentSecurityPolicy((policy) -> policy.policyDirectives(CONTENT_SECURITY_POLICY)));
		return http.build();
	}

	/**
	 * Remembers which page somebody wanted before logging in. What the scripts of pages
	 * ask for is none.
	 */
	@SuppressWarnings("NullAway") // Spring Security takes null for no parameter
	private static RequestCache requestedPage() {
		HttpSessionRequestCache cache = new HttpSessionRequestCache();
		cache.setRequestMatcher(new OrRequestMatcher(PathPatternRequestMatcher.pathPattern(HttpMethod.GET, "/"),
				PathPatternRequestMatcher.pathPattern(HttpMethod.GET, "/*.html")));
		cache.setMatchingRequestParameterName(null);
		return cache;
	}

	/**
	 * Answers a script, which would follow a redirect itself: the page is in the header
	 * {@code Location} all the same.
	 */
	private static AuthenticationSuccessHandler tellWhereToGo(RequestCache requestedPage) {
		DefaultRedirectStrategy redirects = new DefaultRedirectStrategy();
		redirects.setStatusCode(HttpStatus.NO_CONTENT);
		SavedRequestAwareAuthenticationSuccessHandler handler = new SavedRequestAwareAuthenticationSuccessHandler();
		handler.setRequestCache(requestedPage);
		handler.setRedirectStrategy(redirects);
		return handler;
	}

	/**
	 * Tells {@link SessionGroups} when sessions end.
	 */
	@Bean
	HttpSessionEventPublisher httpSessionEventPublisher() {
		return new HttpSessionEventPublisher();
	}

	/**
	 * The password of each is the name: this is a sample.
	 */
	@Bean
	UserDetailsService users(People people) {
		return new InMemoryUserDetailsManager(people.all().stream().map(SecurityConfiguration::user).toList());
	}

	private static UserDetails user(Person person) {
		return User.withUsername(person.name())
			.password("{noop}" + person.name())
			.roles(person.admin() ? new String[] { "USER", "ADMIN" } : new String[] { "USER" })
			.build();
	}

}
