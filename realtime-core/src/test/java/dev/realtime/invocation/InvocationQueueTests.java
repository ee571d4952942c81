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

package dev.realtime.invocation;

import java.util.ArrayList;
import java.util.List;

import dev.realtime.connection.Lane;
import dev.realtime.connection.OutboundQueue;
import dev.realtime.protocol.OutboundLimits;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InvocationQueue}.
 */
class InvocationQueueTests {

	private final List<String> ran = new ArrayList<>();

	private final InvocationQueue queue = new InvocationQueue(Runnable::run, 1,
			new OutboundQueue(OutboundLimits.DEFAULT), Lane::direct, null);

	private final InvocationQueue.Task failing = new TestTask(() -> {
		throw new IllegalStateException("expected");
	});

	@Test
	void callThatFailsToAnswerHoldsUpNoOther() {
		this.queue.add(this.failing);
		this.queue.add(new TestTask(() -> this.ran.add("second")));
		this.queue.start();
		assertThat(this.ran).containsExactly("second");
		this.queue.addLast(() -> this.ran.add("last"));
		assertThat(this.ran).containsExactly("second", "last");
	}

	@Test
	void callOnTheReadersThreadThatFailsToAnswerHoldsUpNoOther() {
		this.queue.start();
		assertThat(this.queue.runNow(this.failing)).isTrue();
		this.queue.release();
		assertThat(this.queue.runNow(new TestTask(() -> this.ran.add("second")))).isTrue();
		assertThat(this.ran).containsExactly("second");
	}

	private record TestTask(Runnable task) implements InvocationQueue.Task {

		@Override
		public boolean needsPermit() {
			return false;
		}

		@Override
		public int size() {
			return 0;
		}

		@Override
		public void run() {
			this.task.run();
		}

	}

}
