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

package dev.realtime.invocation;

import java.util.ArrayList;
import java.util.List;

import dev.realtime.hub.HubOptions;
import dev.realtime.raw.ConnectionController;
import dev.realtime.raw.RawConnectionHandler;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The endpoints of an application that are no hubs: one for each path of a
 * {@link ConnectionController @ConnectionController}.
 */
final class RawEndpoints {

	private final HubEngine.Builder settings;

	private final List<RawEndpoint> endpoints = new ArrayList<>();

	/**
	 * Find the handlers. No bean is created.
	 * @param settings where they are found, and what else there is to know
	 * @throws InvalidHubException if one of them is no handler, or its path is not valid
	 */
	RawEndpoints(HubEngine.Builder settings) {
		this.settings = settings;
		ConfigurableListableBeanFactory beanFactory = settings.beanFactory;
		for (String beanName : beanFactory.getBeanNamesForAnnotation(ConnectionController.class)) {
			ConnectionController annotation = beanFactory.findAnnotationOnBean(beanName, ConnectionController.class);
			Class<?> type = AutoProxyUtils.determineTargetClass(beanFactory, beanName);
			if (annotation != null && type != null && !ScopedProxyUtils.isScopedTarget(beanName)) {
				check(type, annotation);
				for (String path : annotation.value()) {
					this.endpoints.add(new RawEndpoint(beanName, type, options(type, path), settings));
				}
			}
		}
	}

	private static void check(Class<?> type, ConnectionController annotation) {
		if (!RawConnectionHandler.class.isAssignableFrom(type)) {
			throw new InvalidHubException(
					"%s is a @ConnectionController but not a RawConnectionHandler.".formatted(type.getName()),
					"Let the class implement RawConnectionHandler. The methods of a hub belong to a @HubController.");
		}
		if (annotation.value().length == 0) {
			throw new InvalidHubException("The @ConnectionController %s has no path.".formatted(type.getName()),
					"Name its path, for example @ConnectionController(\"/echo\").");
		}
	}

	private HubOptions options(Class<?> type, String path) {
		try {
			// clients that reconnect count messages, which takes a protocol
			return this.settings.rawOptions.toBuilder().path(path).statefulReconnectBufferSize(0).build();
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidHubException("The path '%s' of the @ConnectionController %s is invalid: %s."
				.formatted(path, type.getName(), ex.getMessage()),
					"Correct the path, for example @ConnectionController(\"/echo\").");
		}
	}

	/**
	 * Connect the endpoints with their handlers, since all singletons exist.
	 */
	void connect() {
		for (RawEndpoint endpoint : this.endpoints) {
			endpoint.connect(this.settings.beanFactory.getBean(endpoint.beanName(), RawConnectionHandler.class),
					this.settings.security.get());
		}
	}

	List<RawEndpoint> all() {
		return this.endpoints;
	}

	/**
	 * Return how many connections the handlers have not seen the end of.
	 * @return the number of connections
	 */
	int connectionCount() {
		return this.endpoints.stream().mapToInt(RawEndpoint::connectionCount).sum();
	}

}
