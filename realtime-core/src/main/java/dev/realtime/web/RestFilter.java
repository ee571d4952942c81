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

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

import dev.realtime.lifetime.HubLifetimeManager;
import dev.realtime.web.RestRoutes.Match;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * The REST API of Web PubSub (data plane). A filter, and no handler behind others: paths
 * are matched as they were sent, since names in them may contain encoded slashes, which
 * neither a {@code DispatcherServlet} nor a firewall lets pass; and requests are
 * authenticated by their own tokens.
 * <p>
 * Where the container was told to let encoded characters pass for this, requests to other
 * paths that contain them are refused, as the container would have done.
 */
final class RestFilter extends OncePerRequestFilter {

	private static final Log logger = LogFactory.getLog(RestFilter.class);

	private static final String HEALTH = "/api/health";

	private static final long TIMEOUT = 30;

	private final AccessTokens tokens;

	private final Function<String, @Nullable HubLifetimeManager> hubs;

	private final Predicate<String> refused;

	private final RestFailures failures;

	private final RestRoutes routes = new RestRoutes();

	/**
	 * Create the filter.
	 * @param tokens verifies the tokens of requests, and creates those of clients
	 * @param hubs finds hubs by their names
	 * @param refused tells raw paths that are refused unless they belong to the API
	 * @param failures logs what goes wrong
	 */
	RestFilter(AccessTokens tokens, Function<String, @Nullable HubLifetimeManager> hubs, Predicate<String> refused,
			RestFailures failures) {
		this.tokens = tokens;
		this.hubs = hubs;
		this.refused = refused;
		this.failures = failures;
		RestMessages.addTo(this.routes);
		RestConnections.addTo(this.routes);
		RestGroups.addTo(this.routes);
		RestPermissions.addTo(this.routes);
		new RestTokens(tokens).addTo(this.routes);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String path = Endpoints.path(request);
		if (path.startsWith(RestPath.HUBS)) {
			serve(path, request, response);
		}
		else if (path.equals(HEALTH) && "HEAD".equals(request.getMethod())) {
			RestAnswer.OK.writeTo(request, response);
		}
		else if (this.refused.test(path)) {
			HttpAnswer.BAD_REQUEST.writeTo(response);
		}
		else {
			chain.doFilter(request, response);
		}
	}

	private void serve(String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
		CompletableFuture<RestAnswer> answer;
		try {
			answer = perform(path, request);
		}
		catch (RestException ex) {
			ex.answer().writeTo(request, response);
			return;
		}
		catch (RuntimeException ex) {
			answer = CompletableFuture.failedFuture(ex);
		}
		if (answer.isDone()) {
			answerOf(answer, request.getMethod(), path).writeTo(request, response);
		}
		else {
			writeLater(answer, path, request, response);
		}
	}

	private CompletableFuture<RestAnswer> perform(String path, HttpServletRequest request) throws RestException {
		List<String> segments = RestPath.segments(path);
		String endpoint = authenticate(request);
		String name = segments.get(0);
		if (!PubSubHubs.isName(name)) {
			throw RestException.badRequest("The name of the hub is not valid.");
		}
		Match match = this.routes.find(request.getMethod(), segments.subList(1, segments.size()));
		ServerHttpObservationFilter.findObservationContext(request)
			.ifPresent((context) -> context.setPathPattern(RestPath.HUBS + "{hub}/" + match.pattern()));
		HubLifetimeManager hub = this.hubs.apply(name);
		if (hub == null) {
			throw RestException.notFound("There is no such hub.");
		}
		return match.operation()
			.perform(new RestRequest(request, endpoint, hub, name, match.variables(),
					new QueryString(request.getQueryString())));
	}

	private String authenticate(HttpServletRequest request) throws RestException {
		try {
			return this.tokens.verifyRest(request);
		}
		catch (InvalidAccessTokenException ex) {
			throw RestException.unauthorized(ex.getMessage() + ".");
		}
	}

	private RestAnswer answerOf(CompletableFuture<RestAnswer> future, String method, String path) {
		try {
			return future.join();
		}
		catch (RuntimeException ex) {
			return failed(method, path, ex);
		}
	}

	private RestAnswer failed(String method, String path, Throwable failure) {
		this.failures.failed(method, path, failure);
		return RestException.failed().answer();
	}

	private void writeLater(CompletableFuture<RestAnswer> future, String path, HttpServletRequest request,
			HttpServletResponse response) {
		AsyncContext context = request.startAsync(request, response);
		context.setTimeout(0);
		String method = request.getMethod();
		future.orTimeout(TIMEOUT, TimeUnit.SECONDS)
			.exceptionally((failure) -> failed(method, path, failure))
			.thenAccept((answer) -> write(answer, context, request, response));
	}

	private static void write(RestAnswer answer, AsyncContext context, HttpServletRequest request,
			HttpServletResponse response) {
		try {
			answer.writeTo(request, response);
		}
		catch (IOException ex) {
			logger.debug("The answer to a request could not be written", ex);
		}
		finally {
			context.complete();
		}
	}

}
