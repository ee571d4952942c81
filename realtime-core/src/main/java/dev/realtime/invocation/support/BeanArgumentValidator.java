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

package dev.realtime.invocation.support;

import java.lang.reflect.Method;

import jakarta.validation.Valid;
import jakarta.validation.Validator;
import jakarta.validation.metadata.MethodDescriptor;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.validation.annotation.Validated;
import org.springframework.validation.annotation.ValidationAnnotationUtils;
import org.springframework.validation.beanvalidation.MethodValidationAdapter;
import org.springframework.validation.method.MethodValidationException;
import org.springframework.validation.method.MethodValidationResult;

/**
 * The {@link ArgumentValidator} on top of Jakarta Validation.
 *
 * @since 0.1.0
 */
public class BeanArgumentValidator implements ArgumentValidator {

	private final Validator validator;

	private final MethodValidationAdapter adapter;

	/**
	 * Create a validator.
	 * @param validator the application's validator
	 */
	public BeanArgumentValidator(Validator validator) {
		this.validator = validator;
		this.adapter = new MethodValidationAdapter(validator);
	}

	@Override
	public boolean appliesTo(Method method) {
		if (MergedAnnotations.from(method.getDeclaringClass()).isPresent(Validated.class)) {
			// Spring's own interceptor takes care of the whole class
			return false;
		}
		for (int i = 0; i < method.getParameterCount(); i++) {
			MergedAnnotations annotations = MergedAnnotations.from(method.getParameters()[i]);
			if (annotations.isPresent(Valid.class) || annotations.isPresent(Validated.class)) {
				return true;
			}
		}
		MethodDescriptor constraints = this.validator.getConstraintsForClass(method.getDeclaringClass())
			.getConstraintsForMethod(method.getName(), method.getParameterTypes());
		return constraints != null && constraints.hasConstrainedParameters();
	}

	@Override
	public void validate(Object bean, Method method, MethodParameter[] parameters, @Nullable Object[] arguments) {
		MethodValidationResult result = this.adapter.validateArguments(bean, method, parameters, arguments,
				ValidationAnnotationUtils.determineValidationGroups(bean, method));
		if (result.hasErrors()) {
			throw new MethodValidationException(result);
		}
	}

}
