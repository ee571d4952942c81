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

package dev.realtime.boot.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.realtime.hub.WebPubSubOptions.EventFailure;
import dev.realtime.protocol.OverflowStrategy;
import dev.realtime.protocol.TransportType;
import dev.realtime.web.webhook.SystemEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties of hubs. What is {@code null} is not set: it has the default
 * of {@link dev.realtime.hub.HubOptions}, or within a hub the value for all hubs.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("realtime")
public class RealtimeProperties {

	/**
	 * Whether to serve hubs.
	 */
	private boolean enabled = true;

	/**
	 * Whether clients are told the messages of all exceptions, and not only those of a
	 * HubException.
	 */
	private boolean detailedErrors;

	/**
	 * How many connections there may be, of all hubs and transports; others are answered
	 * with status 503. By default the limit is that of the web server, or 100000 for
	 * sockets that are detached from it.
	 */
	private @Nullable Integer maxConnections;

	@NestedConfigurationProperty
	private final LimitsProperties limits = new LimitsProperties();

	@NestedConfigurationProperty
	private final RateLimitProperties rateLimit = new RateLimitProperties();

	private final Cors cors = new Cors();

	private final Shutdown shutdown = new Shutdown();

	private final Websocket websocket = new Websocket();

	private final Outbound outbound = new Outbound();

	private final Compression compression = new Compression();

	private final Signalr signalr = new Signalr();

	private final WebPubsub webPubsub = new WebPubsub();

	private final Webhooks webhooks = new Webhooks();

	/**
	 * Hubs by name. A hub that is named here exists, even if no controller serves it.
	 */
	private final Map<String, Hub> hubs = new LinkedHashMap<>();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public boolean isDetailedErrors() {
		return this.detailedErrors;
	}

	public void setDetailedErrors(boolean detailedErrors) {
		this.detailedErrors = detailedErrors;
	}

	public @Nullable Integer getMaxConnections() {
		return this.maxConnections;
	}

	public void setMaxConnections(@Nullable Integer maxConnections) {
		this.maxConnections = maxConnections;
	}

	public LimitsProperties getLimits() {
		return this.limits;
	}

	public RateLimitProperties getRateLimit() {
		return this.rateLimit;
	}

	public Cors getCors() {
		return this.cors;
	}

	public Shutdown getShutdown() {
		return this.shutdown;
	}

	public Websocket getWebsocket() {
		return this.websocket;
	}

	public Outbound getOutbound() {
		return this.outbound;
	}

	public Compression getCompression() {
		return this.compression;
	}

	public Signalr getSignalr() {
		return this.signalr;
	}

	public WebPubsub getWebPubsub() {
		return this.webPubsub;
	}

	public Webhooks getWebhooks() {
		return this.webhooks;
	}

	public Map<String, Hub> getHubs() {
		return this.hubs;
	}

	/**
	 * Web pages of other origins.
	 *
	 * @since 0.1.0
	 */
	public static class Cors {

		/**
		 * Origins whose web pages may connect, for example 'https://example.com'. '*'
		 * allows all origins, without credentials. The server's own origin is always
		 * allowed.
		 */
		private List<String> allowedOrigins = new ArrayList<>();

		/**
		 * Patterns of origins whose web pages may connect, for example
		 * 'https://*.example.com'.
		 */
		private List<String> allowedOriginPatterns = new ArrayList<>();

		/**
		 * Headers that web pages may send besides those the clients send anyway.
		 */
		private List<String> allowedHeaders = new ArrayList<>();

		/**
		 * Whether browsers may send credentials such as cookies. By default they may,
		 * unless all origins are allowed.
		 */
		private @Nullable Boolean allowCredentials;

