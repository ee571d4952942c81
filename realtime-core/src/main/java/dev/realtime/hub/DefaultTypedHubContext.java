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

/**
 * {@link TypedHubContext} over a {@link HubContext}.
 *
 * @param <C> the interface
 */
final class DefaultTypedHubContext<C> extends TypedTargets<C> implements TypedHubContext<C> {

	private final Class<C> type;

	private final HubContext hub;

	DefaultTypedHubContext(TypedClients<C> clients, HubContext hub) {
		super(clients, hub.clients());
		this.type = clients.type();
		this.hub = hub;
	}

	@Override
	public String hub() {
		return this.hub.hub();
	}

	@Override
	public HubTargets<C> afterCommit() {
		return this.hub.afterCommit(this.type);
	}

	@Override
	public GroupManager groups() {
		return this.hub.groups();
	}

	@Override
	public UserManager users() {
		return this.hub.users();
	}

	@Override
	public ConnectionManager connections() {
		return this.hub.connections();
	}

}
