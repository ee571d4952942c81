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
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import dev.realtime.boot.autoconfigure.RealtimeProperties.Compression;
import dev.realtime.boot.autoconfigure.RealtimeProperties.Hub;
import dev.realtime.boot.autoconfigure.RealtimeProperties.Outbound;
import dev.realtime.boot.autoconfigure.RealtimeProperties.SignalrOptions;
import dev.realtime.boot.autoconfigure.RealtimeProperties.StatefulReconnect;
import dev.realtime.hub.HubOptions;
import dev.realtime.invocation.InvalidHubException;
import dev.realtime.protocol.OutboundLimits;
import dev.realtime.protocol.OverflowStrategy;
import dev.realtime.protocol.WebSocketCompression;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * The options hubs start with: those of all hubs, and over them those of the hub. What is
 * impossible is refused under the name of its key.
 */
final class PropertiesHubOptions implements Function<String, HubOptions> {

	private static final String SIGNALR = "realtime.signalr.";

	private static final String OUTBOUND = "realtime.outbound.";

	private static final String COMPRESSION = "realtime.compression.";

	private static final String HUBS = "realtime.hubs.";

	private final RealtimeProperties properties;

	private final List<String> protocols;

	/**
	 * Create the options, and check all properties.
	 * @param properties the properties
	 * @param protocols the names of the protocols there are
	 */
	PropertiesHubOptions(RealtimeProperties properties, Collection<String> protocols) {
		this.properties = properties;
		this.protocols = List.copyOf(protocols);
		Duration shutdown = properties.getShutdown().getTimeout();
		check(!shutdown.isNegative(), "realtime.shutdown.timeout", shutdown, "It must not be negative.");
		checkPath("realtime.signalr.path", properties.getSignalr().getPath(), true);
		check(SIGNALR, properties.getSignalr());
		check(OUTBOUND, properties.getOutbound());
		check(COMPRESSION, properties.getCompression());
		PropertiesWebPubSubOptions.check(properties);
		PropertiesClientLimits.check(properties);
		checkPositive("realtime.max-connections", properties.getMaxConnections());
		checkTimeouts(SIGNALR, properties.getSignalr(), common("/any").build());
		properties.getHubs().forEach(this::check);
	}

	private void check(String name, Hub hub) {
		String prefix = HUBS + name + ".";
		if (hub.getPath() != null) {
			checkPath(prefix + "path", hub.getPath(), false);
		}
		check(prefix + "signalr.", hub.getSignalr());
		check(prefix + "outbound.", hub.getOutbound());
		check(prefix + "compression.", hub.getCompression());
		checkTimeouts(prefix + "signalr.", hub.getSignalr(), apply(name));
	}

	private void check(String prefix, SignalrOptions options) {
		checkPositive(prefix + "keep-alive-interval", options.getKeepAliveInterval());
		checkPositive(prefix + "client-timeout-interval", options.getClientTimeoutInterval());
		checkPositive(prefix + "handshake-timeout", options.getHandshakeTimeout());
		checkPositive(prefix + "disconnect-timeout", options.getDisconnectTimeout());
		checkPositive(prefix + "poll-timeout", options.getPollTimeout());
		Integer version = options.getMinimumProtocolVersion();
		check(version == null || version == 0 || version == 1, prefix + "minimum-protocol-version", version,
				"It must be 0 or 1.");
		checkSize(prefix + "maximum-receive-message-size", options.getMaximumReceiveMessageSize());
		DataSize buffer = options.getApplicationMaxBufferSize();
		check(buffer == null || (buffer.toBytes() >= 0 && buffer.toBytes() <= Integer.MAX_VALUE),
				prefix + "application-max-buffer-size", buffer, "It must not be negative, and less than 2GB.");
		checkPositive(prefix + "close-timeout", options.getCloseTimeout());
		checkPositive(prefix + "maximum-parallel-invocations-per-client",
				options.getMaximumParallelInvocationsPerClient());
		checkPositive(prefix + "stream-buffer-capacity", options.getStreamBufferCapacity());
		checkSize(prefix + "stateful-reconnect.buffer-size", options.getStatefulReconnect().getBufferSize());
		checkNotEmpty(prefix + "transports", options.getTransports());
		checkNotEmpty(prefix + "protocols", options.getProtocols());
		checkProtocols(prefix + "protocols", options.getProtocols());
		String target = options.getMessageTarget();
		check(target == null || !target.isBlank(), prefix + "message-target", target, "It must not be empty.");
	}

