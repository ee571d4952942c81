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

import org.springframework.aot.hint.annotation.Reflective;

/**
 * A method of a {@link HubController @HubController} that clients can call. Its result,
 * if it has one, completes the client's call; a stream is sent item by item.
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective
public @interface HubMethod {

	/**
	 * The name clients call the method by; compares without case, and must be unique
	 * within a hub.
	 * @return the name, or an empty string for the name of the Java method
	 */
	String value() default "";

	/**
	 * Whether the method may block its thread. One that does not, and says so with
	 * {@code false}, runs right on the thread that reads from the client, which is
	 * faster: everything the method does holds up the messages of other clients.
	 * @return {@code false} if the method never blocks
	 */
	boolean blocking() default true;

}
