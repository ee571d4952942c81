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

package dev.realtime.hub.annotation;

import java.lang.reflect.Method;

import dev.realtime.event.EventHandler;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HubMethod @HubMethod} and {@link EventHandler @EventHandler}.
 */
class HubMethodTests {

	@Test
	void methodMayBlockAndIsNamedAfterTheJavaMethodByDefault() {
		HubMethod annotation = method("join").getAnnotation(HubMethod.class);
		assertThat(annotation.value()).isEmpty();
		assertThat(annotation.blocking()).isTrue();
	}

	@Test
	void methodsCanBeCalledInANativeImage() {
		RuntimeHints hints = new RuntimeHints();
		new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, ChatController.class);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(method("join"))).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(method("typing"))).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(method("helper"))).rejects(hints);
	}

	private Method method(String name) {
		Method method = ReflectionUtils.findMethod(ChatController.class, name);
		assertThat(method).isNotNull();
		return method;
	}

	@HubController("chat")
	static class ChatController {

		@HubMethod
		void join() {
		}

		@EventHandler("typing")
		void typing() {
		}

		void helper() {
		}

	}

}