		/**
		 * How long browsers may remember the answer to a pre-flight request. If a
		 * duration suffix is not specified, seconds will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration maxAge = Duration.ofSeconds(1800);

		public List<String> getAllowedOrigins() {
			return this.allowedOrigins;
		}

		public void setAllowedOrigins(List<String> allowedOrigins) {
			this.allowedOrigins = allowedOrigins;
		}

		public List<String> getAllowedOriginPatterns() {
			return this.allowedOriginPatterns;
		}

		public void setAllowedOriginPatterns(List<String> allowedOriginPatterns) {
			this.allowedOriginPatterns = allowedOriginPatterns;
		}

		public List<String> getAllowedHeaders() {
			return this.allowedHeaders;
		}

		public void setAllowedHeaders(List<String> allowedHeaders) {
			this.allowedHeaders = allowedHeaders;
		}

		public @Nullable Boolean getAllowCredentials() {
			return this.allowCredentials;
		}

		public void setAllowCredentials(@Nullable Boolean allowCredentials) {
			this.allowCredentials = allowCredentials;
		}

		public Duration getMaxAge() {
			return this.maxAge;
		}

		public void setMaxAge(Duration maxAge) {
			this.maxAge = maxAge;
		}

	}

	/**
	 * The end of the application.
	 *
	 * @since 0.1.0
	 */
	public static class Shutdown {

		/**
		 * How long to wait for clients to take what is queued and to go; those that are
		 * left then are dropped. Should be below
		 * 'spring.lifecycle.timeout-per-shutdown-phase'. Zero does not wait.
		 */
		private Duration timeout = Duration.ofSeconds(20);

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = timeout;
		}

	}

	/**
	 * The WebSocket transport.
	 *
	 * @since 0.1.0
	 */
	public static class Websocket {

		/**
		 * What serves WebSockets once they are open.
		 */
		private Engine engine = Engine.AUTO;

		private final Netty netty = new Netty();

		public Engine getEngine() {
			return this.engine;
		}

		public void setEngine(Engine engine) {
			this.engine = engine;
		}

		public Netty getNetty() {
			return this.netty;
		}

		/**
		 * WebSockets that are served by Netty.
		 *
		 * @since 0.1.0
		 */
		public static class Netty {

			/**
			 * Whether Tomcat forgets a socket as soon as Netty has it, and not when it is
			 * closed. This saves some 16 KB for each connection, but Tomcat's
			 * 'max-connections' does not count it any more. Has no effect on Jetty, which
			 * keeps little.
			 */
			private boolean detach;

			public boolean isDetach() {
				return this.detach;
			}

			public void setDetach(boolean detach) {
				this.detach = detach;
			}

		}

		/**
		 * What serves WebSockets once they are open.
		 */
		public enum Engine {

			/**
			 * Netty wherever it can take the socket over from the servlet container, else
			 * the servlet container.
			 */
			AUTO,

			/**
			 * Netty. The application does not start if it cannot take the sockets over.
			 */
			NETTY,

			/**
			 * The servlet container, through Jakarta WebSocket.
			 */
			SERVLET

		}

	}

	/**
	 * What waits to be sent to a client.
	 *
	 * @since 0.1.0
	 */
	public static class Outbound {

		/**
		 * How many bytes may wait for a client. For Web PubSub clients it is as much as
		 * four of the longest messages of clients in any case, and for reliable ones as
		 * much as is kept of what they have not acknowledged.
		 */
		private @Nullable DataSize maxBytes;

		/**
		 * How many messages may wait for a client.
		 */
		private @Nullable Integer maxMessages;

		/**
		 * How long sending may make no progress before a client is dropped.
		 */
		private @Nullable Duration sendTimeout;

		/**
		 * What to do about a client that is too slow.
		 */
		private @Nullable OverflowStrategy overflow;

		public @Nullable DataSize getMaxBytes() {
			return this.maxBytes;
		}

		public void setMaxBytes(@Nullable DataSize maxBytes) {
			this.maxBytes = maxBytes;
		}

		public @Nullable Integer getMaxMessages() {
			return this.maxMessages;
		}

		public void setMaxMessages(@Nullable Integer maxMessages) {
			this.maxMessages = maxMessages;
		}

		public @Nullable Duration getSendTimeout() {
			return this.sendTimeout;
		}

		public void setSendTimeout(@Nullable Duration sendTimeout) {
			this.sendTimeout = sendTimeout;
		}

		public @Nullable OverflowStrategy getOverflow() {
			return this.overflow;
		}