	private void check(String prefix, Outbound options) {
		checkSize(prefix + "max-bytes", options.getMaxBytes());
		checkPositive(prefix + "max-messages", options.getMaxMessages());
		checkPositive(prefix + "send-timeout", options.getSendTimeout());
	}

	private void check(String prefix, Compression options) {
		DataSize min = options.getMinMessageSize();
		check(min == null || (min.toBytes() >= 0 && min.toBytes() <= Integer.MAX_VALUE), prefix + "min-message-size",
				min, "It must not be negative, and less than 2GB.");
	}

	private void checkProtocols(String key, @Nullable Set<String> values) {
		for (String value : (values != null) ? values : Set.<String>of()) {
			check(this.protocols.stream().anyMatch(value::equalsIgnoreCase), key, value,
					"There is no protocol named '%s'. Choose from: %s.".formatted(value,
							String.join(", ", this.protocols)));
		}
	}

	// what a hub sets itself is to blame, and of that the timeout
	private static void checkTimeouts(String prefix, SignalrOptions own, HubOptions effective) {
		Duration timeout = effective.clientTimeoutInterval();
		Duration interval = effective.keepAliveInterval();
		boolean intervalOnly = own.getKeepAliveInterval() != null && own.getClientTimeoutInterval() == null;
		check(timeout.compareTo(interval) > 0,
				prefix + (intervalOnly ? "keep-alive-interval" : "client-timeout-interval"),
				intervalOnly ? interval : timeout,
				("The client timeout interval (%s) must be greater than the keep-alive interval (%s): clients send "
						+ "pings as often as the server does, and would be dropped between two of them.")
					.formatted(text(timeout), text(interval)));
	}

	private static void checkPath(String key, String path, boolean rootAllowed) {
		if (rootAllowed && path.equals("/")) {
			return;
		}
		try {
			HubOptions.at(path);
		}
		catch (IllegalArgumentException ex) {
			throw invalid(key, path, (ex.getMessage() + ".").replace("'path'", "The path"));
		}
	}

	static void checkPositive(String key, @Nullable Duration value) {
		check(value == null || value.toNanos() > 0, key, value, "It must be greater than zero.");
	}

	static void checkPositive(String key, @Nullable Integer value) {
		check(value == null || value > 0, key, value, "It must be greater than zero.");
	}

	static void checkSize(String key, @Nullable DataSize value) {
		check(value == null || value.toBytes() > 0, key, value, "It must be greater than zero.");
		check(value == null || value.toBytes() <= Integer.MAX_VALUE, key, value, "It must be less than 2GB.");
	}

	private static void checkNotEmpty(String key, @Nullable Collection<?> values) {
		check(values == null || !values.isEmpty(), key, "", "It must not be empty. Leave it out for all there are.");
	}

	static void check(boolean valid, String key, @Nullable Object value, String reason) {
		if (!valid) {
			throw invalid(key, value, reason);
		}
	}

	private static InvalidConfigurationPropertyValueException invalid(String key, @Nullable Object value,
			String reason) {
		return new InvalidConfigurationPropertyValueException(key, value, reason);
	}

	static String text(Duration duration) {
		return duration.toString().substring(2).toLowerCase(Locale.ROOT);
	}

	@Override
	public HubOptions apply(String name) {
		try {
			return options(name);
		}
		catch (IllegalArgumentException ex) {
			// the values were checked: it is the name in the path
			throw new InvalidHubException(
					"The name of hub '%s' cannot be part of a path: %s.".formatted(name, ex.getMessage()),
					"Give the hub another name, or a path with realtime.hubs[%s].path.".formatted(name));
		}
	}

	/**
	 * Return the options of raw connections: those of all hubs.
	 * @return the options, at any path
	 */
	HubOptions rawConnections() {
		return common("/any").build();
	}

	private HubOptions options(String name) {
		HubOptions.Builder options = common(path(name));
		Hub hub = hub(name);
		if (hub != null) {
			PropertyMapper map = PropertyMapper.get();
			map.from(hub::getPath).to(options::path);
			map.from(hub::getDetailedErrors).to(options::detailedErrors);
			apply(hub.getSignalr(), options);
			options.statefulReconnectBufferSize(reconnectBufferSize(this.properties.getSignalr().getStatefulReconnect(),
					hub.getSignalr().getStatefulReconnect()));
			options.outbound(limits(hub.getOutbound(), limits(this.properties.getOutbound(), OutboundLimits.DEFAULT)));
			options.compression(compression(this.properties.getCompression(), hub.getCompression()));
			options.webPubSub(PropertiesWebPubSubOptions.of(this.properties.getWebPubsub(), hub.getWebPubsub()));
			options.limits(PropertiesClientLimits.of(this.properties, hub));
		}
		return options.build();
	}

