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

import java.util.List;

import dev.realtime.web.AccessKeys;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Says what to configure SDKs with, when the application has made an access key itself.
 */
final class GeneratedAccessKeyReport implements ApplicationListener<ApplicationReadyEvent> {

	private static final Log logger = LogFactory.getLog(GeneratedAccessKeyReport.class);

	private final AccessKeys keys;

	private final List<String> publicEndpoints;

	private final LocalEndpoint localEndpoint;

	GeneratedAccessKeyReport(AccessKeys keys, List<String> publicEndpoints, LocalEndpoint localEndpoint) {
		this.keys = keys;
		this.publicEndpoints = publicEndpoints;
		this.localEndpoint = localEndpoint;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		String endpoint = this.publicEndpoints.isEmpty() ? this.localEndpoint.get() : this.publicEndpoints.get(0);
		if (endpoint != null) {
			logger.warn(("%n%nConnection string for Web PubSub, with a generated access key:%n%n%s%n%n"
					+ "This key is for development only: it is another one after each start. In production, set "
					+ "realtime.web-pubsub.access-key.%n")
				.formatted(this.keys.connectionString(endpoint)));
		}
	}

}
