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

package dev.realtime.backplane;

import java.util.Locale;

import org.springframework.util.Assert;

/**
 * The names of a hub's channels. Hub names compare without case, everything else with
 * case.
 * <p>
 * Internal: public for other packages of the engine, not for applications.
 *
 * @since 0.1.0
 */
public final class HubChannels {

	private static final char SEPARATOR = ':';

	// no hub has an empty name
	private static final String REPLIES = SEPARATOR + "node" + SEPARATOR;

	private final String prefix;

	/**
	 * Create the names of a hub's channels.
	 * @param hub the name of the hub, which must not contain a colon
	 */
	public HubChannels(String hub) {
		Assert.hasText(hub, "'hub' must not be empty");
		Assert.isTrue(hub.indexOf(SEPARATOR) < 0, () -> "Hub name '" + hub + "' must not contain a colon");
		this.prefix = key(hub) + SEPARATOR;
	}

	/**
	 * Return the channel that every node with the hub subscribes to.
	 * @return the name of the channel
	 */
	public String all() {
		return this.prefix + "all";
	}

	/**
	 * Return the channel that nodes with members of a group subscribe to.
	 * @param name the name of the group
	 * @return the name of the channel
	 */
	public String group(String name) {
		return this.prefix + "group:" + name;
	}

	/**
	 * Return the channel that nodes with connections of a user subscribe to.
	 * @param id the id of the user
	 * @return the name of the channel
	 */
	public String user(String id) {
		return this.prefix + "user:" + id;
	}

	/**
	 * Return the channel that the node with a connection subscribes to.
	 * @param id the id of the connection
	 * @return the name of the channel
	 */
	public String connection(String id) {
		return this.prefix + "connection:" + id;
	}

	static String key(String hub) {
		return hub.toLowerCase(Locale.ROOT);
	}

	/**
	 * Return the hub a channel belongs to.
	 * @param channel the name of the channel
	 * @return the key of the hub, or an empty text for a node's reply channel
	 */
	static String hubOf(String channel) {
		return channel.substring(0, Math.max(0, channel.indexOf(SEPARATOR)));
	}

	static String replies(String node) {
		return REPLIES + node;
	}

}
