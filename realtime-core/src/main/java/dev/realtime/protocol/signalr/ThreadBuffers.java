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

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.core.util.RecyclerPool;

/**
 * Lends Jackson its buffers: each platform thread has its own, since there are few, and
 * what they read and write is short; virtual threads, which are many and end soon, share
 * theirs.
 */
final class ThreadBuffers implements RecyclerPool<BufferRecycler> {

	private static final long serialVersionUID = 1L;

	static final ThreadBuffers INSTANCE = new ThreadBuffers();

	private static final MethodHandle IS_VIRTUAL = isVirtual();

	private final RecyclerPool<BufferRecycler> own = JsonRecyclerPools.threadLocalPool();

	private final RecyclerPool<BufferRecycler> shared = JsonRecyclerPools.sharedConcurrentDequePool();

	private ThreadBuffers() {
	}

	// not there before Java 21
	private static MethodHandle isVirtual() {
		try {
			return MethodHandles.publicLookup()
				.findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
		}
		catch (ReflectiveOperationException ex) {
			return MethodHandles.dropArguments(MethodHandles.constant(boolean.class, false), 0, Thread.class);
		}
	}

	@Override
	public BufferRecycler acquireAndLinkPooled() {
		return pool().acquireAndLinkPooled();
	}

	@Override
	public BufferRecycler acquirePooled() {
		return pool().acquirePooled();
	}

	@Override
	public void releasePooled(BufferRecycler pooled) {
		pool().releasePooled(pooled);
	}

	private RecyclerPool<BufferRecycler> pool() {
		return onVirtualThread() ? this.shared : this.own;
	}

	private static boolean onVirtualThread() {
		try {
			return (boolean) IS_VIRTUAL.invokeExact(Thread.currentThread());
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Object readResolve() {
		return INSTANCE;
	}

}