		public void setOverflow(@Nullable OverflowStrategy overflow) {
			this.overflow = overflow;
		}

	}

	/**
	 * Compression of messages over WebSockets, of all hubs or of one.
	 *
	 * @since 0.1.0
	 */
	public static class Compression {

		/**
		 * Whether to compress messages over WebSockets with clients that offer it, which
		 * all browsers do.
		 */
		private @Nullable Boolean enabled;

		/**
		 * Size from which on it is worth to compress what is sent together. The servlet
		 * container, where it serves WebSockets, compresses everything.
		 */
		private @Nullable DataSize minMessageSize;

		public @Nullable Boolean getEnabled() {
			return this.enabled;
		}

		public void setEnabled(@Nullable Boolean enabled) {
			this.enabled = enabled;
		}

		public @Nullable DataSize getMinMessageSize() {
			return this.minMessageSize;
		}

		public void setMinMessageSize(@Nullable DataSize minMessageSize) {
			this.minMessageSize = minMessageSize;
		}

	}

	/**
	 * The SignalR protocol, of all hubs or of one.
	 *
	 * @since 0.1.0
	 */
	public static class SignalrOptions {

		/**
		 * How long the server is silent at most; then it sends a ping.
		 */
		private @Nullable Duration keepAliveInterval;

		/**
		 * How long a client may be silent before it is dropped. Must be greater than the
		 * keep-alive interval, and should be twice as long.
		 */
		private @Nullable Duration clientTimeoutInterval;

		/**
		 * How long a client may take for the handshake.
		 */
		private @Nullable Duration handshakeTimeout;

		/**
		 * How long a connection may be without a transport: before it has one, between
		 * two polls, and while a client reconnects.
		 */
		private @Nullable Duration disconnectTimeout;

		/**
		 * How long a poll waits for something to send.
		 */
		private @Nullable Duration pollTimeout;

		/**
		 * Version of negotiation that clients have to ask for at least, 0 or 1.
		 */
		private @Nullable Integer minimumProtocolVersion;

		/**
		 * Maximum size of a message from a client.
		 */
		private @Nullable DataSize maximumReceiveMessageSize;

		/**
		 * How much of a client's calls may wait to be handled before nothing more is read
		 * of it, 0 for any size. Whatever the size, reading stops when 256 calls wait.
		 */
		private @Nullable DataSize applicationMaxBufferSize;

		/**
		 * How long a client may take to answer when its WebSocket is closed; then the
		 * socket is dropped.
		 */
		private @Nullable Duration closeTimeout;

		/**
		 * How many calls of one client run at a time. With more than 1 they are not
		 * handled in order.
		 */
		private @Nullable Integer maximumParallelInvocationsPerClient;

		/**
		 * How many items of a client's stream may wait for a hub method.
		 */
		private @Nullable Integer streamBufferCapacity;

		private final StatefulReconnect statefulReconnect = new StatefulReconnect();

		/**
		 * Transports clients may use. All by default.
		 */
		private @Nullable Set<TransportType> transports;

		/**
		 * Protocols clients may speak. All that are available by default.
		 */
		private @Nullable Set<String> protocols;

		/**
		 * Method of the clients that receives messages which are data and not calls.
		 */
		private @Nullable String messageTarget;

		/**
		 * Whether a connection is closed when the authentication of its user expires, for
		 * example its bearer token.
		 */
		private @Nullable Boolean closeOnAuthenticationExpiration;

		public @Nullable Duration getKeepAliveInterval() {
			return this.keepAliveInterval;
		}

		public void setKeepAliveInterval(@Nullable Duration keepAliveInterval) {
			this.keepAliveInterval = keepAliveInterval;
		}

		public @Nullable Duration getClientTimeoutInterval() {
			return this.clientTimeoutInterval;
		}

		public void setClientTimeoutInterval(@Nullable Duration clientTimeoutInterval) {
			this.clientTimeoutInterval = clientTimeoutInterval;
		}

		public @Nullable Duration getHandshakeTimeout() {
			return this.handshakeTimeout;
		}

