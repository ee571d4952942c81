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
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;

import dev.realtime.protocol.OutboundLimits;
import dev.realtime.protocol.SubProtocolSelector;
import dev.realtime.protocol.TransportType;
import dev.realtime.protocol.WebSocketCompression;
import dev.realtime.protocol.WebSocketOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The options of a hub. Immutable.
 *
 * @param path the path clients connect to; starts with a slash, does not end with one
 * @param transports the transports clients may use, at least one
 * @param protocols the names of the protocols clients may speak, or {@code null} for all
 * that are available
 * @param minimumProtocolVersion the version of negotiation that clients have to ask for
 * at least, 0 or 1
 * @param keepAliveInterval how long the server is silent at most: a ping is sent when
 * nothing else was
 * @param clientTimeoutInterval how long a client may be silent before it is considered
 * gone
 * @param handshakeTimeout how long a client may take for the handshake of its protocol
 * @param disconnectTimeout how long a connection may be without a transport, or without a
 * poll, before it ends
 * @param pollTimeout how long a poll waits for something to send
 * @param maximumReceiveMessageSize the size of a client's message in bytes, at most
 * @param applicationMaxBufferSize how many bytes of a client's calls may wait to be
 * handled before nothing more is read of it, or 0 for any number
 * @param maximumParallelInvocationsPerClient how many calls of one client run at a time;
 * with 1 they keep their order
 * @param streamBufferCapacity how many items of a client's stream may wait
 * @param statefulReconnectBufferSize how many bytes that a client has not acknowledged
 * are kept so that they can be sent again over another WebSocket, or 0 if connections end
 * with their transport
 * @param messageTarget the name of the clients' method that receives data rather than
 * calls
 * @param detailedErrors whether clients see the messages of all exceptions
 * @param closeOnAuthenticationExpiration whether a connection ends when the
 * authentication of its user expires
 * @param outbound the limits of a connection's outbound queue
 * @param webSockets how WebSockets are opened and closed
 * @param webPubSub what clients of Web PubSub may do
 * @param limits what clients may cost
 * @since 0.1.0
 */
