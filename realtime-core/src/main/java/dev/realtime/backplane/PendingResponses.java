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

package dev.realtime.backplane;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import dev.realtime.backplane.BackplaneMessage.Response;

/**
 * The responses one request has received so far. They may arrive before it is known how
 * many there will be.
 */
final class PendingResponses {

	private static final int UNKNOWN = -1;

	private final CompletableFuture<List<Response>> future = new CompletableFuture<>();

	private final Predicate<Response> sufficient;

	private final List<Response> responses = new ArrayList<>(2);

	private int expected = UNKNOWN;

	/**
	 * Create a collection of responses.
	 * @param sufficient whether a response makes all others superfluous
	 */
	PendingResponses(Predicate<Response> sufficient) {
		this.sufficient = sufficient;
	}

	/**
	 * Return the result.
	 * @return completes with the responses, which the receiver owns
	 */
	CompletableFuture<List<Response>> future() {
		return this.future;
	}

	void add(Response response) {
		List<Response> complete;
		synchronized (this) {
			this.responses.add(response);
			complete = (this.sufficient.test(response) || isComplete()) ? new ArrayList<>(this.responses) : null;
		}
		if (complete != null) {
			this.future.complete(complete);
		}
	}

	void expect(int number) {
		List<Response> complete;
		synchronized (this) {
			this.expected = number;
			complete = isComplete() ? new ArrayList<>(this.responses) : null;
		}
		if (complete != null) {
			this.future.complete(complete);
		}
	}

	private boolean isComplete() {
		return this.expected != UNKNOWN && this.responses.size() >= this.expected;
	}

	/**
	 * Wait no longer.
	 */
	void giveUp() {
		List<Response> incomplete;
		synchronized (this) {
			incomplete = new ArrayList<>(this.responses);
		}
		this.future.complete(incomplete);
	}

	/**
	 * Return how many nodes have not answered.
	 * @return the number; 1 if it is not even known who got the request
	 */
	synchronized int missing() {
		return (this.expected != UNKNOWN) ? Math.max(0, this.expected - this.responses.size()) : 1;
	}

}
