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

import org.springframework.core.env.Environment;

/**
 * Where filters stand in the chain.
 */
final class FilterOrder {

	/**
	 * Before the filter that exposes the request (-105), which is before that of Spring
	 * Security; after those for encoding, forwarded headers and observation.
	 */
	private static final int FILTER_ORDER = -110;

	private static final int SECURITY_FILTER_ORDER = -100;

	private FilterOrder() {
	}

	/**
	 * Return the order of filters that come before Spring Security.
	 * @param environment the environment, which may have an order for Spring Security
	 * @return the order
	 */
	static int beforeSecurity(Environment environment) {
		int securityOrder = environment.getProperty("spring.security.filter.order", Integer.class,
				SECURITY_FILTER_ORDER);
		return Math.min(FILTER_ORDER, securityOrder - 10);
	}

}
