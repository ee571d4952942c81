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

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.realtime.event.ConnectedEvent;
import dev.realtime.hub.HubConfigurer;
import dev.realtime.hub.HubContext;
import dev.realtime.hub.HubFilter;
import dev.realtime.hub.Hubs;
import dev.realtime.hub.TypedHubContext;
import dev.realtime.hub.annotation.Hub;
import dev.realtime.hub.annotation.HubClient;
import dev.realtime.hub.annotation.HubController;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for the injection of hubs.
 */
class HubContextAutoConfigurationTests {

	private final WebApplicationContextRunner runner = RealtimeContextRunner.create()
		.withUserConfiguration(ChatController.class, StocksController.class);

	private final WebApplicationContextRunner singleHub = RealtimeContextRunner.create()
		.withUserConfiguration(ChatController.class);

	@ParameterizedTest
	@ValueSource(classes = { ByConstructor.class, ByField.class, BySetter.class, ByMetaAnnotation.class,
			ByProvider.class, ByLazy.class, ByOtherCase.class })
	void byName(Class<? extends HasHub> type) {
		this.runner.withUserConfiguration(type)
			.run((context) -> assertThat(context.getBean(type).hub().hub()).isEqualTo("stocks"));
	}

	@Test
	void intoBeanMethods() {
		this.runner.withUserConfiguration(ByBeanMethod.class)
			.run((context) -> assertThat(context.getBean("hubName")).isEqualTo("stocks"));
	}

	@Test
	void theOnlyHubWithoutName() {
		this.singleHub.withUserConfiguration(WithoutName.class)
			.run((context) -> assertThat(context.getBean(WithoutName.class).hub().hub()).isEqualTo("chat"));
	}

	@Test
	void sameHubEverywhere() {
		this.runner.withUserConfiguration(ByConstructor.class)
			.run((context) -> assertThat(context.getBean(ByConstructor.class).hub())
				.isSameAs(context.getBean(Hubs.class).get("stocks")));
	}

	@Test
	void typedHubOfTheClientInterface() {
		this.runner.withUserConfiguration(Typed.class).run((context) -> {
			Typed typed = context.getBean(Typed.class);
			assertThat(typed.chat().hub()).isEqualTo("chat");
			assertThat(typed.provider().getObject().hub()).isEqualTo("chat");
			assertThat(typed.chat().all()).isInstanceOf(ChatClient.class);
		});
	}

	@Test
	void typedHubOfOneOfSeveral() {
		this.runner.withUserConfiguration(TypedByName.class)
			.run((context) -> assertThat(context.getBean(TypedByName.class).context().hub()).isEqualTo("stocks"));
	}

	@Test
	void whateverHubsCallMayHaveThemInjected() {
		this.runner.withUserConfiguration(Everything.class)
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(Everything.class));
	}

	@Test
	void contextsBackOff() {
		HubContext own = mock(HubContext.class);
		TypedHubContext<?> typed = mock(TypedHubContext.class);
		this.singleHub.withBean(HubContext.class, () -> own)
			.withBean(TypedHubContext.class, () -> typed)
			.withUserConfiguration(WithoutName.class)
			.run((context) -> {
				assertThat(context.getBean(WithoutName.class).hub()).isSameAs(own);
				assertThat(context.getBean(TypedHubContext.class)).isSameAs(typed);
			});
	}

	interface HasHub {

		HubContext hub();

	}

	@HubController("chat")
	static class ChatController {

		ChatController(@Hub("chat") HubContext chat) {
		}

	}

	@HubController("stocks")
	static class StocksController {

	}

	record ByConstructor(@Hub("stocks") HubContext hub) implements HasHub {

	}

	record ByOtherCase(@Hub("STOCKS") HubContext hub) implements HasHub {

	}

	record ByMetaAnnotation(@StocksHub HubContext hub) implements HasHub {

	}

	record ByLazy(@Lazy @Hub("stocks") HubContext hub) implements HasHub {

	}

	record WithoutName(HubContext hub) implements HasHub {

	}

	static class ByField implements HasHub {

		@Autowired
		@Hub("stocks")
		private HubContext context;

		@Override
		public HubContext hub() {
			return this.context;
		}

	}

	static class BySetter implements HasHub {

		private HubContext context;

		@Autowired
		void setContext(@Hub("stocks") HubContext context) {
			this.context = context;
		}

		@Override
		public HubContext hub() {
			return this.context;
		}

	}

	static class ByProvider implements HasHub {

		private final ObjectProvider<HubContext> provider;

		ByProvider(@Hub("stocks") ObjectProvider<HubContext> provider) {
			this.provider = provider;
		}

		@Override
		public HubContext hub() {
			return this.provider.getObject();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ByBeanMethod {

		@Bean
		String hubName(@Hub("stocks") HubContext context) {
			return context.hub();
		}

	}

	record Typed(TypedHubContext<ChatClient> chat, ObjectProvider<TypedHubContext<ChatClient>> provider) {

	}

	record TypedByName(@Hub("stocks") TypedHubContext<AnyClient> context) {

	}

	static class Everything implements HubFilter, Filter {

		Everything(@Hub("chat") HubContext chat, TypedHubContext<ChatClient> clients, Hubs hubs,
				ObjectProvider<HubConfigurer> configurers) {
		}

		@EventListener
		void on(ConnectedEvent event) {
		}

		@Override
		public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) {
		}

	}

	@Target({ ElementType.PARAMETER, ElementType.FIELD })
	@Retention(RetentionPolicy.RUNTIME)
	@Hub("stocks")
	@interface StocksHub {

	}

	@HubClient("chat")
	interface ChatClient {

		void messageReceived(String user, String text);

	}

	@HubClient({ "chat", "stocks" })
	interface AnyClient {

		void ping();

	}

}
