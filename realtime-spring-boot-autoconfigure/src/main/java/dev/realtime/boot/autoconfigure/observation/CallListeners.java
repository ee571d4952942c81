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

package dev.realtime.boot.autoconfigure.observation;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;

import dev.realtime.observation.CallRecorder;
import dev.realtime.observation.DefaultHubCallObservationConvention;
import dev.realtime.observation.HubCallObservationContext;
import dev.realtime.observation.HubCallObservationConvention;
import dev.realtime.observation.ObservedMethod;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.ObservationFilter;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationHandlerGroup;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationRegistryCustomizer;

/**
 * Who, besides a recorder of calls, hears of their observations, or has a say in them.
 * Whoever cannot be told for certain counts.
 */
final class CallListeners {

	// a name, since the types of the package need not be there
	private static final String BOOT = "org.springframework.boot.micrometer.observation.autoconfigure";

	private final ConfigurableListableBeanFactory beanFactory;

	private final CallRecorder recorder;

	/**
	 * Create the listeners.
	 * @param beanFactory has the beans that make up the registry
	 * @param recorder does not count
	 */
	CallListeners(ConfigurableListableBeanFactory beanFactory, CallRecorder recorder) {
		this.beanFactory = beanFactory;
		this.recorder = recorder;
	}

	/**
	 * Return whether there are none.
	 * @return {@code true} if calls are observed, and only the recorder hears of it
	 */
	boolean areNone() {
		return isRegistryOfBoot() && isEmpty(ObservationRegistryCustomizer.class)
				&& isEmpty(GlobalObservationConvention.class) && isEmpty(HubCallObservationConvention.class)
				&& areHandlersTimers() && areOfBoot(ObservationFilter.class) && areOfBoot(ObservationPredicate.class)
				&& areCallsObserved();
	}

	// a registry of the application may have got its handlers from it
	private boolean isRegistryOfBoot() {
		String[] names = this.beanFactory.getBeanNamesForType(ObservationRegistry.class);
		if (names.length != 1 || !this.beanFactory.containsBeanDefinition(names[0])) {
			return false;
		}
		boolean original = this.beanFactory.getBean(names[0])
			.getClass()
			.getPackageName()
			.equals(ObservationRegistry.class.getPackageName());
		Method factoryMethod = (this.beanFactory.getMergedBeanDefinition(names[0]) instanceof RootBeanDefinition root)
				? root.getResolvedFactoryMethod() : null;
		return original && factoryMethod != null && isOfBoot(factoryMethod.getDeclaringClass());
	}

	private boolean areHandlersTimers() {
		List<ObservationHandler<?>> handlers = beans(ObservationHandler.class);
		return !handlers.isEmpty() && handlers.get(0) == this.recorder
				&& handlers.stream()
					.skip(1)
					.allMatch((handler) -> handler.getClass() == DefaultMeterObservationHandler.class)
				&& this.<ObservationHandlerGroup>beans(ObservationHandlerGroup.class)
					.stream()
					.allMatch((group) -> group.handlerType() == MeterObservationHandler.class);
	}

	private boolean areOfBoot(Class<?> type) {
		return beans(type).stream().allMatch((bean) -> isOfBoot(bean.getClass()));
	}

	private static boolean isOfBoot(Class<?> type) {
		return type.getPackageName().equals(BOOT);
	}

	// Boot's own predicate goes by names alone
	private boolean areCallsObserved() {
		HubCallObservationContext context = new HubCallObservationContext(ObservedMethod.unknown("any"), "", null,
				Map.of());
		String name = new DefaultHubCallObservationConvention().getName();
		return this.<ObservationPredicate>beans(ObservationPredicate.class)
			.stream()
			.allMatch((predicate) -> predicate.test(name, context));
	}

	private boolean isEmpty(Class<?> type) {
		return beans(type).isEmpty();
	}

	@SuppressWarnings("unchecked")
	private <T> List<T> beans(Class<?> type) {
		ListableBeanFactory beans = this.beanFactory;
		return (List<T>) beans.getBeanProvider(type).orderedStream().toList();
	}

}
