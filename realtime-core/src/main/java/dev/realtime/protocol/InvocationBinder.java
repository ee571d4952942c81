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

package dev.realtime.protocol;

import java.lang.reflect.Type;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Asked by a codec for the Java types of the values it reads, while it reads them.
 *
 * @since 0.1.0
 */
public interface InvocationBinder {

	/**
	 * Return the types of a method's positional arguments.
	 * @param target the name of the method as the client wrote it
	 * @return the generic types, in order, or {@code null} if there is no such method
	 */
	@Nullable List<Type> parameterTypes(String target);

	/**
	 * Return the type a client's answer is expected to have.
	 * @param invocationId the id of a call the server made
	 * @return the generic type, or {@code null} if no call with that id is waiting
	 */
	@Nullable Type resultType(String invocationId);

	/**
	 * Return the type of the items of an upload stream.
	 * @param streamId the id of the stream
	 * @return the generic type, or {@code null} if there is no such stream
	 */
	@Nullable Type streamItemType(String streamId);

}
