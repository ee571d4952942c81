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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.realtime.event.ClientEventHandler;
import dev.realtime.event.ClientEventListener;
import dev.realtime.observation.HubObservations;
import dev.realtime.web.AccessKeys;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The webhooks of all hubs: they get the events of clients as CloudEvents over HTTP (Web
 * PubSub, events to the server). No thread waits for their answers, and there is no
 * thread at all before the first event. Closing it gives events that are under way a
 * moment.
 *
 * @since 0.1.0
 * @see #builder()
 */
public final class Webhooks implements AutoCloseable {

	private static final long CLOSE_MILLIS = 2000;

	private final Machinery machinery;

	private final Map<String, List<WebhookEndpoint>> handlers;

	private final Map<String, List<WebhookEndpoint>> listeners;

	private final CloudEvents events;

	private Webhooks(Builder builder) {
		List<String> origins = List.copyOf(builder.origins);
		this.machinery = new Machinery(new WebhookClient(), builder.timer, new EventRequests(String.join(",", origins)),
				builder.timeout, builder.maxRequests, new WebhookObserver(builder.observations));
		this.events = new CloudEvents(builder.clock, signatures(builder.accessKeys), this.machinery.observer());
		Map<Object, WebhookValidation> validations = new HashMap<>();
		this.handlers = endpoints(builder.handlers, builder, validations);
		this.listeners = endpoints(builder.listeners, builder, validations);
	}

	private static Function<String, @Nullable String> signatures(@Nullable AccessKeys keys) {
		if (keys == null) {
			return (connectionId) -> null;
		}
		return (connectionId) -> keys.signatures(connectionId)
			.stream()
			.map((signature) -> "sha256=" + signature)
			.collect(Collectors.joining(","));
	}

	private Map<String, List<WebhookEndpoint>> endpoints(Map<String, List<Webhook>> webhooks, Builder builder,
			Map<Object, WebhookValidation> validations) {
		Map<String, List<WebhookEndpoint>> endpoints = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		webhooks.forEach((hub, list) -> endpoints.put(hub, list.stream().map((webhook) -> {
			WebhookValidation validation = builder.validation
					? validations.computeIfAbsent(WebhookValidation.key(webhook, hub),
							(key) -> new WebhookValidation(webhook, hub, builder.origins, this.machinery))
					: null;
			return new WebhookEndpoint(webhook, validation, this.machinery);
		}).toList()));
		return endpoints;
	}

	/**
	 * Start to build webhooks.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return what has webhooks take part in events.
	 * @return the handler, for all hubs
	 */
	public ClientEventHandler handler() {
		return new WebhookEventHandler(this.handlers, this.events);
	}

	/**
	 * Return what sends webhooks copies of events.
	 * @return the listener, for all hubs
	 */
	public ClientEventListener listener() {
		return new WebhookEventListener(this.listeners, this.events);
	}

	/**
	 * Return how many events no webhook has taken, for whatever reason.
	 * @return the number of events since the start
	 */
	public long failed() {
		return sum((endpoint) -> endpoint.failures().failed());
	}

	/**
	 * Return how many events were not even tried because too many waited.
	 * @return the number of events since the start
	 */
	public long discarded() {
		return sum((endpoint) -> endpoint.failures().discarded());
	}

	private long sum(ToLongFunction<WebhookEndpoint> figure) {
		return endpoints().mapToLong(figure).sum();
	}

	private Stream<WebhookEndpoint> endpoints() {
		return Stream.of(this.handlers, this.listeners).flatMap((hubs) -> hubs.values().stream()).flatMap(List::stream);
	}

