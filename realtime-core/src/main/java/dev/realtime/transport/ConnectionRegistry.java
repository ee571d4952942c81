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

import java.security.Principal;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.ConnectionListener;
import dev.realtime.connection.ConnectionState;
import dev.realtime.connection.LimitListener;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.TransportType;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The connections of this node by their secret token, from negotiation to their end.
 * Expires those that no transport attaches to. Safe for concurrent use.
 *
 * @since 0.1.0
 */
public final class ConnectionRegistry {

	private static final Log logger = LogFactory.getLog(ConnectionRegistry.class);

	private static final SecureRandom RANDOM = new SecureRandom();

	private static final long SWEEP_INTERVAL_NANOS = 100_000_000;

	// how long a request may be under way whose session ends meanwhile
	private static final long LATE_REQUEST_NANOS = TimeUnit.MINUTES.toNanos(1);

	private final ConcurrentMap<String, Entry> entries = new ConcurrentHashMap<>();

	private final int maxConnections;

	private final AtomicLong lastSweep = new AtomicLong(System.nanoTime());

	// by their ids, and when they have ended
	private final ConcurrentMap<String, Long> endedSessions = new ConcurrentHashMap<>();

	private volatile @Nullable ConnectionListener listener;

	private volatile boolean refusing;

	private volatile ConnectionLimits limits = new ConnectionLimits(0, LimitListener.none());

	/**
	 * Create a registry that takes any number of connections.
	 */
	public ConnectionRegistry() {
		this(Integer.MAX_VALUE);
	}

	/**
	 * Create a registry.
	 * @param maxConnections how many connections there may be, negotiated ones included
	 */
	public ConnectionRegistry(int maxConnections) {
		Assert.isTrue(maxConnections > 0, "'maxConnections' must be positive");
		this.maxConnections = maxConnections;
	}

	/**
	 * Set who hears of the begin and the end of the connections that are added from now
	 * on.
	 * @param listener the listener, or {@code null} for none
	 */
	public void setListener(@Nullable ConnectionListener listener) {
		this.listener = listener;
	}

	/**
	 * Set what limits the connections of an address and of a user.
	 * @param limits the limits; by default there are none
	 */
	public void setLimits(ConnectionLimits limits) {
		Assert.notNull(limits, "'limits' must not be null");
		this.limits = limits;
	}

	/**
	 * Return what limits the connections of an address and of a user.
	 * @return the limits
	 */
	public ConnectionLimits limits() {
		return this.limits;
	}

