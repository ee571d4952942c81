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

import java.util.concurrent.atomic.LongAdder;

import dev.realtime.web.LogThrottle;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What has become of events that did not get to a webhook: each is counted, and one a
 * minute makes a warning.
 */
final class FailureLog {

	private static final Log logger = LogFactory.getLog(FailureLog.class);

	private final LogThrottle throttle;

	private final String webhook;

	private final LongAdder failed = new LongAdder();

	private final LongAdder discarded = new LongAdder();

	FailureLog(Timer timer, String webhook) {
		this.throttle = new LogThrottle(timer::nanoTime);
		this.webhook = webhook;
	}

	void failed(CloudEvent event, Throwable failure) {
		this.failed.increment();
		log("Webhook %s failed for %s: %s".formatted(this.webhook, event, failure.getMessage()), failure);
	}

	void discarded(CloudEvent event) {
		this.discarded.increment();
		log("Webhook %s is too slow: %s is discarded".formatted(this.webhook, event), null);
	}

	private void log(String text, @Nullable Throwable failure) {
		logger.debug(text, failure);
		long others = this.throttle.next();
		if (others != LogThrottle.TOO_EARLY) {
			logger.warn(text + ((others > 0) ? " (%d failures since the last warning)".formatted(others) : ""));
		}
	}

	long failed() {
		return this.failed.sum();
	}

	long discarded() {
		return this.discarded.sum();
	}

}
