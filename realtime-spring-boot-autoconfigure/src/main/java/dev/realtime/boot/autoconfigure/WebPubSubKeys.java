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

import java.util.Collection;
import java.util.List;

import dev.realtime.boot.autoconfigure.RealtimeProperties.WebPubsub;
import dev.realtime.hub.HubRegistration;
import dev.realtime.web.AccessKeys;
import dev.realtime.web.AccessTokens;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.ClassUtils;

/**
 * The access keys and tokens of Web PubSub, as the properties say. Internal: public for
 * other packages of the auto-configuration.
 *
 * @since 0.1.0
 */
public final class WebPubSubKeys {

	private static final String PRIMARY = "realtime.web-pubsub.access-key";

	private static final String SECONDARY = "realtime.web-pubsub.secondary-access-key";

	private static final String GENERATE = "realtime.web-pubsub.generate-access-key";

	private static final String ENDPOINTS = "realtime.web-pubsub.public-endpoints";

	private static final boolean LIBRARY_PRESENT = ClassUtils.isPresent("com.nimbusds.jose.JWSSigner",
			WebPubSubKeys.class.getClassLoader());

	private WebPubSubKeys() {
	}

	/**
	 * Check that the properties do not contradict each other.
	 * @param properties the properties
	 */
	static void check(WebPubsub properties) {
		boolean primary = properties.getAccessKey() != null;
		boolean secondary = properties.getSecondaryAccessKey() != null;
		if (properties.isGenerateAccessKey() && (primary || secondary)) {
			throw new InvalidAccessKeyException(
					"An access key is configured with %s, and another one is to be generated with %s."
						.formatted(primary ? PRIMARY : SECONDARY, GENERATE),
					"Remove one of them. Generated keys are meant for development: they are another one after each "
							+ "start.");
		}
		if ((primary || properties.isGenerateAccessKey()) && !LIBRARY_PRESENT) {
			throw new InvalidAccessKeyException(
					"%s is set, but there is nothing on the class path to sign and verify access tokens with."
						.formatted(primary ? PRIMARY : GENERATE),
					"Add com.nimbusds:nimbus-jose-jwt, which the starter brings.");
		}
		if (secondary && !primary) {
			throw new InvalidAccessKeyException("There is a secondary access key, but no primary one.",
					"Set %s, the key that signs, or use that key alone.".formatted(PRIMARY));
		}
	}

	/**
	 * Return whether Web PubSub clients are served: there is a key that signs their
	 * tokens, or a hub where they need none.
	 * @param properties the properties
	 * @param hubs the hubs
	 * @return whether they are
	 */
	static boolean isServed(RealtimeProperties properties, Collection<HubRegistration> hubs) {
		WebPubsub common = properties.getWebPubsub();
		return common.getAccessKey() != null || common.isGenerateAccessKey()
				|| Boolean.TRUE.equals(common.getAllowAnonymous())
				|| hubs.stream().anyMatch((hub) -> hub.options().webPubSub().allowAnonymous());
	}

	/**
	 * Return the keys.
	 * @param properties the properties
	 * @return the keys, generated if that is wanted
	 */
	public static AccessKeys keys(WebPubsub properties) {
		String primary = properties.getAccessKey();
		if (primary == null) {
			return AccessKeys.generate();
		}
		check(PRIMARY, primary, null);
		return check(SECONDARY, primary, properties.getSecondaryAccessKey());
	}

	private static AccessKeys check(String key, String primary, @Nullable String secondary) {
		try {
			return AccessKeys.of(primary, secondary);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidAccessKeyException("%s is not valid: %s.".formatted(key, ex.getMessage()),
					"Set a random text, for example what 'openssl rand -base64 48' prints. It is used as it is, and "
							+ "is not decoded.");
		}
	}

	/**
	 * Return what creates and verifies tokens.
	 * @param keys the keys
	 * @param properties the properties
	 * @return the tokens
	 */
	public static AccessTokens tokens(AccessKeys keys, WebPubsub properties) {
		for (String endpoint : properties.getPublicEndpoints()) {
			try {
				AccessTokens.of(keys, List.of(endpoint));
			}
			catch (IllegalArgumentException ex) {
				throw new InvalidConfigurationPropertyValueException(ENDPOINTS, endpoint, ex.getMessage() + ".");
			}
		}
		return AccessTokens.of(keys, properties.getPublicEndpoints());
	}

}
