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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.realtime.backplane.BackplaneMessage.Operation;
import dev.realtime.hub.GroupManager;
import dev.realtime.hub.HubMember;
import dev.realtime.lifetime.filter.ConnectionFilter;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * {@link GroupManager} over {@link HubOperations}.
 *
 * @param operations performs the operations
 * @param management performs those that tell what they found
 */
record DefaultGroupManager(HubOperations operations, HubManagement management) implements GroupManager {

	@Override
	public CompletableFuture<Void> add(String connectionId, String group) {
		return done(this.management.add(connectionId, group));
	}

	@Override
	public CompletableFuture<Void> remove(String connectionId, String group) {
		return done(this.management.remove(connectionId, group));
	}

	@Override
	public CompletableFuture<Void> addUser(String userId, String group) {
		return done(this.management.addUser(userId, group));
	}

	@Override
	public CompletableFuture<Void> removeUser(String userId, String group) {
		return done(this.management.removeUser(userId, group));
	}

	private static CompletableFuture<Void> done(CompletableFuture<?> result) {
		return result.thenAccept((value) -> {
		});
	}

	@Override
	public CompletableFuture<Void> removeFromAll(String connectionId) {
		Assert.hasText(connectionId, "'connectionId' must not be empty");
		return done(this.operations.run(Operation.LEAVE_ALL, connectionId));
	}

	@Override
	public CompletableFuture<Void> removeUserFromAll(String userId) {
		Assert.hasText(userId, "'userId' must not be empty");
		return done(this.operations.run(Operation.LEAVE_ALL_USER, userId));
	}

	@Override
	public CompletableFuture<Void> addMatching(@Nullable String filter, Collection<String> groups) {
		return changeMatching(Operation.JOIN_MATCHING, filter, groups);
	}

	@Override
	public CompletableFuture<Void> removeMatching(@Nullable String filter, Collection<String> groups) {
		return changeMatching(Operation.LEAVE_MATCHING, filter, groups);
	}

	private CompletableFuture<Void> changeMatching(Operation operation, @Nullable String filter,
			Collection<String> groups) {
		Assert.notNull(groups, "'groups' must not be null");
		if (filter != null) {
			// whatever is wrong with it is the caller's to know, not that of other nodes
			ConnectionFilter.parse(filter);
		}
		List<@Nullable String> arguments = new ArrayList<>(groups.size() + 1);
		arguments.add(filter);
		groups.forEach((group) -> {
			Assert.hasText(group, "Names of groups must not be empty");
			arguments.add(group);
		});
		return groups.isEmpty() ? CompletableFuture.completedFuture(null)
				: done(this.operations.run(operation, arguments));
	}

	@Override
	public CompletableFuture<Void> close(String group, @Nullable String reason,
			Collection<String> exceptConnectionIds) {
		Assert.hasText(group, "'group' must not be empty");
		Assert.notNull(exceptConnectionIds, "'exceptConnectionIds' must not be null");
		List<@Nullable String> arguments = new ArrayList<>(Arrays.asList(group, reason));
		arguments.addAll(exceptConnectionIds);
		return done(this.operations.run(Operation.CLOSE_GROUP, arguments));
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

	@Override
	public CompletableFuture<List<HubMember>> members(String group, @Nullable String afterConnectionId, int limit) {
		Assert.hasText(group, "'group' must not be empty");
		Assert.isTrue(limit > 0, "'limit' must be positive");
		return this.operations.run(Operation.GROUP_MEMBERS_AFTER, group, afterConnectionId, String.valueOf(limit))
			.thenApply((rows) -> rows.stream()
				.map(HubRows::toMember)
				.sorted(Comparator.comparing(HubMember::connectionId))
				.limit(limit)
				.toList());
	}

}
