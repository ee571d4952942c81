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

import dev.realtime.protocol.CloseReason;
import org.junit.jupiter.api.Test;
import org.mockito.BDDMockito;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a {@link HubFilter} does by default.
 */
class HubFilterTests {

	private final HubFilter filter = new HubFilter() {
	};

	private final HubCallerContext caller = Mockito.mock(HubCallerContext.class);

	@Test
	void invocationProceeds() throws Throwable {
		HubInvocation invocation = Mockito.mock(HubInvocation.class);
		HubFilterChain next = Mockito.mock(HubFilterChain.class);
		BDDMockito.given(next.proceed(invocation)).willReturn("result");
		assertThat(this.filter.invoke(invocation, next)).isEqualTo("result");
	}

	@Test
	void lifecycleProceeds() throws Throwable {
		HubLifecycleChain next = Mockito.mock(HubLifecycleChain.class);
		this.filter.connected(this.caller, next);
		BDDMockito.then(next).should().proceed();
		this.filter.disconnected(this.caller, CloseReason.CLIENT_CLOSED, null, next);
		BDDMockito.then(next).should(Mockito.times(2)).proceed();
	}

}
