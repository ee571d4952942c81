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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import dev.realtime.invocation.ExceptionHandlers.ExceptionHandler;
import dev.realtime.invocation.ExceptionHandlers.Source;
import dev.realtime.invocation.support.StreamAdapters;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.messaging.handler.HandlerMethod;
import org.springframework.messaging.handler.MessagingAdviceBean;
import org.springframework.messaging.handler.annotation.MessageExceptionHandler;
import org.springframework.messaging.handler.annotation.support.AnnotationExceptionHandlerMethodResolver;

/**
 * Finds, at start-up, what handles the exceptions of the methods of each bean.
 */
final class ExceptionHandlerFinder {

	private final HubBeans beans;

	private final HubMethodFactory factory;

	private final StreamAdapters adapters;

	private final Map<MessagingAdviceBean, Source> advice = new HashMap<>();

	private final List<MessagingAdviceBean> adviceInOrder = new ArrayList<>();

	private final Map<String, ExceptionHandlers> found = new HashMap<>();

	/**
	 * Create a finder.
	 * @param beans the beans of the application
	 * @param factory makes methods callable
	 * @param adapters knows the types of values to come
	 * @param advice the beans that handle exceptions of others, in order
	 * @throws InvalidHubException if a handler cannot be called, or two are for the same
	 * exception
	 */
	ExceptionHandlerFinder(HubBeans beans, HubMethodFactory factory, StreamAdapters adapters,
			List<MessagingAdviceBean> advice) {
		this.beans = beans;
		this.factory = factory;
		this.adapters = adapters;
		for (MessagingAdviceBean candidate : advice) {
			Class<?> type = candidate.getBeanType();
			Source source = (type != null) ? source(type, (method) -> handlerMethod(candidate, method), false) : null;
			if (source != null) {
				this.advice.put(candidate, source);
				this.adviceInOrder.add(candidate);
			}
		}
	}

	private static HandlerMethod handlerMethod(MessagingAdviceBean advice, Method method) {
		Object bean = advice.resolveBean();
		return new HandlerMethod(bean, HubBeans.selectInvocableMethod(method, bean.getClass()));
	}

	/**
	 * Find the exception handlers for the methods of a bean.
	 * @param beanName the name of the bean
	 * @param type its class, without proxies
	 * @return the handlers, or {@code null} if there are none
	 * @throws InvalidHubException if a handler cannot be called, or two are for the same
	 * exception
	 */
	@Nullable ExceptionHandlers find(String beanName, Class<?> type) {
		ExceptionHandlers handlers = this.found.computeIfAbsent(beanName,
				(name) -> new ExceptionHandlers(sources(name, type), this.adapters));
		return handlers.isEmpty() ? null : handlers;
	}

	private List<Source> sources(String beanName, Class<?> type) {
		List<Source> sources = new ArrayList<>();
		Source own = source(type, (method) -> this.beans.handlerMethod(beanName, type, method), true);
		if (own != null) {
			sources.add(own);
		}
		for (MessagingAdviceBean candidate : this.adviceInOrder) {
			if (candidate.isApplicableToBeanType(type)) {
				sources.add(this.advice.get(candidate));
			}
		}
		return sources;
	}

	private @Nullable Source source(Class<?> type, Function<Method, HandlerMethod> toHandlerMethod, boolean own) {
		Set<Method> methods = MethodIntrospector.selectMethods(type,
				(Method method) -> AnnotatedElementUtils.hasAnnotation(method, MessageExceptionHandler.class));
		if (methods.isEmpty()) {
			return null;
		}
		Map<Method, ExceptionHandler> handlers = new HashMap<>();
		methods.forEach((method) -> {
			HandlerMethod handlerMethod = toHandlerMethod.apply(method);
			handlers.put(method, new ExceptionHandler(this.factory.exceptionHandler(handlerMethod),
					this.factory.resultType(handlerMethod) != null));
		});
		return new Source(resolver(type), handlers, own);
	}

	private static AnnotationExceptionHandlerMethodResolver resolver(Class<?> type) {
		try {
			return new AnnotationExceptionHandlerMethodResolver(type);
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			throw new InvalidHubException(
					"The exception handlers of %s leave open what is meant: %s.".formatted(type.getName(),
							ex.getMessage()),
					"Name the exceptions in @MessageExceptionHandler or as parameter, each in one method of the class.");
		}
	}

}
