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

package dev.realtime.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Starts the observations of hubs. Safe for concurrent use.
 *
 * @since 0.1.0
 */
public final class HubObservations {

	/**
	 * Stands for all hubs that nobody has declared, since their names are the clients'.
	 */
	public static final String UNDECLARED_HUB = "_OTHER";

	private static final HubObservations NONE = new HubObservations(ObservationRegistry.NOOP, Conventions.DEFAULT,
			null);

	private static final HubCallObservationConvention DEFAULT_CALL_CONVENTION = new DefaultHubCallObservationConvention();

	private static final ConnectionEventObservationConvention DEFAULT_EVENT_CONVENTION = new DefaultConnectionEventObservationConvention();

	private static final ConnectObservationConvention DEFAULT_CONNECT_CONVENTION = new DefaultConnectObservationConvention();

	private static final SendObservationConvention DEFAULT_SEND_CONVENTION = new DefaultSendObservationConvention();

	private static final WebhookObservationConvention DEFAULT_WEBHOOK_CONVENTION = new DefaultWebhookObservationConvention();

	private final ObservationRegistry registry;

	private final Conventions conventions;

	private final @Nullable CallRecorder callRecorder;

	private HubObservations(ObservationRegistry registry, Conventions conventions,
			@Nullable CallRecorder callRecorder) {
		this.registry = registry;
		this.conventions = conventions;
		this.callRecorder = callRecorder;
	}

	/**
	 * Return what observes nothing.
	 * @return the shared instance
	 */
	public static HubObservations none() {
		return NONE;
	}

	/**
	 * Create what observes with a registry.
	 * @param registry the registry
	 * @param conventions names the observations
	 * @return the observations
	 */
	public static HubObservations of(ObservationRegistry registry, Conventions conventions) {
		Assert.notNull(registry, "'registry' must not be null");
		Assert.notNull(conventions, "'conventions' must not be null");
		return new HubObservations(registry, conventions, null);
	}

	/**
	 * Have calls recorded instead of observed. To be used where nobody but the recorder
	 * would hear of the observations of calls, and nobody has a say in them.
	 * @param recorder records calls
	 * @return observations like these, but neither of calls nor of messages of the
	 * application: the latter are for traces
	 */
	public HubObservations recordingCalls(CallRecorder recorder) {
		Assert.notNull(recorder, "'recorder' must not be null");
		return new HubObservations(this.registry, this.conventions, recorder);
	}

	/**
	 * Return whether anything is observed.
	 * @return {@code false} if nobody would hear of it
	 */
	public boolean isEnabled() {
		return !this.registry.isNoop();
	}

	/**
	 * Return what records calls instead of their being observed.
	 * @return the recorder, or {@code null} if calls are observed
	 */
	public @Nullable CallRecorder callRecorder() {
		return this.callRecorder;
	}

	/**
	 * Start to observe a call.
	 * @param context what is known of the call
	 * @return the started observation, or {@code null} if the call is not to be observed
	 */
	public @Nullable Observation start(HubCallObservationContext context) {
		return start(HubObservationDocumentation.CALL.observation(this.conventions.call(), DEFAULT_CALL_CONVENTION,
				() -> context, this.registry));
	}

	/**
	 * Start to observe the handling of an event.
	 * @param context what is known of the event
	 * @return the started observation, or {@code null} if it is not to be observed
	 */
	public @Nullable Observation start(ConnectionEventObservationContext context) {
		return start(HubObservationDocumentation.CONNECTION_EVENT.observation(this.conventions.event(),
				DEFAULT_EVENT_CONVENTION, () -> context, this.registry));
	}

	/**
	 * Start to observe a request for a connection.
	 * @param context what is known of the request
	 * @return the started observation, or {@code null} if it is not to be observed
	 */
	public @Nullable Observation start(ConnectObservationContext context) {
		return start(HubObservationDocumentation.CONNECT.observation(this.conventions.connect(),
				DEFAULT_CONNECT_CONVENTION, () -> context, this.registry));
	}

	/**
	 * Return whether messages of the application are observed.
	 * @return {@code false} if nobody would hear of it, or only timers would and nobody
	 * has named the observations
	 */
	public boolean observesSends() {
		return isEnabled() && (this.callRecorder == null || this.conventions.send() != null);
	}

	/**
	 * Start to observe a message of the application.
	 * @param context what is known of the message
	 * @return the started observation, or {@code null} if it is not to be observed
	 */
	public @Nullable Observation start(SendObservationContext context) {
		return start(HubObservationDocumentation.SEND.observation(this.conventions.send(), DEFAULT_SEND_CONVENTION,
				() -> context, this.registry));
	}

	/**
	 * Start to observe a request to a webhook.
	 * @param context what is known of the request
	 * @param parent the observation it belongs to, or {@code null} if there is none
	 * @return the started observation, or {@code null} if it is not to be observed
	 */
	public @Nullable Observation start(WebhookObservationContext context, @Nullable Observation parent) {
		Observation observation = HubObservationDocumentation.WEBHOOK.observation(this.conventions.webhook(),
				DEFAULT_WEBHOOK_CONVENTION, () -> context, this.registry);
		return start((parent != null) ? observation.parentObservation(parent) : observation);
	}

	/**
	 * Return what this thread is observed to do.
	 * @return the current observation, or {@code null} if there is none
	 */
	public @Nullable Observation current() {
		return this.registry.getCurrentObservation();
	}

	private static @Nullable Observation start(Observation observation) {
		return observation.isNoop() ? null : observation.start();
	}

	/**
	 * Names observations. What is {@code null} is named by the convention of the
	 * registry, or the default.
	 *
	 * @param call names those of calls
	 * @param event names those of the events of connections
	 * @param connect names those of requests for connections
	 * @param send names those of messages of the application
	 * @param webhook names those of requests to webhooks
	 */
	public record Conventions(@Nullable HubCallObservationConvention call,
			@Nullable ConnectionEventObservationConvention event, @Nullable ConnectObservationConvention connect,
			@Nullable SendObservationConvention send, @Nullable WebhookObservationConvention webhook) {

		/**
		 * Leaves all names to the registry or the defaults.
		 */
		public static final Conventions DEFAULT = new Conventions(null, null, null, null, null);

	}

}
