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

import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HubController @HubController}.
 */
class HubControllerTests {

	@Test
	void hubIsNotTheNameOfTheBean() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(ChatController.class,
				OtherChatController.class)) {
			assertThat(context.getBeanNamesForAnnotation(HubController.class))
				.containsExactly("hubControllerTests.ChatController", "hubControllerTests.OtherChatController");
			assertThat(context.containsBean("chat")).isFalse();
		}
	}

	@Test
	void isAStereotypeWithoutAName() {
		Component component = AnnotatedElementUtils.findMergedAnnotation(ChatController.class, Component.class);
		assertThat(component).isNotNull();
		assertThat(component.value()).isEmpty();
	}

	@HubController("chat")
	static class ChatController {

	}

	@HubController({ "chat", "support" })
	static class OtherChatController {

	}

}
