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

import dev.realtime.hub.ClientAccess;
import dev.realtime.hub.ClientAccessIssuer;
import dev.realtime.hub.ClientProxy;
import dev.realtime.hub.ConnectionManager;
import dev.realtime.hub.GroupManager;
import dev.realtime.hub.HubClients;
import dev.realtime.hub.HubContext;
import dev.realtime.hub.HubTargets;
import dev.realtime.hub.UserManager;

/**
 * {@link HubContext} of a {@link HubLifetimeManager}.
 *
 * @param hub the name of the hub
 * @param clients the targets
 * @param afterCommit the targets for what waits for a transaction
 * @param groups the manager of the groups
 * @param users the manager of the users
 * @param connections the manager of the connections
 * @param clientAccessIssuer issues what clients connect with
 */
record DefaultHubContext(String hub, HubClients clients, HubTargets<ClientProxy> afterCommit, GroupManager groups,
		UserManager users, ConnectionManager connections, ClientAccessIssuer clientAccessIssuer) implements HubContext {

	@Override
	public ClientAccess clientAccess() {
		return new ClientAccess(this.hub, this.clientAccessIssuer);
	}

	@Override
	public String toString() {
		return "HubContext[" + this.hub + "]";
	}

}
