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
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.realtime.hub.Hubs;
import dev.realtime.invocation.HubEngine;
import dev.realtime.protocol.CloseReason;
import dev.realtime.raw.ConnectionController;
import dev.realtime.raw.RawConnection;
import dev.realtime.raw.RawConnectionHandler;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for raw connections in a running application that has no hub.
 */
class RawConnectionServerTests {

	private static final List<String> events = new CopyOnWriteArrayList<>();

	private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

	private TestServer server;

	@AfterEach
	void stop() {
		this.server.close();
		events.clear();
	}

	@ParameterizedTest
	@ValueSource(strings = { "netty", "servlet" })
	void echoes(String engine) throws Exception {
		this.server = TestServer.start(Application.class, "server.servlet.context-path=/app",
				"realtime.websocket.engine=" + engine);
		assertThat(this.server.context().getBean(Hubs.class).names()).isEmpty();
		WebSocket client = connect("/app/echo");
		client.sendText("hello", true).join();
		assertThat(next()).isEqualTo("hello");
		client.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
		assertThat(next()).isEqualTo("closed 1000");
	}

	@Test
	void shutdownClosesConnectionsAndWaitsForTheirHandlers() throws Exception {
		this.server = TestServer.start(Application.class);
		WebSocket client = connect("/echo");
		client.sendText("hello", true).join();
		assertThat(next()).isEqualTo("hello");
		this.server.close();
		assertThat(next()).isEqualTo("closed 1001");
		assertThat(events).containsExactly("disconnected server-shutdown");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void handlersAreCalledThroughTheirProxies(boolean ofClass) throws Exception {
		this.server = TestServer.start(ofClass ? ProxiedClass.class : ProxiedInterface.class);
		WebSocket client = connect("/echo");
		client.sendText("hello", true).join();
		assertThat(next()).isEqualTo("hello");
		assertThat(events).containsExactly("onConnected", "onData");
	}

	@Test
	void optionsAreThoseOfAllHubs() {
		this.server = TestServer.start(Application.class, "realtime.signalr.transports=long-polling",
				"realtime.outbound.max-messages=7");
		assertThat(this.server.context().getBean(HubEngine.class).endpoints()).singleElement().satisfies((endpoint) -> {
			assertThat(endpoint.options().path()).isEqualTo("/echo");
			assertThat(endpoint.options().transports()).hasSize(1);
			assertThat(endpoint.options().outbound().maxMessages()).isEqualTo(7);
		});
	}

	private WebSocket connect(String path) {
		URI uri = URI.create("ws://localhost:" + this.server.port() + path);
		return HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(uri, new Listener()).join();
	}

	private String next() throws InterruptedException {
		return this.received.poll(30, TimeUnit.SECONDS);
	}

	private final class Listener implements WebSocket.Listener {

		@Override
		public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
			RawConnectionServerTests.this.received.add(data.toString());
			webSocket.request(1);
			return null;
		}

		@Override
		public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
			RawConnectionServerTests.this.received.add("closed " + statusCode);
			return null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Echo.class)
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Echo.class)
	static class ProxiedClass {

		@Bean
		static BeanPostProcessor proxies() {
			return new Proxies(true);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Echo.class)
	static class ProxiedInterface {

		@Bean
		static BeanPostProcessor proxies() {
			return new Proxies(false);
		}

	}

	@ConnectionController("/echo")
	static class Echo implements RawConnectionHandler {

		@Override
		public void onData(RawConnection connection, ByteBuffer data) {
			connection.send(data);
		}

		@Override
		public void onDisconnected(RawConnection connection, CloseReason reason, Throwable cause) {
			events.add("disconnected " + reason.name());
		}

	}

	private record Proxies(boolean ofClass) implements BeanPostProcessor {

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			if (!(bean instanceof Echo)) {
				return bean;
			}
			ProxyFactory proxy = new ProxyFactory(bean);
			proxy.setProxyTargetClass(this.ofClass);
			proxy.addAdvice((MethodInterceptor) (invocation) -> {
				events.add(invocation.getMethod().getName());
				return invocation.proceed();
			});
			return proxy.getProxy();
		}

	}

}