		public void setHandshakeTimeout(@Nullable Duration handshakeTimeout) {
			this.handshakeTimeout = handshakeTimeout;
		}

		public @Nullable Duration getDisconnectTimeout() {
			return this.disconnectTimeout;
		}

		public void setDisconnectTimeout(@Nullable Duration disconnectTimeout) {
			this.disconnectTimeout = disconnectTimeout;
		}

		public @Nullable Duration getPollTimeout() {
			return this.pollTimeout;
		}

		public void setPollTimeout(@Nullable Duration pollTimeout) {
			this.pollTimeout = pollTimeout;
		}

		public @Nullable Integer getMinimumProtocolVersion() {
			return this.minimumProtocolVersion;
		}

		public void setMinimumProtocolVersion(@Nullable Integer minimumProtocolVersion) {
			this.minimumProtocolVersion = minimumProtocolVersion;
		}

		public @Nullable DataSize getMaximumReceiveMessageSize() {
			return this.maximumReceiveMessageSize;
		}

		public void setMaximumReceiveMessageSize(@Nullable DataSize maximumReceiveMessageSize) {
			this.maximumReceiveMessageSize = maximumReceiveMessageSize;
		}

		public @Nullable DataSize getApplicationMaxBufferSize() {
			return this.applicationMaxBufferSize;
		}

		public void setApplicationMaxBufferSize(@Nullable DataSize applicationMaxBufferSize) {
			this.applicationMaxBufferSize = applicationMaxBufferSize;
		}

		public @Nullable Duration getCloseTimeout() {
			return this.closeTimeout;
		}

		public void setCloseTimeout(@Nullable Duration closeTimeout) {
			this.closeTimeout = closeTimeout;
		}

		public @Nullable Integer getMaximumParallelInvocationsPerClient() {
			return this.maximumParallelInvocationsPerClient;
		}

		public void setMaximumParallelInvocationsPerClient(@Nullable Integer maximumParallelInvocationsPerClient) {
			this.maximumParallelInvocationsPerClient = maximumParallelInvocationsPerClient;
		}

		public @Nullable Integer getStreamBufferCapacity() {
			return this.streamBufferCapacity;
		}

		public void setStreamBufferCapacity(@Nullable Integer streamBufferCapacity) {
			this.streamBufferCapacity = streamBufferCapacity;
		}

		public StatefulReconnect getStatefulReconnect() {
			return this.statefulReconnect;
		}

		public @Nullable Set<TransportType> getTransports() {
			return this.transports;
		}

		public void setTransports(@Nullable Set<TransportType> transports) {
			this.transports = transports;
		}

		public @Nullable Set<String> getProtocols() {
			return this.protocols;
		}

		public void setProtocols(@Nullable Set<String> protocols) {
			this.protocols = protocols;
		}

		public @Nullable Boolean getCloseOnAuthenticationExpiration() {
			return this.closeOnAuthenticationExpiration;
		}

		public void setCloseOnAuthenticationExpiration(@Nullable Boolean closeOnAuthenticationExpiration) {
			this.closeOnAuthenticationExpiration = closeOnAuthenticationExpiration;
		}

		public @Nullable String getMessageTarget() {
			return this.messageTarget;
		}

		public void setMessageTarget(@Nullable String messageTarget) {
			this.messageTarget = messageTarget;
		}

	}

	/**
	 * Connections that outlive their WebSocket.
	 *
	 * @since 0.1.0
	 */
	public static class StatefulReconnect {

		/**
		 * Whether a client that asks for it may go on with its connection over another
		 * WebSocket when one breaks.
		 */
		private @Nullable Boolean enabled;

		/**
		 * How much is kept of what such a client has not acknowledged. The rest waits.
		 */
		private @Nullable DataSize bufferSize;

		public @Nullable Boolean getEnabled() {
			return this.enabled;
		}

		public void setEnabled(@Nullable Boolean enabled) {
			this.enabled = enabled;
		}

		public @Nullable DataSize getBufferSize() {
			return this.bufferSize;
		}

		public void setBufferSize(@Nullable DataSize bufferSize) {
			this.bufferSize = bufferSize;
		}

	}

