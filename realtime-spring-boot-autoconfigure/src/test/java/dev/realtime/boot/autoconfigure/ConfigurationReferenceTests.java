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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps {@code docs/configuration.md} in step with the metadata of the configuration
 * keys. Run with {@code -Dconfiguration-reference.write=true}, this test writes the page.
 */
class ConfigurationReferenceTests {

	private static final Path PAGE = Path.of("..", "docs", "configuration.md");

	@Test
	void pageIsWhatTheMetadataSays() throws IOException {
		String page = page();
		if (Boolean.getBoolean("configuration-reference.write")) {
			Files.writeString(PAGE, page);
		}
		assertThat(PAGE).content().isEqualTo(page);
	}

	private String page() throws IOException {
		Map<String, JsonNode> keys = new TreeMap<>();
		try (InputStream metadata = getClass().getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			assertThat(metadata).isNotNull();
			JsonMapper.builder()
				.build()
				.readTree(metadata)
				.get("properties")
				.forEach((key) -> keys.put(key.get("name").asString(), key));
		}
		StringBuilder page = new StringBuilder("""
				# Configuration

				Every key that has an effect, generated from the metadata that IDEs complete keys with. Under
				`realtime.hubs.<name>` stand `path`, `detailed-errors`, `signalr.*`, `outbound.*`,
				`compression.*`, `limits.*`, `rate-limit.*` and those of `web-pubsub.*` that concern clients,
				which hold for that hub alone and override those for all hubs, the [rates](limits.md) of
				methods, `rate-limit.methods.<method>.{calls-per-second,burst}`, and the
				[webhooks](web-pubsub.md#webhooks) of the hub, `event-handlers[n].*` and `event-listeners[n].*`.

				| key | type | default | what it does |
				|---|---|---|---|
				""");
		keys.values().forEach((key) -> page.append(row(key)));
		return page.toString();
	}

	private String row(JsonNode key) {
		String type = key.get("type").asString().replace('$', '.');
		return "| `%s` | %s | %s | %s |%n".formatted(key.get("name").asString(), simple(type), defaultValue(key),
				description(key));
	}

	private static String simple(String type) {
		return type.replaceAll("(\\w+\\.)+", "").replace("<", "&lt;").replace(">", "&gt;");
	}

	private static String defaultValue(JsonNode key) {
		JsonNode value = key.get("defaultValue");
		if (value == null) {
			return "";
		}
		if (!value.isArray()) {
			return "`" + value.asString() + "`";
		}
		StringBuilder values = new StringBuilder();
		value.forEach((element) -> values.append(values.isEmpty() ? "" : ", ").append(element.asString()));
		return "`" + values + "`";
	}

	private static String description(JsonNode key) {
		JsonNode description = key.get("description");
		return (description != null) ? description.asString().replace("|", "\\|") : "";
	}

}
