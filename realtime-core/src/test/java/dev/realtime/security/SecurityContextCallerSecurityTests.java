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

import java.time.Duration;

import dev.realtime.invocation.support.CallerScope;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SecurityContextCallerSecurity}.
 */
class SecurityContextCallerSecurityTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final SecurityContextCallerSecurity security = new SecurityContextCallerSecurity(
			SecurityContextHolder.getContextHolderStrategy(), false);

	private final CallerScope scope = this.security.scope(new TestingAuthenticationToken("ann", null));

	@Test
	void whoIsNotKnownHasNoScope() {
		assertThat(this.security.scope(null)).isNull();
		assertThat(this.security.scope(() -> "of the container")).isNull();
	}

	@Test
	void refusals() {
		assertThat(this.security.isRefusal(new AccessDeniedException("no"))).isTrue();
		assertThat(this.security.isRefusal(new BadCredentialsException("no"))).isTrue();
		assertThat(this.security.isRefusal(new SecurityException("no"))).isFalse();
	}

	@Test
	void chainsOfReactor() {
		Mono<String> name = ReactiveSecurityContextHolder.getContext()
			.map((context) -> context.getAuthentication().getName());
		assertThat(((Mono<?>) this.scope.propagate(name)).block(TIMEOUT)).isEqualTo("ann");
		assertThat(((Flux<?>) this.scope.propagate(name.flux())).blockLast(TIMEOUT)).isEqualTo("ann");
	}

	@Test
	void threadsOfReactorWithAutomaticPropagation() {
		Mono<String> name = Mono.just("go")
			.publishOn(Schedulers.parallel())
			.map((go) -> SecurityContextHolder.getContext().getAuthentication().getName());
		Hooks.enableAutomaticContextPropagation();
		try {
			assertThat(((Mono<?>) this.scope.propagate(name)).block(TIMEOUT)).isEqualTo("ann");
		}
		finally {
			Hooks.disableAutomaticContextPropagation();
		}
	}

}
