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

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import dev.realtime.backplane.Backplane;
import dev.realtime.backplane.BackplaneNode;
import dev.realtime.backplane.LocalBackplane;
import dev.realtime.boot.autoconfigure.servlet.RealtimeWebAutoConfiguration;
import dev.realtime.hub.HubConfigurer;
import dev.realtime.hub.HubOptions;
import dev.realtime.hub.HubRegistry;
import dev.realtime.hub.Hubs;
import dev.realtime.hub.UserIdProvider;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.invocation.HubEngine;
import dev.realtime.invocation.HubExecutors;
import dev.realtime.invocation.support.ArgumentValidator;
import dev.realtime.invocation.support.BeanArgumentValidator;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.signalr.HubProtocol;
import dev.realtime.protocol.signalr.JsonHubProtocol;
import dev.realtime.protocol.signalr.MessagePackHubProtocol;
import dev.realtime.security.AuthenticationPrincipalResolver;
import dev.realtime.transport.ConnectionRegistry;
import dev.realtime.transport.Heartbeat;
import dev.realtime.web.HubWeb;
import jakarta.validation.Validator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.msgpack.core.MessagePack;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.VirtualThreadTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the beans of hubs: which there are, and that they back off.
 */
class RealtimeAutoConfigurationTests {

	private final WebApplicationContextRunner runner = RealtimeContextRunner.create();

