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
import dev.realtime.observation.HubObservationDocumentation.LowCardinalityKeyNames;
import dev.realtime.observation.HubObservationDocumentation.WebhookHighCardinalityKeyNames;
import dev.realtime.observation.HubObservationDocumentation.WebhookLowCardinalityKeyNames;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

/**
 * The {@link WebhookObservationConvention} there is by default.
 *
 * @since 0.1.0
 * @see HubObservationDocumentation#WEBHOOK
 */
public class DefaultWebhookObservationConvention implements WebhookObservationConvention {

	private static final String NAME = "realtime.webhook";

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(WebhookObservationContext context) {
		return context.getHub() + " webhook";
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(WebhookObservationContext context) {
		KeyValues keyValues = KeyValues.of(LowCardinalityKeyNames.RPC_SERVICE.withValue(context.getHub()),
				WebhookLowCardinalityKeyNames.WEBHOOK.withValue(context.getWebhook()));
		HubOutcome outcome = context.getOutcome();
		return (outcome != null) ? keyValues.and(outcome.keyValues(context.getError()))
			.and(WebhookLowCardinalityKeyNames.STATUS.withValue(status(context))) : keyValues;
	}

	private static String status(WebhookObservationContext context) {
		return (context.getStatus() != 0) ? String.valueOf(context.getStatus()) : KeyValue.NONE_VALUE;
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(WebhookObservationContext context) {
		return KeyValues.of(HighCardinalityKeyNames.CONNECTION_ID.withValue(context.getConnectionId()),
				WebhookHighCardinalityKeyNames.EVENT.withValue(context.getEvent()));
	}

}
