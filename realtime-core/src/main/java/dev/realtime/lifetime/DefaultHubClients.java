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

package dev.realtime.lifetime;

import dev.realtime.hub.HubClients;
import dev.realtime.hub.SingleClientProxy;

/**
 * {@link HubClients} of a {@link HubLifetimeManager}.
 */
final class DefaultHubClients extends DefaultHubTargets implements HubClients {

	private final ClientCalls calls;

	DefaultHubClients(HubLifetimeManager manager, ClientCalls calls) {
		super(manager, false);
		this.calls = calls;
	}

	@Override
	public SingleClientProxy client(String connectionId) {
		return new DefaultSingleClientProxy(super.client(connectionId), this.calls, connectionId);
	}

}
