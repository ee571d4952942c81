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
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.realtime.event.EventHandler;
import dev.realtime.event.EventMapping;
import dev.realtime.event.HubEvent;
import dev.realtime.event.HubEventRequest;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.SpringProxy;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.event.EventListener;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.messaging.handler.HandlerMethod;

/**
 * Finds the beans of an application that take part in its hubs.
 */
final class HubBeans {

	private static final Log logger = LogFactory.getLog(HubBeans.class);

	private final ConfigurableListableBeanFactory beanFactory;

	HubBeans(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Return the names of the hubs that controllers serve. No bean is created.
	 * @return the names as controllers write them
	 */
	Set<String> hubNames() {
		Set<String> names = new LinkedHashSet<>();
		for (String beanName : this.beanFactory.getBeanNamesForAnnotation(HubController.class)) {
			Class<?> type = AutoProxyUtils.determineTargetClass(this.beanFactory, beanName);
			if (type != null) {
				names.addAll(hubs(type));
			}
		}
		return names;
	}

	private static List<String> hubs(Class<?> type) {
		return MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY)
			.get(HubController.class)
			.getValue("value", String[].class)
			.map(Arrays::asList)
			.orElse(List.of());
	}

	/**
	 * Find the methods of all beans.
	 * @return the methods, in the order of their beans
	 * @throws InvalidHubException if a method is an event listener where it should be an
	 * event handler, or the other way round
	 */
	List<Candidate> findMethods() {
		List<Candidate> candidates = new ArrayList<>();
		for (String beanName : this.beanFactory.getBeanNamesForType(Object.class, true, false)) {
			Class<?> type = ScopedProxyUtils.isScopedTarget(beanName) ? null : determineType(beanName);
			if (type == null || !isCandidate(type)) {
				continue;
			}
			List<String> hubs = hubs(type);
			Map<Method, HubMethod> methods = select(type, HubMethod.class);
			if (!methods.isEmpty() && hubs.isEmpty()) {
				throw new InvalidHubException(
						"%s has @HubMethod methods but is not a @HubController.".formatted(type.getName()),
						"Annotate the class with @HubController(\"...\") and name its hub.");
			}
			methods.forEach(
					(method, annotation) -> candidates.add(candidate(beanName, type, method, hubs, annotation, null)));
			select(type, EventHandler.class).forEach((method, annotation) -> {
				checkHandler(method);
				candidates.add(candidate(beanName, type, method, hubs, null, annotation));
			});
			select(type, EventListener.class).keySet().forEach(this::checkListener);
		}
		return candidates;
	}

	private @Nullable Class<?> determineType(String beanName) {
		try {
			return AutoProxyUtils.determineTargetClass(this.beanFactory, beanName);
		}
		catch (Throwable ex) {
			logger.debug("Could not determine the type of bean '" + beanName + "'", ex);
			return null;
		}
	}

	private static boolean isCandidate(Class<?> type) {
		return AnnotationUtils.isCandidateClass(type, List.of(HubMethod.class, EventHandler.class, EventListener.class))
				&& !type.getName().startsWith("org.springframework.");
	}

	private static <A extends java.lang.annotation.Annotation> Map<Method, A> select(Class<?> type,
			Class<A> annotationType) {
		return MethodIntrospector.selectMethods(type,
				(MethodIntrospector.MetadataLookup<A>) (method) -> AnnotatedElementUtils.findMergedAnnotation(method,
						annotationType));
	}

	private Candidate candidate(String beanName, Class<?> type, Method method, List<String> hubs,
			@Nullable HubMethod hubMethod, @Nullable EventHandler eventHandler) {
		EventMapping mapping = (eventHandler != null) ? mapping(method, eventHandler) : null;
		return new Candidate(beanName, type, handlerMethod(beanName, type, method), hubs, hubMethod, mapping);
	}

	private static EventMapping mapping(Method method, EventHandler annotation) {
		try {
			return EventMapping.of(method, annotation);
		}
		catch (IllegalStateException ex) {
			throw new InvalidHubException(ex.getMessage() + ".",
					"Use @EventHandler(\"...\") for an event that clients send by name, "
							+ "@EventHandler(type = ...) for the begin and end of connections.");
		}
	}

