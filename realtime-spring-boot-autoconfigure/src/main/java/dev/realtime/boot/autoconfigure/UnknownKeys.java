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

import java.beans.PropertyDescriptor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import dev.realtime.boot.autoconfigure.HubRateLimitProperties.MethodRate;
import dev.realtime.boot.autoconfigure.RealtimeProperties.Cors;
import dev.realtime.boot.autoconfigure.RealtimeProperties.Hub;
import dev.realtime.boot.autoconfigure.RealtimeProperties.Outbound;
import dev.realtime.boot.autoconfigure.RealtimeProperties.Shutdown;
import dev.realtime.boot.autoconfigure.RealtimeProperties.Signalr;
import dev.realtime.boot.autoconfigure.RealtimeProperties.SignalrOptions;
import dev.realtime.boot.autoconfigure.RealtimeProperties.WebPubsub;
import dev.realtime.boot.autoconfigure.RealtimeProperties.WebPubsubOptions;
import dev.realtime.boot.autoconfigure.RealtimeProperties.Webhook;
import dev.realtime.boot.autoconfigure.RealtimeProperties.WebhookAuth;
import dev.realtime.boot.autoconfigure.RealtimeProperties.Webhooks;
import dev.realtime.boot.diagnostics.Suggestions;
import dev.realtime.invocation.InvalidHubException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;

/**
 * Refuses keys that are mistyped, where all keys are ours. Directly below
 * {@code realtime} there may be keys of others, and environment variables are never
 * refused.
 */
final class UnknownKeys {

	private static final ConfigurationPropertyName HUBS = ConfigurationPropertyName.of("realtime.hubs");

	private static final Map<ConfigurationPropertyName, Class<?>> TYPES = Map.of(
			ConfigurationPropertyName.of("realtime.cors"), Cors.class,
			ConfigurationPropertyName.of("realtime.shutdown"), Shutdown.class,
			ConfigurationPropertyName.of("realtime.limits"), LimitsProperties.class,
			ConfigurationPropertyName.of("realtime.rate-limit"), RateLimitProperties.class,
			ConfigurationPropertyName.of("realtime.outbound"), Outbound.class,
			ConfigurationPropertyName.of("realtime.signalr"), Signalr.class,
			ConfigurationPropertyName.of("realtime.web-pubsub"), WebPubsub.class,
			ConfigurationPropertyName.of("realtime.webhooks"), Webhooks.class);

	// may hold a secret, which must not be shown
	private static final Pattern SECRET = Pattern.compile("\\.web-?pubsub\\..*key");

	/**
	 * Where in {@code realtime.hubs.<name>.event-handlers[n]} the list is named.
	 */
	private static final int LIST = HUBS.getNumberOfElements() + 1;

	private static final int AUTH = LIST + 2;

	// the elements of realtime.hubs.<name>.rate-limit.methods.<method>
	private static final int METHOD = LIST + 3;

	private static final Set<String> AUTH_KEYS = Set.of("bearertoken", "headers");

	private static final UnboundElementsSourceFilter SOURCES = new UnboundElementsSourceFilter();

	private UnknownKeys() {
	}

	/**
	 * Check the keys.
	 * @param environment where they are
	 * @throws InvalidConfigurationPropertyValueException if there is one that is unknown
	 */
	static void check(Environment environment) {
		Binder binder = Binder.get(environment);
		TYPES.forEach((prefix, type) -> check(binder, prefix, Bindable.of(type)));
		check(binder, HUBS, Bindable.mapOf(String.class, Hub.class));
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (SOURCES.apply(source) && source instanceof IterableConfigurationPropertySource iterable) {
				iterable.stream().filter(UnknownKeys::isUnknownAuth).findFirst().ifPresent((name) -> {
					throw unknown(name, null);
				});
			}
		}
	}

	// the binder does not notice what is unknown within an element of a list
	private static boolean isUnknownAuth(ConfigurationPropertyName name) {
		return isOfWebhook(name) && name.getNumberOfElements() > AUTH + 1
				&& name.getElement(AUTH, Form.UNIFORM).equals("auth")
				&& !AUTH_KEYS.contains(name.getElement(AUTH + 1, Form.UNIFORM));
	}

	private static void check(Binder binder, ConfigurationPropertyName prefix, Bindable<?> target) {
		try {
			binder.bind(prefix, target, new NoUnboundElementsBindHandler(BindHandler.DEFAULT, SOURCES));
		}
		catch (BindException ex) {
			if (ex.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
				ConfigurationProperty property = unbound.getUnboundProperties().iterator().next();
				throw unknown(property.getName(), property.getValue());
			}
			throw ex;
		}
	}

	private static RuntimeException unknown(ConfigurationPropertyName name, @Nullable Object value) {
		String key = name.toString();
		String suggestion = Suggestions.nearest(key, known(name))
			.map((known) -> " Did you mean '" + known + "'?")
			.orElse("");
		if (SECRET.matcher(key).find()) {
			return new InvalidAccessKeyException("There is no configuration property '" + key + "'." + suggestion,
					"Correct or remove it.");
		}
		if (isOfWebhook(name)) {
			// the value may be a secret
			return new InvalidHubException("There is no configuration property '" + key + "'." + suggestion,
					"Correct or remove it.");
		}
		return new InvalidConfigurationPropertyValueException(key, value, "There is no such key." + suggestion);
	}

	private static boolean isOfWebhook(ConfigurationPropertyName name) {
		return HUBS.isAncestorOf(name) && name.getNumberOfElements() > LIST
				&& name.getElement(LIST, Form.UNIFORM).startsWith("event");
	}

	private static String index(ConfigurationPropertyName name) {
		int index = LIST + 1;
		boolean indexed = name.getNumberOfElements() > index && name.isNumericIndex(index);
		return indexed ? name.getElement(index, Form.ORIGINAL) : "0";
	}

	private static Set<String> known(ConfigurationPropertyName name) {
		Set<String> keys = new TreeSet<>();
		TYPES.forEach((prefix, type) -> addKeys(prefix.toString(), type, keys));
		if (HUBS.isAncestorOf(name)) {
			String prefix = name.chop(HUBS.getNumberOfElements() + 1).toString();
			keys.add(prefix + ".path");
			addKeys(prefix + ".signalr", SignalrOptions.class, keys);
			addKeys(prefix + ".web-pubsub", WebPubsubOptions.class, keys);
			addKeys(prefix + ".outbound", Outbound.class, keys);
			addKeys(prefix + ".limits", ClientLimitsProperties.class, keys);
			addKeys(prefix + ".rate-limit", HubRateLimitProperties.class, keys);
			if (name.getNumberOfElements() > METHOD) {
				addKeys(name.chop(METHOD).toString(), MethodRate.class, keys);
			}
			for (String list : List.of(".event-handlers[", ".event-listeners[")) {
				String webhook = prefix + list + index(name) + "]";
				addKeys(webhook, Webhook.class, keys);
				addKeys(webhook + ".auth", WebhookAuth.class, keys);
			}
		}
		return keys;
	}

	private static void addKeys(String prefix, Class<?> type, Set<String> keys) {
		for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(type)) {
			if (property.getWriteMethod() != null) {
				keys.add(prefix + "." + dashed(property.getName()));
			}
		}
	}

	private static String dashed(String name) {
		return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

}
