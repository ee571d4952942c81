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

import java.util.Locale;

import dev.realtime.observation.HubObservationDocumentation.EventLowCardinalityKeyNames;
import dev.realtime.observation.HubObservationDocumentation.HighCardinalityKeyNames;
import dev.realtime.observation.HubObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.common.KeyValues;

/**
 * The {@link ConnectionEventObservationConvention} there is by default.
 *
 * @since 0.1.0
 * @see HubObservationDocumentation#CONNECTION_EVENT
 */
public class DefaultConnectionEventObservationConvention implements ConnectionEventObservationConvention {

	private static final String NAME = "realtime.connection.event";

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(ConnectionEventObservationContext context) {
		return context.getHub() + " " + event(context);
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(ConnectionEventObservationContext context) {
		KeyValues keyValues = KeyValues.of(
				EventLowCardinalityKeyNames.RPC_SYSTEM.withValue(context.getSystem().value()),
				LowCardinalityKeyNames.RPC_SERVICE.withValue(context.getHub()),
				EventLowCardinalityKeyNames.EVENT.withValue(event(context)));
		HubOutcome outcome = context.getOutcome();
		return (outcome != null) ? keyValues.and(outcome.keyValues(context.getError())) : keyValues;
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(ConnectionEventObservationContext context) {
		return KeyValues.of(HighCardinalityKeyNames.CONNECTION_ID.withValue(context.getConnectionId()));
	}

	private static String event(ConnectionEventObservationContext context) {
		return context.getType().name().toLowerCase(Locale.ROOT);
	}

}
