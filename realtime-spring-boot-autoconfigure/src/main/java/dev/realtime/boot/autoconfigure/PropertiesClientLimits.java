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

import java.util.Map;

import dev.realtime.boot.autoconfigure.HubRateLimitProperties.MethodRate;
import dev.realtime.boot.autoconfigure.RealtimeProperties.Hub;
import dev.realtime.hub.ClientLimits;
import dev.realtime.hub.RateLimit;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.util.unit.DataSize;

/**
 * The limits of clients, as the properties say.
 */
final class PropertiesClientLimits {

	private static final String LIMITS = "limits.";

	private static final String RATE_LIMIT = "rate-limit.";

	private static final String BURST = "burst";

	private PropertiesClientLimits() {
	}

	/**
	 * Check the properties of all hubs.
	 * @param properties the properties
	 */
	static void check(RealtimeProperties properties) {
		String prefix = "realtime.";
		check(prefix + LIMITS, properties.getLimits());
		PropertiesHubOptions.checkPositive(prefix + LIMITS + "connections-per-address",
				properties.getLimits().getConnectionsPerAddress());
		check(prefix + RATE_LIMIT, properties.getRateLimit(), properties.getRateLimit().getMessagesPerSecond());
		properties.getHubs().forEach((name, hub) -> check("realtime.hubs." + name + ".", properties, hub));
	}

	private static void check(String prefix, RealtimeProperties properties, Hub hub) {
		check(prefix + LIMITS, hub.getLimits());
		HubRateLimitProperties rates = hub.getRateLimit();
		Double common = properties.getRateLimit().getMessagesPerSecond();
		check(prefix + RATE_LIMIT, rates,
				(rates.getMessagesPerSecond() != null) ? rates.getMessagesPerSecond() : common);
		rates.getMethods().forEach((method, rate) -> check(prefix + RATE_LIMIT + "methods." + method + ".", rate));
	}

	private static void check(String prefix, ClientLimitsProperties limits) {
		PropertiesHubOptions.checkPositive(prefix + "connections-per-user", limits.getConnectionsPerUser());
		PropertiesHubOptions.checkPositive(prefix + "groups-per-connection", limits.getGroupsPerConnection());
		PropertiesHubOptions.checkPositive(prefix + "group-name-length", limits.getGroupNameLength());
		PropertiesHubOptions.checkPositive(prefix + "streams-per-connection", limits.getStreamsPerConnection());
		PropertiesHubOptions.checkPositive(prefix + "invocations-per-connection", limits.getInvocationsPerConnection());
	}

	private static void check(String prefix, RateLimitProperties rate, @Nullable Double effective) {
		checkRate(prefix + "messages-per-second", rate.getMessagesPerSecond());
		PropertiesHubOptions.checkPositive(prefix + BURST, rate.getBurst());
		PropertiesHubOptions.check(rate.getBurst() == null || effective != null, prefix + BURST, rate.getBurst(),
				"It has no effect without 'messages-per-second'.");
		DataSize bytes = rate.getBytesPerSecond();
		PropertiesHubOptions.check(bytes == null || bytes.toBytes() > 0, prefix + "bytes-per-second", bytes,
				"It must be greater than zero.");
	}

	private static void check(String prefix, MethodRate rate) {
		PropertiesHubOptions.check(rate.getCallsPerSecond() != null, prefix + "calls-per-second", null,
				"It must be set.");
		checkRate(prefix + "calls-per-second", rate.getCallsPerSecond());
		PropertiesHubOptions.checkPositive(prefix + BURST, rate.getBurst());
	}

	private static void checkRate(String key, @Nullable Double rate) {
		PropertiesHubOptions.check(rate == null || (rate > 0 && Double.isFinite(rate)), key, rate,
				"It must be greater than zero.");
	}

	/**
	 * Return the limits of all hubs.
	 * @param properties the properties
	 * @return the limits
	 */
	static ClientLimits of(RealtimeProperties properties) {
		ClientLimits.Builder limits = ClientLimits.builder();
		apply(properties.getLimits(), limits);
		applyRates(properties.getRateLimit(), properties.getRateLimit(), limits);
		return limits.build();
	}

	/**
	 * Return the limits of one hub.
	 * @param properties the properties
	 * @param hub those of the hub
	 * @return the limits
	 */
	static ClientLimits of(RealtimeProperties properties, Hub hub) {
		ClientLimits.Builder limits = of(properties).toBuilder();
		apply(hub.getLimits(), limits);
		applyRates(properties.getRateLimit(), hub.getRateLimit(), limits);
		for (Map.Entry<String, MethodRate> method : hub.getRateLimit().getMethods().entrySet()) {
			RateLimit rate = rate(method.getValue().getCallsPerSecond(), method.getValue().getBurst());
			if (rate != null) {
				limits.method(method.getKey(), rate);
			}
		}
		return limits.build();
	}

	private static void apply(ClientLimitsProperties properties, ClientLimits.Builder limits) {
		PropertyMapper map = PropertyMapper.get();
		map.from(properties::getConnectionsPerUser).to(limits::connectionsPerUser);
		map.from(properties::getGroupsPerConnection).to(limits::groupsPerConnection);
		map.from(properties::getGroupNameLength).to(limits::groupNameLength);
		map.from(properties::getStreamsPerConnection).to(limits::streamsPerConnection);
		map.from(properties::getInvocationsPerConnection).to(limits::invocationsPerConnection);
	}

	// whoever sets another rate does not mean the burst of that before
	private static void applyRates(RateLimitProperties common, RateLimitProperties own, ClientLimits.Builder limits) {
		boolean ownRate = own.getMessagesPerSecond() != null;
		Double rate = ownRate ? own.getMessagesPerSecond() : common.getMessagesPerSecond();
		Integer burst = (own.getBurst() != null || ownRate) ? own.getBurst() : common.getBurst();
		limits.messages(rate(rate, burst));
		if (own.getBytesPerSecond() != null) {
			limits.bytesPerSecond(own.getBytesPerSecond().toBytes());
		}
	}

	private static @Nullable RateLimit rate(@Nullable Double perSecond, @Nullable Integer burst) {
		if (perSecond == null) {
			return null;
		}
		return (burst != null) ? new RateLimit(perSecond, burst) : RateLimit.perSecond(perSecond);
	}

}
