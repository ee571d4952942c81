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

package dev.realtime.invocation.support;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;

/**
 * Checks the arguments of a method before it is invoked.
 *
 * @since 0.1.0
 */
public interface ArgumentValidator {

	/**
	 * Return whether anything of a method is constrained.
	 * @param method the method
	 * @return {@code true} if its arguments have to be validated
	 */
	boolean appliesTo(Method method);

	/**
	 * Validate the arguments of a call.
	 * @param bean the bean
	 * @param method the method
	 * @param parameters its parameters
	 * @param arguments the arguments
	 * @throws org.springframework.validation.method.MethodValidationException if an
	 * argument violates a constraint
	 */
	void validate(Object bean, Method method, MethodParameter[] parameters, @Nullable Object[] arguments);

}
