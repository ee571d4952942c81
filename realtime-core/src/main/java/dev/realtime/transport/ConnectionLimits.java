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

package dev.realtime.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.Locale;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.Limit;
import dev.realtime.connection.LimitListener;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * How many connections one address and one user may have on this node. A connection
 * counts from the moment it is asked for until it has ended: before a transport attaches,
 * and while it waits for another one. Safe for concurrent use.
 *
 * @since 0.1.0
 */
public final class ConnectionLimits {

	private static final int NETWORK_BYTES = 8;

	private final int perAddress;

	private final LimitListener listener;

	private final ConnectionSlots addresses = new ConnectionSlots();

	private final ConnectionSlots users = new ConnectionSlots();

	/**
	 * Create limits.
	 * @param perAddress how many connections an address may have, or 0 for any number
	 * @param listener hears of connections that are refused, for these or other limits
	 */
	public ConnectionLimits(int perAddress, LimitListener listener) {
		Assert.isTrue(perAddress >= 0, "'perAddress' must not be negative");
		Assert.notNull(listener, "'listener' must not be null");
		this.perAddress = perAddress;
		this.listener = listener;
	}

	/**
	 * Let a client in that is known by its address.
	 * @param hub the name of the hub
	 * @param address the address; of IPv6 the network of 64 bits counts
	 * @return what the client holds until it is closed, or {@code null} if the address
	 * has as many connections as it may have
	 */
	public @Nullable Admission admit(String hub, @Nullable InetSocketAddress address) {
		if (this.perAddress == 0 || address == null) {
			return new Admission(null, "");
		}
		String key = key(address);
		if (!this.addresses.take(key, this.perAddress)) {
			refused(hub, Limit.CONNECTIONS_PER_ADDRESS);
			return null;
		}
		return new Admission(this.addresses, key);
	}

	/**
	 * Let a client in whose user is known.
	 * @param admission what the client holds so far
	 * @param connection its connection
	 * @param perUser how many connections a user may have in the hub, or 0 for any number
	 * @return {@code false} if the user has as many connections already
	 */
	public boolean admitUser(Admission admission, ClientConnection connection, int perUser) {
		String user = connection.userId();
		if (perUser == 0 || user == null) {
			return true;
		}
		String key = connection.hub().toLowerCase(Locale.ROOT) + '\n' + user;
		if (!this.users.take(key, perUser)) {
			refused(connection.hub(), Limit.CONNECTIONS_PER_USER);
			return false;
		}
		admission.user(this.users, key);
		return true;
	}

	/**
	 * Take note that a client was refused.
	 * @param hub the name of the hub
	 * @param limit why
	 */
	public void refused(String hub, Limit limit) {
		this.listener.exceeded(hub, limit);
	}

	/**
	 * Return how many addresses and users have connections that are counted.
	 * @return 0 if there are no connections, or none is counted
	 */
	public int size() {
		return this.addresses.kinds() + this.users.kinds();
	}

	// whoever has one address of such a network has all of them
	private static String key(InetSocketAddress address) {
		InetAddress resolved = address.getAddress();
		if (resolved == null) {
			return address.getHostString();
		}
		return (resolved instanceof Inet6Address) ? HexFormat.of().formatHex(resolved.getAddress(), 0, NETWORK_BYTES)
				: resolved.getHostAddress();
	}

}
