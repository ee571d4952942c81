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

package dev.realtime.boot.autoconfigure.actuate;

import java.time.Duration;

import dev.realtime.boot.actuate.RealtimeEndpoint;
import dev.realtime.hub.HubDrain;
import dev.realtime.invocation.HubEngine;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

/**
 * Tests for the drain operation of {@link RealtimeEndpoint} where there is nothing to
 * drain.
 */
class DrainOperationTests {

	private final HubDrain drain = mock();

	private final RealtimeEndpoint endpoint = new RealtimeEndpoint(mock(HubEngine.class), this.drain);

	@Test
	void applicationThatStopsSaysSo() {
		given(this.drain.start()).willThrow(new IllegalStateException());
		willThrow(new IllegalStateException()).given(this.drain).resume();
		for (boolean drain : new boolean[] { true, false }) {
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> this.endpoint.drain(drain, null))
				.withMessage("The application stops");
		}
	}

	@Test
	void negativeTimeout() {
		assertThatExceptionOfType(InvalidEndpointRequestException.class)
			.isThrownBy(() -> this.endpoint.drain(true, Duration.ofSeconds(-1)))
			.withMessage("Parameter 'timeout' must not be negative");
		then(this.drain).shouldHaveNoInteractions();
	}

}
