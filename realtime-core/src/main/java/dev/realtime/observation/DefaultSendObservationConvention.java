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

import dev.realtime.observation.HubObservationDocumentation.LowCardinalityKeyNames;
import dev.realtime.observation.HubObservationDocumentation.SendHighCardinalityKeyNames;
import dev.realtime.observation.HubObservationDocumentation.SendLowCardinalityKeyNames;
import io.micrometer.common.KeyValues;

/**
 * The {@link SendObservationConvention} there is by default.
 *
 * @since 0.1.0
 * @see HubObservationDocumentation#SEND
 */
public class DefaultSendObservationConvention implements SendObservationConvention {

	private static final String NAME = "realtime.send";

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(SendObservationContext context) {
		return context.getHub() + " send " + context.getTarget();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(SendObservationContext context) {
		KeyValues keyValues = KeyValues.of(LowCardinalityKeyNames.RPC_SERVICE.withValue(context.getHub()),
				SendLowCardinalityKeyNames.TARGET.withValue(context.getTarget()));
		HubOutcome outcome = context.getOutcome();
		return (outcome != null) ? keyValues.and(outcome.keyValues(context.getError())) : keyValues;
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(SendObservationContext context) {
		String method = context.getMethod();
		return (method != null) ? KeyValues.of(SendHighCardinalityKeyNames.METHOD.withValue(method))
				: KeyValues.empty();
	}

}
