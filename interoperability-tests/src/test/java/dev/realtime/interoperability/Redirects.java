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

package dev.realtime.interoperability;

import java.net.URI;
import java.security.Principal;

import dev.realtime.hub.NegotiateRedirector;
import dev.realtime.protocol.HubHandshake;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Sends clients to where they ask to be sent.
 */
@Component
class Redirects implements NegotiateRedirector {

	@Override
	public @Nullable Redirect redirect(String hub, @Nullable Principal principal, HubHandshake handshake) {
		String url = handshake.query().getFirst("redirectTo");
		return (url != null) ? new Redirect(URI.create(url), handshake.query().getFirst("redirectToken")) : null;
	}

}
