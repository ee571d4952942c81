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

import dev.realtime.boot.autoconfigure.RealtimeAutoConfiguration;
import dev.realtime.boot.autoconfigure.RealtimeProperties;
import dev.realtime.invocation.HubEngine;
import dev.realtime.transport.netty.SocketTakeover;
import io.netty.channel.socket.nio.NioSocketChannel;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the engine that serves
 * WebSockets.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = RealtimeAutoConfiguration.class)
@ConditionalOnBean(HubEngine.class)
public final class RealtimeWebSocketAutoConfiguration {

	@Bean
	WebSocketEngineReport webSocketEngineReport(RealtimeProperties properties,
			ObjectProvider<SocketTakeover> takeover) {
		return new WebSocketEngineReport(properties.getWebsocket(), takeover);
	}

	/**
	 * The engine on Netty.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(NioSocketChannel.class)
	static class NettyConfiguration {

		@Bean
		@ConditionalOnMissingBean
		@Conditional(OnNettyEngine.class)
		SocketTakeover socketTakeover(ApplicationContext context, RealtimeProperties properties) {
			return new WebServerSocketTakeover(() -> (context instanceof WebServerApplicationContext webContext)
					? webContext.getWebServer() : null, properties.getWebsocket().getNetty().isDetach());
		}

	}

	/**
	 * Matches unless the servlet container was chosen.
	 */
	static class OnNettyEngine extends NoneNestedConditions {

		OnNettyEngine() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnProperty(name = "realtime.websocket.engine", havingValue = "servlet")
		static class ServletEngine {

		}

	}

}
