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
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.realtime.observation.HubObservations;
import dev.realtime.observation.HubOutcome;
import dev.realtime.observation.WebhookObservationContext;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

import org.springframework.util.function.SingletonSupplier;

/**
 * Has requests to webhooks observed.
 */
final class WebhookObserver {

	private final Supplier<HubObservations> observations;

	/**
	 * Create an observer.
	 * @param observations starts observations; asked for when there is something to
	 * observe
	 */
	WebhookObserver(Supplier<HubObservations> observations) {
		this.observations = SingletonSupplier.of(observations);
	}

	/**
	 * Return what this thread is observed to do.
	 * @return the current observation, or {@code null} if there is none
	 */
	@Nullable Observation current() {
		return this.observations.get().current();
	}

	/**
	 * Observe a request.
	 * @param webhook the webhook
	 * @param event the event it is told
	 * @param sending sends the request with the headers it is given
	 * @return what the sending returns
	 */
	CompletableFuture<HttpResponse<byte[]>> observe(Webhook webhook, CloudEvent event,
			Function<Map<String, String>, CompletableFuture<HttpResponse<byte[]>>> sending) {
		HubObservations observations = this.observations.get();
		WebhookObservationContext context = new WebhookObservationContext(event.hub(), webhook.toString(), event.name(),
				event.connectionId());
		Observation observation = observations.isEnabled() ? observations.start(context, event.cause()) : null;
		Map<String, String> headers = context.getCarrier();
		if (observation == null || headers == null) {
			return sending.apply(Map.of());
		}
		CompletableFuture<HttpResponse<byte[]>> answer;
		try {
			answer = sending.apply(headers);
		}
		catch (RuntimeException ex) {
			end(observation, context, null, ex);
			throw ex;
		}
		answer.whenComplete((response, failure) -> end(observation, context, response, failure));
		return answer;
	}

	private static void end(Observation observation, WebhookObservationContext context,
			@Nullable HttpResponse<byte[]> response, @Nullable Throwable failure) {
		if (response != null) {
			context.answered(outcome(response.statusCode()), response.statusCode());
		}
		else {
			context.answered((failure instanceof CancellationException) ? HubOutcome.CANCELLED : HubOutcome.ERROR, 0);
		}
		if (failure != null) {
			observation.error(failure);
		}
		observation.stop();
	}

	private static HubOutcome outcome(int status) {
		if (status / 100 == 2) {
			return HubOutcome.SUCCESS;
		}
		return (status / 100 == 4) ? HubOutcome.REFUSED : HubOutcome.ERROR;
	}

}
