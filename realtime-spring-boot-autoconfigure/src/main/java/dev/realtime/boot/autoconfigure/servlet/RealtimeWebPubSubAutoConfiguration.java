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

import com.nimbusds.jose.JWSSigner;
import dev.realtime.boot.autoconfigure.RealtimeAutoConfiguration;
import dev.realtime.boot.autoconfigure.RealtimeProperties;
import dev.realtime.boot.autoconfigure.WebPubSubKeys;
import dev.realtime.hub.ClientAccessIssuer;
import dev.realtime.invocation.HubEngine;
import dev.realtime.web.AccessKeys;
import dev.realtime.web.AccessTokens;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the access keys and tokens of
 * Web PubSub.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = RealtimeAutoConfiguration.class)
@ConditionalOnBean(HubEngine.class)
@ConditionalOnClass(JWSSigner.class)
@Conditional(RealtimeWebPubSubAutoConfiguration.OnAccessKey.class)
public final class RealtimeWebPubSubAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	AccessKeys webPubSubAccessKeys(RealtimeProperties properties) {
		return WebPubSubKeys.keys(properties.getWebPubsub());
	}

	@Bean
	@ConditionalOnMissingBean
	AccessTokens webPubSubAccessTokens(AccessKeys keys, RealtimeProperties properties) {
		return WebPubSubKeys.tokens(keys, properties.getWebPubsub());
	}

	@Bean
	LocalEndpoint webPubSubLocalEndpoint(ObjectProvider<ServerProperties> properties) {
		ServerProperties server = properties.getIfAvailable();
		return new LocalEndpoint((server != null) ? server.getSsl() : null);
	}

	@Bean
	@ConditionalOnMissingBean
	ClientAccessIssuer webPubSubClientAccessIssuer(AccessTokens tokens, LocalEndpoint localEndpoint) {
		return tokens.issuer(localEndpoint);
	}

	@Bean
	@ConditionalOnBooleanProperty("realtime.web-pubsub.generate-access-key")
	GeneratedAccessKeyReport webPubSubGeneratedAccessKeyReport(AccessKeys keys, RealtimeProperties properties,
			LocalEndpoint localEndpoint) {
		return new GeneratedAccessKeyReport(keys, properties.getWebPubsub().getPublicEndpoints(), localEndpoint);
	}

	/**
	 * Matches if there is an access key, or one is to be generated.
	 */
	static class OnAccessKey extends AnyNestedCondition {

		OnAccessKey() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnProperty("realtime.web-pubsub.access-key")
		static class Configured {

		}

		@ConditionalOnBooleanProperty("realtime.web-pubsub.generate-access-key")
		static class Generated {

		}

	}

}