	/**
	 * Return a method of a bean in the form in which it can be called.
	 * @param beanName the name of the bean
	 * @param type its class, without proxies
	 * @param method the method of the class
	 * @return the method, on the bean if it is a singleton
	 * @throws InvalidHubException if the bean is a proxy that the method cannot be called
	 * through
	 */
	HandlerMethod handlerMethod(String beanName, Class<?> type, Method method) {
		Class<?> beanType = this.beanFactory.getType(beanName);
		Method invocable = selectInvocableMethod(method, (beanType != null) ? beanType : type);
		HandlerMethod handlerMethod = new HandlerMethod(beanName, this.beanFactory, invocable);
		if (this.beanFactory.containsSingleton(beanName) && this.beanFactory.isSingleton(beanName)) {
			handlerMethod = handlerMethod.createWithResolvedBean();
		}
		return handlerMethod;
	}

	/**
	 * Return the method that calls another one through the proxy that a bean may be.
	 * @param method the method of the class
	 * @param beanType the type of the bean
	 * @return the method, or the one of an interface that it implements
	 * @throws InvalidHubException if there is none, or calls would pass the proxy by
	 */
	static Method selectInvocableMethod(Method method, Class<?> beanType) {
		String modifier = modifier(method);
		if (modifier != null && SpringProxy.class.isAssignableFrom(beanType) && !Proxy.isProxyClass(beanType)) {
			throw new InvalidHubException(
					"Method %s is %s, but its bean is a proxy: calls would pass by what the proxy is for, such as authorization or transactions."
						.formatted(method, modifier),
					"Make the method neither private nor static nor final.");
		}
		try {
			return AopUtils.selectInvocableMethod(method, beanType);
		}
		catch (IllegalStateException ex) {
			throw new InvalidHubException(
					"Method %s cannot be called: its bean is a proxy for interfaces, none of which declares the method."
						.formatted(method),
					"Declare the method in an interface of the class, or have the class itself proxied: leave "
							+ "spring.aop.proxy-target-class as it is by default, or set proxyTargetClass of the "
							+ "annotation that enables the proxy.");
		}
	}

	private static @Nullable String modifier(Method method) {
		int modifiers = method.getModifiers();
		if (Modifier.isPrivate(modifiers)) {
			return "private";
		}
		if (Modifier.isStatic(modifiers)) {
			return "static";
		}
		return Modifier.isFinal(modifiers) ? "final" : null;
	}

	private void checkHandler(Method method) {
		for (Class<?> parameterType : method.getParameterTypes()) {
			if (HubEvent.class.isAssignableFrom(parameterType)) {
				throw new InvalidHubException(
						"@EventHandler method %s takes the listener event %s, which only listeners receive."
							.formatted(method, parameterType.getSimpleName()),
						"Listen to it with Spring's @EventListener, or take part with the request of the event, "
								+ "for example ConnectedEventRequest.");
			}
		}
	}

	private void checkListener(Method method) {
		List<Class<?>> listenedTo = new ArrayList<>(List.of(method.getParameterTypes()));
		EventListener annotation = AnnotatedElementUtils.findMergedAnnotation(method, EventListener.class);
		if (annotation != null) {
			listenedTo.addAll(List.of(annotation.classes()));
		}
		for (Class<?> type : listenedTo) {
			if (HubEventRequest.class.isAssignableFrom(type)) {
				throw new InvalidHubException(
						"@EventListener method %s listens to %s, which is a request to handlers and never published."
							.formatted(method, type.getSimpleName()),
						"Take part with @EventHandler(type = ...), or listen to ConnectedEvent or DisconnectedEvent.");
			}
		}
	}

	/**
	 * A method that takes part in a hub.
	 *
	 * @param beanName the name of the bean it belongs to
	 * @param type the class of the bean, without proxies
	 * @param method the method
	 * @param hubs the hubs its controller serves, empty if its bean is no controller
	 * @param hubMethod the annotation, if clients call the method
	 * @param eventMapping what the annotation says, if the method handles events
	 */
	record Candidate(String beanName, Class<?> type, HandlerMethod method, List<String> hubs,
			@Nullable HubMethod hubMethod, @Nullable EventMapping eventMapping) {

		/**
		 * Return whether the controller serves a hub.
		 * @param hub the name of the hub, in whatever case
		 * @return {@code false} if it does not, or the bean is no controller
		 */
		boolean serves(String hub) {
			return this.hubs.stream().anyMatch(hub::equalsIgnoreCase);
		}

	}

}
