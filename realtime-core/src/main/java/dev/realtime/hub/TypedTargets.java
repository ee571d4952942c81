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

import java.util.Collection;

import org.springframework.util.Assert;

/**
 * {@link HubTargets} as proxies of an interface.
 *
 * @param <C> the interface
 */
class TypedTargets<C> implements HubTargets<C> {

	private final TypedClients<C> clients;

	private final HubTargets<? extends ClientProxy> targets;

	TypedTargets(TypedClients<C> clients, HubTargets<? extends ClientProxy> targets) {
		Assert.notNull(targets, "'targets' must not be null");
		this.clients = clients;
		this.targets = targets;
	}

	final C proxy(ClientProxy target) {
		return this.clients.proxy(target);
	}

	@Override
	public C all() {
		return proxy(this.targets.all());
	}

	@Override
	public C allExcept(Collection<String> connectionIds) {
		return proxy(this.targets.allExcept(connectionIds));
	}

	@Override
	public C client(String connectionId) {
		return proxy(this.targets.client(connectionId));
	}

	@Override
	public C clients(Collection<String> connectionIds) {
		return proxy(this.targets.clients(connectionIds));
	}

	@Override
	public C group(String group) {
		return proxy(this.targets.group(group));
	}

	@Override
	public C groups(Collection<String> groups) {
		return proxy(this.targets.groups(groups));
	}

	@Override
	public C groupExcept(String group, Collection<String> connectionIds) {
		return proxy(this.targets.groupExcept(group, connectionIds));
	}

	@Override
	public C user(String userId) {
		return proxy(this.targets.user(userId));
	}

	@Override
	public C userExcept(String userId, Collection<String> connectionIds) {
		return proxy(this.targets.userExcept(userId, connectionIds));
	}

	@Override
	public C users(Collection<String> userIds) {
		return proxy(this.targets.users(userIds));
	}

	@Override
	public C matching(String filter) {
		return proxy(this.targets.matching(filter));
	}

}
