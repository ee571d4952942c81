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

package dev.realtime.interoperability;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubContext;
import dev.realtime.hub.annotation.Hub;
import dev.realtime.hub.annotation.HubClient;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;

import org.springframework.core.ParameterizedTypeReference;

/**
 * The server asks clients.
 */
@HubController("interop")
class ClientResultController {

	private final HubContext hub;

	ClientResultController(@Hub("interop") HubContext hub) {
		this.hub = hub;
	}

	@HubMethod
	CompletableFuture<Integer> askCaller(int number, HubCallerContext caller) {
		return caller.clients().caller().invoke("square", int.class, number);
	}

	/**
	 * Waits for the client within its own call.
	 */
	@HubMethod
	int askCallerAndWait(int number, HubCallerContext caller) {
		return caller.clients().caller().invoke("square", Integer.class, number).join();
	}

	@HubMethod
	CompletableFuture<List<String>> askOther(String connectionId, String text) {
		return this.hub.client(connectionId).invoke("split", new ParameterizedTypeReference<List<String>>() {
		}, text);
	}

	@HubMethod
	CompletableFuture<Boolean> askTyped(String question, HubCallerContext caller) {
		return caller.clients(InteropClient.class).caller().confirm(question);
	}

	@HubClient("interop")
	interface InteropClient {

		CompletableFuture<Boolean> confirm(String question);

	}

}
