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

import dev.realtime.boot.diagnostics.Failures;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for hubs in a reactive application, which are not possible.
 */
class RealtimeReactiveAutoConfigurationTests {

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RealtimeContextRunner.AUTO_CONFIGURATIONS));

	@Test
	void startFails() {
		this.runner.run((context) -> {
			FailureAnalysis analysis = Failures.analyze(context.getStartupFailure());
			assertThat(analysis.getDescription())
				.isEqualTo("Hubs need a servlet web application, but this application is reactive (Spring WebFlux).");
			assertThat(analysis.getAction()).contains("spring-boot-starter-webmvc")
				.contains("spring.main.web-application-type=reactive")
				.contains("realtime.enabled=false");
		});
	}

	@Test
	void startsWithoutHubs() {
		this.runner.withPropertyValues("realtime.enabled=false").run((context) -> assertThat(context).hasNotFailed());
	}

}
