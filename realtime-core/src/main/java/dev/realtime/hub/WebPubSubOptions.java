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

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * What clients of Web PubSub may do in a hub. Immutable.
 *
 * @param allowAnonymous whether clients may connect without an access token (Web PubSub
 * service, anonymous connect policy)
 * @param maximumMessageSize the size of a client's message in bytes, at most
 * @param reliableBufferMessages how many messages that a client of a reliable subprotocol
 * has not acknowledged are kept; the rest waits under the outbound limits
 * @param reliableBufferBytes how many bytes of such messages are kept
 * @param recoveryTimeout how long a connection of a reliable subprotocol may be without a
 * WebSocket before it ends
 * @param pingInterval how long the server is silent at most: a ping is sent when nothing
 * else was
 * @param clientTimeout how long a client may be silent before it is considered gone
 * @param eventFailure what happens to a connection whose event nobody handled, or whose
 * handler failed
 * @since 0.1.0
 * @see HubOptions#webPubSub()
 */
public record WebPubSubOptions(boolean allowAnonymous, int maximumMessageSize, int reliableBufferMessages,
		long reliableBufferBytes, Duration recoveryTimeout, Duration pingInterval, Duration clientTimeout,
		EventFailure eventFailure) {

	/**
	 * No anonymous clients, messages of 1 MB; 1000 unacknowledged messages or 16 MB, 30
	 * seconds to recover; a ping every 20 seconds, 60 seconds of silence; connections
	 * stay open when an event fails.
	 */
	public static final WebPubSubOptions DEFAULT = builder().build();

	public WebPubSubOptions {
		Assert.isTrue(maximumMessageSize > 0, "'maximumMessageSize' must be positive");
		Assert.isTrue(reliableBufferMessages > 0, "'reliableBufferMessages' must be positive");
		Assert.isTrue(reliableBufferBytes > 0, "'reliableBufferBytes' must be positive");
		checkPositive(recoveryTimeout, "recoveryTimeout");
		checkPositive(pingInterval, "pingInterval");
		checkPositive(clientTimeout, "clientTimeout");
		Assert.notNull(eventFailure, "'eventFailure' must not be null");
	}

	private static void checkPositive(Duration duration, String name) {
		Assert.notNull(duration, () -> "'" + name + "' must not be null");
		Assert.isTrue(!duration.isNegative() && !duration.isZero(), () -> "'" + name + "' must be positive");
	}

	/**
	 * Create a builder that starts with the defaults.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Create a builder that starts with these options.
	 * @return the builder
	 */
	public Builder toBuilder() {
		return new Builder(this);
	}

	/**
	 * What happens to the connection of a client that speaks a subprotocol when its event
	 * fails. Clients without one are closed in any case: there is no other way to tell
	 * them.
	 *
	 * @since 0.1.0
	 */
	public enum EventFailure {

		/**
		 * The failure is acknowledged if the client asked for that, and the connection
		 * stays open.
		 */
		KEEP_OPEN,

		/**
		 * The connection is closed.
		 */
		CLOSE

	}

	/**
	 * Builds {@link WebPubSubOptions}. Values are checked when they are built. Not safe
	 * for concurrent use.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder {

		private boolean allowAnonymous;

		private int maximumMessageSize = 1024 * 1024;

		private int reliableBufferMessages = 1000;

		private long reliableBufferBytes = 16 * 1024 * 1024;

		private Duration recoveryTimeout = Duration.ofSeconds(30);

		private Duration pingInterval = Duration.ofSeconds(20);

		private Duration clientTimeout = Duration.ofSeconds(60);

		private EventFailure eventFailure = EventFailure.KEEP_OPEN;

		private Builder() {
		}

		private Builder(WebPubSubOptions options) {
			this.allowAnonymous = options.allowAnonymous;
			this.maximumMessageSize = options.maximumMessageSize;
			this.reliableBufferMessages = options.reliableBufferMessages;
			this.reliableBufferBytes = options.reliableBufferBytes;
			this.recoveryTimeout = options.recoveryTimeout;
			this.pingInterval = options.pingInterval;
			this.clientTimeout = options.clientTimeout;
			this.eventFailure = options.eventFailure;
		}

		/**
		 * Set whether clients may connect without an access token. The default is that
		 * they may not.
		 * @param allowAnonymous whether they may
		 * @return this builder
		 */
		public Builder allowAnonymous(boolean allowAnonymous) {
			this.allowAnonymous = allowAnonymous;
			return this;
		}

		/**
		 * Set the maximum size of a client's message. The default is 1 MB.
		 * @param maximumMessageSize the size in bytes, must be positive
		 * @return this builder
		 */
		public Builder maximumMessageSize(int maximumMessageSize) {
			this.maximumMessageSize = maximumMessageSize;
			return this;
		}

		/**
		 * Set how many unacknowledged messages are kept. The default is 1000.
		 * @param reliableBufferMessages the number of messages, must be positive
		 * @return this builder
		 */
		public Builder reliableBufferMessages(int reliableBufferMessages) {
			this.reliableBufferMessages = reliableBufferMessages;
			return this;
		}

		/**
		 * Set how many bytes of unacknowledged messages are kept. The default is 16 MB.
		 * @param reliableBufferBytes the number of bytes, must be positive
		 * @return this builder
		 */
		public Builder reliableBufferBytes(long reliableBufferBytes) {
			this.reliableBufferBytes = reliableBufferBytes;
			return this;
		}

		/**
		 * Set how long a connection may be without a WebSocket. The default is 30
		 * seconds.
		 * @param recoveryTimeout the timeout, must be positive
		 * @return this builder
		 */
		public Builder recoveryTimeout(Duration recoveryTimeout) {
			this.recoveryTimeout = recoveryTimeout;
			return this;
		}

		/**
		 * Set how long the server is silent at most. The default is 20 seconds.
		 * @param pingInterval the interval, must be positive
		 * @return this builder
		 */
		public Builder pingInterval(Duration pingInterval) {
			this.pingInterval = pingInterval;
			return this;
		}

		/**
		 * Set how long a client may be silent. The default is 60 seconds.
		 * @param clientTimeout the timeout, must be positive
		 * @return this builder
		 */
		public Builder clientTimeout(Duration clientTimeout) {
			this.clientTimeout = clientTimeout;
			return this;
		}

		/**
		 * Set what happens to a connection whose event failed. The default is that it
		 * stays open.
		 * @param eventFailure what happens
		 * @return this builder
		 */
		public Builder eventFailure(EventFailure eventFailure) {
			this.eventFailure = eventFailure;
			return this;
		}

		/**
		 * Build the options.
		 * @return the options
		 * @throws IllegalArgumentException if a value is not valid
		 */
		public WebPubSubOptions build() {
			return new WebPubSubOptions(this.allowAnonymous, this.maximumMessageSize, this.reliableBufferMessages,
					this.reliableBufferBytes, this.recoveryTimeout, this.pingInterval, this.clientTimeout,
					this.eventFailure);
		}

	}

}
