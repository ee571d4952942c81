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

package dev.realtime.hub.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An interface that describes what the clients of a hub can be asked. The name of a
 * method is its name on the wire; it is never re-cased. A method returns
 * <ul>
 * <li>{@code void}: it sends, and works with every target; what the future of
 * {@link dev.realtime.hub.ClientProxy#send(String, Object...) ClientProxy.send} would
 * tell is not seen,</li>
 * <li>{@link java.util.concurrent.CompletableFuture},
 * {@link java.util.concurrent.CompletionStage} or a reactive type of one value, such as
 * Reactor's {@code Mono}: it asks for a result, which works with a single client; on
 * other targets it throws {@link IllegalStateException}. {@code CompletableFuture<Void>}
 * waits for the client to complete the call. A reactive type asks when it is subscribed
 * to.</li>
 * </ul>
 * Methods have no overloads and no type parameters; default and static methods are
 * ordinary Java. The interface is checked when a typed template or target is first asked
 * for.
 *
 * @since 0.1.0
 * @see dev.realtime.hub.TypedHubContext
 * @see dev.realtime.hub.HubContext#clients(Class)
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface HubClient {

	/**
	 * The hubs whose clients the interface describes; names compare without case.
	 * @return the names of at least one hub
	 */
	String[] value();

}
