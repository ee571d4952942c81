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

package dev.realtime.boot.autoconfigure.actuate;

import java.util.List;

import dev.realtime.boot.actuate.RealtimeEndpoint;
import dev.realtime.boot.actuate.RealtimeEndpointJmxExtension;
import dev.realtime.boot.actuate.RealtimeEndpointWebExtension;
import dev.realtime.boot.autoconfigure.RealtimeContextRunner;
import dev.realtime.hub.HubDrain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;
import org.springframework.boot.actuate.endpoint.web.WebOperation;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link RealtimeEndpointAutoConfiguration}.
 */
class RealtimeEndpointAutoConfigurationTests {

	private final WebApplicationContextRunner runner = RealtimeContextRunner.createWithoutWeb()
		.withConfiguration(AutoConfigurations.of(EndpointAutoConfiguration.class, WebEndpointAutoConfiguration.class,
				RealtimeEndpointAutoConfiguration.class))
		.withBean(HubDrain.class, () -> mock(HubDrain.class))
		.withInitializer(
				(context) -> context.getEnvironment().setConversionService(new ApplicationConversionService()));

	@Test
	void endpointIsNotThereUnlessItIsExposed() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RealtimeEndpoint.class));
	}

	@Test
	void extensionsAreThereWhereTheEndpointIsExposed() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=realtime")
			.run((context) -> assertThat(context).hasSingleBean(RealtimeEndpoint.class)
				.hasSingleBean(RealtimeEndpointWebExtension.class)
				.doesNotHaveBean(RealtimeEndpointJmxExtension.class));
	}

	@ParameterizedTest
	@CsvSource({ "read-only, 3, 0, 0", "unrestricted, 3, 2, 1", "none, 0, 0, 0", ", 3, 0, 0" })
	void accessDecidesWhichOperationsThereAre(String access, int reads, int deletes, int writes) {
		this.runner
			.withPropertyValues("management.endpoints.web.exposure.include=realtime",
					(access != null) ? "management.endpoint.realtime.access=" + access : "any=thing")
			.run((context) -> {
				List<OperationType> types = context.getBean(WebEndpointsSupplier.class)
					.getEndpoints()
					.stream()
					.flatMap((endpoint) -> endpoint.getOperations().stream())
					.map(WebOperation::getType)
					.toList();
				assertThat(types.stream().filter(OperationType.READ::equals)).hasSize(reads);
				assertThat(types.stream().filter(OperationType.DELETE::equals)).hasSize(deletes);
				assertThat(types.stream().filter(OperationType.WRITE::equals)).hasSize(writes);
			});
	}

	@Test
	void nothingIsThereIfDisabled() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=realtime", "realtime.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RealtimeEndpoint.class));
	}

	@Test
	void nothingIsThereWithoutActuator() {
		RealtimeContextRunner.createWithoutWeb()
			.withConfiguration(AutoConfigurations.of(RealtimeEndpointAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RealtimeEndpoint.class));
	}

}
