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

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.realtime.boot.autoconfigure.RealtimeProperties.WebPubsub.UndeclaredHubs;
import dev.realtime.hub.HubOptions;
import dev.realtime.hub.WebPubSubOptions.EventFailure;
import dev.realtime.protocol.OverflowStrategy;
import dev.realtime.protocol.TransportType;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the metadata that editors show.
 */
class ConfigurationMetadataTests {

	private final JsonNode metadata = read();

	@Test
	void everyKeyIsListedWithDescription() {
		List<String> keys = new ArrayList<>();
		addKeys("realtime", RealtimeProperties.class, keys);
		Map<String, String> descriptions = new TreeMap<>();
		properties().forEach((name, property) -> descriptions.put(name, property.path("description").asString("")));
		assertThat(descriptions.keySet()).containsExactlyInAnyOrderElementsOf(keys);
		assertThat(descriptions.values()).allSatisfy((description) -> assertThat(description).matches("[A-Z].*\\."));
	}

	@Test
	void defaultsAreThoseThatApply() {
		Map<String, Object> defaults = new TreeMap<>();
		properties().forEach((name, property) -> {
			if (property.has("defaultValue")) {
				defaults.put(name, property.get("defaultValue").asString());
			}
		});
		assertThat(defaults).hasSizeGreaterThan(14);
		RealtimeProperties properties = new Binder(new MapConfigurationPropertySource(defaults))
			.bind("realtime", RealtimeProperties.class)
			.get();
		assertThat(new PropertiesHubOptions(properties, List.of("json")).apply("chat"))
			.isEqualTo(HubOptions.at("/hubs/chat"));
		RealtimeProperties unset = new RealtimeProperties();
		assertThat(properties.isEnabled()).isEqualTo(unset.isEnabled());
		assertThat(properties.isDetailedErrors()).isEqualTo(unset.isDetailedErrors());
		assertThat(properties.getShutdown().getTimeout()).isEqualTo(unset.getShutdown().getTimeout());
		assertThat(properties.getCors().getMaxAge()).isEqualTo(unset.getCors().getMaxAge());
		assertThat(properties.getWebhooks()).usingRecursiveComparison().isEqualTo(unset.getWebhooks());
		assertThat(properties.getWebPubsub().isGenerateAccessKey())
			.isEqualTo(unset.getWebPubsub().isGenerateAccessKey());
		assertThat(properties.getWebPubsub().getUndeclaredHubs()).isEqualTo(unset.getWebPubsub().getUndeclaredHubs());
		assertThat(properties.getWebPubsub().getRest().isEnabled())
			.isEqualTo(unset.getWebPubsub().getRest().isEnabled());
	}

	@Test
	void everyOptionWithDefaultHasItInTheMetadata() {
		assertThat(properties().entrySet()).filteredOn((entry) -> !entry.getValue().has("defaultValue"))
			.extracting(Map.Entry::getKey)
			.containsExactlyInAnyOrder("realtime.hubs", "realtime.cors.allowed-origins",
					"realtime.cors.allowed-origin-patterns", "realtime.cors.allowed-headers",
					"realtime.cors.allow-credentials", "realtime.max-connections", "realtime.signalr.transports",
					"realtime.signalr.protocols", "realtime.web-pubsub.access-key",
					"realtime.web-pubsub.secondary-access-key", "realtime.web-pubsub.public-endpoints",
					"realtime.webhooks.request-origins", "realtime.limits.connections-per-address",
					"realtime.limits.connections-per-user", "realtime.limits.group-name-length",
					"realtime.limits.groups-per-connection", "realtime.limits.invocations-per-connection",
					"realtime.limits.streams-per-connection", "realtime.rate-limit.burst",
					"realtime.rate-limit.bytes-per-second", "realtime.rate-limit.messages-per-second");
	}

	@Test
	void hintsListAllValues() {
		assertThat(hints("realtime.signalr.transports")).hasSize(TransportType.values().length);
		assertThat(hints("realtime.outbound.overflow")).hasSize(OverflowStrategy.values().length);
		assertThat(hints("realtime.web-pubsub.event-failure")).hasSize(EventFailure.values().length);
		assertThat(hints("realtime.web-pubsub.undeclared-hubs")).hasSize(UndeclaredHubs.values().length);
		assertThat(hints("realtime.signalr.protocols")).containsExactly("json", "messagepack");
	}

	private List<String> hints(String name) {
		for (JsonNode hint : this.metadata.get("hints")) {
			if (hint.get("name").asString().equals(name)) {
				return hint.get("values").valueStream().map((value) -> value.get("value").asString()).toList();
			}
		}
		return List.of();
	}

	// without those of the endpoint, which are Spring Boot's
	private Map<String, JsonNode> properties() {
		Map<String, JsonNode> properties = new TreeMap<>();
		this.metadata.get("properties").forEach((property) -> {
			String name = property.get("name").asString();
			if (name.startsWith("realtime.")) {
				properties.put(name, property);
			}
		});
		return properties;
	}

	private static void addKeys(String prefix, Class<?> type, List<String> keys) {
		for (var property : BeanUtils.getPropertyDescriptors(type)) {
			if (property.getName().equals("class")) {
				continue;
			}
			String key = prefix + "." + property.getName().replaceAll("([A-Z])", "-$1").toLowerCase();
			Class<?> propertyType = property.getPropertyType();
			if (propertyType.getPackage() == RealtimeProperties.class.getPackage() && !propertyType.isEnum()) {
				addKeys(key, propertyType, keys);
			}
			else {
				keys.add(key);
			}
		}
	}

	private static JsonNode read() {
		try (InputStream input = new ClassPathResource("/META-INF/spring-configuration-metadata.json",
				RealtimeProperties.class)
			.getInputStream()) {
			return JsonMapper.shared().readTree(input);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
