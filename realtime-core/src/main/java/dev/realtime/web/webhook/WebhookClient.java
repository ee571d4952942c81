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

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.util.CustomizableThreadCreator;

/**
 * Sends requests without a thread that waits. There is no client before the first one.
 */
final class WebhookClient implements AutoCloseable {

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

	private static final int THREADS = Math.max(4, Runtime.getRuntime().availableProcessors());

	private final ThreadPoolExecutor executor;

	private @Nullable HttpClient client;

	WebhookClient() {
		CustomizableThreadCreator threads = new CustomizableThreadCreator("realtime-webhook-");
		threads.setDaemon(true);
		this.executor = new ThreadPoolExecutor(THREADS, THREADS, 60, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				threads::createThread, (task, executor) -> task.run());
		this.executor.allowCoreThreadTimeOut(true);
	}

	/**
	 * Send a request.
	 * @param request the request
	 * @return completes with any answer there is; cancelling it ends the exchange
	 */
	CompletableFuture<HttpResponse<byte[]>> send(HttpRequest request) {
		CompletableFuture<HttpResponse<byte[]>> exchange = client().sendAsync(request, LimitedBody.handler());
		CompletableFuture<HttpResponse<byte[]>> answer = new CompletableFuture<>();
		// or else what follows would run on threads that belong to everybody
		exchange.whenCompleteAsync((response, failure) -> {
			if (failure != null) {
				answer.completeExceptionally(unwrap(failure));
			}
			else {
				answer.complete(response);
			}
		}, this.executor);
		answer.whenComplete((response, failure) -> {
			if (answer.isCancelled()) {
				exchange.cancel(true);
			}
		});
		return answer;
	}

	private synchronized HttpClient client() {
		HttpClient client = this.client;
		if (client == null) {
			client = HttpClient.newBuilder()
				.executor(this.executor)
				.connectTimeout(CONNECT_TIMEOUT)
				.followRedirects(HttpClient.Redirect.NEVER)
				.build();
			this.client = client;
		}
		return client;
	}

	/**
	 * Return what went wrong.
	 * @param failure what a future has completed with
	 * @return the failure itself
	 */
	static Throwable unwrap(Throwable failure) {
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

	@Override
	public void close() {
		this.executor.shutdown();
	}

}
