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

import dev.realtime.backplane.Backplane;
import dev.realtime.backplane.BackplaneNode;
import dev.realtime.backplane.LocalBackplane;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the backplane, which is that of
 * a single node unless the application has another.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "realtime.enabled", matchIfMissing = true)
public final class RealtimeBackplaneAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	Backplane backplane() {
		return new LocalBackplane();
	}

	@Bean(destroyMethod = "stop")
	@ConditionalOnMissingBean
	BackplaneNode backplaneNode(Backplane backplane) {
		return new BackplaneNode(backplane);
	}

}
