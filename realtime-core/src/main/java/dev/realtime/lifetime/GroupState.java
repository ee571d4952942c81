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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import dev.realtime.backplane.BackplaneMessage.GroupStateChange;
import dev.realtime.backplane.BackplaneMessage.Operation;
import dev.realtime.backplane.BackplaneMessage.Response;
import dev.realtime.backplane.BackplaneMessage.Rows;
import dev.realtime.connection.ClientConnection;
import dev.realtime.protocol.ClientProtocol;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.EncodedMessage;
import dev.realtime.protocol.webpubsub.DownstreamMessage;
import dev.realtime.protocol.webpubsub.GroupStateItem;
import dev.realtime.protocol.webpubsub.GroupStateSnapshotMessage;
import dev.realtime.protocol.webpubsub.GroupStateUpdateMessage;
import dev.realtime.protocol.webpubsub.PubSubError;
import dev.realtime.protocol.webpubsub.PubSubProtocol;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The states of one group and their subscribers on this node. Everything is a task in a
 * queue, which one thread at a time works off and on which no lock is held: so changes
 * reach all subscribers in the same order, and none of them is missing from both snapshot
 * and updates.
 */
final class GroupState {

	private static final Log logger = LogFactory.getLog(GroupState.class);

	private final String name;

	private final GroupStates hub;

	private final Queue<Consumer<GroupState>> tasks = new ConcurrentLinkedQueue<>();

	private final AtomicInteger waiting = new AtomicInteger();

	// of connections of this node; changed by tasks, read by whoever asks
	private final Map<String, GroupStateItem> states = new ConcurrentHashMap<>(4);

	// touched by tasks only
	private final Map<ClientConnection, Subscription> subscriptions = new LinkedHashMap<>(4);

	// of connections of other nodes, as far as subscribers were told; touched by tasks
	// only
	private final Map<String, GroupStateItem> others = new HashMap<>(4);

	// how many answers of other nodes are awaited; touched by tasks only
	private int asking;

	// touched by tasks only
	private boolean listening;

	GroupState(String name, GroupStates hub) {
		this.name = name;
		this.hub = hub;
	}

	String name() {
		return this.name;
	}

	void add(Consumer<GroupState> task) {
		this.tasks.add(task);
	}

	void run(Executor executor) {
		if (this.waiting.getAndIncrement() == 0) {
			try {
				executor.execute(this::work);
			}
			catch (RejectedExecutionException ex) {
				work();
			}
		}
	}

	private void work() {
		int done = 0;
		do {
			Consumer<GroupState> task = this.tasks.poll();
			if (task != null) {
				perform(task);
			}
			done = 1;
		}
		while (this.waiting.addAndGet(-done) > 0);
	}

	private void perform(Consumer<GroupState> task) {
		try {
			task.accept(this);
		}
		catch (RuntimeException ex) {
			logger.debug("Could not change the state of group " + this.name, ex);
		}
		listenIfUsed();
	}

	// the channel is held while there is something to hear or to be asked for
	private void listenIfUsed() {
		boolean used = !this.states.isEmpty() || !this.subscriptions.isEmpty();
		String channel = this.hub.channels().group(this.name);
		if (used && !this.listening) {
			this.hub.node().subscribe(channel);
		}
		else if (!used && this.listening) {
			this.hub.node().unsubscribe(channel);
		}
		this.listening = used;
		if (this.subscriptions.isEmpty()) {
			this.others.clear();
		}
		if (!used) {
			this.hub.forget(this);
		}
	}

	boolean isUnused() {
		return this.tasks.isEmpty();
	}

	List<GroupStateItem> items() {
		return List.copyOf(this.states.values());
	}

	void set(StateOwner owner, @Nullable Map<String, String> state, Consumer<? super @Nullable PubSubError> answer) {
		// it may have left or ended while this waited for its turn
		boolean allowed = GroupStates.isAllowed(owner.connection(), this.name) && owner.enter(this.name);
		answer.accept(allowed ? null : GroupStates.forbidden(this.name));
		change(owner, allowed ? state : null);
	}

	private void change(StateOwner owner, @Nullable Map<String, String> state) {
		ClientConnection connection = owner.connection();
		if (state == null && this.states.remove(connection.id()) == null) {
			leaveIfUnused(owner);
			return;
		}
		GroupStateItem item = new GroupStateItem(connection.id(), connection.userId(), state, owner.nextUpdate());
		if (state != null) {
			this.states.put(connection.id(), item);
		}
		leaveIfUnused(owner);
		publish(item);
		if (this.hub.node().isDistributed()) {
			this.hub.node()
				.send(this.hub.channels().group(this.name), new GroupStateChange(this.name, item.connectionId(),
						item.userId(), item.updatedAt(), item.state()));
		}
	}

	private void leaveIfUnused(StateOwner owner) {
		ClientConnection connection = owner.connection();
		if (!this.states.containsKey(connection.id()) && !this.subscriptions.containsKey(connection)) {
			owner.leave(this.name);
		}
	}

