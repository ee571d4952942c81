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

package dev.realtime.web.webhook;

import java.util.Locale;

import dev.realtime.event.EventType;

/**
 * Events of connections that webhooks may ask for (Web PubSub, event handlers).
 *
 * @since 0.1.0
 */
public enum SystemEvent {

	/**
	 * A client wants to connect: the webhook decides.
	 */
	CONNECT("azure.webpubsub.sys."),

	/**
	 * A connection is open.
	 */
	CONNECTED("azure.webpubsub.sys."),

	/**
	 * A connection has ended.
	 */
	DISCONNECTED("azure.webpubsub.sys."),

	/**
	 * A connection has joined a group.
	 */
	JOINED("azure.webpubsub.gp."),

	/**
	 * A connection has left a group.
	 */
	LEFT("azure.webpubsub.gp.");

	private final String typePrefix;

	SystemEvent(String typePrefix) {
		this.typePrefix = typePrefix;
	}

	/**
	 * Return the name used on the wire.
	 * @return the name in lower case
	 */
	public String wireName() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Return the type of the CloudEvent.
	 * @return a name with its prefix
	 */
	String type() {
		return this.typePrefix + wireName();
	}

	static SystemEvent of(EventType type) {
		return switch (type) {
			case CONNECT -> CONNECT;
			case CONNECTED -> CONNECTED;
			case DISCONNECTED -> DISCONNECTED;
		};
	}

}