	/**
	 * The SignalR protocol of all hubs.
	 *
	 * @since 0.1.0
	 */
	public static class Signalr extends SignalrOptions {

		/**
		 * Path below which hubs are found by their names. A hub may have a path of its
		 * own.
		 */
		private String path = "/hubs";

		public String getPath() {
			return this.path;
		}

		public void setPath(String path) {
			this.path = path;
		}

	}

	/**
	 * The Web PubSub protocol, of all hubs or of one.
	 *
	 * @since 0.1.0
	 */
	public static class WebPubsubOptions {

		/**
		 * Whether clients may connect without an access token.
		 */
		private @Nullable Boolean allowAnonymous;

		/**
		 * Maximum size of a message from a client.
		 */
		private @Nullable DataSize maximumMessageSize;

		/**
		 * How long the server is silent at most; then it sends a ping.
		 */
		private @Nullable Duration pingInterval;

		/**
		 * How long a client may be silent before it is dropped. Must be greater than the
		 * ping interval.
		 */
		private @Nullable Duration clientTimeout;

		/**
		 * What to do about a client that speaks a subprotocol when nobody handles its
		 * event, or the handler fails. Clients without a subprotocol are always closed.
		 */
		private @Nullable EventFailure eventFailure;

		private final Reliable reliable = new Reliable();

		public @Nullable Boolean getAllowAnonymous() {
			return this.allowAnonymous;
		}

		public void setAllowAnonymous(@Nullable Boolean allowAnonymous) {
			this.allowAnonymous = allowAnonymous;
		}

		public @Nullable DataSize getMaximumMessageSize() {
			return this.maximumMessageSize;
		}

		public void setMaximumMessageSize(@Nullable DataSize maximumMessageSize) {
			this.maximumMessageSize = maximumMessageSize;
		}

		public @Nullable Duration getPingInterval() {
			return this.pingInterval;
		}

		public void setPingInterval(@Nullable Duration pingInterval) {
			this.pingInterval = pingInterval;
		}

		public @Nullable Duration getClientTimeout() {
			return this.clientTimeout;
		}

		public void setClientTimeout(@Nullable Duration clientTimeout) {
			this.clientTimeout = clientTimeout;
		}

		public @Nullable EventFailure getEventFailure() {
			return this.eventFailure;
		}

		public void setEventFailure(@Nullable EventFailure eventFailure) {
			this.eventFailure = eventFailure;
		}

		public Reliable getReliable() {
			return this.reliable;
		}

	}

	/**
	 * Connections of reliable subprotocols, which outlive their WebSocket.
	 *
	 * @since 0.1.0
	 */
	public static class Reliable {

		/**
		 * How many messages are kept that a client has not acknowledged. The rest waits.
		 */
		private @Nullable Integer bufferMessages;

		/**
		 * How much is kept of what a client has not acknowledged. The rest waits.
		 */
		private @Nullable DataSize bufferSize;

		/**
		 * How long a client may take to come back when its WebSocket breaks.
		 */
		private @Nullable Duration recoveryTimeout;

		public @Nullable Integer getBufferMessages() {
			return this.bufferMessages;
		}

		public void setBufferMessages(@Nullable Integer bufferMessages) {
			this.bufferMessages = bufferMessages;
		}

		public @Nullable DataSize getBufferSize() {
			return this.bufferSize;
		}

		public void setBufferSize(@Nullable DataSize bufferSize) {
			this.bufferSize = bufferSize;
		}

		public @Nullable Duration getRecoveryTimeout() {
			return this.recoveryTimeout;
		}

		public void setRecoveryTimeout(@Nullable Duration recoveryTimeout) {
			this.recoveryTimeout = recoveryTimeout;
		}

	}

	/**
	 * The Web PubSub protocol of all hubs.
	 *
	 * @since 0.1.0
	 */
	public static class WebPubsub extends WebPubsubOptions {

		/**
		 * Key that access tokens are signed with, of at least 32 bytes. Without one there
		 * is no REST API, and only anonymous clients can connect.
		 */
		private @Nullable String accessKey;