	@Test
	void applicationWithoutHubsStarts() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(HubEngine.class).hasSingleBean(HubWeb.class);
			assertThat(context.getBean(Hubs.class).names()).isEmpty();
		});
	}

	@Test
	void controllersDeclareHubs() {
		this.runner.withUserConfiguration(ChatController.class)
			.run((context) -> assertThat(context.getBean(Hubs.class).names()).containsExactly("chat"));
	}

	@Test
	void propertiesDeclareHubs() {
		this.runner.withPropertyValues("realtime.hubs.stocks.path=/stocks")
			.run((context) -> assertThat(context.getBean(Hubs.class).names()).containsExactly("stocks"));
	}

	@Test
	void configurersDeclareHubsAndHaveTheLastWord() {
		this.runner.withUserConfiguration(Configurers.class)
			.withPropertyValues("realtime.hubs.stocks.path=/stocks", "realtime.signalr.message-target=data")
			.run((context) -> {
				HubOptions options = context.getBean(HubRegistry.class).hub("stocks").options();
				assertThat(options.path()).isEqualTo("/second");
				assertThat(options.messageTarget()).isEqualTo("data");
			});
	}

	@ParameterizedTest
	@MethodSource("ownBeans")
	<T> void beansBackOff(Class<T> type, T own) {
		this.runner.withBean("own", type, () -> own).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBeanNamesForType(type)).containsExactly("own");
		});
	}

	static Stream<Object[]> ownBeans() {
		return Stream.of(new Object[] { HubRegistry.class, new HubRegistry((name) -> HubOptions.at("/" + name)) },
				new Object[] { JsonHubProtocol.class, new JsonHubProtocol(JsonMapper.shared()) },
				new Object[] { MessagePackHubProtocol.class, new MessagePackHubProtocol(JsonMapper.shared()) },
				new Object[] { UserIdProvider.class, UserIdProvider.principalName() },
				new Object[] { HubExecutors.class, HubExecutors.platform() },
				new Object[] { Backplane.class, new LocalBackplane() },
				new Object[] { BackplaneNode.class, BackplaneNode.local() },
				new Object[] { ConnectionRegistry.class, new ConnectionRegistry() },
				new Object[] { Heartbeat.class, new Heartbeat(List.of()) },
				new Object[] { HubWeb.class, HubWeb.builder(new ConnectionRegistry(), List.of()).build() },
				new Object[] { AuthenticationPrincipalResolver.class, new AuthenticationPrincipalResolver() });
	}

	@Test
	void engineBacksOff() {
		this.runner.withUserConfiguration(OwnEngine.class)
			.run((context) -> assertThat(context.getBeanNamesForType(HubEngine.class)).containsExactly("ownEngine"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "hubHandlerMapping", "hubAccessTokenFilter", "hubAccessTokenFilterRegistration",
			"hubAccessLogCustomizer" })
	void beansBackOffByName(String name) {
		this.runner.withBean(name, Object.class, Object::new).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(name)).isExactlyInstanceOf(Object.class);
		});
	}

	@Test
	void disabledLeavesNothing() {
		Set<String> without = new TreeSet<>();
		RealtimeContextRunner.withoutRealtime()
			.withUserConfiguration(ChatController.class)
			.run((context) -> without.addAll(List.of(context.getBeanDefinitionNames())));
		this.runner.withUserConfiguration(ChatController.class)
			.withPropertyValues("realtime.enabled=false")
			.run((context) -> {
				Set<String> names = new TreeSet<>(List.of(context.getBeanDefinitionNames()));
				names.removeAll(Set.of("org.springframework.boot.autoconfigure.AutoConfigurationPackages"));
				assertThat(names).isEqualTo(without);
			});
	}

	@Test
	void nothingWithoutWeb() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(RealtimeContextRunner.AUTO_CONFIGURATIONS))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(HubEngine.class)
				.doesNotHaveBean(Backplane.class)
				.doesNotHaveBean(RealtimeProperties.class)
				.doesNotHaveBean(RealtimeWebAutoConfiguration.class));
	}

	@Test
	void protocolUsesTheMapperOfTheApplication() {
		this.runner.withPropertyValues("spring.jackson.property-naming-strategy=SNAKE_CASE")
			.run((context) -> assertThat(context.getBean(JsonHubProtocol.class)
				.encode(new ServerMessage.Invocation("priced", List.of(new Price(1))))
				.asText()).contains("{\"last_price\":1}"));
	}

	@Test
	void protocolWorksWithoutMapperBean() {
		new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(RealtimeContextRunner.AUTO_CONFIGURATIONS))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(JsonHubProtocol.class));
	}

	@Test
	void protocolsAreJsonAndMessagePack() {
		this.runner
			.withPropertyValues("spring.jackson.property-naming-strategy=SNAKE_CASE",
					"realtime.hubs.chat.signalr.protocols=messagepack")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBeanProvider(HubProtocol.class).orderedStream()).extracting(HubProtocol::name)
					.containsExactly("json", "messagepack");
				assertThat(context.getBean(MessagePackHubProtocol.class)
					.encode(new ServerMessage.Invocation("priced", List.of(new Price(1))))
					.asText()).contains("last_price");
			});
	}

	@Test
	void messagePackNeedsItsLibrary() {
		WebApplicationContextRunner without = this.runner
			.withClassLoader(new FilteredClassLoader(MessagePack.class.getPackageName()))
			.withUserConfiguration(ChatController.class);
		without.run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(HubWeb.class);
			assertThat(context.getBeanProvider(HubProtocol.class).stream()).extracting(HubProtocol::name)
				.containsExactly("json");
		});
		without.withPropertyValues("realtime.signalr.protocols=messagepack")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("realtime.signalr.protocols"));
	}

	@Test
	void threadsArePlatformThreads() {
		this.runner.run((context) -> assertThat(context.getBean(HubExecutors.class).invocations())
			.isNotInstanceOf(VirtualThreadTaskExecutor.class));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void threadsAreVirtualIfEnabled() {
		this.runner.withPropertyValues("spring.threads.virtual.enabled=true")
			.run((context) -> assertThat(context.getBean(HubExecutors.class).invocations())
				.isInstanceOf(VirtualThreadTaskExecutor.class));
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_20)
	void threadsAreNotVirtualWhereThereAreNone() {
		this.runner.withPropertyValues("spring.threads.virtual.enabled=true")
			.run((context) -> assertThat(context.getBean(HubExecutors.class).invocations())
				.isNotInstanceOf(VirtualThreadTaskExecutor.class));
	}

	@Test
	void argumentsAreValidatedWithTheValidatorOfTheApplication() {
		this.runner.withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
			.run((context) -> assertThat(context).hasSingleBean(BeanArgumentValidator.class));
	}

	@Test
	void argumentsAreNotValidatedWithoutValidator() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(ArgumentValidator.class));
	}

	@Test
	void argumentValidatorBacksOff() {
		this.runner.withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
			.withUserConfiguration(OwnArgumentValidator.class)
			.run((context) -> assertThat(context.getBeanNamesForType(ArgumentValidator.class)).containsExactly("own"));
	}

	@Test
	void worksWithoutJakartaValidation() {
		worksWithout(Validator.class.getPackageName());
	}

	@Test
	void worksWithoutSpringSecurity() {
		worksWithout("org.springframework.security");
	}

	@Test
	void worksWithoutReactor() {
		worksWithout(Flux.class.getPackageName(), "org.reactivestreams");
	}

	@Test
	void worksWithoutTomcat() {
		worksWithout("org.apache.catalina");
	}

	private void worksWithout(String... packages) {
		this.runner.withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader(packages))
			.withUserConfiguration(ChatController.class)
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(HubWeb.class));
	}

	@Test
	void allAutoConfigurationsAreTested() {
		List<String> listed = ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader())
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith("dev.realtime."))
			.toList();
		assertThat(RealtimeContextRunner.AUTO_CONFIGURATIONS).extracting(Class::getName)
			.containsExactlyInAnyOrderElementsOf(listed);
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnEngine {

		@Bean
		HubEngine ownEngine(ConfigurableListableBeanFactory beanFactory) {
			return HubEngine
				.builder(beanFactory, new HubRegistry((name) -> HubOptions.at("/" + name)),
						List.of(new JsonHubProtocol(JsonMapper.shared())))
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnArgumentValidator {

		@Bean
		ArgumentValidator own(Validator validator) {
			return new BeanArgumentValidator(validator);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Configurers {

		@Bean
		@Order(2)
		HubConfigurer second() {
			return configurer("/second");
		}

		@Bean
		@Order(1)
		HubConfigurer first() {
			return configurer("/first");
		}

		private static HubConfigurer configurer(String path) {
			return new HubConfigurer() {

				@Override
				public void configureHubs(HubRegistry registry) {
					registry.hub("stocks").path(path);
				}

			};
		}

	}

	record Price(int lastPrice) {

	}

	@HubController("chat")
	static class ChatController {

	}

}
