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

import java.security.Principal;

import dev.realtime.connection.ClientConnection;
import dev.realtime.hub.HubOptions;
import dev.realtime.protocol.HubHandshake;
import org.jspecify.annotations.Nullable;

/**
 * A hub as its front door sees it: the options of its endpoint, and the decision about
 * who comes in. The endpoint of raw connections is one as well, without a hub behind it.
 *
 * @since 0.1.0
 */
public interface HubEndpoint {

	/**
	 * Return the name of the hub.
	 * @return the name as configured, or the path if there is no hub
	 */
	String hub();

	/**
	 * Return the options of the hub.
	 * @return the effective options
	 */
	HubOptions options();

	/**
	 * Ask the handlers of the connect event, and create the connection if none of them
	 * objects. May block.
	 * @param principal who the client is, if known
	 * @param handshake the request that negotiates, or connects without negotiation
	 * @return a connection no transport has attached to
	 * @throws dev.realtime.event.ConnectRejectedException if the connection is refused
	 */
	ClientConnection connect(@Nullable Principal principal, HubHandshake handshake);

}
