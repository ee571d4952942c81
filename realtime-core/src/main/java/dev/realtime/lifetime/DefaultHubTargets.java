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

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import dev.realtime.hub.ClientProxy;
import dev.realtime.hub.HubTargets;

import org.springframework.util.Assert;

/**
 * {@link HubTargets} of a {@link HubLifetimeManager}.
 */
class DefaultHubTargets implements HubTargets<ClientProxy> {

	private final HubLifetimeManager manager;

	private final boolean afterCommit;

	private final ClientProxy all;

	/**
	 * Create targets.
	 * @param manager the manager of the hub
	 * @param afterCommit whether what is sent waits for the transaction of its sender
	 */
	DefaultHubTargets(HubLifetimeManager manager, boolean afterCommit) {
		this.manager = manager;
		this.afterCommit = afterCommit;
		this.all = proxy(Target.all());
	}

	private ClientProxy proxy(Target target) {
		return new DefaultClientProxy(this.manager, List.of(target), this.afterCommit);
	}

	private ClientProxy proxy(Collection<String> names, Function<String, Target> target) {
		return new DefaultClientProxy(this.manager, copy(names).stream().map(target).toList(), this.afterCommit);
	}

	private static Set<String> copy(Collection<String> names) {
		Assert.notNull(names, "Names and ids must not be null");
		Set<String> copy = new LinkedHashSet<>(names);
		copy.forEach((name) -> Assert.hasText(name, "Names and ids must not be empty"));
		return copy;
	}

	@Override
	public ClientProxy all() {
		return this.all;
	}

	@Override
	public ClientProxy allExcept(Collection<String> connectionIds) {
		return proxy(new Target.All(copy(connectionIds)));
	}

	@Override
	public ClientProxy client(String connectionId) {
		return proxy(Target.connection(connectionId));
	}

	@Override
	public ClientProxy clients(Collection<String> connectionIds) {
		return proxy(connectionIds, Target::connection);
	}

	@Override
	public ClientProxy group(String group) {
		return proxy(Target.group(group));
	}

	@Override
	public ClientProxy groups(Collection<String> groups) {
		return proxy(groups, Target::group);
	}

	@Override
	public ClientProxy groupExcept(String group, Collection<String> connectionIds) {
		return proxy(new Target.Group(group, copy(connectionIds)));
	}

	@Override
	public ClientProxy user(String userId) {
		return proxy(Target.user(userId));
	}

	@Override
	public ClientProxy userExcept(String userId, Collection<String> connectionIds) {
		return proxy(new Target.User(userId, copy(connectionIds)));
	}

	@Override
	public ClientProxy users(Collection<String> userIds) {
		return proxy(userIds, Target::user);
	}

	@Override
	public ClientProxy matching(String filter) {
		Assert.notNull(filter, "'filter' must not be null");
		return proxy(Target.matching(filter));
	}

	@Override
	public String toString() {
		return "Clients of hub " + this.manager.hub() + (this.afterCommit ? " after the commit" : "");
	}

}
