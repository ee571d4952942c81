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

package dev.realtime.transport.netty;

import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.netty.buffer.AbstractByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;

import org.springframework.test.util.ReflectionTestUtils;

import static org.awaitility.Awaitility.await;

/**
 * What Netty says about buffers that nobody has released, from the creation of this
 * object until it is closed.
 */
final class LeakReports implements AutoCloseable {

	private final ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();

	private final ResourceLeakDetector<?> detector = (ResourceLeakDetector<?>) ReflectionTestUtils
		.getField(AbstractByteBuf.class, "leakDetector");

	private final Queue<String> reports = new ConcurrentLinkedQueue<>();

	LeakReports() {
		ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
		this.detector.setLeakListener((resourceType, records) -> this.reports.add(records));
		// not of those who were here before
		collect().clear();
	}

	/**
	 * Collect garbage until a leak made on purpose is reported.
	 * @return the other reports
	 */
	Queue<String> collect() {
		String canary = "canary " + UUID.randomUUID();
		// on a thread of its own for the sake of a short stack trace
		CompletableFuture.runAsync(() -> leak(canary), (task) -> new Thread(task).start()).join();
		await().until(() -> {
			System.gc();
			// reports are made when something is allocated
			ByteBufAllocator.DEFAULT.directBuffer(1).release();
			return this.reports.removeIf((report) -> report.contains(canary));
		});
		return this.reports;
	}

	private static void leak(String hint) {
		ByteBufAllocator.DEFAULT.directBuffer(1).touch(hint);
	}

	@Override
	public void close() {
		ResourceLeakDetector.setLevel(this.level);
		this.detector.setLeakListener(null);
	}

}
