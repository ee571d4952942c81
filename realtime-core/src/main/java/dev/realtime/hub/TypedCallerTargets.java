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
 * {@link HubCallerTargets} as proxies of an interface.
 *
 * @param <C> the interface
 */
final class TypedCallerTargets<C> extends TypedTargets<C> implements HubCallerTargets<C> {

	private final HubCallerTargets<? extends ClientProxy> targets;

	TypedCallerTargets(TypedClients<C> clients, HubCallerTargets<? extends ClientProxy> targets) {
		super(clients, targets);
		this.targets = targets;
	}

	@Override
	public C caller() {
		return proxy(this.targets.caller());
	}

	@Override
	public C others() {
		return proxy(this.targets.others());
	}

	@Override
	public C othersInGroup(String group) {
		return proxy(this.targets.othersInGroup(group));
	}

}
