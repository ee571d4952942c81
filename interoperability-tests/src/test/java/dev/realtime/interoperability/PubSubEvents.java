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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import dev.realtime.event.EventHandler;
import dev.realtime.hub.HubException;
import dev.realtime.hub.annotation.HubController;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.handler.annotation.Payload;

/**
 * Handles the events of Web PubSub clients.
 */
@HubController("pubsub")
class PubSubEvents {

	private final Map<String, List<Integer>> recorded = new ConcurrentHashMap<>();

	@EventHandler("text")
	String text(String text) {
		return text;
	}

	@EventHandler("json")
	Map<String, Object> json(@Payload Map<String, Object> value) {
		return value;
	}

	@EventHandler("binary")
	byte[] binary(byte[] bytes) {
		return bytes;
	}

	@EventHandler("nothing")
	@Nullable String nothing() {
		return null;
	}

	@EventHandler("later")
	CompletionStage<String> later(String text) {
		return CompletableFuture.supplyAsync(() -> text, CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS));
	}

	@EventHandler("fail")
	void fail(String text) {
		throw new HubException(text);
	}

	@EventHandler("record")
	void record(String run, int number) {
		this.recorded.computeIfAbsent(run, (name) -> new CopyOnWriteArrayList<>()).add(number);
	}

	@EventHandler("recorded")
	List<Integer> recorded(String run) {
		return this.recorded.getOrDefault(run, List.of());
	}

}
