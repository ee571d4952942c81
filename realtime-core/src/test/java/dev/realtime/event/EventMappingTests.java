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

package dev.realtime.event;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link EventMapping} and {@link EventHandler @EventHandler}.
 */
class EventMappingTests {

	@Test
	void nameIsAnEventOfClients() {
		assertThat(mapping("typing")).isEqualTo(new EventMapping("typing", Set.of(), List.of()));
	}

	@Test
	void typeIsAnEventOfAConnectionsLife() {
		assertThat(mapping("connect")).isEqualTo(new EventMapping(null, Set.of(EventType.CONNECT), List.of()));
		assertThat(mapping("life"))
			.isEqualTo(new EventMapping(null, Set.of(EventType.CONNECTED, EventType.DISCONNECTED), List.of("chat")));
		assertThat(mapping("life").types()).containsExactly(EventType.CONNECTED, EventType.DISCONNECTED);
	}

	@Test
	void nameOfATypeIsJustAName() {
		assertThat(mapping("namedConnect")).isEqualTo(new EventMapping("connect", Set.of(), List.of()));
	}

	@Test
	void hubsCompareWithoutCase() {
		assertThat(mapping("life").matchesHub("Chat")).isTrue();
		assertThat(mapping("life").matchesHub("quotes")).isFalse();
		assertThat(mapping("typing").matchesHub("quotes")).isTrue();
	}

	@Test
	void oneOfNameAndTypeMustBeGiven() {
		assertRejects("nothing", "must have an event name or a type");
	}

	@Test
	void onlyOneOfNameAndTypeMustBeGiven() {
		assertRejects("both", "must have either an event name or a type, not both 'typing' and [CONNECT]");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new EventMapping("typing", Set.of(EventType.CONNECT), List.of()));
	}

	@Test
	void hubMustHaveAName() {
		assertRejects("emptyHub", "must not have an empty hub name");
	}

	private void assertRejects(String method, String problem) {
		assertThatIllegalStateException().isThrownBy(() -> mapping(method))
			.withMessage("@EventHandler on " + Handlers.class.getName() + "." + method + " " + problem);
	}

	private EventMapping mapping(String name) {
		Method method = ReflectionUtils.findMethod(Handlers.class, name);
		assertThat(method).isNotNull();
		return EventMapping.of(method, method.getAnnotation(EventHandler.class));
	}

	static class Handlers {

		@EventHandler("typing")
		void typing() {
		}

		@EventHandler(type = EventType.CONNECT)
		void connect() {
		}

		@EventHandler("connect")
		void namedConnect() {
		}

		@EventHandler(type = { EventType.CONNECTED, EventType.DISCONNECTED, EventType.CONNECTED }, hub = "chat")
		void life() {
		}

		@EventHandler
		void nothing() {
		}

		@EventHandler(value = "typing", type = EventType.CONNECT)
		void both() {
		}

		@EventHandler(value = "typing", hub = "")
		void emptyHub() {
		}

	}

}
