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

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.util.StringUtils;
import org.springframework.web.context.WebApplicationContext;

/**
 * The URL the application is reached at from its own host, once its web server runs.
 */
final class LocalEndpoint implements ApplicationListener<ServletWebServerInitializedEvent>, Supplier<@Nullable String> {

	private final @Nullable Ssl ssl;

	private volatile @Nullable String url;

	LocalEndpoint(@Nullable Ssl ssl) {
		this.ssl = ssl;
	}

	@Override
	public void onApplicationEvent(ServletWebServerInitializedEvent event) {
		WebApplicationContext context = event.getApplicationContext();
		// clients are not served by the server for management
		if (!StringUtils.hasText(event.getApplicationContext().getServerNamespace())) {
			String path = (context.getServletContext() != null) ? context.getServletContext().getContextPath() : "";
			this.url = (Ssl.isEnabled(this.ssl) ? "https" : "http") + "://localhost:" + event.getWebServer().getPort()
					+ path;
		}
	}

	@Override
	public @Nullable String get() {
		return this.url;
	}

}
