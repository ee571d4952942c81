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

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import dev.realtime.invocation.support.CallerScope;
import dev.realtime.invocation.support.StreamAdapters;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.handler.invocation.AbstractExceptionHandlerMethodResolver;
import org.springframework.util.ClassUtils;

/**
 * What handles the exceptions of the methods of one bean: methods of its own, then those
 * of advice, in order. Of one class the method for the closest exception is taken.
 */
final class ExceptionHandlers {

	private static final Log logger = LogFactory.getLog(ExceptionHandlers.class);

	private final List<Source> sources;

	private final StreamAdapters adapters;

	/**
	 * Create the handlers of a bean.
	 * @param sources the classes that have exception handlers, in order
	 * @param adapters knows the types of values to come
	 */
	ExceptionHandlers(List<Source> sources, StreamAdapters adapters) {
		this.sources = List.copyOf(sources);
		this.adapters = adapters;
	}

	boolean isEmpty() {
		return this.sources.isEmpty();
	}

	/**
	 * Return whether there is a handler for a failure.
	 * @param failure what was thrown
	 * @return {@code false} if the failure stays what it is
	 */
	boolean handles(Throwable failure) {
		return this.sources.stream().anyMatch((source) -> source.resolver().resolveMethod(failure) != null);
	}

	/**
	 * Handle a failure.
	 * @param message what has failed
	 * @param bean the bean whose method has failed
	 * @param failure what was thrown
	 * @param resultType the type of what can be answered in place of the failure, or
	 * {@code null} if nothing can
	 * @return the answer, or a {@link CompletionStage} of it
	 * @throws Throwable the failure, or what the handler wants to have in its place
	 */
	@Nullable Object handle(DispatchMessage message, Object bean, Throwable failure, @Nullable Class<?> resultType)
			throws Throwable {
		ExceptionHandler handler = find(failure, bean);
		if (handler == null) {
			throw failure;
		}
		if (logger.isDebugEnabled()) {
			logger.debug("Exception handler " + handler.method().getShortLogMessage() + " is called", failure);
		}
		Object returned = handler.method().call(new FailureMessage(message, failure));
		CallerScope scope = message.scope();
		CompletionStage<@Nullable Object> stage = (returned != null)
				? this.adapters.toStage((scope != null) ? scope.propagate(returned) : returned) : null;
		if (stage == null) {
			return outcome(handler, returned, failure, resultType);
		}
		return stage.thenApply((value) -> {
			try {
				return outcome(handler, value, failure, resultType);
			}
			catch (Throwable ex) {
				throw new CompletionException(ex);
			}
		});
	}

	private @Nullable ExceptionHandler find(Throwable failure, Object bean) {
		for (Source source : this.sources) {
			Method method = source.resolver().resolveMethod(failure);
			ExceptionHandler handler = (method != null) ? source.handlers().get(method) : null;
			if (handler != null) {
				return source.own() ? handler.on(bean) : handler;
			}
		}
		return null;
	}

	private @Nullable Object outcome(ExceptionHandler handler, @Nullable Object returned, Throwable failure,
			@Nullable Class<?> resultType) throws Throwable {
		Object answer = this.adapters.unwrapOptional(returned);
		if (answer instanceof Throwable replacement) {
			throw replacement;
		}
		if (!handler.answers()) {
			throw failure;
		}
		if (resultType == null || !ClassUtils.isAssignableValue(resultType, answer)) {
			logger.debug("What the exception handler has returned cannot be the result of the call");
			throw failure;
		}
		return answer;
	}

	/**
	 * A class that has exception handlers.
	 *
	 * @param resolver finds the method for an exception
	 * @param handlers the methods
	 * @param own whether the methods belong to the bean that has failed
	 */
	record Source(AbstractExceptionHandlerMethodResolver resolver, Map<Method, ExceptionHandler> handlers,
			boolean own) {

	}

	/**
	 * A method that handles exceptions.
	 *
	 * @param method the method
	 * @param answers whether it returns something
	 */
	record ExceptionHandler(InvocableHubMethod method, boolean answers) {

		ExceptionHandler on(Object bean) {
			return new ExceptionHandler(this.method.on(bean), this.answers);
		}

	}

}