		/**
		 * Another key whose access tokens are valid, so that keys can be exchanged.
		 */
		private @Nullable String secondaryAccessKey;

		/**
		 * Whether to create a random access key at start, and to log the connection
		 * string. Meant for development only.
		 */
		private boolean generateAccessKey;

		/**
		 * URLs the application is reached at from outside, for example
		 * 'https://example.com', the one for clients first. Access tokens may be for any
		 * of them, or for the host the request is sent to.
		 */
		private List<String> publicEndpoints = new ArrayList<>();

		/**
		 * What to do about hubs that the application does not declare.
		 */
		private UndeclaredHubs undeclaredHubs = UndeclaredHubs.DENY;

		private final Rest rest = new Rest();

		public @Nullable String getAccessKey() {
			return this.accessKey;
		}

		public void setAccessKey(@Nullable String accessKey) {
			this.accessKey = accessKey;
		}

		public @Nullable String getSecondaryAccessKey() {
			return this.secondaryAccessKey;
		}

		public void setSecondaryAccessKey(@Nullable String secondaryAccessKey) {
			this.secondaryAccessKey = secondaryAccessKey;
		}

		public boolean isGenerateAccessKey() {
			return this.generateAccessKey;
		}

		public void setGenerateAccessKey(boolean generateAccessKey) {
			this.generateAccessKey = generateAccessKey;
		}

		public List<String> getPublicEndpoints() {
			return this.publicEndpoints;
		}

		public void setPublicEndpoints(List<String> publicEndpoints) {
			this.publicEndpoints = publicEndpoints;
		}

		public UndeclaredHubs getUndeclaredHubs() {
			return this.undeclaredHubs;
		}

		public void setUndeclaredHubs(UndeclaredHubs undeclaredHubs) {
			this.undeclaredHubs = undeclaredHubs;
		}

		public Rest getRest() {
			return this.rest;
		}

		/**
		 * What to do about hubs that the application does not declare.
		 */
		public enum UndeclaredHubs {

			/**
			 * They do not exist.
			 */
			DENY,

			/**
			 * They are created when a client connects to them, or a request is for them.
			 */
			ALLOW

		}

	}

	/**
	 * The REST API of Web PubSub.
	 *
	 * @since 0.1.0
	 */
	public static class Rest {

		/**
		 * Whether to serve the REST API below '/api/hubs' where there is an access key.
		 */
		private boolean enabled = true;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

	/**
	 * The webhooks of all hubs.
	 *
	 * @since 0.1.0
	 */
	public static class Webhooks {

		/**
		 * How long an event may take to get to a webhook, all attempts together.
		 */
		private Duration timeout = Duration.ofSeconds(100);

		/**
		 * How many requests to one webhook may be under way at a time. Ten times as many
		 * may wait for that; events beyond fail.
		 */
		private int maxRequests = 1000;

		/**
		 * Whether webhooks are asked if they want the events of this server before they
		 * get any.
		 */
		private boolean validation = true;

		/**
		 * Hosts, each with its port if that is not the default, that requests to webhooks
		 * say they come from. By default those of 'realtime.web-pubsub.public-endpoints',
		 * or 'localhost' if there are none.
		 */
		private List<String> requestOrigins = new ArrayList<>();

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = timeout;
		}

		public int getMaxRequests() {
			return this.maxRequests;
		}

		public void setMaxRequests(int maxRequests) {
			this.maxRequests = maxRequests;
		}

		public boolean isValidation() {
			return this.validation;
		}

		public void setValidation(boolean validation) {
			this.validation = validation;
		}

		public List<String> getRequestOrigins() {
			return this.requestOrigins;
		}

		public void setRequestOrigins(List<String> requestOrigins) {
			this.requestOrigins = requestOrigins;
		}

	}

	/**
	 * A webhook of a hub.
	 *
	 * @since 0.1.0
	 */
	public static class Webhook {

		/**
		 * URL that events are sent to. '{hub}' and '{event}' in its path or query stand
		 * for the names of hub and event.
		 */
		private @Nullable String urlTemplate;

