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

import java.lang.reflect.Type;
import java.util.List;

import dev.realtime.hub.RateLimit;
import dev.realtime.observation.ObservedMethod;
import org.jspecify.annotations.Nullable;

/**
 * What the dispatcher knows of a hub method, worked out at start-up.
 *
 * @param name the name clients call it by, as registered
 * @param method the method, ready to be invoked
 * @param argumentTypes the types of the positional arguments, in order
 * @param uploads the types of the items of the upload streams the method takes, in order
 * @param streaming whether the result is a stream
 * @param resultType the type of the result, or {@code null} if there is none or it is a
 * stream
 * @param blocking whether the method may block, so that it must not run on a thread that
 * serves other connections
 * @param occupiesThread whether the method may keep its thread while a stream flows, so
 * that it must not run on one of those that calls share
 * @param emitter whether the method writes its stream to a
 * {@link dev.realtime.hub.StreamEmitter}
 * @param cancellable whether the client can cancel a call: it returns a stream, or the
 * method wants to know
 * @param event whether it was written to handle an event rather than to be called
 * @param complaints when was complained that the method blocks although it must not
 * @param observed what is the same in all observations of its calls
 * @param rate how often one client may call it, or {@code null} for any
 */
record HubMethodDescriptor(String name, InvocableHubMethod method, List<Type> argumentTypes, List<Type> uploads,
		boolean streaming, @Nullable Class<?> resultType, boolean blocking, boolean occupiesThread, boolean emitter,
		boolean cancellable, boolean event, HeldThread.Complaints complaints, ObservedMethod observed,
		@Nullable RateLimit rate) {

	/**
	 * Return this method as a handler of an event.
	 * @return a descriptor of the same method
	 */
	HubMethodDescriptor forEvent() {
		return new HubMethodDescriptor(this.name, this.method, this.argumentTypes, this.uploads, this.streaming,
				this.resultType, this.blocking, this.occupiesThread, this.emitter, this.cancellable, true,
				this.complaints, this.observed, this.rate);
	}

	/**
	 * Return this method with a limit of how often one client may call it.
	 * @param rate the limit, or {@code null} for none
	 * @return a descriptor of the same method
	 */
	HubMethodDescriptor limitedTo(@Nullable RateLimit rate) {
		return new HubMethodDescriptor(this.name, this.method, this.argumentTypes, this.uploads, this.streaming,
				this.resultType, this.blocking, this.occupiesThread, this.emitter, this.cancellable, this.event,
				this.complaints, this.observed, rate);
	}

}
