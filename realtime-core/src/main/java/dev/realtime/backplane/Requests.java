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

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

import dev.realtime.backplane.BackplaneMessage.ClientCall;
import dev.realtime.backplane.BackplaneMessage.Failure;
import dev.realtime.backplane.BackplaneMessage.FailureKind;
import dev.realtime.backplane.BackplaneMessage.Operation;
import dev.realtime.backplane.BackplaneMessage.Request;
import dev.realtime.backplane.BackplaneMessage.Response;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a node that wait for the responses of others.
 */
final class Requests {

	private final BackplaneNode node;

	private final AtomicLong ids = new AtomicLong();

	private final Map<Long, PendingResponses> pending = new ConcurrentHashMap<>();

	private volatile boolean stopped;

	Requests(BackplaneNode node) {
		this.node = node;
	}

	CompletableFuture<List<Response>> request(String channel, Operation operation, List<@Nullable String> arguments,
			boolean complete) {
		long id = this.ids.incrementAndGet();
		PendingResponses pending = new PendingResponses((response) -> false);
		Future<?> timeout = this.node.schedule(pending::giveUp, this.node.requestTimeout());
		CompletableFuture<List<Response>> future = publish(id, pending, channel,
				new Request(id, this.node.replyChannel(), operation, arguments));
		future.whenComplete((responses, ex) -> timeout.cancel(false));
		return complete ? future.thenCompose((responses) -> check(responses, pending.missing())) : future;
	}

	private static CompletableFuture<List<Response>> check(List<Response> responses, int missing) {
		for (Response response : responses) {
			if (response instanceof Failure failure) {
				return CompletableFuture.failedFuture(new IllegalStateException(failure.text()));
			}
		}
		if (missing > 0) {
			return CompletableFuture.failedFuture(new TimeoutException(
					"%d of %d nodes did not answer".formatted(missing, missing + responses.size())));
		}
		return CompletableFuture.completedFuture(responses);
	}

	CompletableFuture<Response> call(String channel, String connectionId, String invocationId,
			Map<String, byte[]> slots) {
		long id = this.ids.incrementAndGet();
		Predicate<Response> found = (response) -> !isNotFound(response);
		PendingResponses pending = new PendingResponses(found);
		CompletableFuture<List<Response>> responses = publish(id, pending, channel,
				new ClientCall(id, this.node.replyChannel(), connectionId, invocationId, slots));
		CompletableFuture<Response> answer = responses.thenApply((list) -> list.stream()
			.filter(found)
			.findFirst()
			.orElseGet(() -> new Failure(id, FailureKind.NOT_FOUND, "Connection not found")));
		answer.whenComplete((response, ex) -> {
			if (ex != null) {
				responses.cancel(false);
			}
		});
		return answer;
	}

	private static boolean isNotFound(Response response) {
		return response instanceof Failure failure && failure.kind() == FailureKind.NOT_FOUND;
	}

	private CompletableFuture<List<Response>> publish(long id, PendingResponses pending, String channel,
			BackplaneMessage request) {
		this.pending.put(id, pending);
		CompletableFuture<List<Response>> future = pending.future();
		future.whenComplete((responses, ex) -> this.pending.remove(id));
		if (this.stopped) {
			future.cancel(false);
			return future;
		}
		this.node.publish(channel, request).whenComplete((receivers, ex) -> {
			if (ex != null) {
				future.completeExceptionally(ex);
			}
			else {
				pending.expect(receivers);
			}
		});
		return future;
	}

	void respond(Response response) {
		PendingResponses pending = this.pending.get(response.requestId());
		if (pending != null) {
			pending.add(response);
		}
	}

	int size() {
		return this.pending.size();
	}

	void stop() {
		this.stopped = true;
		this.pending.values().forEach((pending) -> pending.future().cancel(false));
	}

}