	/**
	 * Create an unguessable token: 16 random bytes in base64url.
	 * @return 22 characters
	 */
	public static String newToken() {
		byte[] bytes = new byte[16];
		RANDOM.nextBytes(bytes);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	/**
	 * Add a connection.
	 * @param token its secret token
	 * @param connection the connection
	 * @param attachTimeout how long it may stay without a transport
	 * @return {@code false} if there are as many connections as there may be
	 */
	public boolean add(String token, ClientConnection connection, Duration attachTimeout) {
		return add(token, connection, attachTimeout, null);
	}

	/**
	 * Add a connection that belongs to somebody.
	 * @param token its secret token
	 * @param connection the connection
	 * @param attachTimeout how long it may stay without a transport
	 * @param owner who may use the token, or {@code null} for an anonymous client
	 * @return {@code false} if there are as many connections as there may be
	 */
	public boolean add(String token, ClientConnection connection, Duration attachTimeout, @Nullable Principal owner) {
		connection.listener(this.listener);
		return put(token, connection, attachTimeout, owner);
	}

	/**
	 * Add a connection that belongs to somebody, and holds slots until it has ended.
	 * @param token its secret token
	 * @param connection the connection
	 * @param attachTimeout how long it may stay without a transport
	 * @param owner who may use the token, or {@code null} for an anonymous client
	 * @param admission the slots
	 * @return {@code false} if there are as many connections as there may be
	 */
	public boolean add(String token, ClientConnection connection, Duration attachTimeout, @Nullable Principal owner,
			Admission admission) {
		admission.keepFor(connection, this.listener);
		return put(token, connection, attachTimeout, owner);
	}

	private boolean put(String token, ClientConnection connection, Duration attachTimeout, @Nullable Principal owner) {
		String name = (owner != null) ? owner.getName() : null;
		this.entries.put(token, new Entry(connection, attachTimeout.toNanos(), name));
		if (this.entries.size() > this.maxConnections) {
			this.entries.remove(token);
			return false;
		}
		return true;
	}

	/**
	 * Set whether clients are refused that connect, or attach the first transport to a
	 * connection they have negotiated. Connections that have a transport go on.
	 * @param refusing whether clients are refused
	 */
	public void setRefusing(boolean refusing) {
		this.refusing = refusing;
	}

	/**
	 * Return whether clients that connect are refused. To be asked again after a
	 * connection was added or claimed: what was claimed before is visited by
	 * {@link #forEachClaimed}.
	 * @return {@code false} if they are welcome
	 */
	public boolean isRefusing() {
		return this.refusing;
	}

	/**
	 * Return whether there are as many connections as there may be.
	 * @return {@code true} if none can be added
	 */
	public boolean isFull() {
		if (this.entries.size() < this.maxConnections) {
			return false;
		}
		long now = System.nanoTime();
		long last = this.lastSweep.get();
		if (now - last >= SWEEP_INTERVAL_NANOS && this.lastSweep.compareAndSet(last, now)) {
			// the heartbeat drops those that have ended only once a second
			this.entries.values().removeIf((entry) -> entry.isGone(now));
		}
		return this.entries.size() >= this.maxConnections;
	}

	/**
	 * Let a connection live no longer than the session it was negotiated in.
	 * @param token the token of the connection
	 * @param sessionId the id of the session
	 */
	public void bindToSession(String token, String sessionId) {
		Entry entry = this.entries.get(token);
		if (entry != null) {
			entry.sessionId = sessionId;
			if (this.endedSessions.containsKey(sessionId)) {
				entry.connection.close(CloseReason.SESSION_ENDED, null);
			}
		}
	}

	/**
	 * Take note that a session has got another id.
	 * @param oldId the id it had
	 * @param newId the id it has now
	 */
	public void sessionIdChanged(String oldId, String newId) {
		this.entries.values()
			.stream()
			.filter((entry) -> oldId.equals(entry.sessionId))
			.forEach((entry) -> entry.sessionId = newId);
	}

	/**
	 * Close the connections that were bound to a session, since it has ended, and those
	 * that requests under way bind to it yet.
	 * @param sessionId the id of the session
	 */
	public void sessionEnded(String sessionId) {
		this.endedSessions.put(sessionId, System.nanoTime());
		this.entries.values()
			.stream()
			.filter((entry) -> sessionId.equals(entry.sessionId))
			.forEach((entry) -> entry.connection.close(CloseReason.SESSION_ENDED, null));
	}

	/**
	 * Find a connection.
	 * @param token a token as a client sent it
	 * @return the connection, or {@code null} if it is unknown, or has ended and does not
	 * {@linkplain #linger linger}
	 */
	public @Nullable ClientConnection find(String token) {
		Entry entry = this.entries.get(token);
		if (entry != null && entry.isGone(System.nanoTime())) {
			this.entries.remove(token, entry);
			return null;
		}
		return (entry != null) ? entry.connection : null;
	}

	/**
	 * Return whether a token was given to somebody.
	 * @param token a token as a client sent it
	 * @param principal who sent it, or {@code null} for an anonymous client
	 * @return {@code true} if the connection is known and belongs to somebody of that
	 * name, or to nobody if there is no name
	 */
	public boolean isOwner(String token, @Nullable Principal principal) {
		Entry entry = this.entries.get(token);
		return entry != null && Objects.equals(entry.owner, (principal != null) ? principal.getName() : null);
	}

	/**
	 * Claim a connection for a transport that is about to attach. The first one wins.
	 * @param token the token of the connection
	 * @param transport the transport
	 * @return {@code null} if the transport may attach, else the one that was first
	 */
	public @Nullable TransportType claim(String token, TransportType transport) {
		Entry entry = this.entries.get(token);
		return (entry != null) ? entry.transport.compareAndExchange(null, transport) : null;
	}

	/**
	 * Return who has claimed a connection.
	 * @param token the token of the connection
	 * @return the transport, attached or about to attach, or {@code null} if there is
	 * none yet
	 */
	public @Nullable TransportType claimant(String token) {
		Entry entry = this.entries.get(token);
		return (entry != null) ? entry.transport.get() : null;
	}

	/**
	 * Give up a claim: the transport has failed to attach, and another one may try.
	 * @param token the token of the connection
	 */
	public void unclaim(String token) {
		Entry entry = this.entries.get(token);
		if (entry != null) {
			entry.transport.set(null);
		}
	}

	/**
	 * Keep a connection known for a while after its end, so that its client can be told.
	 * @param token its token
	 * @param duration how long, from now
	 */
	public void linger(String token, Duration duration) {
		Entry entry = this.entries.get(token);
		if (entry != null) {
			entry.lingersUntil = System.nanoTime() + duration.toNanos();
			entry.lingers = true;
		}
	}

	/**
	 * Forget a connection, so that its token is unknown from now on.
	 * @param token its token
	 */
	public void remove(String token) {
		this.entries.remove(token);
	}

	/**
	 * Return the number of connections, negotiated ones included.
	 * @return the number of connections
	 */
	public int size() {
		return this.entries.size();
	}

	/**
	 * Visit all connections.
	 * @param action called for each
	 */
	public void forEach(Consumer<ClientConnection> action) {
		this.entries.values().forEach((entry) -> action.accept(entry.connection));
	}

	/**
	 * Visit the connections that have a transport or had one, or are about to get one.
	 * @param action called for each
	 */
	public void forEachClaimed(Consumer<ClientConnection> action) {
		this.entries.values().forEach((entry) -> {
			if (entry.transport.get() != null || entry.connection.state() != ConnectionState.NEGOTIATED) {
				action.accept(entry.connection);
			}
		});
	}

	/**
	 * Pass the heartbeat to every connection, and drop those that have expired or ended.
	 * @param nanoTime the current time as {@link System#nanoTime()} tells it
	 */
	public void onHeartbeat(long nanoTime) {
		this.endedSessions.values().removeIf((end) -> nanoTime - end >= LATE_REQUEST_NANOS);
		this.entries.forEach((token, entry) -> {
			ClientConnection connection = entry.connection;
			try {
				if (connection.state() == ConnectionState.NEGOTIATED
						&& nanoTime - connection.createdAt() >= entry.attachTimeout) {
					connection.close(CloseReason.DISCONNECT_TIMEOUT, null);
				}
				connection.onHeartbeat(nanoTime);
			}
			catch (Throwable ex) {
				logger.error("Failure in the heartbeat of " + connection, ex);
			}
			if (entry.isGone(nanoTime)) {
				this.entries.remove(token, entry);
			}
		});
	}

	/**
	 * A connection and what its token is bound to.
	 */
	private static final class Entry {

		private final ClientConnection connection;

		private final long attachTimeout;

		private final @Nullable String owner;

		private final AtomicReference<@Nullable TransportType> transport = new AtomicReference<>();

		private volatile @Nullable String sessionId;

		private volatile boolean lingers;

		private volatile long lingersUntil;

		Entry(ClientConnection connection, long attachTimeout, @Nullable String owner) {
			this.connection = connection;
			this.attachTimeout = attachTimeout;
			this.owner = owner;
		}

		boolean isGone(long nanoTime) {
			return this.connection.state() == ConnectionState.CLOSED
					&& !(this.lingers && nanoTime - this.lingersUntil < 0);
		}

	}

}