public record HubOptions(String path, Set<TransportType> transports, @Nullable Set<String> protocols,
		int minimumProtocolVersion, Duration keepAliveInterval, Duration clientTimeoutInterval,
		Duration handshakeTimeout, Duration disconnectTimeout, Duration pollTimeout, int maximumReceiveMessageSize,
		int applicationMaxBufferSize, int maximumParallelInvocationsPerClient, int streamBufferCapacity,
		int statefulReconnectBufferSize, String messageTarget, boolean detailedErrors,
		boolean closeOnAuthenticationExpiration, OutboundLimits outbound, WebSocketOptions webSockets,
		WebPubSubOptions webPubSub, ClientLimits limits) {

	public HubOptions {
		checkPath(path);
		Assert.notEmpty(transports, "'transports' must not be empty");
		transports = Collections.unmodifiableSet(EnumSet.copyOf(transports));
		if (protocols != null) {
			Assert.notEmpty(protocols, "'protocols' must be null or not empty");
			protocols.forEach((protocol) -> Assert.hasText(protocol, "'protocols' must not contain empty names"));
			protocols = Collections.unmodifiableSet(new LinkedHashSet<>(protocols));
		}
		Assert.isTrue(minimumProtocolVersion == 0 || minimumProtocolVersion == 1,
				"'minimumProtocolVersion' must be 0 or 1");
		checkPositive(keepAliveInterval, "keepAliveInterval");
		checkPositive(clientTimeoutInterval, "clientTimeoutInterval");
		checkPositive(handshakeTimeout, "handshakeTimeout");
		checkPositive(disconnectTimeout, "disconnectTimeout");
		checkPositive(pollTimeout, "pollTimeout");
		Assert.isTrue(maximumReceiveMessageSize > 0, "'maximumReceiveMessageSize' must be positive");
		Assert.isTrue(applicationMaxBufferSize >= 0, "'applicationMaxBufferSize' must not be negative");
		Assert.isTrue(maximumParallelInvocationsPerClient > 0,
				"'maximumParallelInvocationsPerClient' must be positive");
		Assert.isTrue(streamBufferCapacity > 0, "'streamBufferCapacity' must be positive");
		Assert.isTrue(statefulReconnectBufferSize >= 0, "'statefulReconnectBufferSize' must not be negative");
		Assert.hasText(messageTarget, "'messageTarget' must not be empty");
		Assert.notNull(outbound, "'outbound' must not be null");
		Assert.notNull(webSockets, "'webSockets' must not be null");
		Assert.notNull(webPubSub, "'webPubSub' must not be null");
		Assert.notNull(limits, "'limits' must not be null");
	}

	private static void checkPath(String path) {
		Assert.hasText(path, "'path' must not be empty");
		Assert.isTrue(path.startsWith("/"), "'path' must start with '/'");
		Assert.isTrue(path.length() > 1, "'path' must not be '/'");
		Assert.isTrue(!path.endsWith("/"), "'path' must not end with '/'");
		Assert.isTrue(!path.contains("//"), "'path' must not contain '//'");
		Assert.isTrue(path.chars().noneMatch((c) -> Character.isWhitespace(c) || "*?#{}".indexOf(c) != -1),
				"'path' must not contain whitespace, wildcards, variables, a query or a fragment");
	}

	private static void checkPositive(Duration duration, String name) {
		Assert.notNull(duration, () -> "'" + name + "' must not be null");
		Assert.isTrue(!duration.isNegative() && !duration.isZero(), () -> "'" + name + "' must be positive");
	}

	/**
	 * Return how messages over WebSockets are compressed.
	 * @return the options of the compression, or {@code null} if they are not
	 */
	public @Nullable WebSocketCompression compression() {
		return this.webSockets.compression();
	}

	/**
	 * Return the default options at a path.
	 * @param path the path clients connect to
	 * @return the options
	 */
	public static HubOptions at(String path) {
		return builder(path).build();
	}

	/**
	 * Create a builder that starts with the defaults.
	 * @param path the path clients connect to
	 * @return the builder
	 */
	public static Builder builder(String path) {
		return new Builder(path);
	}

	/**
	 * Create a builder that starts with these options.
	 * @return the builder
	 */
	public Builder toBuilder() {
		return new Builder(this);
	}

	/**
	 * Builds {@link HubOptions}. Values are checked when they are built. Not safe for
	 * concurrent use.
	 */
	public static final class Builder {

		private String path;

		private Set<TransportType> transports = EnumSet.allOf(TransportType.class);

		private @Nullable Set<String> protocols;

		private int minimumProtocolVersion;

		private Duration keepAliveInterval = Duration.ofSeconds(15);

		private Duration clientTimeoutInterval = Duration.ofSeconds(30);

		private Duration handshakeTimeout = Duration.ofSeconds(15);

		private Duration disconnectTimeout = Duration.ofSeconds(15);

		private Duration pollTimeout = Duration.ofSeconds(90);

		private int maximumReceiveMessageSize = 32 * 1024;

		private int applicationMaxBufferSize = 64 * 1024;

		private int maximumParallelInvocationsPerClient = 1;

		private int streamBufferCapacity = 10;

		private int statefulReconnectBufferSize = 100_000;

		private String messageTarget = "message";

		private boolean detailedErrors;

		private boolean closeOnAuthenticationExpiration;

		private OutboundLimits outbound = OutboundLimits.DEFAULT;

		private @Nullable WebSocketCompression compression = WebSocketOptions.DEFAULT.compression();

		private Duration closeTimeout = WebSocketOptions.DEFAULT.closeTimeout();

		private @Nullable SubProtocolSelector subProtocolSelector;

		private WebPubSubOptions webPubSub = WebPubSubOptions.DEFAULT;

		private ClientLimits limits = ClientLimits.NONE;

		private Builder(String path) {
			this.path = path;
		}

		private Builder(HubOptions options) {
			this.path = options.path;
			this.transports = options.transports;
			this.protocols = options.protocols;
			this.minimumProtocolVersion = options.minimumProtocolVersion;
			this.keepAliveInterval = options.keepAliveInterval;
			this.clientTimeoutInterval = options.clientTimeoutInterval;
			this.handshakeTimeout = options.handshakeTimeout;
			this.disconnectTimeout = options.disconnectTimeout;
			this.pollTimeout = options.pollTimeout;
			this.maximumReceiveMessageSize = options.maximumReceiveMessageSize;
			this.applicationMaxBufferSize = options.applicationMaxBufferSize;
			this.maximumParallelInvocationsPerClient = options.maximumParallelInvocationsPerClient;
			this.streamBufferCapacity = options.streamBufferCapacity;
			this.statefulReconnectBufferSize = options.statefulReconnectBufferSize;
			this.messageTarget = options.messageTarget;
			this.detailedErrors = options.detailedErrors;
			this.closeOnAuthenticationExpiration = options.closeOnAuthenticationExpiration;
			this.outbound = options.outbound;
			this.compression = options.webSockets.compression();
			this.closeTimeout = options.webSockets.closeTimeout();
			this.subProtocolSelector = options.webSockets.subProtocolSelector();
			this.webPubSub = options.webPubSub;
			this.limits = options.limits;
		}

		/**
		 * Set the path clients connect to.
		 * @param path starts with a slash and does not end with one
		 * @return this builder
		 */
		public Builder path(String path) {
			this.path = path;
			return this;
		}

		/**
		 * Set the transports clients may use. The default is all.
		 * @param transports at least one transport
		 * @return this builder
		 */
		public Builder transports(TransportType... transports) {
			return transports(Arrays.asList(transports));
		}

		/**
		 * Set the transports clients may use. The default is all.
		 * @param transports at least one transport
		 * @return this builder
		 */
		public Builder transports(Collection<TransportType> transports) {
			this.transports = new LinkedHashSet<>(transports);
			return this;
		}

		/**
		 * Set the protocols clients may speak. The default is all that are available.
		 * @param protocols the names of at least one protocol
		 * @return this builder
		 */
		public Builder protocols(String... protocols) {
			return protocols(Arrays.asList(protocols));
		}

		/**
		 * Set the protocols clients may speak. The default is all that are available.
		 * @param protocols the names of at least one protocol, or {@code null} for all
		 * that are available
		 * @return this builder
		 */
		public Builder protocols(@Nullable Collection<String> protocols) {
			this.protocols = (protocols != null) ? new LinkedHashSet<>(protocols) : null;
			return this;
		}

		/**
		 * Set the version of negotiation that clients have to ask for at least. The
		 * default is 0, where the connection id is the client's secret as well.
		 * @param minimumProtocolVersion 0 or 1
		 * @return this builder
		 */
		public Builder minimumProtocolVersion(int minimumProtocolVersion) {
			this.minimumProtocolVersion = minimumProtocolVersion;
			return this;
		}

		/**
		 * Set how long the server is silent at most. The default is 15 seconds.
		 * @param keepAliveInterval the interval, must be positive
		 * @return this builder
		 */
		public Builder keepAliveInterval(Duration keepAliveInterval) {
			this.keepAliveInterval = keepAliveInterval;
			return this;
		}

		/**
		 * Set how long a client may be silent. The default is 30 seconds.
		 * @param clientTimeoutInterval the interval, must be positive
		 * @return this builder
		 */
		public Builder clientTimeoutInterval(Duration clientTimeoutInterval) {
			this.clientTimeoutInterval = clientTimeoutInterval;
			return this;
		}

		/**
		 * Set how long the handshake of a protocol may take. The default is 15 seconds.
		 * @param handshakeTimeout the timeout, must be positive
		 * @return this builder
		 */
		public Builder handshakeTimeout(Duration handshakeTimeout) {
			this.handshakeTimeout = handshakeTimeout;
			return this;
		}

		/**
		 * Set how long a connection may be without a transport or poll. The default is 15
		 * seconds.
		 * @param disconnectTimeout the timeout, must be positive
		 * @return this builder
		 */
		public Builder disconnectTimeout(Duration disconnectTimeout) {
			this.disconnectTimeout = disconnectTimeout;
			return this;
		}

		/**
		 * Set how long a poll waits for something to send. The default is 90 seconds.
		 * @param pollTimeout the timeout, must be positive
		 * @return this builder
		 */
		public Builder pollTimeout(Duration pollTimeout) {
			this.pollTimeout = pollTimeout;
			return this;
		}

		/**
		 * Set the maximum size of a client's message. The default is 32 KB.
		 * @param maximumReceiveMessageSize the size in bytes, at least 1
		 * @return this builder
		 */
		public Builder maximumReceiveMessageSize(int maximumReceiveMessageSize) {
			this.maximumReceiveMessageSize = maximumReceiveMessageSize;
			return this;
		}

		/**
		 * Set how many bytes of a client's calls may wait to be handled before nothing
		 * more is read of it. The default is 64 KB. Whatever the size, reading stops when
		 * 256 calls wait.
		 * @param applicationMaxBufferSize the size in bytes, or 0 for any size
		 * @return this builder
		 */
		public Builder applicationMaxBufferSize(int applicationMaxBufferSize) {
			this.applicationMaxBufferSize = applicationMaxBufferSize;
			return this;
		}

		/**
		 * Set how many calls of one client run at a time. The default is 1.
		 * @param maximumParallelInvocationsPerClient the number of calls, at least 1
		 * @return this builder
		 */
		public Builder maximumParallelInvocationsPerClient(int maximumParallelInvocationsPerClient) {
			this.maximumParallelInvocationsPerClient = maximumParallelInvocationsPerClient;
			return this;
		}

		/**
		 * Set how many items of a client's stream may wait. The default is 10.
		 * @param streamBufferCapacity the number of items, at least 1
		 * @return this builder
		 */
		public Builder streamBufferCapacity(int streamBufferCapacity) {
			this.streamBufferCapacity = streamBufferCapacity;
			return this;
		}

		/**
		 * Set how much is kept for clients that reconnect without losing their
		 * connection. The default is 100000 bytes.
		 * @param statefulReconnectBufferSize the size in bytes, or 0 for none
		 * @return this builder
		 */
		public Builder statefulReconnectBufferSize(int statefulReconnectBufferSize) {
			this.statefulReconnectBufferSize = statefulReconnectBufferSize;
			return this;
		}

		/**
		 * Set the clients' method that receives data rather than calls. The default is
		 * {@code message}.
		 * @param messageTarget the name of the method
		 * @return this builder
		 */
		public Builder messageTarget(String messageTarget) {
			this.messageTarget = messageTarget;
			return this;
		}

		/**
		 * Set whether clients see the messages of all exceptions. The default is
		 * {@code false}: only those of a {@link HubException}.
		 * @param detailedErrors whether to show the messages
		 * @return this builder
		 */
		public Builder detailedErrors(boolean detailedErrors) {
			this.detailedErrors = detailedErrors;
			return this;
		}

		/**
		 * Set whether a connection ends when the authentication of its user expires. The
		 * default is {@code false}.
		 * @param closeOnAuthenticationExpiration whether to close connections then
		 * @return this builder
		 * @see AuthenticationExpiry
		 */
		public Builder closeOnAuthenticationExpiration(boolean closeOnAuthenticationExpiration) {
			this.closeOnAuthenticationExpiration = closeOnAuthenticationExpiration;
			return this;
		}

		/**
		 * Set the limits of a connection's outbound queue. The default is
		 * {@link OutboundLimits#DEFAULT}.
		 * @param outbound the limits
		 * @return this builder
		 */
		public Builder outbound(OutboundLimits outbound) {
			this.outbound = outbound;
			return this;
		}

		/**
		 * Set how messages over WebSockets are compressed with clients that offer it. The
		 * default is not at all.
		 * @param compression the options of the compression, or {@code null} for none
		 * @return this builder
		 */
		public Builder compression(@Nullable WebSocketCompression compression) {
			this.compression = compression;
			return this;
		}

		/**
		 * Set how long a client may take to answer a close frame. The default is 5
		 * seconds.
		 * @param closeTimeout the timeout, must be positive
		 * @return this builder
		 */
		public Builder closeTimeout(Duration closeTimeout) {
			this.closeTimeout = closeTimeout;
			return this;
		}

		/**
		 * Set what selects the sub-protocol of WebSockets. By default none is selected.
		 * @param subProtocolSelector the selector, or {@code null} for none
		 * @return this builder
		 */
		public Builder subProtocolSelector(@Nullable SubProtocolSelector subProtocolSelector) {
			this.subProtocolSelector = subProtocolSelector;
			return this;
		}

		/**
		 * Set what clients of Web PubSub may do. The default is
		 * {@link WebPubSubOptions#DEFAULT}.
		 * @param webPubSub the options
		 * @return this builder
		 */
		public Builder webPubSub(WebPubSubOptions webPubSub) {
			this.webPubSub = webPubSub;
			return this;
		}

		/**
		 * Set what clients may cost. The default is {@link ClientLimits#NONE}.
		 * @param limits the limits
		 * @return this builder
		 */
		public Builder limits(ClientLimits limits) {
			this.limits = limits;
			return this;
		}

		/**
		 * Build the options.
		 * @return the options
		 * @throws IllegalArgumentException if a value is not valid
		 */
		public HubOptions build() {
			return new HubOptions(this.path, this.transports, this.protocols, this.minimumProtocolVersion,
					this.keepAliveInterval, this.clientTimeoutInterval, this.handshakeTimeout, this.disconnectTimeout,
					this.pollTimeout, this.maximumReceiveMessageSize, this.applicationMaxBufferSize,
					this.maximumParallelInvocationsPerClient, this.streamBufferCapacity,
					this.statefulReconnectBufferSize, this.messageTarget, this.detailedErrors,
					this.closeOnAuthenticationExpiration, this.outbound,
					new WebSocketOptions(this.compression, this.closeTimeout, this.subProtocolSelector), this.webPubSub,
					this.limits);
		}

	}

}
