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

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.realtime.event.ClientEventHandler;
import dev.realtime.event.ClientEventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Webhooks, and the time that passes for them.
 */
final class WebhookTester implements AutoCloseable {

	static final Instant NOW = Instant.parse("2026-11-30T12:34:56.789Z");

	private final ManualTimer timer;

	private final Webhooks webhooks;

	private WebhookTester(ManualTimer timer, Webhooks webhooks) {
		this.timer = timer;
		this.webhooks = webhooks;
	}

	static WebhookTester of(Webhooks.Builder builder) {
		ManualTimer timer = new ManualTimer();
		return new WebhookTester(timer, builder.time(timer, InstantSource.fixed(NOW)).build());
	}

	/**
	 * Create a handler for all events of a hub, without validation.
	 */
	static WebhookTester handling(String url) {
		return of(Webhooks.builder().handler("chat", all(url)).validation(false));
	}

	static Webhook all(String url) {
		return Webhook.to(url).userEvents("*").systemEvents(EnumSet.allOf(SystemEvent.class));
	}

	ClientEventHandler handler() {
		return this.webhooks.handler();
	}

	ClientEventListener listener() {
		return this.webhooks.listener();
	}

	Webhooks webhooks() {
		return this.webhooks;
	}

	void advance(Duration time) {
		this.timer.advance(time);
	}

	/**
	 * Wait until something is to happen after a time, and have that time pass.
	 */
	void awaitAndAdvance(Duration delay) {
		await().pollInterval(Duration.ofMillis(5)).untilAsserted(() -> assertThat(this.timer.delays()).contains(delay));
		advance(delay);
	}

	ManualTimer timer() {
		return this.timer;
	}

	static <T> T get(CompletionStage<T> stage) {
		try {
			return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof RuntimeException failure) ? failure
					: new CompletionException(ex.getCause());
		}
		catch (InterruptedException | TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.webhooks.close();
	}

}
