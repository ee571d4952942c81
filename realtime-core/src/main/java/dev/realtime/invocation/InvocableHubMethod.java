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

import dev.realtime.invocation.support.ArgumentValidator;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.handler.HandlerMethod;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.messaging.handler.invocation.InvocableHandlerMethod;

/**
 * A method of a hub: an {@link InvocableHandlerMethod} that knows from start-up where
 * each of its arguments comes from.
 */
final class InvocableHubMethod extends InvocableHandlerMethod {

	private final List<HandlerMethodArgumentResolver> resolvers;

	private final @Nullable ArgumentValidator validator;

	private final @Nullable ExceptionHandlers exceptionHandlers;

	private final boolean singleton;

	/**
	 * Create the method.
	 * @param method the method of a bean, or of a bean name that is resolved on each call
	 * @param resolvers where the argument for each parameter comes from
	 * @param validator validates arguments, or {@code null} if nothing is constrained
	 * @param exceptionHandlers handles what the method throws, or {@code null} if nothing
	 * does
	 */
	InvocableHubMethod(HandlerMethod method, List<HandlerMethodArgumentResolver> resolvers,
			@Nullable ArgumentValidator validator, @Nullable ExceptionHandlers exceptionHandlers) {
		super(method);
		this.resolvers = List.copyOf(resolvers);
		this.validator = validator;
		this.exceptionHandlers = exceptionHandlers;
		this.singleton = !(method.getBean() instanceof String);
	}

	/**
	 * Return the method on the bean it is going to be called on.
	 * @return this method, or one for the bean of one call
	 */
	InvocableHubMethod resolved() {
		return this.singleton ? this : with(createWithResolvedBean());
	}

	/**
	 * Return the method on a bean.
	 * @param bean the bean
	 * @return a method for this bean
	 */
	InvocableHubMethod on(Object bean) {
		return (bean == getBean()) ? this : with(new HandlerMethod(bean, getMethod()));
	}

	private InvocableHubMethod with(HandlerMethod method) {
		return new InvocableHubMethod(method, this.resolvers, this.validator, this.exceptionHandlers);
	}

	@Nullable ExceptionHandlers exceptionHandlers() {
		return this.exceptionHandlers;
	}

	/**
	 * Invoke the method.
	 * @param message the call
	 * @return what the method returned
	 * @throws Exception what the method, or the resolution of an argument, threw
	 */
	@Nullable Object call(Message<?> message) throws Exception {
		if (!this.singleton) {
			return resolved().call(message);
		}
		int count = this.resolvers.size();
		@Nullable Object[] arguments = new Object[count];
		for (int i = 0; i < count; i++) {
			arguments[i] = this.resolvers.get(i).resolveArgument(getMethodParameters()[i], message);
		}
		if (this.validator != null) {
			this.validator.validate(getBean(), getMethod(), getMethodParameters(), arguments);
		}
		return doInvoke(arguments);
	}

}
