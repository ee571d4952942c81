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

package dev.realtime.interoperability;

import dev.realtime.hub.HubConfigurer;
import dev.realtime.hub.HubRegistry;
import dev.realtime.hub.StreamEmitter;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;

/**
 * A hub that tells its clients what went wrong.
 */
@HubController("detailed")
class DetailedController implements HubConfigurer {

	@Override
	public void configureHubs(HubRegistry registry) {
		registry.hub("detailed").options((options) -> options.detailedErrors(true));
	}

	@HubMethod
	void fail(String text) {
		throw new IllegalStateException(text);
	}

	@HubMethod
	void failing(String text, StreamEmitter<String> out) {
		out.send("first");
		out.completeWithError(new IllegalStateException(text));
	}

	@HubMethod
	int count(int number) {
		return number;
	}

}