	void subscribe(StateOwner owner, Consumer<? super @Nullable PubSubError> answer) {
		boolean allowed = GroupStates.isAllowed(owner.connection(), this.name) && owner.enter(this.name);
		answer.accept(allowed ? null : GroupStates.forbidden(this.name));
		if (!allowed) {
			return;
		}
		Subscription subscription = new Subscription();
		this.subscriptions.put(owner.connection(), subscription);
		listenIfUsed();
		if (!this.hub.node().isDistributed()) {
			snapshot(owner.connection(), subscription);
			return;
		}
		this.asking++;
		String channel = this.hub.channels().group(this.name);
		this.hub.node()
			.subscribed(channel)
			.thenCompose(
					(nothing) -> this.hub.node().request(channel, Operation.GROUP_STATES, List.of(this.name), true))
			.whenComplete((responses, ex) -> this.hub.enqueue(this.name,
					(group) -> group.answered(owner.connection(), subscription, (ex != null) ? null : responses)));
	}

	// without an answer of all other nodes, what is known has to do
	private void answered(ClientConnection connection, Subscription subscription,
			@Nullable Collection<Response> responses) {
		if (this.subscriptions.get(connection) == subscription && responses != null) {
			Set<String> found = new HashSet<>();
			for (Response response : responses) {
				if (response instanceof Rows rows) {
					rows.rows().stream().map(HubRows::toState).forEach((item) -> {
						found.add(item.connectionId());
						changed(item);
					});
				}
			}
			found.addAll(subscription.changed);
			forgetOthersThan(found);
		}
		this.asking--;
		if (this.asking <= 0) {
			this.others.values().removeIf((item) -> item.state() == null);
		}
		if (this.subscriptions.get(connection) == subscription) {
			snapshot(connection, subscription);
		}
	}

	// their nodes are gone without a word
	private void forgetOthersThan(Set<String> found) {
		List<GroupStateItem> gone = this.others.values()
			.stream()
			.filter((item) -> item.state() != null && !found.contains(item.connectionId()))
			.toList();
		gone.forEach(
				(item) -> changed(new GroupStateItem(item.connectionId(), item.userId(), null, item.updatedAt() + 1)));
	}

	private void snapshot(ClientConnection connection, Subscription subscription) {
		subscription.live = true;
		subscription.changed.clear();
		List<GroupStateItem> items = new ArrayList<>(this.states.values());
		this.others.values().stream().filter((item) -> item.state() != null).forEach(items::add);
		if (connection.protocol() instanceof PubSubProtocol protocol) {
			send(List.of(connection), List.of(protocol), new GroupStateSnapshotMessage(this.name, items));
		}
	}

	/**
	 * Take note of what another node says, unless something newer is known: answers may
	 * overtake changes.
	 * @param item the change
	 */
	void changed(GroupStateItem item) {
		GroupStateItem known = this.others.get(item.connectionId());
		if (this.subscriptions.isEmpty() || (known != null && known.updatedAt() >= item.updatedAt())) {
			return;
		}
		// what was cleared must not come back with an answer that is on its way
		if (item.state() != null || this.asking > 0) {
			this.others.put(item.connectionId(), item);
		}
		else {
			this.others.remove(item.connectionId());
		}
		boolean told = known != null && known.state() != null;
		if (told || item.state() != null) {
			publish(item);
		}
	}

	// those that wait for their snapshot will find it there
	private void publish(GroupStateItem item) {
		List<ClientConnection> live = new ArrayList<>(this.subscriptions.size());
		this.subscriptions.forEach((connection, subscription) -> {
			if (subscription.live) {
				live.add(connection);
			}
			else {
				subscription.changed.add(item.connectionId());
			}
		});
		if (!live.isEmpty()) {
			send(live, this.hub.protocols().spoken(), new GroupStateUpdateMessage(this.name, List.of(item)));
		}
	}

	private static void send(List<ClientConnection> connections, Collection<ClientProtocol> protocols,
			DownstreamMessage message) {
		Map<String, EncodedBody> bodies = new HashMap<>(4);
		for (ClientProtocol protocol : protocols) {
			EncodedBody body = (protocol instanceof PubSubProtocol pubSub) ? pubSub.encode(message) : null;
			if (body != null) {
				bodies.put(protocol.name(), body);
			}
		}
		EncodedMessage encoded = EncodedMessage.of(bodies, false, EncodedMessage.NO_DEADLINE);
		connections.forEach((connection) -> connection.deliver(encoded));
	}

	void unsubscribe(StateOwner owner) {
		this.subscriptions.remove(owner.connection());
		leaveIfUnused(owner);
	}

	void left(StateOwner owner) {
		ClientConnection connection = owner.connection();
		if (connection.membership().contains(this.name)) {
			// it has joined again
			return;
		}
		if (!connection.permissions().mayJoinOrLeave(this.name)) {
			this.subscriptions.remove(connection);
		}
		change(owner, null);
	}

	void disconnected(StateOwner owner) {
		this.subscriptions.remove(owner.connection());
		change(owner, null);
	}

	/**
	 * A subscription.
	 */
	private static final class Subscription {

		// whose state has changed since the snapshot was asked for
		private final Set<String> changed = new HashSet<>();

		private boolean live;

	}

}
