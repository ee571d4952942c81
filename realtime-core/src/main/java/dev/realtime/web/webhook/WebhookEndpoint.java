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

package dev.realtime.web.webhook;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import dev.realtime.event.ConnectRejectedException;
import org.jspecify.annotations.Nullable;

/**
 * A webhook of one hub: what waits for it, what is under way, what has failed.
 */
final class WebhookEndpoint {

	private final Webhook webhook;

	private final Webhooks.Machinery machinery;

	private final @Nullable WebhookValidation validation;

	private final RequestLimit limit;

	private final EventQueue queue;

	private final FailureLog failures;

	WebhookEndpoint(Webhook webhook, @Nullable WebhookValidation validation, Webhooks.Machinery machinery) {
		this.webhook = webhook;
		this.validation = validation;
		this.machinery = machinery;
		this.limit = new RequestLimit(machinery.maxRequests());
		this.failures = new FailureLog(machinery.timer(), webhook.toString());
		this.queue = new EventQueue(this::publish, this.failures);
	}

	Webhook webhook() {
		return this.webhook;
	}

	/**
	 * Ask the webhook.
	 * @param event the event
	 * @param reader makes something of the answer; what it throws is the failure
	 * @return completes with the answer
	 */
	<T> CompletableFuture<T> ask(CloudEvent event, Function<HttpResponse<byte[]>, T> reader) {
		CompletableFuture<T> answer = new CompletableFuture<>();
		new Delivery(this, event).begin().whenComplete((response, failure) -> {
			try {
				if (failure instanceof WebhookException expected) {
					throw expected;
				}
				if (failure != null) {
					throw new WebhookException("Webhook %s cannot be sent the event".formatted(this), failure);
				}
				answer.complete(reader.apply(response));
			}
			catch (ConnectRejectedException ex) {
				answer.completeExceptionally(ex);
			}
			catch (RuntimeException ex) {
				this.failures.failed(event, ex);
				answer.completeExceptionally(ex);
			}
		});
		return answer;
	}

	/**
	 * Tell the webhook, some time. Events of one connection get there in order.
	 * @param event the event
	 */
	void tell(CloudEvent event) {
		this.queue.add(event);
	}

	private CompletionStage<?> publish(CloudEvent event) {
		return ask(event, Answers::none);
	}

	CompletionStage<?> validate() {
		return (this.validation != null) ? this.validation.check() : CompletableFuture.completedStage(null);
	}

	CompletableFuture<HttpResponse<byte[]>> send(CloudEvent event) {
		return this.machinery.observer()
			.observe(this.webhook, event, (trace) -> this.machinery.client()
				.send(this.machinery.requests().event(this.webhook, event, trace)));
	}

	RequestLimit limit() {
		return this.limit;
	}

	Duration timeout() {
		return this.machinery.timeout();
	}

	Runnable schedule(Duration delay, Runnable task) {
		return this.machinery.timer().schedule(delay, task);
	}

	FailureLog failures() {
		return this.failures;
	}

	EventQueue queue() {
		return this.queue;
	}

	@Override
	public String toString() {
		return this.webhook.toString();
	}

}
