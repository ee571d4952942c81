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

package dev.realtime.boot.autoconfigure.servlet;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Tells whoever sends traffic whether this node wants any while it drains and afterwards:
 * the readiness of the application. An application that has refused traffic on its own
 * account goes on to do so.
 */
final class DrainReadiness {

	private final ApplicationEventPublisher publisher;

	private final @Nullable ApplicationAvailability availability;

	DrainReadiness(ApplicationEventPublisher publisher, @Nullable ApplicationAvailability availability) {
		this.publisher = publisher;
		this.availability = availability;
	}

	void refuse() {
		if (this.availability == null || this.availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC) {
			AvailabilityChangeEvent.publish(this.publisher, this, ReadinessState.REFUSING_TRAFFIC);
		}
	}

	void accept() {
		AvailabilityChangeEvent<?> last = (this.availability != null)
				? this.availability.getLastChangeEvent(ReadinessState.class) : null;
		if (this.availability == null || (last != null && last.getSource() == this)) {
			AvailabilityChangeEvent.publish(this.publisher, this, ReadinessState.ACCEPTING_TRAFFIC);
		}
	}

}
