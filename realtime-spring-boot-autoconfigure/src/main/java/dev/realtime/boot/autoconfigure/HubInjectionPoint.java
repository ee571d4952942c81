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

package dev.realtime.boot.autoconfigure;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;

import dev.realtime.hub.HubContext;
import dev.realtime.hub.Hubs;
import dev.realtime.hub.TypedClients;
import dev.realtime.hub.TypedHubContext;
import dev.realtime.hub.UnknownHubException;
import dev.realtime.hub.annotation.Hub;
import dev.realtime.invocation.InvalidHubException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;

/**
 * A field or parameter that a hub is injected into.
 *
 * @param injectionPoint the field or parameter
 * @param hubs the hubs there are
 */
record HubInjectionPoint(InjectionPoint injectionPoint, Hubs hubs) {

	/**
	 * Return the hub that is asked for: by name, or the only one.
	 * @return the hub
	 * @throws InvalidHubException if there are several
	 * @throws UnsatisfiedDependencyException if there is none of that name
	 */
	HubContext hubContext() {
		String name = name();
		return (name != null) ? get(name) : get(single("a HubContext", List.copyOf(this.hubs.names())));
	}

	/**
	 * Return the typed template of the hub that is asked for: that of the client
	 * interface, or by name if the interface is for several.
	 * @return the typed template
	 * @throws InvalidHubException if it is not clear which hub it is, or the interface
	 * cannot describe clients
	 * @throws UnsatisfiedDependencyException if there is no such hub
	 */
	TypedHubContext<?> typedHubContext() {
		TypedClients<?> clients = clients();
		// all of them, so that a mistyped one is found
		List<HubContext> contexts = clients.hubs().stream().map(this::get).toList();
		List<String> names = contexts.stream().map(HubContext::hub).toList();
		String name = name();
		HubContext context = (name != null) ? get(name)
				: get(single("a TypedHubContext of " + clients.type().getName(), names));
		if (!names.contains(context.hub())) {
			throw new InvalidHubException(
					"%s asks for clients of the hub '%s', but @HubClient %s is for %s.".formatted(describe(),
							context.hub(), clients.type().getName(), String.join(", ", names)),
					"Add the hub to @HubClient, or name one of its hubs in @Hub.");
		}
		return clients.context(context);
	}

	private TypedClients<?> clients() {
		Class<?> type = resolvableType().as(TypedHubContext.class).getGeneric(0).resolve();
		if (type == null) {
			throw new InvalidHubException(describe() + " asks for a TypedHubContext but does not say of which clients.",
					"Name an interface annotated with @HubClient, for example TypedHubContext<ChatClient>.");
		}
		try {
			return TypedClients.of(type);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidHubException("%s asks for a TypedHubContext of %s, which cannot describe clients: %s."
				.formatted(describe(), type.getName(), ex.getMessage()), "Correct the interface.");
		}
	}

	private ResolvableType resolvableType() {
		if (this.injectionPoint instanceof DependencyDescriptor descriptor) {
			return descriptor.getResolvableType();
		}
		Field field = this.injectionPoint.getField();
		MethodParameter parameter = this.injectionPoint.getMethodParameter();
		if (field != null) {
			return ResolvableType.forField(field);
		}
		return (parameter != null) ? ResolvableType.forMethodParameter(parameter) : ResolvableType.NONE;
	}

	private @Nullable String name() {
		MergedAnnotation<Hub> annotation = MergedAnnotations.from(this.injectionPoint.getAnnotations()).get(Hub.class);
		return annotation.getValue(MergedAnnotation.VALUE, String.class).orElse(null);
	}

	private String single(String what, List<String> names) {
		if (names.size() == 1) {
			return names.get(0);
		}
		if (names.isEmpty()) {
			throw new InvalidHubException("%s asks for %s, but there are no hubs.".formatted(describe(), what),
					"Declare a hub with @HubController(\"name\") on a bean, or with realtime.hubs.<name> or a "
							+ "HubConfigurer.");
		}
		throw new InvalidHubException("%s asks for %s but does not say of which hub; there are several: %s."
			.formatted(describe(), what, String.join(", ", names)),
				"Name the hub, for example @Hub(\"%s\").".formatted(names.get(0)));
	}

	private HubContext get(String name) {
		try {
			return this.hubs.get(name);
		}
		catch (UnknownHubException ex) {
			// tells the failure analyzer where the name is
			UnsatisfiedDependencyException failure = new UnsatisfiedDependencyException(null, null, this.injectionPoint,
					String.valueOf(ex.getMessage()));
			failure.initCause(ex);
			throw failure;
		}
	}

	private String describe() {
		Field field = this.injectionPoint.getField();
		if (field != null) {
			return "Field %s in %s".formatted(field.getName(), field.getDeclaringClass().getName());
		}
		MethodParameter parameter = this.injectionPoint.getMethodParameter();
		if (parameter == null) {
			return this.injectionPoint.toString();
		}
		Method method = parameter.getMethod();
		return "Parameter %d of %s in %s".formatted(parameter.getParameterIndex(),
				(method != null) ? "method " + method.getName() : "constructor",
				parameter.getDeclaringClass().getName());
	}

}
