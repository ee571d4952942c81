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

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.realtime.hub.annotation.HubClient;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringUtils;

/**
 * Makes proxies of an interface annotated with {@link HubClient @HubClient}. The
 * interface is checked once, when it is first asked for.
 * <p>
 * Internal: public for other packages of the engine, not for applications.
 *
 * @param <C> the interface
 * @since 0.1.0
 * @see HubClient
 */
public final class TypedClients<C> {

	private static final ClassValue<TypedClients<?>> cache = new ClassValue<>() {

		@Override
		protected TypedClients<?> computeValue(Class<?> type) {
			return new TypedClients<>(type);
		}

	};

	private final Class<C> type;

	private final List<String> hubs;

	private final Map<Method, TypedClientMethod> methods;

	private TypedClients(Class<C> type) {
		this.type = type;
		this.hubs = findHubs(type);
		this.methods = findMethods(type);
	}

	/**
	 * Return the proxy factory of an interface.
	 * @param <C> the interface
	 * @param type an interface annotated with {@link HubClient @HubClient}
	 * @return the factory, always the same for an interface
	 * @throws IllegalArgumentException if the interface cannot describe clients; the
	 * message names the interface and the method
	 */
	@SuppressWarnings("unchecked")
	public static <C> TypedClients<C> of(Class<C> type) {
		Assert.notNull(type, "'type' must not be null");
		return (TypedClients<C>) cache.get(type);
	}

	private static List<String> findHubs(Class<?> type) {
		HubClient annotation = AnnotatedElementUtils.findMergedAnnotation(type, HubClient.class);
		Assert.isTrue(annotation != null, () -> type.getName() + " must be annotated with @HubClient");
		Assert.isTrue(type.isInterface() && !type.isAnnotation(),
				() -> "@HubClient " + type.getName() + " must be an interface");
		Assert.isTrue(type.getTypeParameters().length == 0,
				() -> "@HubClient " + type.getName() + " must not have type parameters");
		List<String> hubs = List.of(annotation.value());
		Assert.isTrue(!hubs.isEmpty() && hubs.stream().allMatch(StringUtils::hasText),
				() -> "@HubClient " + type.getName() + " must name a hub");
		return hubs;
	}

	private static Map<Method, TypedClientMethod> findMethods(Class<?> type) {
		Map<Method, TypedClientMethod> methods = new HashMap<>();
		Map<String, Method> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		for (Method method : type.getMethods()) {
			if (Modifier.isStatic(method.getModifiers()) || ReflectionUtils.isObjectMethod(method)) {
				continue;
			}
			methods.put(method, TypedClientMethod.of(type, method));
			if (!method.isDefault()) {
				Method other = names.putIfAbsent(method.getName(), method);
				Assert.isTrue(other == null || isSameSignature(other, method),
						() -> "@HubClient " + type.getName() + " must not have two methods named '" + method.getName()
								+ "': names of methods compare without case and arguments do not distinguish them");
			}
		}
		return Map.copyOf(methods);
	}

	private static boolean isSameSignature(Method one, Method other) {
		return one.getName().equals(other.getName())
				&& Arrays.equals(one.getParameterTypes(), other.getParameterTypes());
	}

	/**
	 * Return the interface.
	 * @return the interface
	 */
	public Class<C> type() {
		return this.type;
	}

	/**
	 * Return the hubs whose clients the interface describes.
	 * @return the names as the annotation has them, at least one
	 */
	public List<String> hubs() {
		return this.hubs;
	}

	/**
	 * Return a proxy that sends to a target.
	 * @param target the target; methods with a result work if it is a
	 * {@link SingleClientProxy}
	 * @return the proxy
	 */
	public C proxy(ClientProxy target) {
		Assert.notNull(target, "'target' must not be null");
		ClassLoader classLoader = this.type.getClassLoader();
		return this.type
			.cast(Proxy.newProxyInstance(classLoader, new Class<?>[] { this.type }, new Handler(this, target)));
	}

	/**
	 * Return targets as proxies.
	 * @param targets the targets to send to
	 * @return the same targets as proxies of the interface
	 */
	public HubTargets<C> targets(HubTargets<? extends ClientProxy> targets) {
		return new TypedTargets<>(this, targets);
	}

	/**
	 * Return the targets of a caller as proxies.
	 * @param targets the targets to send to
	 * @return the same targets as proxies of the interface
	 */
	public HubCallerTargets<C> callerTargets(HubCallerTargets<? extends ClientProxy> targets) {
		return new TypedCallerTargets<>(this, targets);
	}

	/**
	 * Return the template of a hub with targets as proxies.
	 * @param hub the template of the hub
	 * @return the typed template
	 */
	public TypedHubContext<C> context(HubContext hub) {
		return new DefaultTypedHubContext<>(this, hub);
	}

	/**
	 * Turns the calls of a proxy into what its target can do.
	 *
	 * @param clients the proxy factory
	 * @param target the target
	 */
	private record Handler(TypedClients<?> clients, ClientProxy target) implements InvocationHandler {

		@Override
		public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args)
				throws Throwable {
			@Nullable Object[] arguments = (args != null) ? args : new Object[0];
			TypedClientMethod clientMethod = this.clients.methods.get(method);
			return (clientMethod != null) ? clientMethod.invoke(proxy, this.target, arguments)
					: invokeObjectMethod(proxy, method, arguments);
		}

		private Object invokeObjectMethod(Object proxy, Method method, @Nullable Object[] arguments) {
			return switch (method.getName()) {
				case "equals" -> isSameProxy(arguments[0]);
				case "hashCode" -> hashCode();
				default -> ClassUtils.getShortName(this.clients.type) + " for " + this.target;
			};
		}

		private boolean isSameProxy(@Nullable Object other) {
			return other != null && Proxy.isProxyClass(other.getClass()) && equals(Proxy.getInvocationHandler(other));
		}

	}

}
