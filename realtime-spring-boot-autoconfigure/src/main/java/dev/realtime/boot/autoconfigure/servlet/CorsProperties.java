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

package dev.realtime.boot.autoconfigure.servlet;

import dev.realtime.boot.autoconfigure.RealtimeProperties.Cors;

import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.CollectionUtils;
import org.springframework.web.cors.CorsConfiguration;

/**
 * What the properties say about web pages of other origins.
 */
final class CorsProperties {

	private CorsProperties() {
	}

	/**
	 * Return the configuration.
	 * @param properties the properties
	 * @return a configuration without what hub clients always need
	 */
	static CorsConfiguration configuration(Cors properties) {
		check(properties);
		CorsConfiguration configuration = new CorsConfiguration();
		PropertyMapper map = PropertyMapper.get();
		map.from(properties::getAllowedOrigins).whenNot(CollectionUtils::isEmpty).to(configuration::setAllowedOrigins);
		map.from(properties::getAllowedOriginPatterns)
			.whenNot(CollectionUtils::isEmpty)
			.to(configuration::setAllowedOriginPatterns);
		map.from(properties::getAllowedHeaders).whenNot(CollectionUtils::isEmpty).to(configuration::setAllowedHeaders);
		map.from(properties::getAllowCredentials).to(configuration::setAllowCredentials);
		map.from(properties::getMaxAge).to(configuration::setMaxAge);
		return configuration;
	}

	private static void check(Cors properties) {
		if (properties.getMaxAge().isNegative()) {
			throw new InvalidConfigurationPropertyValueException("realtime.cors.max-age", properties.getMaxAge(),
					"It must not be negative.");
		}
		if (Boolean.TRUE.equals(properties.getAllowCredentials())
				&& properties.getAllowedOrigins().contains(CorsConfiguration.ALL)) {
			throw new InvalidConfigurationPropertyValueException("realtime.cors.allow-credentials", true,
					"Credentials cannot be allowed for all origins. List the origins in realtime.cors.allowed-origins, "
							+ "or use realtime.cors.allowed-origin-patterns.");
		}
	}

}
