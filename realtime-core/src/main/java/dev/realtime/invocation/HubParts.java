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

import dev.realtime.event.ClientEventHandler;
import dev.realtime.event.ClientEventListener;
import dev.realtime.hub.HubFilter;
import dev.realtime.invocation.HubBeans.Candidate;
import dev.realtime.invocation.support.CallerSecurity;
import dev.realtime.observation.HubObservations;
import org.jspecify.annotations.Nullable;

/**
 * What the application has for its hubs, known when all its singletons exist.
 *
 * @param candidates the methods of all beans
 * @param factory makes them callable
 * @param exceptionHandlers finds what handles their exceptions
 * @param filters the filters of all hubs
 * @param security what secures the methods, or {@code null}
 * @param observations observe what happens
 * @param clientEventHandlers handle events outside of the application
 * @param clientEventListeners listen to events outside of the application
 */
record HubParts(List<Candidate> candidates, HubMethodFactory factory, ExceptionHandlerFinder exceptionHandlers,
		List<HubFilter> filters, @Nullable CallerSecurity security, HubObservations observations,
		List<ClientEventHandler> clientEventHandlers, List<ClientEventListener> clientEventListeners) {

}
