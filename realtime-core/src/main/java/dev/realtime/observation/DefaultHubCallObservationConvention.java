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

import dev.realtime.observation.HubObservationDocumentation.HighCardinalityKeyNames;
import io.micrometer.common.KeyValues;

/**
 * The {@link HubCallObservationConvention} there is by default, in the terms of
 * OpenTelemetry's remote procedure calls.
 *
 * @since 0.1.0
 * @see HubObservationDocumentation#CALL
 */
public class DefaultHubCallObservationConvention implements HubCallObservationConvention {

	private static final String NAME = "realtime.hub.call";

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(HubCallObservationContext context) {
		return context.method().contextualName();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(HubCallObservationContext context) {
		HubOutcome outcome = context.getOutcome();
		return (outcome != null) ? context.method().ended(outcome, context.getError()) : context.method().started();
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(HubCallObservationContext context) {
		return KeyValues.of(HighCardinalityKeyNames.CONNECTION_ID.withValue(context.getConnectionId()));
	}

}
