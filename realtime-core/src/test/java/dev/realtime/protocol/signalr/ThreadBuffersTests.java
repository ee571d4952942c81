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

package dev.realtime.protocol.signalr;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import tools.jackson.core.util.BufferRecycler;

import org.springframework.core.task.SimpleAsyncTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ThreadBuffers}.
 */
class ThreadBuffersTests {

	private final ThreadBuffers buffers = ThreadBuffers.INSTANCE;

	@Test
	void platformThreadHasItsOwn() {
		BufferRecycler own = this.buffers.acquireAndLinkPooled();
		own.releaseToPool();
		assertThat(this.buffers.acquireAndLinkPooled()).isSameAs(own);
		assertThat(on(new SimpleAsyncTaskExecutor(), this.buffers::acquireAndLinkPooled)).isNotSameAs(own);
		assertThat(own.isLinkedWithPool()).isFalse();
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void virtualThreadGivesBackWhatItTakes() {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor();
		executor.setVirtualThreads(true);
		BufferRecycler shared = on(executor, this.buffers::acquireAndLinkPooled);
		assertThat(shared.isLinkedWithPool()).isTrue();
	}

	private static BufferRecycler on(SimpleAsyncTaskExecutor executor, Supplier<BufferRecycler> task) {
		return CompletableFuture.supplyAsync(task, executor).join();
	}

}