		/**
		 * Events that clients send by name: '*' for all, or names separated by commas. By
		 * default there are none.
		 */
		private @Nullable String userEventPattern;

		/**
		 * Events of connections. By default there are none.
		 */
		private Set<SystemEvent> systemEvents = new LinkedHashSet<>();

		private final WebhookAuth auth = new WebhookAuth();

		public @Nullable String getUrlTemplate() {
			return this.urlTemplate;
		}

		public void setUrlTemplate(@Nullable String urlTemplate) {
			this.urlTemplate = urlTemplate;
		}

		public @Nullable String getUserEventPattern() {
			return this.userEventPattern;
		}

		public void setUserEventPattern(@Nullable String userEventPattern) {
			this.userEventPattern = userEventPattern;
		}

		public Set<SystemEvent> getSystemEvents() {
			return this.systemEvents;
		}

		public void setSystemEvents(Set<SystemEvent> systemEvents) {
			this.systemEvents = systemEvents;
		}

		public WebhookAuth getAuth() {
			return this.auth;
		}

	}

	/**
	 * What a webhook knows this server by, besides the signature.
	 *
	 * @since 0.1.0
	 */
	public static class WebhookAuth {

		/**
		 * Token for the header 'Authorization', without the word 'Bearer'.
		 */
		private @Nullable String bearerToken;

		/**
		 * Headers by name.
		 */
		private final Map<String, String> headers = new LinkedHashMap<>();

		public @Nullable String getBearerToken() {
			return this.bearerToken;
		}

		public void setBearerToken(@Nullable String bearerToken) {
			this.bearerToken = bearerToken;
		}

		public Map<String, String> getHeaders() {
			return this.headers;
		}

	}

	/**
	 * One hub.
	 *
	 * @since 0.1.0
	 */
	public static class Hub {

		/**
		 * Path clients connect to. By default the name of the hub below
		 * 'realtime.signalr.path'.
		 */
		private @Nullable String path;

		/**
		 * Whether clients of the hub are told the messages of all exceptions. By default
		 * as 'realtime.detailed-errors' says.
		 */
		private @Nullable Boolean detailedErrors;

		private final SignalrOptions signalr = new SignalrOptions();

		private final WebPubsubOptions webPubsub = new WebPubsubOptions();

		private final Outbound outbound = new Outbound();

		private final Compression compression = new Compression();

		@NestedConfigurationProperty
		private final ClientLimitsProperties limits = new ClientLimitsProperties();

		@NestedConfigurationProperty
		private final HubRateLimitProperties rateLimit = new HubRateLimitProperties();

		/**
		 * Webhooks that take part in the events of clients. The first one that gets an
		 * event decides about it.
		 */
		private List<Webhook> eventHandlers = new ArrayList<>();

		/**
		 * Webhooks that get copies of the events of clients.
		 */
		private List<Webhook> eventListeners = new ArrayList<>();

		public @Nullable String getPath() {
			return this.path;
		}

		public void setPath(@Nullable String path) {
			this.path = path;
		}

		public @Nullable Boolean getDetailedErrors() {
			return this.detailedErrors;
		}

		public void setDetailedErrors(@Nullable Boolean detailedErrors) {
			this.detailedErrors = detailedErrors;
		}

		public SignalrOptions getSignalr() {
			return this.signalr;
		}

		public WebPubsubOptions getWebPubsub() {
			return this.webPubsub;
		}

		public Outbound getOutbound() {
			return this.outbound;
		}

		public Compression getCompression() {
			return this.compression;
		}

		public ClientLimitsProperties getLimits() {
			return this.limits;
		}

		public HubRateLimitProperties getRateLimit() {
			return this.rateLimit;
		}

		public List<Webhook> getEventHandlers() {
			return this.eventHandlers;
		}

		public void setEventHandlers(List<Webhook> eventHandlers) {
			this.eventHandlers = eventHandlers;
		}

		public List<Webhook> getEventListeners() {
			return this.eventListeners;
		}

		public void setEventListeners(List<Webhook> eventListeners) {
			this.eventListeners = eventListeners;
		}

	}

}
