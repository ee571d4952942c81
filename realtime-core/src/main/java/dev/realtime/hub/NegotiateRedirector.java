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
import java.security.Principal;

import dev.realtime.protocol.HubHandshake;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Strategy to send clients that negotiate to another server, which they negotiate with
 * then: while a farm migrates, or to a service that serves the hub (SignalR transport
 * protocols, "POST [endpoint-base]/negotiate request"). Called before the connect event,
 * by the thread of the request; may block.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface NegotiateRedirector {

	/**
	 * Decide where a client goes.
	 * @param hub the name of the hub, or the path of raw connections
	 * @param principal who the client is, if known
	 * @param handshake the request that negotiates
	 * @return where it goes, or {@code null} if it stays
	 */
	@Nullable Redirect redirect(String hub, @Nullable Principal principal, HubHandshake handshake);

	/**
	 * Where a client goes.
	 *
	 * @param url the URL of the hub on the other server, without {@code /negotiate}
	 * @param accessToken the bearer token for the other server, or {@code null} if the
	 * client sends its own
	 */
	record Redirect(URI url, @Nullable String accessToken) {

		public Redirect {
			Assert.notNull(url, "'url' must not be null");
			Assert.isTrue(url.isAbsolute(), "'url' must be absolute");
		}

		/**
		 * Create a redirect for which the client keeps its token.
		 * @param url the URL of the hub on the other server
		 * @return the redirect
		 */
		public static Redirect to(String url) {
			return new Redirect(URI.create(url), null);
		}

		/**
		 * Return the same redirect with a token.
		 * @param accessToken the bearer token for the other server
		 * @return the redirect
		 */
		public Redirect withAccessToken(String accessToken) {
			return new Redirect(this.url, accessToken);
		}

		/**
		 * Describe the redirect without its token.
		 */
		@Override
		public String toString() {
			return "Redirect[url=" + this.url + "]";
		}

	}

}
