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

import java.util.Map;

import dev.realtime.invocation.support.HubMessageHeaders;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.expression.Expression;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.StandardEvaluationContext;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.annotation.SecurityAnnotationScanner;
import org.springframework.security.core.annotation.SecurityAnnotationScanners;
import org.springframework.util.ClassUtils;
import org.springframework.util.ConcurrentReferenceHashMap;
import org.springframework.util.StringUtils;

/**
 * Resolves parameters of hub methods that are annotated with
 * {@link AuthenticationPrincipal @AuthenticationPrincipal}, as Spring MVC does for those
 * of controllers: {@link Authentication#getPrincipal()} of whoever opened the connection,
 * or what the expression makes of it; {@code null} if nobody is known, or the type is
 * another one and this is not an error.
 *
 * @since 0.1.0
 */
public final class AuthenticationPrincipalResolver implements HandlerMethodArgumentResolver {

	private final SecurityAnnotationScanner<AuthenticationPrincipal> scanner = SecurityAnnotationScanners
		.requireUnique(AuthenticationPrincipal.class);

	private final SpelExpressionParser parser = new SpelExpressionParser();

	private final Map<String, Expression> expressions = new ConcurrentReferenceHashMap<>();

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return find(parameter) != null;
	}

	@Override
	public @Nullable Object resolveArgument(MethodParameter parameter, Message<?> message) {
		Object principal = message.getHeaders().get(HubMessageHeaders.PRINCIPAL);
		if (principal instanceof Authentication authentication) {
			principal = authentication.getPrincipal();
		}
		AuthenticationPrincipal annotation = find(parameter);
		if (principal == null || annotation == null) {
			return null;
		}
		Object value = evaluate(annotation.expression(), principal);
		if (value == null || ClassUtils.isAssignableValue(parameter.getParameterType(), value)) {
			return value;
		}
		if (annotation.errorOnInvalidType()) {
			throw new ClassCastException(value.getClass() + " is not assignable to " + parameter.getParameterType());
		}
		return null;
	}

	private @Nullable Object evaluate(String expression, Object principal) {
		if (!StringUtils.hasLength(expression)) {
			return principal;
		}
		StandardEvaluationContext context = new StandardEvaluationContext(principal);
		context.setVariable("this", principal);
		return this.expressions.computeIfAbsent(expression, this.parser::parseExpression).getValue(context);
	}

	private @Nullable AuthenticationPrincipal find(MethodParameter parameter) {
		return this.scanner.scan(parameter.getParameter());
	}

}
