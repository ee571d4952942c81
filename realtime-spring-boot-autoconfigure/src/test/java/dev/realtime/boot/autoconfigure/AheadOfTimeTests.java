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

package dev.realtime.boot.autoconfigure;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

import dev.realtime.hub.HubContext;
import dev.realtime.hub.Hubs;
import dev.realtime.hub.TypedHubContext;
import dev.realtime.hub.annotation.Hub;
import dev.realtime.hub.annotation.HubClient;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.invocation.HubEngine;
import dev.realtime.raw.ConnectionController;
import dev.realtime.raw.RawConnection;
import dev.realtime.raw.RawConnectionHandler;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.Configurations;
import org.springframework.boot.web.context.servlet.AnnotationConfigServletWebApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.javapoet.ClassName;
import org.springframework.mock.web.MockServletContext;
import org.springframework.web.context.support.GenericWebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for hubs in an application that was processed ahead of time.
 */
class AheadOfTimeTests {

	private final TestGenerationContext generation = new TestGenerationContext(
			ClassName.get("dev.realtime.boot.autoconfigure", "AheadOfTimeTests"));

	@Test
	@CompileWithForkedClassLoader
	void hubsAreInjected() {
		compile((context) -> {
			assertThat(context.getBean(Hubs.class).names()).containsExactly("chat", "stocks");
			News news = context.getBean(News.class, Echo.class);
			assertThat(news.stocks().hub()).isEqualTo("stocks");
			assertThat(news.chat().hub()).isEqualTo("chat");
			assertThat(news.chat().all()).isInstanceOf(ChatClient.class);
		});
	}

	@Test
	@CompileWithForkedClassLoader
	void handlersOfRawConnectionsAreFound() {
		compile((context) -> assertThat(context.getBean(HubEngine.class).endpoints())
			.extracting((endpoint) -> endpoint.options().path())
			.containsExactly("/hubs/chat", "/hubs/stocks", "/echo"));
	}

	@Test
	void propertiesCanBeBoundInANativeImage() {
		process();
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(RealtimeProperties.Hub.class, "setPath"))
			.accepts(this.generation.getRuntimeHints());
	}

	private void compile(Consumer<GenericWebApplicationContext> test) {
		ClassName initializer = process();
		TestCompiler.forSystem().with(this.generation).compile((compiled) -> {
			GenericWebApplicationContext context = new GenericWebApplicationContext();
			context.setServletContext(new MockServletContext());
			instance(compiled.getInstance(ApplicationContextInitializer.class, initializer.canonicalName()))
				.initialize(context);
			try (context) {
				context.refresh();
				test.accept(context);
			}
		});
	}

	@SuppressWarnings("unchecked")
	private static ApplicationContextInitializer<GenericWebApplicationContext> instance(
			ApplicationContextInitializer<?> initializer) {
		return (ApplicationContextInitializer<GenericWebApplicationContext>) initializer;
	}

	private ClassName process() {
		AnnotationConfigServletWebApplicationContext context = new AnnotationConfigServletWebApplicationContext();
		context.setServletContext(new MockServletContext());
		context.register(ChatController.class, StocksController.class, News.class, Echo.class);
		context.register(Configurations.getClasses(AutoConfigurations.of(RealtimeContextRunner.AUTO_CONFIGURATIONS)));
		ClassName initializer = new ApplicationContextAotGenerator().processAheadOfTime(context, this.generation);
		this.generation.writeGeneratedContent();
		return initializer;
	}

	@HubController("chat")
	static class ChatController {

		@HubMethod
		void send(String text) {
		}

	}

	@HubController("stocks")
	static class StocksController {

	}

	@ConnectionController("/echo")
	static class Echo implements RawConnectionHandler {

		@Override
		public void onData(RawConnection connection, ByteBuffer data) {
			connection.send(data);
		}

	}

	record News(@Hub("stocks") HubContext stocks, TypedHubContext<ChatClient> chat) {

	}

	@HubClient("chat")
	interface ChatClient {

		void messageReceived(String text);

	}

}
