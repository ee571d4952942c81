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

package dev.realtime.boot.autoconfigure.observation;

import java.util.List;
import java.util.stream.Stream;

import dev.realtime.observation.DefaultHubCallObservationConvention;
import dev.realtime.observation.HubCallObservationConvention;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationFilter;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationHandlerGroup;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationRegistryCustomizer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallListeners}.
 */
class CallListenersTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class, MetricsAutoConfiguration.class))
		.withUserConfiguration(Timers.class);

	private static boolean areNone(ApplicationContextRunner runner) {
		boolean[] none = new boolean[1];
		runner.run((context) -> {
			assertThat(context).hasNotFailed();
			none[0] = new CallListeners(context.getSourceApplicationContext().getBeanFactory(),
					context.getBean(HubCallTimers.class))
				.areNone();
		});
		return none[0];
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.observations.key-values.region=eu",
			"management.observations.enable.other=false", "management.metrics.tags.region=eu" })
	void nobodyListensInAnOrdinaryApplication(String property) {
		assertThat(areNone(this.runner)).isTrue();
		assertThat(areNone(this.runner.withPropertyValues(property))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.observations.enable.realtime=false",
			"management.observations.enable.realtime.hub.call=false", "management.observations.enable.all=false" })
	void whatIsSwitchedOffIsNotRecorded(String property) {
		assertThat(areNone(this.runner.withPropertyValues(property))).isFalse();
	}

	@ParameterizedTest
	@MethodSource
	void beanOfTheApplicationCounts(Class<?> configuration) {
		assertThat(areNone(this.runner.withUserConfiguration(configuration))).isFalse();
	}

	static Stream<Named<Class<?>>> beanOfTheApplicationCounts() {
		return Stream
			.of(HandlerOfOwn.class, FirstTimers.class, Group.class, Customizer.class, Filter.class, Predicate.class,
					Convention.class, GlobalConvention.class, Registry.class)
			.map((type) -> Named.of(type.getSimpleName(), type));
	}

	@Test
	void timersThatAreNotRegisteredDoNotSuffice() {
		this.runner
			.run((context) -> assertThat(new CallListeners(context.getSourceApplicationContext().getBeanFactory(),
					new HubCallTimers(new SimpleMeterRegistry(), List::of))
				.areNone()).isFalse());
	}

	@Configuration(proxyBeanMethods = false)
	static class Timers {

		@Bean
		MeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

		@Bean
		@Order(0)
		HubCallTimers timers(MeterRegistry registry, ObjectProvider<ObservationFilter> filters) {
			return new HubCallTimers(registry, () -> filters.orderedStream().toList());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class HandlerOfOwn {

		@Bean
		ObservationHandler<Observation.Context> handler() {
			return (context) -> true;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FirstTimers {

		@Bean
		@Order(-1)
		DefaultMeterObservationHandler handler(MeterRegistry registry) {
			return new DefaultMeterObservationHandler(registry);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Group {

		@Bean
		ObservationHandlerGroup group() {
			return ObservationHandlerGroup.of(DefaultMeterObservationHandler.class);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizer {

		@Bean
		ObservationRegistryCustomizer<ObservationRegistry> customizer() {
			return (registry) -> registry.observationConfig().observationHandler((context) -> true);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Filter {

		@Bean
		ObservationFilter filter() {
			return (context) -> context;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Predicate {

		@Bean
		ObservationPredicate predicate() {
			return (name, context) -> true;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Convention {

		@Bean
		HubCallObservationConvention convention() {
			return new DefaultHubCallObservationConvention();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class GlobalConvention {

		@Bean
		GlobalObservationConvention<Observation.Context> convention() {
			return (context) -> false;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Registry {

		@Bean
		ObservationRegistry registry() {
			return ObservationRegistry.create();
		}

	}

}
