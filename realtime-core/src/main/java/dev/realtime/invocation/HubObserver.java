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

import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Predicate;

import dev.realtime.connection.ClientConnection;
import dev.realtime.event.ConnectRejectedException;
import dev.realtime.event.EventType;
import dev.realtime.invocation.support.CallerScope;
import dev.realtime.observation.CallRecorder;
import dev.realtime.observation.ConnectionEventObservationContext;
import dev.realtime.observation.HubCallObservationContext;
import dev.realtime.observation.HubObservations;
import dev.realtime.observation.HubOutcome;
import dev.realtime.observation.ObservedMethod;
import dev.realtime.observation.RpcSystem;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * Has the calls of one hub and the events of its connections observed.
 */
final class HubObserver {

	private final HubObservations observations;

	private final String hub;

	private final ObservedMethod unknownMethod;

	private final Predicate<Throwable> refusal;

	/**
	 * Create an observer.
	 * @param observations starts observations
	 * @param hub the name of the hub as those who observe it are told
	 * @param refusal whether a caller was refused, as opposed to something having failed
	 */
	HubObserver(HubObservations observations, String hub, Predicate<Throwable> refusal) {
		this.observations = observations;
		this.hub = hub;
		this.unknownMethod = ObservedMethod.unknown(hub);
		this.refusal = refusal;
	}

	/**
	 * Return whether anything is observed. To be asked before a call is.
	 * @return {@code false} if nobody would hear of it
	 */
	boolean isEnabled() {
		return this.observations.isEnabled();
	}

	/**
	 * Begin to observe a call.
	 * @param call the call, which is about to be dispatched
	 */
	void begin(HubCall call) {
		ObservedMethod observed = call.method().observed().calledBy(call.session().rpcSystem());
		CallRecorder recorder = this.observations.callRecorder();
		if (recorder != null) {
			call.observe(new RecordedScope(recorder, observed, call.session()::scope));
			return;
		}
		Observation observation = this.observations.start(context(call.session(), observed, call.invocationHeaders()));
		if (observation != null) {
			call.observe(new ObservedScope(observation, call.session()::scope));
		}
	}

	/**
	 * Take note that a call is over.
	 * @param call the call
	 * @param scope the scope of the call
	 * @param failure what the client was answered for, or {@code null} if nothing has
	 * failed
	 */
	void end(HubCall call, CallScope scope, @Nullable Throwable failure) {
		Throwable cause = (failure != null) ? ErrorTexts.unwrap(failure) : null;
		scope.end(outcome(call, cause), cause);
	}

	private HubOutcome outcome(HubCall call, @Nullable Throwable failure) {
		if (failure != null && !(failure instanceof CancellationException)) {
			return outcome(failure);
		}
		boolean unwanted = call.isCancelled() || call.session().connection().isEnding();
		if (unwanted && call.method().cancellable()) {
			return HubOutcome.CANCELLED;
		}
		return (failure != null) ? HubOutcome.ERROR : HubOutcome.SUCCESS;
	}

	private HubOutcome outcome(Throwable failure) {
		return this.refusal.test(failure) ? HubOutcome.REFUSED : HubOutcome.ERROR;
	}

	/**
	 * Take note of a call that was refused before it could be dispatched.
	 * @param session the session of the calling connection
	 * @param method the method, or {@code null} if it does not exist
	 * @param headers the headers of the call
	 * @param reason why it was refused
	 */
	void refused(HubSession session, @Nullable HubMethodDescriptor method, Map<String, String> headers,
			Throwable reason) {
		ObservedMethod observed = ((method != null) ? method.observed() : this.unknownMethod)
			.calledBy(session.rpcSystem());
		CallRecorder recorder = this.observations.callRecorder();
		if (recorder != null) {
			recorder.record(observed, HubOutcome.REFUSED, reason, recorder.nanoTime());
			return;
		}
		HubCallObservationContext context = context(session, observed, headers);
		Observation observation = this.observations.start(context);
		if (observation != null) {
			context.setOutcome(HubOutcome.REFUSED);
			observation.error(reason);
			observation.stop();
		}
	}

	private static HubCallObservationContext context(HubSession session, ObservedMethod method,
			Map<String, String> headers) {
		ClientConnection connection = session.connection();
		return new HubCallObservationContext(method, connection.id(), connection.userId(), headers);
	}

	/**
	 * Observe the handling of an event.
	 * @param <E> the type of what goes wrong
	 * @param type the event
	 * @param system what the client speaks
	 * @param connectionId the id of the connection
	 * @param caller the scope of the client, or {@code null} if there is none
	 * @param handling handles the event
	 * @throws E what the handling throws
	 */
	<E extends Throwable> void observe(EventType type, RpcSystem system, String connectionId,
			@Nullable CallerScope caller, Handling<E> handling) throws E {
		ConnectionEventObservationContext context = new ConnectionEventObservationContext(type, system, this.hub,
				connectionId);
		Observation observation = isEnabled() ? this.observations.start(context) : null;
		if (observation == null) {
			handling.handle(caller, (failure) -> {
			});
			return;
		}
		context.setOutcome(HubOutcome.SUCCESS);
		Observation.Scope scope = observation.openScope();
		try {
			handling.handle(new ObservedScope(observation, () -> caller),
					(failure) -> failed(observation, context, failure));
		}
		catch (Throwable ex) {
			failed(observation, context, ex);
			throw ex;
		}
		finally {
			scope.close();
			observation.stop();
		}
	}

	private void failed(Observation observation, ConnectionEventObservationContext context, Throwable failure) {
		Throwable cause = failure;
		if (failure instanceof ConnectRejectedException rejection) {
			context.setOutcome((rejection.getStatus() < 500) ? HubOutcome.REFUSED : HubOutcome.ERROR);
			cause = (rejection.getCause() != null) ? rejection.getCause() : rejection;
		}
		else {
			context.setOutcome(outcome(failure));
		}
		observation.error(cause);
	}

	/**
	 * Handles an event.
	 *
	 * @param <E> the type of what goes wrong
	 */
	interface Handling<E extends Throwable> {

		/**
		 * Handle the event.
		 * @param scope the scope that results of handlers are to have in their context,
		 * or {@code null} if there is none
		 * @param failures is told of failures that are not thrown
		 * @throws E what went wrong
		 */
		void handle(@Nullable CallerScope scope, Consumer<Throwable> failures) throws E;

	}

}
