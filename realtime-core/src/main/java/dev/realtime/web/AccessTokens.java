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

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import com.nimbusds.jose.util.JSONArrayUtils;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.realtime.hub.ClientAccessIssuer;
import dev.realtime.hub.ClientAccessIssuer.Issued;
import dev.realtime.web.SignedTokens.VerifiedToken;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogFormatUtils;
import org.springframework.util.Assert;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.util.UriUtils;

/**
 * Creates and verifies the access tokens of Web PubSub: JSON Web Tokens that are signed
 * with an access key (HS256) and name the URL they are for as their audience. Safe for
 * concurrent use.
 * <p>
 * A token is for one of the endpoints the application is reached at: one that is
 * configured, or the one of the request that brings the token. Forwarded headers count as
 * far as the container, or a filter before, has applied them to the request.
 *
 * @since 0.1.0
 * @see AccessKeys
 */
public final class AccessTokens {

	private static final Log logger = LogFactory.getLog(AccessTokens.class);

	private static final String CLIENT_PATH = "/client/hubs/";

	private static final String BEARER = "Bearer ";

	private static final int SHOWN_LENGTH = 500;

	private final SignedTokens tokens;

	private final Endpoints endpoints;

	AccessTokens(AccessKeys keys, Collection<String> endpoints, Clock clock) {
		Assert.notNull(keys, "'keys' must not be null");
		this.tokens = new SignedTokens(keys, clock);
		this.endpoints = Endpoints.of(endpoints);
	}

	/**
	 * Create access tokens.
	 * @param keys the keys they are signed with
	 * @param publicEndpoints the URLs clients and other servers reach the application at,
	 * apart from those that requests tell; they may have a path
	 * @return the tokens
	 * @throws IllegalArgumentException if an endpoint is no URL of HTTP
	 */
	public static AccessTokens of(AccessKeys keys, Collection<String> publicEndpoints) {
		Assert.notNull(publicEndpoints, "'publicEndpoints' must not be null");
		return new AccessTokens(keys, publicEndpoints, Clock.systemUTC());
	}

