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

import java.util.List;

import dev.realtime.hub.ClientProxy;
import dev.realtime.hub.TypedClients;
import org.junit.jupiter.api.Test;
import org.mockito.BDDMockito;
import org.mockito.Mockito;

/**
 * Tests for a {@link HubClient @HubClient} that is not public.
 */
class HubClientTests {

	private final ClientProxy target = Mockito.mock(ClientProxy.class);

	@Test
	void interfaceNeedNotBePublic() {
		ChatClient client = TypedClients.of(ChatClient.class).proxy(this.target);
		client.hello();
		BDDMockito.then(this.target).should().send("said", List.of("hello"));
	}

	@HubClient("chat")
	interface ChatClient {

		void said(String text);

		default void hello() {
			said("hello");
		}

	}

}
