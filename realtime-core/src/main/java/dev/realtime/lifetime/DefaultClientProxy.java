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

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import dev.realtime.hub.ClientProxy;
import dev.realtime.hub.PlainMessage;
import dev.realtime.protocol.EncodedMessage;
import dev.realtime.protocol.ServerMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * Sends to targets, one after the other.
 *
 * @param manager the manager of the hub
 * @param targets the targets
 * @param afterCommit whether to wait for the transaction of the sender
 */
record DefaultClientProxy(HubLifetimeManager manager, List<Target> targets,
		boolean afterCommit) implements ClientProxy {

	private static final boolean transactionsPresent = ClassUtils.isPresent(
			"org.springframework.transaction.support.TransactionSynchronizationManager",
			DefaultClientProxy.class.getClassLoader());

	@Override
	public CompletableFuture<Void> send(String target, List<?> arguments) {
		Assert.notNull(arguments, "'arguments' must not be null");
		List<@Nullable Object> copy = new ArrayList<>(arguments);
		SendObserver observer = this.manager.sendObserver();
		return (observer != null) ? observer.observe(this.targets, target, () -> invoke(target, copy))
				: invoke(target, copy);
	}

	private CompletableFuture<Void> invoke(String target, List<@Nullable Object> copy) {
		boolean later = isLater();
		boolean byGroup = this.targets.size() == 1 || this.manager.namesGroups(later);
		return deliver(later, byGroup, (group) -> this.manager.encode(new ServerMessage.Invocation(target, copy, group),
				EncodedMessage.NO_DEADLINE, later));
	}

	@Override
	public CompletableFuture<Void> publish(PlainMessage message) {
		Assert.notNull(message, "'message' must not be null");
		SendObserver observer = this.manager.sendObserver();
		return (observer != null) ? observer.observe(this.targets, null, () -> deliver(message)) : deliver(message);
	}

	private CompletableFuture<Void> deliver(PlainMessage message) {
		Duration timeToLive = message.timeToLive();
		long deadline = EncodedMessage.deadlineAfter((timeToLive != null) ? timeToLive : Duration.ZERO);
		boolean later = isLater();
		return deliver(later, true, (group) -> encode(message, group, deadline, later));
	}

	private boolean isLater() {
		return this.afterCommit && transactionsPresent && PendingSends.isTransactionActive();
	}

	private CompletableFuture<Void> deliver(boolean later, boolean byGroup,
			Function<@Nullable String, EncodedMessage> encoding) {
		if (this.targets.size() == 1) {
			Target receivers = this.targets.get(0);
			EncodedMessage message = encoding.apply(groupOf(receivers));
			return later ? PendingSends.add(() -> this.manager.deliver(receivers, message))
					: this.manager.deliver(receivers, message);
		}
		Map<@Nullable String, EncodedMessage> messages = new HashMap<>(2);
		for (Target receivers : this.targets) {
			messages.computeIfAbsent(byGroup ? groupOf(receivers) : null, encoding);
		}
		return later ? PendingSends.add(() -> deliver(byGroup, messages)) : deliver(byGroup, messages);
	}

	private CompletableFuture<Void> deliver(boolean byGroup, Map<@Nullable String, EncodedMessage> messages) {
		List<CompletableFuture<Void>> accepted = new ArrayList<>(this.targets.size());
		for (Target receivers : this.targets) {
			EncodedMessage encoded = messages.get(byGroup ? groupOf(receivers) : null);
			if (encoded != null) {
				accepted.add(this.manager.deliver(receivers, encoded));
			}
		}
		return CompletableFuture.allOf(accepted.toArray(CompletableFuture[]::new));
	}

	/**
	 * Return the group that a message to the target comes from, for its receivers.
	 */
	private static @Nullable String groupOf(Target target) {
		return (target.within() instanceof Target.Group group) ? group.name() : null;
	}

	private EncodedMessage encode(PlainMessage message, @Nullable String group, long deadline, boolean later) {
		return this.manager.encode(
				new ServerMessage.Data(group, null, message.dataType(), message.payload(), message.metadata()),
				deadline, later);
	}

	@Override
	public String toString() {
		return this.targets + " of hub " + this.manager.hub();
	}

}
