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

package dev.realtime.hub;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import dev.realtime.hub.ClientAccessIssuer.Grant;
import dev.realtime.hub.ClientAccessIssuer.Issued;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Builds what a client of Web PubSub connects to a hub with: a URL that contains a signed
 * access token (Web PubSub client access URL). It is a secret of that client: whoever has
 * it is the user it names. Not safe for concurrent use; what is built once stays valid
 * until it expires, and a connection outlives it.
 *
 * @since 0.1.0
 * @see HubContext#clientAccess()
 */
public final class ClientAccess {

	private final String hub;

	private final ClientAccessIssuer issuer;

	private @Nullable String userId;

	private List<String> roles = List.of();

	private List<String> groups = List.of();

	private Duration lifetime = Duration.ofHours(1);

	/**
	 * Create a builder.
	 * @param hub the name of the hub
	 * @param issuer issues the access
	 */
	public ClientAccess(String hub, ClientAccessIssuer issuer) {
		Assert.hasText(hub, "'hub' must not be empty");
		Assert.notNull(issuer, "'issuer' must not be null");
		this.hub = hub;
		this.issuer = issuer;
	}

	/**
	 * Set who the client is. By default it is anonymous.
	 * @param userId the id of the user, or {@code null} if it is anonymous
	 * @return this builder
	 */
	public ClientAccess userId(@Nullable String userId) {
		Assert.isTrue(userId == null || !userId.isBlank(), "'userId' must not be blank");
		this.userId = userId;
		return this;
	}

	/**
	 * Set what the client may do. By default it may send events, and nothing else.
	 * @param roles for example {@code webpubsub.sendToGroup} or
	 * {@code webpubsub.joinLeaveGroup.lobby}
	 * @return this builder
	 */
	public ClientAccess roles(String... roles) {
		return roles(Arrays.asList(roles));
	}

	/**
	 * Set what the client may do. By default it may send events, and nothing else.
	 * @param roles for example {@code webpubsub.sendToGroup} or
	 * {@code webpubsub.joinLeaveGroup.lobby}
	 * @return this builder
	 */
	public ClientAccess roles(Collection<String> roles) {
		this.roles = List.copyOf(roles);
		return this;
	}

	/**
	 * Set the groups the client is in from the beginning. The default is none.
	 * @param groups the names of the groups
	 * @return this builder
	 */
	public ClientAccess groups(String... groups) {
		return groups(Arrays.asList(groups));
	}

	/**
	 * Set the groups the client is in from the beginning. The default is none.
	 * @param groups the names of the groups
	 * @return this builder
	 */
	public ClientAccess groups(Collection<String> groups) {
		groups.forEach((group) -> Assert.hasText(group, "'groups' must not contain blank names"));
		this.groups = List.copyOf(groups);
		return this;
	}

	/**
	 * Set how long the client may connect. The default is one hour.
	 * @param lifetime the time, at least one second
	 * @return this builder
	 */
	public ClientAccess expiresAfter(Duration lifetime) {
		Assert.notNull(lifetime, "'lifetime' must not be null");
		Assert.isTrue(lifetime.toSeconds() > 0, "'lifetime' must be at least one second");
		this.lifetime = lifetime;
		return this;
	}

	/**
	 * Return the URL to connect to, for WebSocket clients and for the SDKs of clients. It
	 * starts with the first of {@code realtime.web-pubsub.public-endpoints}; without any,
	 * with the URL of the request that is handled, else that of the local host.
	 * @return the URL with the access token
	 * @throws IllegalStateException if there is no access key, or no web server
	 */
	public URI url() {
		Issued issued = issue();
		return URI.create(issued.url() + "?access_token=" + issued.token());
	}

	/**
	 * Return the access token alone.
	 * @return the token
	 * @throws IllegalStateException if there is no access key, or no web server
	 */
	public String token() {
		return issue().token();
	}

	private Issued issue() {
		return this.issuer.issue(new Grant(this.hub, this.userId, this.roles, this.groups, this.lifetime));
	}

}
