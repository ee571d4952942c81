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

package dev.realtime.web;

import org.jspecify.annotations.Nullable;

import org.springframework.messaging.handler.MessagingAdviceBean;
import org.springframework.web.method.ControllerAdviceBean;

/**
 * A {@link ControllerAdviceBean} as messaging knows it.
 *
 * @param bean the bean
 */
record MessagingControllerAdvice(ControllerAdviceBean bean) implements MessagingAdviceBean {

	@Override
	public @Nullable Class<?> getBeanType() {
		return this.bean.getBeanType();
	}

	@Override
	public Object resolveBean() {
		return this.bean.resolveBean();
	}

	@Override
	public boolean isApplicableToBeanType(Class<?> beanType) {
		return this.bean.isApplicableToBeanType(beanType);
	}

	@Override
	public int getOrder() {
		return this.bean.getOrder();
	}

}
