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

package dev.realtime.security;

import java.security.Principal;

import dev.realtime.invocation.support.CallerScope;
import dev.realtime.invocation.support.CallerSecurity;
import dev.realtime.invocation.support.ClientPrincipal;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * The {@link CallerSecurity} of Spring Security: hub methods and event handlers find the
 * {@link Authentication} of their connection in the {@link SecurityContext}, that of the
 * thread as well as that of Reactor.
 *
 * @since 0.1.0
 */
public final class SecurityContextCallerSecurity implements CallerSecurity {

	private static final boolean reactorPresent = ClassUtils.isPresent("reactor.core.publisher.Flux",
			SecurityContextCallerSecurity.class.getClassLoader());

	private final SecurityContextHolderStrategy contexts;

	private final @Nullable CallerScope anonymous;

	/**
	 * Create what makes callers known.
	 * @param contexts where the context of a thread is held
	 * @param anonymous whether clients that nobody knows have an
	 * {@link AnonymousAuthenticationToken}, as they have in the filter chain, which calls
	 * have to pay for; otherwise their context is empty
	 */
	public SecurityContextCallerSecurity(SecurityContextHolderStrategy contexts, boolean anonymous) {
		Assert.notNull(contexts, "'contexts' must not be null");
		this.contexts = contexts;
		this.anonymous = anonymous ? new Scope(contexts, new AnonymousAuthenticationToken("realtime", "anonymousUser",
				AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"))) : null;
	}

	@Override
	public @Nullable CallerScope scope(@Nullable Principal principal) {
		if (principal instanceof Authentication authentication) {
			return new Scope(this.contexts, authentication);
		}
		if (principal instanceof ClientPrincipal client) {
			return new Scope(this.contexts, UsernamePasswordAuthenticationToken.authenticated(client, null,
					AuthorityUtils.createAuthorityList(client.roles())));
		}
		return this.anonymous;
	}

	@Override
	public boolean isRefusal(Throwable failure) {
		return failure instanceof AccessDeniedException || failure instanceof AuthenticationException;
	}

	private record Scope(SecurityContextHolderStrategy contexts, Authentication authentication) implements CallerScope {

		// of its own for each task: a context may be changed by whoever gets hold of it
		SecurityContext context() {
			SecurityContext context = this.contexts.createEmptyContext();
			context.setAuthentication(this.authentication);
			return context;
		}

		@Override
		public void run(Runnable task) {
			SecurityContext before = this.contexts.getContext();
			this.contexts.setContext(context());
			try {
				task.run();
			}
			finally {
				if (before.getAuthentication() != null) {
					this.contexts.setContext(before);
				}
				else {
					this.contexts.clearContext();
				}
			}
		}

		@Override
		public Object propagate(Object result) {
			return reactorPresent ? Reactor.propagate(this, result) : result;
		}

	}

	/**
	 * Keeps the types of Reactor out of sight where they are not present.
	 */
	private static final class Reactor {

		// where context propagation looks for the context of the thread
		private static final String THREAD_KEY = SecurityContext.class.getName();

		private Reactor() {
		}

		static Object propagate(Scope scope, Object result) {
			if (result instanceof Mono<?> mono) {
				return mono.contextWrite((context) -> write(scope, context));
			}
			return (result instanceof Flux<?> flux) ? flux.contextWrite((context) -> write(scope, context)) : result;
		}

		private static Context write(Scope scope, Context context) {
			SecurityContext securityContext = scope.context();
			return context.put(THREAD_KEY, securityContext)
				.putAll(ReactiveSecurityContextHolder.withSecurityContext(Mono.just(securityContext)).readOnly());
		}

	}

}
