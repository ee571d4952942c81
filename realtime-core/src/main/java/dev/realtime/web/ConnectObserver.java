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

package dev.realtime.web;

import java.io.IOException;
import java.util.function.Supplier;

import dev.realtime.observation.ConnectObservationContext;
import dev.realtime.observation.HubObservations;
import dev.realtime.observation.HubOutcome;
import io.micrometer.observation.Observation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.util.function.SingletonSupplier;

/**
 * Has the requests observed that ask for connections. They are part of what is observed
 * of their HTTP request, if that is; else the trace of the client goes on here.
 */
final class ConnectObserver {

	static final String NEGOTIATE = "negotiate";

	private static final String UPGRADE = "upgrade";

	private static final int OK = 200;

	private static final int SWITCHING_PROTOCOLS = 101;

	private final Supplier<HubObservations> observations;

	/**
	 * Create an observer.
	 * @param observations starts observations; asked for when there is something to
	 * observe
	 */
	ConnectObserver(Supplier<HubObservations> observations) {
		this.observations = SingletonSupplier.of(observations);
	}

	/**
	 * Observe a request.
	 * @param <T> what comes of it
	 * @param hub the name of the hub
	 * @param kind how the client asks
	 * @param request the request
	 * @param connect handles the request
	 * @return what comes of it
	 * @throws HttpAnswerException if the client is refused
	 * @throws IOException if the response cannot be written
	 */
	<T> T observe(String hub, String kind, HttpServletRequest request, Connect<T> connect)
			throws HttpAnswerException, IOException {
		HubObservations observations = this.observations.get();
		if (!observations.isEnabled()) {
			return connect.handle(new ConnectObservationContext(hub, kind, request::getHeader));
		}
		// what is not to be observed has an observation that does nothing
		Observation current = observations.current();
		boolean observed = current != null && !current.isNoop();
		ConnectObservationContext context = new ConnectObservationContext(hub, kind,
				observed ? (name) -> null : request::getHeader);
		context.answered(HubOutcome.SUCCESS, kind.equals(UPGRADE) ? SWITCHING_PROTOCOLS : OK);
		Observation observation = observations.start(context);
		if (observation == null) {
			return connect.handle(context);
		}
		Observation.Scope scope = observation.openScope();
		try {
			return connect.handle(context);
		}
		catch (HttpAnswerException ex) {
			int status = ex.answer().status();
			context.answered((status < 500) ? HubOutcome.REFUSED : HubOutcome.ERROR, status);
			if (status >= 500) {
				observation.error(ex);
			}
			throw ex;
		}
		catch (IOException | RuntimeException ex) {
			context.answered(HubOutcome.ERROR, 500);
			observation.error(ex);
			throw ex;
		}
		finally {
			scope.close();
			observation.stop();
		}
	}

	/**
	 * Observe a request for a new connection over WebSocket.
	 * @param hub the name of the hub
	 * @param request the request
	 * @param response its response
	 * @param upgrade handles the request
	 * @throws HttpAnswerException if the client is refused
	 * @throws IOException if the response cannot be written
	 */
	void observe(String hub, HttpServletRequest request, HttpServletResponse response, Upgrade upgrade)
			throws HttpAnswerException, IOException {
		observe(hub, UPGRADE, request, (context) -> {
			boolean upgraded = upgrade.run();
			if (!upgraded) {
				context.answered(HubOutcome.REFUSED, response.getStatus());
			}
			return upgraded;
		});
	}

	/**
	 * Handles a request.
	 *
	 * @param <T> what comes of it
	 */
	interface Connect<T> {

		/**
		 * Handle the request.
		 * @param context is told of an outcome that is neither success nor thrown
		 * @return what comes of it
		 * @throws HttpAnswerException if the client is refused
		 * @throws IOException if the response cannot be written
		 */
		T handle(ConnectObservationContext context) throws HttpAnswerException, IOException;

	}

	/**
	 * Upgrades a request to a new connection.
	 */
	interface Upgrade {

		/**
		 * Upgrade the request.
		 * @return {@code false} if it was answered that it cannot be
		 * @throws HttpAnswerException if the client is refused
		 * @throws IOException if the response cannot be written
		 */
		boolean run() throws HttpAnswerException, IOException;

	}

}
