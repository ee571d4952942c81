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
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import dev.realtime.observation.HubObservations;
import dev.realtime.observation.HubOutcome;
import dev.realtime.observation.SendObservationContext;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * Has the messages observed that the application sends to one hub.
 */
final class SendObserver {

	private final HubObservations observations;

	private final String hub;

	SendObserver(HubObservations observations, String hub) {
		this.observations = observations;
		this.hub = hub;
	}

	/**
	 * Observe a message.
	 * @param targets whom it is for
	 * @param method the method that clients are to call, or {@code null}
	 * @param sending sends the message
	 * @return what the sending returns
	 */
	CompletableFuture<Void> observe(List<Target> targets, @Nullable String method,
			Supplier<CompletableFuture<Void>> sending) {
		SendObservationContext context = new SendObservationContext(this.hub, label(targets), method);
		Observation observation = this.observations.start(context);
		if (observation == null) {
			return sending.get();
		}
		CompletableFuture<Void> accepted;
		try {
			accepted = sending.get();
		}
		catch (Throwable ex) {
			end(observation, context, ex);
			throw ex;
		}
		accepted.whenComplete((nothing, failure) -> end(observation, context, failure));
		return accepted;
	}

	private static void end(Observation observation, SendObservationContext context, @Nullable Throwable failure) {
		context.setOutcome((failure != null) ? HubOutcome.ERROR : HubOutcome.SUCCESS);
		if (failure != null) {
			observation.error(failure);
		}
		observation.stop();
	}

	private static String label(List<Target> targets) {
		if (targets.size() != 1) {
			return "several";
		}
		Target target = targets.get(0).within();
		if (target instanceof Target.Group) {
			return "group";
		}
		if (target instanceof Target.User) {
			return "user";
		}
		return (target instanceof Target.Connection) ? "connection" : "all";
	}

}
