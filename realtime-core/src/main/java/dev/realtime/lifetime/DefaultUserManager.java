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
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.realtime.backplane.BackplaneMessage.Operation;
import dev.realtime.hub.HubConnection;
import dev.realtime.hub.UserManager;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * {@link UserManager} over {@link HubOperations}.
 *
 * @param operations performs the operations
 */
record DefaultUserManager(HubOperations operations) implements UserManager {

	@Override
	public CompletableFuture<Boolean> exists(String userId) {
		Assert.hasText(userId, "'userId' must not be empty");
		return this.operations.run(Operation.USER_EXISTS, userId).thenApply((rows) -> !rows.isEmpty());
	}

	@Override
	public CompletableFuture<List<HubConnection>> connections(String userId) {
		Assert.hasText(userId, "'userId' must not be empty");
		return this.operations.run(Operation.USER_CONNECTIONS, userId)
			.thenApply((rows) -> rows.stream().map(HubRows::toConnection).toList());
	}

	@Override
	public CompletableFuture<Boolean> inGroup(String userId, String group) {
		Assert.hasText(userId, "'userId' must not be empty");
		Assert.hasText(group, "'group' must not be empty");
		return this.operations.run(Operation.USER_IN_GROUP, userId, group).thenApply((rows) -> !rows.isEmpty());
	}

	@Override
	public CompletableFuture<Void> close(String userId, @Nullable String reason,
			Collection<String> exceptConnectionIds) {
		Assert.hasText(userId, "'userId' must not be empty");
		Assert.notNull(exceptConnectionIds, "'exceptConnectionIds' must not be null");
		List<@Nullable String> arguments = new ArrayList<>(Arrays.asList(userId, reason));
		arguments.addAll(exceptConnectionIds);
		return this.operations.run(Operation.CLOSE_USER, arguments).thenAccept((rows) -> {
		});
	}

}