	private HubOptions.Builder common(String path) {
		HubOptions.Builder options = HubOptions.builder(path);
		options.detailedErrors(this.properties.isDetailedErrors());
		apply(this.properties.getSignalr(), options);
		options.statefulReconnectBufferSize(reconnectBufferSize(this.properties.getSignalr().getStatefulReconnect()));
		options.outbound(limits(this.properties.getOutbound(), OutboundLimits.DEFAULT));
		options.compression(compression(this.properties.getCompression()));
		options.webPubSub(PropertiesWebPubSubOptions.of(this.properties.getWebPubsub()));
		options.limits(PropertiesClientLimits.of(this.properties));
		return options;
	}

	private String path(String name) {
		String path = this.properties.getSignalr().getPath();
		return (path.equals("/") ? "" : path) + "/" + name;
	}

	private @Nullable Hub hub(String name) {
		return this.properties.getHubs()
			.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().equalsIgnoreCase(name))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(null);
	}

	private static void apply(SignalrOptions properties, HubOptions.Builder options) {
		PropertyMapper map = PropertyMapper.get();
		map.from(properties::getKeepAliveInterval).to(options::keepAliveInterval);
		map.from(properties::getClientTimeoutInterval).to(options::clientTimeoutInterval);
		map.from(properties::getHandshakeTimeout).to(options::handshakeTimeout);
		map.from(properties::getDisconnectTimeout).to(options::disconnectTimeout);
		map.from(properties::getPollTimeout).to(options::pollTimeout);
		map.from(properties::getMinimumProtocolVersion).to(options::minimumProtocolVersion);
		map.from(properties::getMaximumReceiveMessageSize)
			.asInt(DataSize::toBytes)
			.to(options::maximumReceiveMessageSize);
		map.from(properties::getApplicationMaxBufferSize)
			.asInt(DataSize::toBytes)
			.to(options::applicationMaxBufferSize);
		map.from(properties::getCloseTimeout).to(options::closeTimeout);
		map.from(properties::getMaximumParallelInvocationsPerClient).to(options::maximumParallelInvocationsPerClient);
		map.from(properties::getStreamBufferCapacity).to(options::streamBufferCapacity);
		map.from(properties::getTransports).to(options::transports);
		map.from(properties::getProtocols).to(options::protocols);
		map.from(properties::getMessageTarget).to(options::messageTarget);
		map.from(properties::getCloseOnAuthenticationExpiration).to(options::closeOnAuthenticationExpiration);
	}

	private static OutboundLimits limits(Outbound properties, OutboundLimits defaults) {
		DataSize bytes = properties.getMaxBytes();
		Integer messages = properties.getMaxMessages();
		Duration timeout = properties.getSendTimeout();
		OverflowStrategy overflow = properties.getOverflow();
		return new OutboundLimits((bytes != null) ? bytes.toBytes() : defaults.maxBytes(),
				(messages != null) ? messages : defaults.maxMessages(),
				(timeout != null) ? timeout : defaults.sendTimeout(),
				(overflow != null) ? overflow : defaults.overflow());
	}

	// the later ones win
	private static int reconnectBufferSize(StatefulReconnect... options) {
		boolean enabled = true;
		int bufferSize = HubOptions.at("/any").statefulReconnectBufferSize();
		for (StatefulReconnect properties : options) {
			enabled = (properties.getEnabled() != null) ? properties.getEnabled() : enabled;
			DataSize size = properties.getBufferSize();
			bufferSize = (size != null) ? (int) size.toBytes() : bufferSize;
		}
		return enabled ? bufferSize : 0;
	}

	// the later ones win
	private static @Nullable WebSocketCompression compression(Compression... options) {
		boolean enabled = false;
		int minMessageSize = WebSocketCompression.DEFAULT.minMessageSize();
		for (Compression properties : options) {
			enabled = (properties.getEnabled() != null) ? properties.getEnabled() : enabled;
			DataSize min = properties.getMinMessageSize();
			minMessageSize = (min != null) ? (int) min.toBytes() : minMessageSize;
		}
		return enabled ? new WebSocketCompression(minMessageSize) : null;
	}

}
