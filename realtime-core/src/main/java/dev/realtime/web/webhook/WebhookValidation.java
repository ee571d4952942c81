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

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Asks a webhook whether it wants the events of this server (Web PubSub, abuse
 * protection). One question at a time; until the first is answered, events wait.
 */
final class WebhookValidation {

	private static final Log logger = LogFactory.getLog(WebhookValidation.class);

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final long VALID = Duration.ofMinutes(1).toNanos();

	private static final long FIRST_PAUSE = Duration.ofSeconds(1).toNanos();

	private static final long MAX_PAUSE = Duration.ofSeconds(60).toNanos();

	private final Webhook webhook;

	private final URI uri;

	private final Collection<String> origins;

	private final Webhooks.Machinery machinery;

	private final Timer timer;

	private @Nullable CompletableFuture<@Nullable Void> running;

	private @Nullable WebhookException refusal;

	private boolean valid;

	private long pause = FIRST_PAUSE;

	/**
	 * When to ask again.
	 */
	private long due;

	WebhookValidation(Webhook webhook, String hub, Collection<String> origins, Webhooks.Machinery machinery) {
		this.webhook = webhook;
		this.uri = uri(webhook, hub);
		this.origins = origins;
		this.machinery = machinery;
		this.timer = machinery.timer();
	}

	/**
	 * Return what webhooks have in common that are asked once.
	 * @param webhook the webhook
	 * @param hub the name of its hub
	 * @return what tells its question from others
	 */
	static Object key(Webhook webhook, String hub) {
		return List.of(uri(webhook, hub), webhook.headers());
	}

	private static URI uri(Webhook webhook, String hub) {
		return webhook.url(hub.toLowerCase(Locale.ROOT), "validate");
	}

	/**
	 * Check whether events may be sent.
	 * @return completes when they may, exceptionally if they must not
	 */
	CompletionStage<@Nullable Void> check() {
		CompletableFuture<@Nullable Void> question;
		synchronized (this) {
			boolean early = this.timer.nanoTime() - this.due < 0;
			if (this.valid && (early || this.running != null)) {
				return CompletableFuture.completedStage(null);
			}
			if (this.running != null) {
				return this.running;
			}
			if (this.refusal != null && early) {
				return CompletableFuture.failedStage(this.refusal);
			}
			question = new CompletableFuture<>();
			this.running = question;
			if (this.valid) {
				question = CompletableFuture.completedFuture(null);
			}
		}
		ask("OPTIONS");
		return question;
	}

	private void ask(String method) {
		CompletableFuture<HttpResponse<byte[]>> exchange;
		try {
			exchange = this.machinery.client()
				.send(this.machinery.requests().validation(this.webhook, this.uri, method));
		}
		catch (RuntimeException ex) {
			exchange = CompletableFuture.failedFuture(ex);
		}
		CompletableFuture<HttpResponse<byte[]>> pending = exchange;
		CompletableFuture<HttpResponse<byte[]>> answer = new CompletableFuture<>();
		Runnable timeout = this.timer.schedule(TIMEOUT, () -> {
			answer.completeExceptionally(new WebhookException("No answer within " + TIMEOUT));
			pending.cancel(true);
		});
		pending.whenComplete((response, failure) -> {
			timeout.run();
			if (failure != null) {
				answer.completeExceptionally(failure);
			}
			else {
				answer.complete(response);
			}
		});
		answer.whenComplete((response, failure) -> answered(method, response, failure));
	}

	private void answered(String method, @Nullable HttpResponse<byte[]> response, @Nullable Throwable failure) {
		if (response == null) {
			refused("cannot be reached: " + failure, failure);
		}
		else if (response.statusCode() == 404 && method.equals("OPTIONS")) {
			ask("GET");
		}
		else if (response.statusCode() / 100 != 2) {
			refused("answered the validation with status " + response.statusCode(), null);
		}
		else if (!allowed(response)) {
			refused("does not allow events of " + String.join(",", this.origins), null);
		}
		else {
			end(null);
		}
	}

	private boolean allowed(HttpResponse<?> response) {
		for (String header : response.headers().allValues("WebHook-Allowed-Origin")) {
			for (String value : header.split(",")) {
				if (allows(value.trim())) {
					return true;
				}
			}
		}
		return false;
	}

	private boolean allows(String value) {
		return value.equals("*") || this.origins.stream()
			.anyMatch((origin) -> value.equalsIgnoreCase(origin)
					|| value.equalsIgnoreCase(origin.replaceFirst(":\\d+$", "")));
	}

	private void refused(String reason, @Nullable Throwable failure) {
		end(new WebhookException("Webhook %s %s".formatted(this.webhook, reason), failure));
	}

	private void end(@Nullable WebhookException refusal) {
		CompletableFuture<@Nullable Void> question;
		boolean news;
		synchronized (this) {
			question = this.running;
			news = (refusal != null) ? this.refusal == null : this.refusal != null;
			this.running = null;
			this.refusal = refusal;
			this.valid = refusal == null;
			this.due = this.timer.nanoTime() + (this.valid ? VALID : this.pause);
			this.pause = this.valid ? FIRST_PAUSE : Math.min(this.pause * 2, MAX_PAUSE);
		}
		if (refusal != null) {
			report(refusal, news);
		}
		else if (news) {
			logger.info("Webhook %s is valid again".formatted(this.webhook));
		}
		if (question != null && refusal != null) {
			question.completeExceptionally(refusal);
		}
		else if (question != null) {
			question.complete(null);
		}
	}

	private static void report(WebhookException refusal, boolean news) {
		if (news) {
			logger.warn(refusal.getMessage() + ": it gets no events");
		}
		logger.debug(refusal.getMessage(), refusal);
	}

}
