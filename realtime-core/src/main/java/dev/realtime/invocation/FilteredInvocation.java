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
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubFilter;
import dev.realtime.hub.HubFilterChain;
import dev.realtime.hub.HubInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A call as filters see it.
 *
 * @param call the call
 * @param arguments the positional arguments, possibly replaced by a filter
 * @param caller the caller
 */
record FilteredInvocation(HubCall call, List<@Nullable Object> arguments,
		HubCallerContext caller) implements HubInvocation {

	/**
	 * Take a call through filters to its method.
	 * @param call the call
	 * @param filters the filters, outermost first
	 * @return what the outermost filter returned
	 * @throws Throwable what the outermost filter threw
	 */
	static @Nullable Object proceed(HubCall call, List<HubFilter> filters) throws Throwable {
		return new Chain(call, filters, 0).proceed(new FilteredInvocation(call, call.argumentList(), call.caller()));
	}

	@Override
	public String target() {
		return this.call.method().name();
	}

	@Override
	public Map<String, String> headers() {
		return this.call.invocationHeaders();
	}

	@Override
	public Method method() {
		return this.call.method().method().getMethod();
	}

	@Override
	public Object bean() {
		return this.call.invocable().getBean();
	}

	@Override
	public HubInvocation withArguments(List<?> arguments) {
		Assert.isTrue(arguments.size() == this.arguments.size(),
				() -> "'arguments' must have " + this.arguments.size() + " elements");
		@Nullable Object[] copy = arguments.toArray();
		return new FilteredInvocation(this.call, Arrays.asList(copy), this.caller);
	}

	private record Chain(HubCall call, List<HubFilter> filters, int index) implements HubFilterChain {

		@Override
		public @Nullable Object proceed(HubInvocation invocation) throws Throwable {
			if (this.index < this.filters.size()) {
				return this.filters.get(this.index)
					.invoke(invocation, new Chain(this.call, this.filters, this.index + 1));
			}
			this.call.arguments(invocation.arguments().toArray());
			return this.call.proceed();
		}

	}

}
