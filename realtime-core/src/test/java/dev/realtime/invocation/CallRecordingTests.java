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

package dev.realtime.invocation;

import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.realtime.event.EventType;
import dev.realtime.invocation.CallObservationTests.Calls;
import dev.realtime.invocation.CallObservationTests.Security;
import dev.realtime.invocation.RecordedObservations.Observed;
import dev.realtime.observation.CallRecorder;
import dev.realtime.observation.ConnectionEventObservationContext;
import dev.realtime.observation.HubCallObservationContext;
import dev.realtime.observation.HubObservations;
import dev.realtime.observation.HubObservations.Conventions;
import dev.realtime.observation.HubOutcome;
import dev.realtime.observation.ObservedMethod;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for calls that are recorded instead of observed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallRecordingTests {

	private final HubTester observed = HubTester.with(Observed.class, Security.class, Calls.class);

	private final HubTester recorded = HubTester.with(Recorded.class, Security.class, Calls.class);

	private final TestClient observedClient = this.observed.connect("ann");

	private final TestClient recordedClient = this.recorded.connect("ann");

	private int observedCalls;

	@AfterAll
	void close() {
		this.observed.close();
		this.recorded.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			1 | typing     | []
			1 | inline     | []
			1 | fail       | []
			1 | translated | []
			1 | recovered  | []
			1 | later      | []
			1 | laterFail  | []
			1 | laterMade  | []
			1 | mono       | []
			1 | monoFail   | []
			1 | denied     | []
			1 | unwritable | []
			1 | noSuch     | []
			1 | fail       | [1]
			1 | number     | ['a']
			1 | numbers    | []
			4 | numbers    | []
			4 | stream     | []
			4 | emitFail   | []
			""")
	void whatIsRecordedIsWhatWouldBeObserved(int type, String method, String arguments) throws InterruptedException {
		String call = "{'type':" + type + ",'invocationId':'1','target':'" + method + "','arguments':" + arguments
				+ "}";
		this.observedClient.send(call);
		this.observedClient.completion("1");
		this.recordedClient.send(call);
		this.recordedClient.completion("1");
		assertThat(this.recorded.bean(Recorder.class).next()).isEqualTo(observed());
	}

	private String observed() {
		List<?> calls = this.observed.bean(RecordedObservations.class)
			.await(HubCallObservationContext.class, ++this.observedCalls);
		HubCallObservationContext call = (HubCallObservationContext) calls.get(calls.size() - 1);
		return text(call.getHub(), call.getMethod(), call.getOutcome(), call.getError());
	}

	private static String text(String hub, @Nullable String method, @Nullable HubOutcome outcome,
			@Nullable Throwable failure) {
		return hub + "/" + method + " " + outcome + " " + ((failure != null) ? failure.getClass().getName() : "none");
	}

	@Test
	void eventsAreObservedAllTheSame() {
		RecordedObservations observations = this.recorded.bean(RecordedObservations.class);
		assertThat(observations.await(ConnectionEventObservationContext.class, 2))
			.extracting((context) -> ((ConnectionEventObservationContext) context).getType())
			.containsExactly(EventType.CONNECT, EventType.CONNECTED);
		assertThat(observations.steps).isEmpty();
	}

	/**
	 * Remembers what it is told.
	 */
	static class Recorder implements CallRecorder {

		private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

		@Override
		public long nanoTime() {
			return 17;
		}

		@Override
		public void record(ObservedMethod method, HubOutcome outcome, @Nullable Throwable failure, long start) {
			assertThat(start).isEqualTo(17);
			HubCallObservationContext call = new HubCallObservationContext(method, "", null, Map.of());
			this.calls.add(text(call.getHub(), call.getMethod(), outcome, failure));
		}

		@Nullable String next() throws InterruptedException {
			return this.calls.poll(10, TimeUnit.SECONDS);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Recorded {

		@Bean
		Recorder recorder() {
			return new Recorder();
		}

		@Bean
		RecordedObservations recordedObservations() {
			return new RecordedObservations();
		}

		@Bean
		HubObservations observations(RecordedObservations recorded, Recorder recorder) {
			return HubObservations.of(recorded.registry, Conventions.DEFAULT).recordingCalls(recorder);
		}

	}

}
