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

	private static final HubObservations NONE = new HubObservations(ObservationRegistry.NOOP, null, null, null);

	private static final HubCallObservationConvention DEFAULT_CALL_CONVENTION = new DefaultHubCallObservationConvention();

	private static final ConnectionEventObservationConvention DEFAULT_EVENT_CONVENTION = new DefaultConnectionEventObservationConvention();

	private final ObservationRegistry registry;

	private final @Nullable HubCallObservationConvention callConvention;

	private final @Nullable ConnectionEventObservationConvention eventConvention;

	private final @Nullable CallRecorder callRecorder;

	private HubObservations(ObservationRegistry registry, @Nullable HubCallObservationConvention callConvention,
			@Nullable ConnectionEventObservationConvention eventConvention, @Nullable CallRecorder callRecorder) {
		this.registry = registry;
		this.callConvention = callConvention;
		this.eventConvention = eventConvention;
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
	 * @param callConvention names the observations of calls, or {@code null} for the
	 * convention of the registry or the default
	 * @param eventConvention names the observations of events, or {@code null} for the
	 * convention of the registry or the default
	 * @return the observations
	 */
	public static HubObservations of(ObservationRegistry registry,
			@Nullable HubCallObservationConvention callConvention,
			@Nullable ConnectionEventObservationConvention eventConvention) {
		Assert.notNull(registry, "'registry' must not be null");
		return new HubObservations(registry, callConvention, eventConvention, null);
	}

	/**
	 * Have calls recorded instead of observed. To be used where nobody but the recorder
	 * would hear of the observations of calls, and nobody has a say in them.
	 * @param recorder records calls
	 * @return observations like these, of events only
	 */
	public HubObservations recordingCalls(CallRecorder recorder) {
		Assert.notNull(recorder, "'recorder' must not be null");
		return new HubObservations(this.registry, this.callConvention, this.eventConvention, recorder);
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
		return start(HubObservationDocumentation.CALL.observation(this.callConvention, DEFAULT_CALL_CONVENTION,
				() -> context, this.registry));
	}

	/**
	 * Start to observe the handling of an event.
	 * @param context what is known of the event
	 * @return the started observation, or {@code null} if it is not to be observed
	 */
	public @Nullable Observation start(ConnectionEventObservationContext context) {
		return start(HubObservationDocumentation.CONNECTION_EVENT.observation(this.eventConvention,
				DEFAULT_EVENT_CONVENTION, () -> context, this.registry));
	}

	private static @Nullable Observation start(Observation observation) {
		return observation.isNoop() ? null : observation.start();
	}

}