	@Override
	public void close() {
		long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
		try {
			for (WebhookEndpoint endpoint : endpoints().toList()) {
				endpoint.queue().awaitEmpty(deadline);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.machinery.timer().close();
		this.machinery.client().close();
	}

	/**
	 * What all webhooks share.
	 *
	 * @param client sends requests
	 * @param timer knows the time
	 * @param requests makes requests
	 * @param timeout how long an event may take
	 * @param maxRequests how many requests to a webhook may be under way
	 * @param observer has requests observed
	 */
	record Machinery(WebhookClient client, Timer timer, EventRequests requests, Duration timeout, int maxRequests,
			WebhookObserver observer) {

	}

	/**
	 * Builds {@link Webhooks}. Not safe for concurrent use.
	 */
	public static final class Builder {

		private static final Pattern ORIGIN = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?");

		private final Map<String, List<Webhook>> handlers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

		private final Map<String, List<Webhook>> listeners = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

		private @Nullable AccessKeys accessKeys;

		private List<String> origins = List.of("localhost");

		private Duration timeout = Duration.ofSeconds(100);

		private int maxRequests = 1000;

		private boolean validation = true;

		private Timer timer = Timer.system();

		private InstantSource clock = InstantSource.system();

		private Supplier<HubObservations> observations = HubObservations::none;

		private Builder() {
		}

		/**
		 * Add a webhook that takes part in events, after those the hub has already.
		 * @param hub the name of the hub
		 * @param webhook the webhook
		 * @return this builder
		 */
		public Builder handler(String hub, Webhook webhook) {
			this.handlers.computeIfAbsent(hub, (name) -> new ArrayList<>()).add(webhook);
			return this;
		}

		/**
		 * Add a webhook that gets copies of events.
		 * @param hub the name of the hub
		 * @param webhook the webhook
		 * @return this builder
		 * @throws IllegalArgumentException if it is to get connect events, of which there
		 * are no copies
		 */
		public Builder listener(String hub, Webhook webhook) {
			Assert.isTrue(!webhook.gets(SystemEvent.CONNECT), "There are no copies of connect events");
			this.listeners.computeIfAbsent(hub, (name) -> new ArrayList<>()).add(webhook);
			return this;
		}

		/**
		 * Set the access keys that the ids of connections are signed with. By default
		 * there are none.
		 * @param accessKeys the keys, or {@code null} for no signatures
		 * @return this builder
		 */
		public Builder accessKeys(@Nullable AccessKeys accessKeys) {
			this.accessKeys = accessKeys;
			return this;
		}

		/**
		 * Set where requests say they come from. The default is {@code localhost}.
		 * @param origins the public names of this server, each with its port if that is
		 * not the default of the scheme
		 * @return this builder
		 * @throws IllegalArgumentException if one is not a host with or without port
		 */
		public Builder origins(List<String> origins) {
			Assert.notEmpty(origins, "'origins' must not be empty");
			origins.forEach((origin) -> Assert.isTrue(ORIGIN.matcher(origin).matches(),
					() -> "'%s' is not a host with or without a port".formatted(origin)));
			this.origins = List.copyOf(origins);
			return this;
		}

		/**
		 * Set how long an event may take, all attempts together. The default is 100
		 * seconds.
		 * @param timeout the time
		 * @return this builder
		 */
		public Builder timeout(Duration timeout) {
			Assert.isTrue(!timeout.isNegative() && !timeout.isZero(), "'timeout' must be positive");
			this.timeout = timeout;
			return this;
		}

		/**
		 * Set how many requests to one webhook may be under way at a time. Ten times as
		 * many may wait for that; any more fail. The default is 1000.
		 * @param maxRequests the number of requests
		 * @return this builder
		 */
		public Builder maxRequests(int maxRequests) {
			Assert.isTrue(maxRequests > 0, "'maxRequests' must be positive");
			this.maxRequests = maxRequests;
			return this;
		}

		/**
		 * Set whether webhooks are asked if they want the events of this server before
		 * they get any. The default is that they are.
		 * @param validation whether they are asked
		 * @return this builder
		 */
		public Builder validation(boolean validation) {
			this.validation = validation;
			return this;
		}

		/**
		 * Set what observes requests. By default they are not observed.
		 * @param observations called when there is the first event
		 * @return this builder
		 */
		public Builder observations(Supplier<HubObservations> observations) {
			Assert.notNull(observations, "'observations' must not be null");
			this.observations = observations;
			return this;
		}

		Builder time(Timer timer, InstantSource clock) {
			this.timer = timer;
			this.clock = clock;
			return this;
		}

		/**
		 * Build the webhooks.
		 * @return the webhooks
		 */
		public Webhooks build() {
			return new Webhooks(this);
		}

	}

}
