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

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Targets whose proxies are named after how they were asked for.
 */
class RecordingTargets implements HubCallerClients {

	final List<RecordingProxy> proxies = new ArrayList<>();

	RecordingProxy last() {
		return this.proxies.get(this.proxies.size() - 1);
	}

	private ClientProxy proxy(String name) {
		return add(new RecordingProxy(name));
	}

	private <P extends RecordingProxy> P add(P proxy) {
		this.proxies.add(proxy);
		return proxy;
	}

	@Override
	public ClientProxy all() {
		return proxy("all");
	}

	@Override
	public ClientProxy allExcept(Collection<String> connectionIds) {
		return proxy("allExcept" + connectionIds);
	}

	@Override
	public SingleClientProxy client(String connectionId) {
		return add(new RecordingProxy.Single("client " + connectionId));
	}

	@Override
	public ClientProxy clients(Collection<String> connectionIds) {
		return proxy("clients" + connectionIds);
	}

	@Override
	public ClientProxy group(String group) {
		return proxy("group " + group);
	}

	@Override
	public ClientProxy groups(Collection<String> groups) {
		return proxy("groups" + groups);
	}

	@Override
	public ClientProxy groupExcept(String group, Collection<String> connectionIds) {
		return proxy("groupExcept " + group + connectionIds);
	}

	@Override
	public ClientProxy user(String userId) {
		return proxy("user " + userId);
	}

	@Override
	public ClientProxy userExcept(String userId, Collection<String> connectionIds) {
		return proxy("userExcept " + userId + connectionIds);
	}

	@Override
	public ClientProxy users(Collection<String> userIds) {
		return proxy("users" + userIds);
	}

	@Override
	public SingleClientProxy caller() {
		return add(new RecordingProxy.Single("caller"));
	}

	@Override
	public ClientProxy others() {
		return proxy("others");
	}

	@Override
	public ClientProxy othersInGroup(String group) {
		return proxy("othersInGroup " + group);
	}

	@Override
	public ClientProxy matching(String filter) {
		return proxy("matching " + filter);
	}

}
