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

import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.realtime.backplane.BackplaneMessage.Operation;
import dev.realtime.hub.GroupManager;
import dev.realtime.hub.HubMember;

import org.springframework.util.Assert;

/**
 * {@link GroupManager} over {@link HubOperations}.
 *
 * @param operations performs the operations
 */
record DefaultGroupManager(HubOperations operations) implements GroupManager {

	@Override
	public CompletableFuture<Void> add(String connectionId, String group) {
		return change(Operation.JOIN, connectionId, "connectionId", group);
	}

	@Override
	public CompletableFuture<Void> remove(String connectionId, String group) {
		return change(Operation.LEAVE, connectionId, "connectionId", group);
	}

	@Override
	public CompletableFuture<Void> addUser(String userId, String group) {
		return change(Operation.JOIN_USER, userId, "userId", group);
	}

	@Override
	public CompletableFuture<Void> removeUser(String userId, String group) {
		return change(Operation.LEAVE_USER, userId, "userId", group);
	}

	private CompletableFuture<Void> change(Operation operation, String id, String name, String group) {
		Assert.hasText(id, () -> "'" + name + "' must not be empty");
		Assert.hasText(group, "'group' must not be empty");
		return this.operations.run(operation, id, group).thenAccept((rows) -> {
		});
	}

	@Override
	public CompletableFuture<Void> removeFromAll(String connectionId) {
		Assert.hasText(connectionId, "'connectionId' must not be empty");
		return this.operations.run(Operation.LEAVE_ALL, connectionId).thenAccept((rows) -> {
		});
	}

	@Override
	public CompletableFuture<Boolean> exists(String group) {
		Assert.hasText(group, "'group' must not be empty");
		return this.operations.run(Operation.GROUP_EXISTS, group).thenApply((rows) -> !rows.isEmpty());
	}

	@Override
	public CompletableFuture<List<HubMember>> members(String group) {
		Assert.hasText(group, "'group' must not be empty");
		return this.operations.run(Operation.GROUP_MEMBERS, group)
			.thenApply((rows) -> rows.stream().map(HubRows::toMember).toList());
	}

}
