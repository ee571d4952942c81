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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import dev.realtime.backplane.BackplaneMessage.Operation;
import dev.realtime.hub.ConnectionManager;
import dev.realtime.hub.HubConnection;
import dev.realtime.protocol.Permission;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * {@link ConnectionManager} over {@link HubOperations}.
 *
 * @param operations performs the operations
 * @param management performs those that tell what they found
 */
record DefaultConnectionManager(HubOperations operations, HubManagement management) implements ConnectionManager {

	@Override
	public CompletableFuture<Boolean> exists(String connectionId) {
		Assert.hasText(connectionId, "'connectionId' must not be empty");
		return this.operations.run(Operation.CONNECTION_EXISTS, connectionId).thenApply((rows) -> !rows.isEmpty());
	}

	@Override
	public CompletableFuture<Optional<HubConnection>> get(String connectionId) {
		Assert.hasText(connectionId, "'connectionId' must not be empty");
		return this.operations.run(Operation.CONNECTION, connectionId)
			.thenApply((rows) -> rows.stream().map(HubRows::toConnection).findFirst());
	}

	@Override
	public CompletableFuture<List<HubConnection>> list() {
		return this.operations.run(Operation.CONNECTIONS)
			.thenApply((rows) -> rows.stream().map(HubRows::toConnection).toList());
	}

	@Override
	public CompletableFuture<Void> close(String connectionId, @Nullable String reason) {
		Assert.hasText(connectionId, "'connectionId' must not be empty");
		return this.operations.run(Operation.CLOSE, connectionId, reason).thenAccept((rows) -> {
		});
	}

	@Override
	public CompletableFuture<Void> closeAll(@Nullable String reason, Collection<String> exceptConnectionIds) {
		Assert.notNull(exceptConnectionIds, "'exceptConnectionIds' must not be null");
		List<@Nullable String> arguments = new ArrayList<>(exceptConnectionIds.size() + 1);
		arguments.add(reason);
		arguments.addAll(exceptConnectionIds);
		return this.operations.run(Operation.CLOSE_ALL, arguments).thenAccept((rows) -> {
		});
	}

	@Override
	public CompletableFuture<Void> grant(String connectionId, Permission permission, @Nullable String group) {
		return this.management.grant(connectionId, permission, group).thenAccept((found) -> {
		});
	}

	@Override
	public CompletableFuture<Void> revoke(String connectionId, Permission permission, @Nullable String group) {
		return this.management.revoke(connectionId, permission, group).thenAccept((found) -> {
		});
	}

	@Override
	public CompletableFuture<Boolean> check(String connectionId, Permission permission, @Nullable String group) {
		Assert.hasText(connectionId, "'connectionId' must not be empty");
		Assert.notNull(permission, "'permission' must not be null");
		Assert.isTrue(group == null || StringUtils.hasText(group), "'group' must not be empty");
		return this.operations.run(Operation.PERMISSION, connectionId, permission.name(), group)
			.thenApply((rows) -> rows.stream().anyMatch(HubRows::toPermission));
	}

}
