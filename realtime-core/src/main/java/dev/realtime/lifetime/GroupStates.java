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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;

import dev.realtime.backplane.BackplaneMessage.GroupStateChange;
import dev.realtime.backplane.BackplaneNode;
import dev.realtime.backplane.HubChannels;
import dev.realtime.connection.ClientConnection;
import dev.realtime.protocol.webpubsub.GroupStateItem;
import dev.realtime.protocol.webpubsub.PubSubError;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What the connections of a hub say of themselves in groups (Web PubSub, group state).
 * Every connection has at most one state per group, a map of texts; whoever subscribes to
 * a group gets a snapshot of all states, and every change from then on, whichever node
 * the others are on. A state lasts until it is cleared, or its connection leaves the
 * group or ends.
 * <p>
 * A connection needs to be a member of the group or to have the permission to join it, to
 * set its state as well as to subscribe. What concerns a group happens one thing after
 * the other, on an executor; nothing here blocks.
 * <p>
 * A node keeps the states of its own connections and, while it has subscribers, a copy of
 * those of others. Changes travel over the channel of the group, which nodes subscribe to
 * that have members, states or subscribers; a new subscriber makes its node ask all
 * others. That is also when the states of a node are cleared that is gone without a word.
 * <p>
 * Internal: public for other packages of the engine, not for applications.
 *
 * @since 0.1.0
 * @see HubLifetimeManager#groupStates()
 */
public final class GroupStates {

	/**
	 * In how many groups a connection may have a state or a subscription.
	 */
	public static final int MAXIMUM_GROUPS = 100;

	/**
	 * The largest state: how many characters its keys and values have together.
	 */
	public static final int MAXIMUM_SIZE = 8192;

	private final Map<String, GroupState> groups = new ConcurrentHashMap<>();

	private final Map<ClientConnection, StateOwner> owners = new ConcurrentHashMap<>();

	private final BackplaneNode node;

	private final HubChannels channels;

	private final ProtocolUsage protocols;

	private final Predicate<ClientConnection> registered;

	private final Executor executor;

	GroupStates(BackplaneNode node, HubChannels channels, ProtocolUsage protocols,
			Predicate<ClientConnection> registered, Executor executor) {
		this.node = node;
		this.channels = channels;
		this.protocols = protocols;
		this.registered = registered;
		this.executor = executor;
	}

	/**
	 * Set or clear the state of a connection in a group.
	 * @param connection the connection
	 * @param group the name of the group
	 * @param state the state that replaces the one before, or {@code null} to clear it
	 * @param answer is told why not, or {@code null} once the state is set, before
	 * anybody hears of it
	 */
	public void set(ClientConnection connection, String group, @Nullable Map<String, String> state,
			Consumer<? super @Nullable PubSubError> answer) {
		Assert.hasText(group, "'group' must not be empty");
		if (state != null && size(state) > MAXIMUM_SIZE) {
			answer.accept(new PubSubError(PubSubError.BAD_REQUEST,
					"The state has more than " + MAXIMUM_SIZE + " characters"));
			return;
		}
		begin(connection, group, answer, (owner, target) -> target.set(owner, state, answer));
	}

	private static int size(Map<String, String> state) {
		int size = 0;
		for (Map.Entry<String, String> entry : state.entrySet()) {
			size += entry.getKey().length() + entry.getValue().length();
		}
		return size;
	}

	/**
	 * Subscribe a connection to the states of a group, or send it another snapshot.
	 * @param connection the connection
	 * @param group the name of the group
	 * @param answer is told why not, or {@code null} before the snapshot is sent
	 */
	public void subscribe(ClientConnection connection, String group, Consumer<? super @Nullable PubSubError> answer) {
		Assert.hasText(group, "'group' must not be empty");
		begin(connection, group, answer, (owner, target) -> target.subscribe(owner, answer));
	}

