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

package dev.realtime.lifetime;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.realtime.hub.PlainMessage;
import dev.realtime.lifetime.TestNodes.TestNode;
import dev.realtime.observation.CallRecorder;
import dev.realtime.observation.DefaultSendObservationConvention;
import dev.realtime.observation.HubObservations;
import dev.realtime.observation.HubObservations.Conventions;
import dev.realtime.observation.HubOutcome;
import dev.realtime.observation.ObservedMethod;
import dev.realtime.observation.SendObservationContext;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.messaging.converter.MessageConversionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the observations of messages that the application sends.
 */
class SendObservationTests {

	private final TestNodes nodes = new TestNodes();

	private final TestNode node = this.nodes.alone();

	private final List<String> observed = new CopyOnWriteArrayList<>();

	private final ObservationRegistry registry = ObservationRegistry.create();

	SendObservationTests() {
		this.registry.observationConfig().observationHandler(new ObservationHandler<SendObservationContext>() {

			@Override
			public void onStop(SendObservationContext context) {
				SendObservationTests.this.observed.add(context.getContextualName() + " " + context.getMethod() + " "
						+ context.getOutcome() + " " + context.getLowCardinalityKeyValue("realtime.target").getValue());
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return context instanceof SendObservationContext;
			}

		});
	}

	@AfterEach
	void close() {
		this.nodes.close();
	}

	private void observe(HubObservations observations) {
		this.node.manager.observations(observations, "chat");
	}

	@Test
	void messagesAreObservedByTheirTarget() {
		observe(HubObservations.of(this.registry, Conventions.DEFAULT));
		this.node.chat.all().send("m").join();
		this.node.chat.group("g").publish(PlainMessage.text("hi")).join();
		this.node.chat.user("u").send("m").join();
		this.node.chat.client("c").send("m").join();
		this.node.chat.clients().groups("g", "h").send("m").join();
		this.node.chat.clients().matching("userId eq 'ann'").send("m").join();
		assertThat(this.observed).containsExactly("chat send all m SUCCESS all", "chat send group null SUCCESS group",
				"chat send user m SUCCESS user", "chat send connection m SUCCESS connection",
				"chat send several m SUCCESS several", "chat send all m SUCCESS all");
	}

	@Test
	void failureIsObservedAndThrown() {
		observe(HubObservations.of(this.registry, Conventions.DEFAULT));
		this.node.connect("c1");
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> this.node.chat.all().send("m", Thread.currentThread()));
		assertThat(this.observed).containsExactly("chat send all m ERROR all");
	}

	@Test
	void nothingIsObservedIfOnlyTimersListen() {
		observe(HubObservations.of(this.registry, Conventions.DEFAULT).recordingCalls(new NoRecorder()));
		this.node.chat.all().send("m").join();
		assertThat(this.observed).isEmpty();
		assertThat(this.node.manager.sendObserver()).isNull();
	}

	@Test
	void whoeverNamesTheObservationsHasThemInAnyCase() {
		observe(HubObservations
			.of(this.registry, new Conventions(null, null, null, new DefaultSendObservationConvention() {

				@Override
				public String getContextualName(SendObservationContext context) {
					return "mine";
				}

			}, null))
			.recordingCalls(new NoRecorder()));
		this.node.chat.all().send("m").join();
		assertThat(this.observed).containsExactly("mine m SUCCESS all");
	}

	private static final class NoRecorder implements CallRecorder {

		@Override
		public long nanoTime() {
			return 0;
		}

		@Override
		public void record(ObservedMethod method, HubOutcome outcome, @Nullable Throwable failure, long start) {
		}

	}

}
