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

import dev.realtime.boot.autoconfigure.RealtimeProperties.Websocket;
import dev.realtime.boot.autoconfigure.RealtimeProperties.Websocket.Engine;
import dev.realtime.transport.netty.SocketTakeover;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.util.StringUtils;

/**
 * Says which engine serves WebSockets of which port, and why, when the web server has
 * started; stops the start if it is not the one that was asked for.
 */
final class WebSocketEngineReport implements ApplicationListener<ServletWebServerInitializedEvent> {

	private static final Log logger = LogFactory.getLog(WebSocketEngineReport.class);

	private final Websocket properties;

	private final ObjectProvider<SocketTakeover> takeover;

	WebSocketEngineReport(Websocket properties, ObjectProvider<SocketTakeover> takeover) {
		this.properties = properties;
		this.takeover = takeover;
	}

	@Override
	public void onApplicationEvent(ServletWebServerInitializedEvent event) {
		// hubs are not served by the server for management
		if (!StringUtils.hasText(event.getApplicationContext().getServerNamespace())) {
			WebServer server = event.getWebServer();
			WebServerSocketTakeover.ports(server).forEach((port) -> report(port, server));
		}
	}

	private void report(int port, WebServer server) {
		String refusal = refusal(port);
		if (refusal != null && this.properties.getEngine() == Engine.NETTY) {
			throw new WebSocketEngineException(port, refusal);
		}
		logger.info("WebSockets on port " + port + " are served by "
				+ ((refusal != null) ? "the servlet container: " + refusal : netty(server)));
	}

	private String netty(WebServer server) {
		if (!this.properties.getNetty().isDetach()) {
			return "Netty";
		}
		return WebServerSocketTakeover.canDetach(server) ? "Netty, detached from the web server"
				: "Netty, and only Tomcat can be detached from";
	}

	private @Nullable String refusal(int port) {
		if (this.properties.getEngine() == Engine.SERVLET) {
			return "realtime.websocket.engine=servlet";
		}
		SocketTakeover takeover = this.takeover.getIfAvailable();
		return (takeover != null) ? takeover.refusal(port) : "Netty is not on the class path";
	}

}
