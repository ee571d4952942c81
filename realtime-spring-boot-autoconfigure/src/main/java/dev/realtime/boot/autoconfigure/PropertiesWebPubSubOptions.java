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

import dev.realtime.boot.autoconfigure.RealtimeProperties.Reliable;
import dev.realtime.boot.autoconfigure.RealtimeProperties.WebPubsubOptions;
import dev.realtime.hub.WebPubSubOptions;

import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.util.unit.DataSize;

/**
 * The options of hubs for clients of Web PubSub, as the properties say.
 */
final class PropertiesWebPubSubOptions {

	private static final String PREFIX = "web-pubsub.";

	private PropertiesWebPubSubOptions() {
	}

	/**
	 * Check the properties of all hubs.
	 * @param properties the properties
	 */
	static void check(RealtimeProperties properties) {
		WebPubsubOptions common = properties.getWebPubsub();
		WebPubSubKeys.check(properties.getWebPubsub());
		checkValues("realtime." + PREFIX, common);
		checkTimeouts("realtime." + PREFIX, common, of(common));
		properties.getHubs().forEach((name, hub) -> {
			String prefix = "realtime.hubs." + name + "." + PREFIX;
			checkValues(prefix, hub.getWebPubsub());
			checkTimeouts(prefix, hub.getWebPubsub(), of(common, hub.getWebPubsub()));
		});
	}

	// what a hub sets itself is to blame, and of that the timeout
	private static void checkTimeouts(String prefix, WebPubsubOptions own, WebPubSubOptions effective) {
		Duration timeout = effective.clientTimeout();
		Duration interval = effective.pingInterval();
		boolean intervalOnly = own.getPingInterval() != null && own.getClientTimeout() == null;
		PropertiesHubOptions.check(timeout.compareTo(interval) > 0,
				prefix + (intervalOnly ? "ping-interval" : "client-timeout"), intervalOnly ? interval : timeout,
				("The client timeout (%s) must be greater than the ping interval (%s): clients may say nothing but "
						+ "answers to pings, and would be dropped between two of them.")
					.formatted(PropertiesHubOptions.text(timeout), PropertiesHubOptions.text(interval)));
	}

	private static void checkValues(String prefix, WebPubsubOptions options) {
		PropertiesHubOptions.checkSize(prefix + "maximum-message-size", options.getMaximumMessageSize());
		PropertiesHubOptions.checkPositive(prefix + "ping-interval", options.getPingInterval());
		PropertiesHubOptions.checkPositive(prefix + "client-timeout", options.getClientTimeout());
		Reliable reliable = options.getReliable();
		PropertiesHubOptions.checkPositive(prefix + "reliable.buffer-messages", reliable.getBufferMessages());
		PropertiesHubOptions.checkSize(prefix + "reliable.buffer-size", reliable.getBufferSize());
		PropertiesHubOptions.checkPositive(prefix + "reliable.recovery-timeout", reliable.getRecoveryTimeout());
	}

	/**
	 * Return options.
	 * @param properties the properties, of which the later ones win
	 * @return the options, with defaults for what is not set
	 */
	static WebPubSubOptions of(WebPubsubOptions... properties) {
		WebPubSubOptions.Builder options = WebPubSubOptions.builder();
		for (WebPubsubOptions source : properties) {
			apply(source, options);
		}
		return options.build();
	}

	private static void apply(WebPubsubOptions properties, WebPubSubOptions.Builder options) {
		PropertyMapper map = PropertyMapper.get();
		map.from(properties::getAllowAnonymous).to(options::allowAnonymous);
		map.from(properties::getMaximumMessageSize).asInt(DataSize::toBytes).to(options::maximumMessageSize);
		map.from(properties::getPingInterval).to(options::pingInterval);
		map.from(properties::getClientTimeout).to(options::clientTimeout);
		map.from(properties::getEventFailure).to(options::eventFailure);
		Reliable reliable = properties.getReliable();
		map.from(reliable::getBufferMessages).to(options::reliableBufferMessages);
		map.from(reliable::getBufferSize).as(DataSize::toBytes).to(options::reliableBufferBytes);
		map.from(reliable::getRecoveryTimeout).to(options::recoveryTimeout);
	}

}
