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

import java.io.IOException;
import java.util.function.Supplier;

/**
 * What code of an application may throw, whether it declares it or not.
 */
enum Fault {

	RUNTIME_EXCEPTION(() -> new IllegalStateException("on purpose")),

	CHECKED_EXCEPTION(() -> new IOException("on purpose")),

	STACK_OVERFLOW(StackOverflowError::new),

	MISSING_CLASS(() -> new NoClassDefFoundError("on/purpose")),

	OUT_OF_MEMORY(() -> new OutOfMemoryError("on purpose")),

	THROWABLE(() -> new Throwable("on purpose"));

	private final Supplier<Throwable> throwable;

	Fault(Supplier<Throwable> throwable) {
		this.throwable = throwable;
	}

	void raise() {
		Fault.<RuntimeException>raise(this.throwable.get());
	}

	@SuppressWarnings("unchecked")
	private static <T extends Throwable> void raise(Throwable throwable) throws T {
		throw (T) throwable;
	}

}
