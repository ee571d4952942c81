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

package dev.realtime.hub;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A call of a client, as {@linkplain HubFilter filters} see it.
 *
 * @since 0.1.0
 */
public interface HubInvocation {

	/**
	 * Return the name of the method.
	 * @return the name as registered, not as the client wrote it
	 */
	String target();

	/**
	 * Return the positional arguments, bound to the types of the method's parameters.
	 * What the server provides (the caller context and the like) and upload streams are
	 * not among them.
	 * @return an unmodifiable list
	 */
	List<@Nullable Object> arguments();

	/**
	 * Return the headers of the call.
	 * @return an unmodifiable map, possibly empty
	 */
	Map<String, String> headers();

	/**
	 * Return the connection that called.
	 * @return the caller
	 */
	HubCallerContext caller();

	/**
	 * Return the method that is going to be called, for inspection.
	 * @return the method
	 */
	Method method();

	/**
	 * Return the bean the method is going to be called on, for inspection.
	 * @return the bean
	 */
	Object bean();

	/**
	 * Return this call with other arguments, to proceed with.
	 * @param arguments as many arguments as this call has
	 * @return a call that differs in its arguments only
	 * @throws IllegalArgumentException if the number of arguments differs
	 */
	HubInvocation withArguments(List<?> arguments);

}