	/**
	 * Unsubscribe a connection from the states of a group.
	 * @param connection the connection
	 * @param group the name of the group
	 * @param answer is told once no more changes are sent; without effect if it was not
	 * subscribed
	 */
	public void unsubscribe(ClientConnection connection, String group, Consumer<? super @Nullable PubSubError> answer) {
		Assert.hasText(group, "'group' must not be empty");
		StateOwner owner = this.owners.get(connection);
		if (owner == null) {
			answer.accept(null);
			return;
		}
		enqueue(group, (target) -> {
			target.unsubscribe(owner);
			answer.accept(null);
		});
	}

	private void begin(ClientConnection connection, String group, Consumer<? super @Nullable PubSubError> answer,
			Action action) {
		if (!isAllowed(connection, group)) {
			answer.accept(forbidden(group));
			return;
		}
		StateOwner owner = this.owners.computeIfAbsent(connection, StateOwner::new);
		if (!owner.mayEnter(group)) {
			answer.accept(new PubSubError(PubSubError.BAD_REQUEST,
					"States and subscriptions in more than " + MAXIMUM_GROUPS + " groups"));
			return;
		}
		if (!this.registered.test(connection)) {
			// it has ended meanwhile, maybe before it was known here
			disconnected(connection);
		}
		enqueue(group, (target) -> action.run(owner, target));
	}

	static PubSubError forbidden(String group) {
		return new PubSubError(PubSubError.FORBIDDEN,
				"Neither a member of group '" + group + "' nor permitted to join it");
	}

	static boolean isAllowed(ClientConnection connection, String group) {
		return connection.membership().contains(group) || connection.permissions().mayJoinOrLeave(group);
	}

	/**
	 * Take note that a connection has left a group.
	 * @param connection the connection
	 * @param group the name of the group
	 */
	void left(ClientConnection connection, String group) {
		StateOwner owner = this.owners.get(connection);
		if (owner != null && owner.isIn(group)) {
			enqueue(group, (target) -> target.left(owner));
		}
	}

	/**
	 * Take note that a connection has ended.
	 * @param connection the connection
	 */
	void disconnected(ClientConnection connection) {
		StateOwner owner = this.owners.remove(connection);
		if (owner != null) {
			owner.end().forEach((group) -> enqueue(group, (target) -> target.disconnected(owner)));
		}
	}

	/**
	 * Take note of a change on another node.
	 * @param change the change
	 */
	void changed(GroupStateChange change) {
		GroupState group = this.groups.get(change.group());
		if (group != null) {
			GroupStateItem item = new GroupStateItem(change.connectionId(), change.userId(), change.state(),
					change.updatedAt());
			enqueue(change.group(), (target) -> target.changed(item));
		}
	}

	/**
	 * Return the states of connections of this node.
	 * @param group the name of the group
	 * @return a snapshot
	 */
	List<GroupStateItem> items(String group) {
		GroupState found = this.groups.get(group);
		return (found != null) ? found.items() : List.of();
	}

	void enqueue(String group, Consumer<GroupState> task) {
		GroupState target = this.groups.compute(group, (name, existing) -> {
			GroupState state = (existing != null) ? existing : new GroupState(name, this);
			state.add(task);
			return state;
		});
		target.run(this.executor);
	}

	/**
	 * Forget a group nobody is interested in, unless something else waits for it.
	 * @param group the group
	 */
	void forget(GroupState group) {
		this.groups.computeIfPresent(group.name(),
				(name, existing) -> (existing == group && group.isUnused()) ? null : existing);
	}

	BackplaneNode node() {
		return this.node;
	}

	HubChannels channels() {
		return this.channels;
	}

	ProtocolUsage protocols() {
		return this.protocols;
	}

	/**
	 * Return how many groups have states or subscribers on this node.
	 * @return the number of groups
	 */
	int size() {
		return this.groups.size();
	}

	/**
	 * Return how many connections have states or subscriptions.
	 * @return the number of connections
	 */
	int ownerCount() {
		return this.owners.size();
	}

	/**
	 * Something to do in a group.
	 */
	private interface Action {

		void run(StateOwner owner, GroupState group);

	}

}
