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

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

/**
 * Takes one event to a webhook, trying again where that may help (Web PubSub, delivery
 * semantics).
 */
final class Delivery implements RequestLimit.Request {

	private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(1), Duration.ofSeconds(3),
			Duration.ofSeconds(5));

	private final WebhookEndpoint endpoint;

	private final CloudEvent event;

	private final CompletableFuture<HttpResponse<byte[]>> result = new CompletableFuture<>();

	private int retries;

	private volatile @Nullable Future<?> exchange;

	private volatile @Nullable Runnable pause;

	Delivery(WebhookEndpoint endpoint, CloudEvent event) {
		this.endpoint = endpoint;
		this.event = event;
	}

	/**
	 * Begin.
	 * @return completes with the last answer, whatever it is, or exceptionally if there
	 * is none
	 */
	CompletableFuture<HttpResponse<byte[]>> begin() {
		Runnable timeout = this.endpoint.schedule(this.endpoint.timeout(), this::expire);
		this.result.whenComplete((response, failure) -> {
			timeout.run();
			stop();
		});
		if (!this.endpoint.limit().start(this)) {
			this.result.completeExceptionally(new WebhookException(
					"Too many requests wait for webhook %s to answer others".formatted(this.endpoint)));
		}
		return this.result;
	}

	@Override
	public boolean claim() {
		return !this.result.isDone();
	}

	@Override
	public void start() {
		this.result.whenComplete((response, failure) -> this.endpoint.limit().ended());
		this.endpoint.validate().whenComplete((valid, failure) -> {
			if (failure != null) {
				this.result.completeExceptionally(WebhookClient.unwrap(failure));
			}
			else {
				attempt();
			}
		});
	}

	private void attempt() {
		if (this.result.isDone()) {
			return;
		}
		try {
			CompletableFuture<HttpResponse<byte[]>> exchange = this.endpoint.send(this.event);
			this.exchange = exchange;
			exchange.whenComplete(this::answered);
		}
		catch (RuntimeException ex) {
			this.result.completeExceptionally(ex);
		}
		if (this.result.isDone()) {
			stop();
		}
	}

	private void answered(@Nullable HttpResponse<byte[]> response, @Nullable Throwable failure) {
		Throwable cause = (failure != null) ? WebhookClient.unwrap(failure) : null;
		if (this.retries < PAUSES.size() && mayHelp(response, cause)) {
			this.pause = this.endpoint.schedule(PAUSES.get(this.retries++), this::attempt);
		}
		else if (response != null) {
			if (response.statusCode() / 100 == 2) {
				this.event.state().keepCookies(response.uri(), response.headers().map());
			}
			this.result.complete(response);
		}
		else {
			this.result.completeExceptionally((cause instanceof WebhookException) ? cause
					: new WebhookException("Webhook %s cannot be reached: %s".formatted(this.endpoint, cause), cause));
		}
	}

	private static boolean mayHelp(@Nullable HttpResponse<byte[]> response, @Nullable Throwable failure) {
		if (response != null) {
			return response.statusCode() == 408 || response.statusCode() >= 500;
		}
		return failure instanceof IOException && !(failure.getCause() instanceof WebhookException);
	}

	private void expire() {
		this.result.completeExceptionally(new WebhookException(
				"Webhook %s did not answer within %s".formatted(this.endpoint, this.endpoint.timeout())));
	}

	private void stop() {
		Future<?> exchange = this.exchange;
		if (exchange != null) {
			exchange.cancel(true);
		}
		Runnable pause = this.pause;
		if (pause != null) {
			pause.run();
		}
	}

}
