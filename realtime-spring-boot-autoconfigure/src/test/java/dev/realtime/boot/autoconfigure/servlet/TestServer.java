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

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An application on a random port.
 */
public final class TestServer implements AutoCloseable {

	private static final String JETTY = "org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration";

	private static final String TOMCAT = "org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration";

	static final String WITHOUT_SECURITY = """
			spring.autoconfigure.exclude=\
			org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration,\
			org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration,\
			org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration,\
			org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration,\
			org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration,\
			org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration,\
			org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.\
			OAuth2ResourceServerWebSecurityAutoConfiguration""";

	private final ConfigurableApplicationContext context;

	private final int port;

	private TestServer(ConfigurableApplicationContext context) {
		this.context = context;
		this.port = ((WebServerApplicationContext) context).getWebServer().getPort();
	}

	/**
	 * Start an application in Tomcat, with all auto-configurations but those of Spring
	 * Security.
	 */
	public static TestServer start(Class<?> configuration, String... properties) {
		return run(TomcatApplication.class, configuration, withoutSecurity(properties));
	}

	/**
	 * Start an application in Jetty, with all auto-configurations but those of Spring
	 * Security.
	 */
	public static TestServer startOnJetty(Class<?> configuration, String... properties) {
		return run(JettyApplication.class, configuration, withoutSecurity(properties));
	}

	/**
	 * Start an application in Tomcat, with all auto-configurations.
	 */
	public static TestServer startSecured(Class<?> configuration, String... properties) {
		return run(TomcatApplication.class, configuration, properties);
	}

	private static String[] withoutSecurity(String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add(WITHOUT_SECURITY);
		return all.toArray(String[]::new);
	}

	private static TestServer run(Class<?> application, Class<?> configuration, String... properties) {
		return new TestServer(new SpringApplicationBuilder(application, configuration).web(WebApplicationType.SERVLET)
			.properties("server.port=0", "spring.main.banner-mode=off", "spring.main.register-shutdown-hook=false",
					"logging.level.root=error", "spring.jmx.enabled=false")
			.properties(properties)
			.run());
	}

	public ConfigurableApplicationContext context() {
		return this.context;
	}

	public int port() {
		return this.port;
	}

	public URI uri(String path) {
		return URI.create("http://localhost:" + this.port + path);
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(excludeName = JETTY)
	static class TomcatApplication {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(excludeName = TOMCAT)
	static class JettyApplication {

	}

}
