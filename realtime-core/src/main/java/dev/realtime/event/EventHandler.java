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

package dev.realtime.event;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * A method of a hub controller or of any other bean that takes part in events: in those
 * that clients send by name, or in those of a connection's life. Either {@link #value() a
 * name} or {@link #type() types} must be given, not both.
 * <p>
 * Several handlers of one event run in their
 * {@link org.springframework.core.annotation.Order}. To listen without taking part, use
 * Spring's {@link org.springframework.context.event.EventListener @EventListener} with a
 * {@link HubEvent}.
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective
public @interface EventHandler {

	/**
	 * The name of the event that clients send. {@code message} is that of the frames of
	 * plain clients.
	 * @return the name, or an empty string if {@link #type()} is given
	 */
	String value() default "";

	/**
	 * The events of a connection's life.
	 * @return the types, or none if {@link #value()} is given
	 */
	EventType[] type() default {};

	/**
	 * The hubs whose events are handled; names compare without case. They must exist, and
	 * on a controller be among those it serves.
	 * @return the names; none stands for the hubs of the controller, or for all hubs if
	 * the bean is no controller
	 */
	String[] hub() default {};

}
