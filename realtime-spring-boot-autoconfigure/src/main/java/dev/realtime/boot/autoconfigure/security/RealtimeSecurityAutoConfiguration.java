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

package dev.realtime.boot.autoconfigure.security;

import dev.realtime.boot.autoconfigure.RealtimeAutoConfiguration;
import dev.realtime.hub.AuthenticationExpiry;
import dev.realtime.invocation.HubEngine;
import dev.realtime.invocation.support.CallerSecurity;
import dev.realtime.security.AuthenticationPrincipalResolver;
import dev.realtime.security.OAuth2TokenExpiry;
import dev.realtime.security.SecurityContextCallerSecurity;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authorization.method.AuthorizationAdvisor;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.oauth2.server.resource.authentication.AbstractOAuth2TokenAuthenticationToken;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for hubs in applications with Spring
 * Security.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = RealtimeAutoConfiguration.class)
@ConditionalOnClass(AuthenticationPrincipal.class)
@ConditionalOnBean(HubEngine.class)
public final class RealtimeSecurityAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	AuthenticationPrincipalResolver hubAuthenticationPrincipalResolver() {
		return new AuthenticationPrincipalResolver();
	}

	// anonymous callers cost something only where methods ask who they are
	@Bean
	@ConditionalOnMissingBean
	CallerSecurity hubCallerSecurity(ListableBeanFactory beanFactory,
			ObjectProvider<SecurityContextHolderStrategy> strategy) {
		boolean methodSecurity = beanFactory.getBeanNamesForType(AuthorizationAdvisor.class, true, false).length > 0;
		return new SecurityContextCallerSecurity(strategy.getIfUnique(SecurityContextHolder::getContextHolderStrategy),
				methodSecurity);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(AbstractOAuth2TokenAuthenticationToken.class)
	static class ResourceServerConfiguration {

		@Bean
		@ConditionalOnMissingBean(AuthenticationExpiry.class)
		OAuth2TokenExpiry hubAuthenticationExpiry() {
			return new OAuth2TokenExpiry();
		}

	}

}