	/**
	 * Return the token in the {@code Authorization} header of a request.
	 * @param request the request
	 * @return the bearer token, or {@code null} if there is none
	 */
	static @Nullable String bearer(HttpServletRequest request) {
		String header = request.getHeader("Authorization");
		boolean bearer = header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length());
		return (header != null && bearer) ? header.substring(BEARER.length()).trim() : null;
	}

	/**
	 * Return the token of a client that wants to connect: the {@code access_token}
	 * parameter of the query, else the bearer token.
	 * @param request the request
	 * @return the token, or {@code null} if there is none
	 */
	public static @Nullable String clientToken(HttpServletRequest request) {
		String token = new QueryString(request.getQueryString()).first(QueryString.ACCESS_TOKEN);
		return (token != null && !token.isEmpty()) ? token : bearer(request);
	}

	/**
	 * Verify the token of a client that wants to connect.
	 * @param token the token
	 * @param hub the name of the hub as it is written in the URL
	 * @param request the request for the connection
	 * @return what the token says about the client
	 * @throws InvalidAccessTokenException if the token is not valid, or not for this hub
	 */
	public ClientAccessToken verifyClient(String token, String hub, HttpServletRequest request)
			throws InvalidAccessTokenException {
		VerifiedToken verified = this.tokens.verify(token);
		checkAudience(verified, request, List.of(CLIENT_PATH + hub));
		Map<String, List<String>> claims = new LinkedHashMap<>();
		verified.payload().forEach((name, value) -> claims.put(name, texts(value)));
		return ClientAccessToken.of(claims);
	}

	/**
	 * Verify the token of a request to the REST API. Its audience is the URL of the
	 * request as it was sent, with or without the query.
	 * @param request the request
	 * @return the endpoint that the one who signed the token knows
	 * @throws InvalidAccessTokenException if there is no token, or it is not valid, or
	 * for another URL
	 */
	public String verifyRest(HttpServletRequest request) throws InvalidAccessTokenException {
		String token = bearer(request);
		if (token == null || token.isEmpty()) {
			throw new InvalidAccessTokenException("An access token is required");
		}
		VerifiedToken verified = this.tokens.verify(token);
		String path = Endpoints.path(request);
		String query = request.getQueryString();
		return checkAudience(verified, request, (query != null) ? List.of(path, path + "?" + query) : List.of(path));
	}

	private String checkAudience(VerifiedToken token, HttpServletRequest request, List<String> paths)
			throws InvalidAccessTokenException {
		List<String> endpoints = this.endpoints.of(request);
		for (String named : token.audience()) {
			String audience = Endpoints.withoutStandardPort(named);
			for (String endpoint : endpoints) {
				if (paths.stream().anyMatch((path) -> isSame(endpoint + path, audience))) {
					return endpoint;
				}
			}
		}
		if (logger.isDebugEnabled()) {
			logger.debug("Access token refused: its audience is " + shown(token.audience()) + ", expected is one of "
					+ shown(paths) + " at one of " + shown(endpoints));
		}
		throw new InvalidAccessTokenException("The access token is for another audience");
	}

	private static boolean isSame(String url, String audience) {
		return url.equalsIgnoreCase(audience) || decode(url).equalsIgnoreCase(audience);
	}

	private static String shown(List<String> values) {
		return LogFormatUtils.formatValue(values, SHOWN_LENGTH, true);
	}

	private static String decode(String url) {
		try {
			return URLDecoder.decode(url, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			// not encoded correctly: as it is
			return url;
		}
	}

	private static List<String> texts(@Nullable Object claim) {
		if (claim instanceof Collection<?> values) {
			return values.stream().map(AccessTokens::text).toList();
		}
		return (claim != null) ? List.of(text(claim)) : List.of();
	}

	@SuppressWarnings("unchecked")
	private static String text(@Nullable Object value) {
		if (value instanceof Map<?, ?> object) {
			return JSONObjectUtils.toJSONString((Map<String, ?>) object);
		}
		return (value instanceof List<?> array) ? JSONArrayUtils.toJSONString(array) : String.valueOf(value);
	}

	/**
	 * Create a token for a client, as the SDKs do.
	 * @param endpoint the URL clients reach the application at, without a slash at the
	 * end
	 * @param hub the name of the hub
	 * @param userId the id of the user, or {@code null}
	 * @param roles the permissions of the client
	 * @param groups the groups the client is in from the beginning
	 * @param lifetime how long the token is valid
	 * @return the token
	 */
	String createClientToken(String endpoint, String hub, @Nullable String userId, Collection<String> roles,
			Collection<String> groups, Duration lifetime) {
		JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().audience(endpoint + CLIENT_PATH + hub);
		if (userId != null) {
			claims.subject(userId);
		}
		if (!roles.isEmpty()) {
			claims.claim(ClientAccessToken.ROLE, List.copyOf(roles));
		}
		if (!groups.isEmpty()) {
			claims.claim(ClientAccessToken.GROUP, List.copyOf(groups));
		}
		return this.tokens.sign(claims, lifetime);
	}

	/**
	 * Return what issues the access of clients: for the first of the public endpoints,
	 * else for that of the request the thread handles.
	 * @param fallback the endpoint to use where there is neither, or {@code null} if it
	 * is not known yet
	 * @return the issuer
	 */
	public ClientAccessIssuer issuer(Supplier<@Nullable String> fallback) {
		Assert.notNull(fallback, "'fallback' must not be null");
		return (grant) -> {
			String endpoint = this.endpoints.preferred(currentRequest());
			if (endpoint == null) {
				endpoint = fallback.get();
			}
			Assert.state(endpoint != null,
					"It is not known where clients reach the application. Set realtime.web-pubsub.public-endpoints.");
			String token = createClientToken(endpoint, grant.hub(), grant.userId(), grant.roles(), grant.groups(),
					grant.lifetime());
			// https becomes wss
			String url = "ws" + endpoint.substring("http".length()) + CLIENT_PATH
					+ UriUtils.encodePathSegment(grant.hub(), StandardCharsets.UTF_8);
			return new Issued(url, token);
		};
	}

	private static @Nullable HttpServletRequest currentRequest() {
		return (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)
				? attributes.getRequest() : null;
	}

}
