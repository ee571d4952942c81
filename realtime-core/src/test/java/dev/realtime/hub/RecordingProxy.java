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

package dev.realtime.hub;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Records what is sent to a target.
 */
class RecordingProxy implements ClientProxy {

	final String name;

	final List<String> calls = new ArrayList<>();

	RecordingProxy(String name) {
		this.name = name;
	}

	@Override
	public CompletableFuture<Void> send(String target, List<?> arguments) {
		this.calls.add(target + arguments);
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public CompletableFuture<Void> publish(PlainMessage message) {
		this.calls.add(message.toString());
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public String toString() {
		return this.name;
	}

	/**
	 * Records what is sent to one client, and answers its questions.
	 */
	static class Single extends RecordingProxy implements SingleClientProxy {

		final CompletableFuture<Object> answer = new CompletableFuture<>();

		Single(String name) {
			super(name);
		}

		@Override
		public <T> CompletableFuture<T> invoke(String target, ParameterizedTypeReference<T> resultType,
				@Nullable Object... arguments) {
			return answer(target + Arrays.asList(arguments) + " -> " + resultType.getType().getTypeName());
		}

		@Override
		public <T> CompletableFuture<T> invoke(String target, Duration timeout,
				ParameterizedTypeReference<T> resultType, @Nullable Object... arguments) {
			return answer(target + Arrays.asList(arguments) + " -> " + resultType.getType().getTypeName() + " within "
					+ timeout);
		}

		@SuppressWarnings("unchecked")
		private <T> CompletableFuture<T> answer(String call) {
			this.calls.add(call);
			return (CompletableFuture<T>) this.answer;
		}

	}

}
