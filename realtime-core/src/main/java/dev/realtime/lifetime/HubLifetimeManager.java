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
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import dev.realtime.backplane.BackplaneMessage;
import dev.realtime.backplane.BackplaneMessage.ClientCall;
import dev.realtime.backplane.BackplaneMessage.ClientCallCancelled;
import dev.realtime.backplane.BackplaneMessage.Delivery;
import dev.realtime.backplane.BackplaneMessage.GroupStateChange;
import dev.realtime.backplane.BackplaneMessage.Request;
import dev.realtime.backplane.BackplaneNode;
import dev.realtime.backplane.HubChannels;
import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.ConnectionState;
import dev.realtime.event.HubEvent;
import dev.realtime.hub.ClientAccessIssuer;
import dev.realtime.hub.ClientProxy;
import dev.realtime.hub.HubClients;
import dev.realtime.hub.HubContext;
import dev.realtime.observation.BroadcastRecorder;
import dev.realtime.observation.HubObservations;
import dev.realtime.protocol.ClientProtocol;
import dev.realtime.protocol.EncodedMessage;
import dev.realtime.protocol.ServerMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Who is where in one hub, and delivery to them.
 * <p>
 * The connections of this node are registered here, with their users and groups; the
 * backplane reaches those of other nodes. Safe for concurrent use: nothing on the path of
 * {@link #deliver} locks, sleeps or waits; registering, joining and leaving lock briefly,
 * per connection and per name. What was done to a connection of this node is seen by
 * everything that happens after the method returns.
 * <p>
 * Internal: public for other packages of the engine, not for applications.
 *
 * @since 0.1.0
 * @see #builder(String, Collection)
 */
public final class HubLifetimeManager {

	private final String hub;

	private final BackplaneNode node;

	private final HubChannels channels;

	private final ProtocolUsage protocols;

	private final ConnectionStore store = new ConnectionStore();

	private final UserIndex users;

	private final GroupStates groupStates;

	private final GroupRegistry groups;

	private final HubDelivery delivery;

	private final ClientResultsManager clientResults;

	private final ClientCalls calls;

	private final HubOperations operations;

	private final HubManagement management;

	private volatile @Nullable SendObserver sendObserver;

	private final HubTraffic traffic = new HubTraffic();

	private final HubInspection inspection;

	private final HubContext hubContext;

	private HubLifetimeManager(Builder builder) {
		this.hub = builder.hub;
		this.node = (builder.node != null) ? builder.node : BackplaneNode.local();
		this.channels = new HubChannels(this.hub);
		this.protocols = new ProtocolUsage(builder.protocols);
		this.users = new UserIndex(this.node, this.channels);
		this.groupStates = new GroupStates(this.node, this.channels, this.protocols, this.store::contains,
				builder.resultExecutor);
		this.groups = new GroupRegistry(this.node, this.channels, builder.events, this.groupStates);
		this.delivery = new HubDelivery(this.hub, this.store, this.users, this.groups, this.protocols, this.node,
				this.channels);
		this.clientResults = new ClientResultsManager(this.store, this.node, builder.resultExecutor);
		this.calls = new ClientCalls(this.store, this.protocols, this.clientResults, this.node, this.channels,
				builder.resultBinder);
		this.operations = new HubOperations(this, this.node, this.channels, builder.resultExecutor);
		this.management = new HubManagement(this.operations);
		this.inspection = new HubInspection(this, this.operations, this.traffic);
		this.hubContext = new DefaultHubContext(this.hub, new DefaultHubClients(this, this.calls),
				new DefaultHubTargets(this, true), new DefaultGroupManager(this.operations, this.management),
				new DefaultUserManager(this.operations), new DefaultConnectionManager(this.operations, this.management),
				builder.clientAccessIssuer);
	}

	/**
	 * Start to build the manager of a hub.
	 * @param hub the name of the hub, without colons
	 * @param protocols all protocols that connections of the hub may speak, on any node
	 * @return a builder
	 */
	public static Builder builder(String hub, Collection<? extends ClientProtocol> protocols) {
		return new Builder(hub, protocols);
	}

	/**
	 * Return the name of the hub.
	 * @return the name as it was declared
	 */
	public String hub() {
		return this.hub;
	}

	/**
	 * Register a connection, which is reached from now on by what is sent to all, to its
	 * user and to itself. A connection that has ended already is not registered.
	 * @param connection the connection, whose user and protocol are known and stay the
	 * same
	 * @return completes when other nodes reach it, too; exceptionally if the backplane
	 * does not take the subscription (it is tried again)
	 * @throws IllegalStateException if the connection has no protocol
	 */
	public CompletableFuture<Void> register(ClientConnection connection) {
		ClientProtocol protocol = ProtocolUsage.of(connection);
		synchronized (connection.membership()) {
			if (!this.store.add(connection)) {
				return CompletableFuture.completedFuture(null);
			}
			this.protocols.add(protocol);
			this.users.add(connection);
			this.node.subscribe(this.channels.connection(connection.id()));
			if (connection.state() == ConnectionState.CLOSED) {
				// its end may have been reported before it was registered
				unregister(connection);
				return CompletableFuture.completedFuture(null);
			}
		}
		CompletableFuture<Void> effective = this.node.subscribed(this.channels.connection(connection.id()));
		String user = connection.userId();
		return (user != null) ? CompletableFuture.allOf(effective, this.node.subscribed(this.channels.user(user)))
				: effective;
	}

	/**
	 * Take a connection out of its groups, its user and the hub, and fail what waits for
	 * its answers. Afterwards it joins no group any more. Does nothing the second time.
	 * @param connection the connection
	 */
	public void unregister(ClientConnection connection) {
		synchronized (connection.membership()) {
			connection.membership().close();
			if (!this.store.contains(connection)) {
				return;
			}
			// whoever hears of the groups can still look the connection up
			this.groups.leaveAll(connection);
			this.store.remove(connection);
			this.traffic.ended(connection);
			this.users.remove(connection);
			this.protocols.remove(ProtocolUsage.of(connection));
			this.node.unsubscribe(this.channels.connection(connection.id()));
		}
		this.groupStates.disconnected(connection);
		this.clientResults.connectionClosed(connection.id());
	}

	/**
	 * Add a connection of this node to a group.
	 * @param connection the connection
	 * @param group the name of the group
	 * @return {@code false} if it is a member already, or not registered, or about to end
	 */
	public boolean join(ClientConnection connection, String group) {
		Assert.hasText(group, "'group' must not be empty");
		synchronized (connection.membership()) {
			return this.store.contains(connection) && !connection.isEnding() && this.groups.join(connection, group);
		}
	}

	/**
	 * Add a connection of this node to a group.
	 * @param connection the connection
	 * @param group the name of the group
	 * @return completes when what other nodes send to the group reaches it; exceptionally
	 * if the backplane does not take the subscription (it is tried again)
	 */
	public CompletableFuture<Void> joinEverywhere(ClientConnection connection, String group) {
		return join(connection, group) ? this.node.subscribed(this.channels.group(group))
				: CompletableFuture.completedFuture(null);
	}

	/**
	 * Remove a connection of this node from a group.
	 * @param connection the connection
	 * @param group the name of the group
	 * @return {@code false} if it is no member
	 */
	public boolean leave(ClientConnection connection, String group) {
		Assert.hasText(group, "'group' must not be empty");
		return this.groups.leave(connection, group);
	}

	/**
	 * Encode a message for every protocol that may have a receiver: what is spoken on
	 * this node at the moment, or all protocols of the hub if there can be other nodes.
	 * @param message the message
	 * @param deadline the {@link System#nanoTime()} after which the message is not worth
	 * delivering, or {@link EncodedMessage#NO_DEADLINE}
	 * @return the encoded message
	 * @throws org.springframework.messaging.converter.MessageConversionException if a
	 * value cannot be encoded
	 */
	public EncodedMessage encode(ServerMessage message, long deadline) {
		return encode(message, deadline, false);
	}

	/**
	 * Encode a message, which may be delivered later.
	 * @param message the message
	 * @param deadline see {@link #encode(ServerMessage, long)}
	 * @param later whether clients that are not there yet may receive it, too
	 * @return the encoded message
	 */
	EncodedMessage encode(ServerMessage message, long deadline, boolean later) {
		return this.delivery.encode(message, deadline, later);
	}

	boolean namesGroups(boolean later) {
		return this.delivery.namesGroups(later);
	}

	/**
	 * Put a message into the queues of its receivers on this node, and hand it to the
	 * backplane if it may have others.
	 * @param target whom it is for
	 * @param message the encoded message
	 * @return completes when the backplane has accepted it, exceptionally if it has not
	 */
	public CompletableFuture<Void> deliver(Target target, EncodedMessage message) {
		return this.delivery.deliver(target, message);
	}

	private void receive(BackplaneMessage message) {
		if (message instanceof Delivery arrived) {
			this.delivery.deliver(arrived);
		}
		else if (message instanceof Request request) {
			this.operations.perform(request);
		}
		else if (message instanceof ClientCall call) {
			this.calls.answer(call);
		}
		else if (message instanceof GroupStateChange change) {
			this.groupStates.changed(change);
		}
		else if (message instanceof ClientCallCancelled cancelled) {
			this.calls.cancel(cancelled);
		}
	}

	/**
	 * Return what applications use the hub with.
	 * @return the template
	 */
	public HubContext hubContext() {
		return this.hubContext;
	}

	/**
	 * Return what connections say of themselves in groups.
	 * @return the states
	 */
	public GroupStates groupStates() {
		return this.groupStates;
	}

	/**
	 * Return what changes connections and tells whether there are such.
	 * @return the management
	 */
	public HubManagement management() {
		return this.management;
	}

	/**
	 * Set what observes the messages that the application sends.
	 * @param observations observe what happens
	 * @param hub the name of the hub as those who observe it are told
	 */
	public void observations(HubObservations observations, String hub) {
		Assert.notNull(observations, "'observations' must not be null");
		this.sendObserver = observations.observesSends() ? new SendObserver(observations, hub) : null;
	}

	@Nullable SendObserver sendObserver() {
		return this.sendObserver;
	}

	/**
	 * Set what records broadcasts of the hub on this node.
	 * @param recorder the recorder
	 */
	public void broadcastRecorder(BroadcastRecorder recorder) {
		Assert.notNull(recorder, "'recorder' must not be null");
		this.delivery.recorder(recorder);
	}

	/**
	 * Return all protocols that connections of the hub may speak.
	 * @return the protocols
	 */
	public Collection<ClientProtocol> protocols() {
		return Collections.unmodifiableCollection(this.protocols.all());
	}

	/**
	 * Return what operators look into the hub with.
	 * @return the inspection
	 */
	public HubInspection inspection() {
		return this.inspection;
	}

	/**
	 * Return the targets messages can be sent to.
	 * @return the targets
	 */
	public HubClients clients() {
		return this.hubContext.clients();
	}

	/**
	 * Return what sends to a target.
	 * @param target the target
	 * @return its proxy
	 */
	public ClientProxy proxy(Target target) {
		Assert.notNull(target, "'target' must not be null");
		return new DefaultClientProxy(this, List.of(target), false);
	}

	/**
	 * Return what waits for answers of clients.
	 * @return the questions to connections of this node
	 */
	public ClientResultsManager clientResults() {
		return this.clientResults;
	}

	/**
	 * Look a connection of this node up.
	 * @param connectionId the id of the connection
	 * @return the connection, or {@code null} if it is not registered
	 */
	public @Nullable ClientConnection find(String connectionId) {
		return this.store.find(connectionId);
	}

	/**
	 * Return the connections of this node.
	 * @return an unmodifiable view
	 */
	public Collection<ClientConnection> connections() {
		return this.store.connections();
	}

	UserIndex users() {
		return this.users;
	}

	GroupRegistry groups() {
		return this.groups;
	}

	/**
	 * Return how many connections this node has.
	 * @return the number of connections
	 */
	public int connectionCount() {
		return this.store.size();
	}

	/**
	 * Return how many groups have members on this node.
	 * @return the number of groups
	 */
	public int groupCount() {
		return this.groups.size();
	}

	/**
	 * Return how many users have connections on this node.
	 * @return the number of users
	 */
	public int userCount() {
		return this.users.size();
	}

	/**
	 * Leave the backplane. What is on this node stays as it is.
	 */
	public void close() {
		this.node.detach(this.hub);
	}

	/**
	 * Builds a {@link HubLifetimeManager}. All settings are optional.
	 */
	public static final class Builder {

		private final String hub;

		private final Collection<? extends ClientProtocol> protocols;

		private @Nullable BackplaneNode node;

		private Consumer<? super HubEvent> events = (event) -> {
		};

		private ResultBinder resultBinder = (raw, protocol, type) -> {
			throw new IllegalStateException("No binder for results of other nodes");
		};

		private Executor resultExecutor = Runnable::run;

		private ClientAccessIssuer clientAccessIssuer = ClientAccessIssuer.none();

		private Builder(String hub, Collection<? extends ClientProtocol> protocols) {
			Assert.hasText(hub, "'hub' must not be empty");
			Assert.notNull(protocols, "'protocols' must not be null");
			this.hub = hub;
			this.protocols = protocols;
		}

		/**
		 * Set the node that connects the hub with other nodes.
		 * @param node the node, shared by all hubs of the process; by default one that is
		 * alone
		 * @return this builder
		 */
		public Builder backplane(BackplaneNode node) {
			Assert.notNull(node, "'node' must not be null");
			this.node = node;
			return this;
		}

		/**
		 * Set what is told about connections of this node that join and leave groups. It
		 * is called in order per connection, while the connection's membership is locked.
		 * @param events the publisher, which must not block
		 * @return this builder
		 */
		public Builder events(Consumer<? super HubEvent> events) {
			Assert.notNull(events, "'events' must not be null");
			this.events = events;
			return this;
		}

		/**
		 * Set what binds the answers of clients of other nodes.
		 * @param resultBinder the binder
		 * @return this builder
		 */
		public Builder resultBinder(ResultBinder resultBinder) {
			Assert.notNull(resultBinder, "'resultBinder' must not be null");
			this.resultBinder = resultBinder;
			return this;
		}

		/**
		 * Set what completes the futures applications wait for, and so runs what they
		 * chain to them. An executor whose threads may all be waiting for such a future
		 * would never complete one: it needs threads without limit, or of its own.
		 * @param resultExecutor the executor; by default the thread that brings the
		 * answer
		 * @return this builder
		 */
		public Builder resultExecutor(Executor resultExecutor) {
			Assert.notNull(resultExecutor, "'resultExecutor' must not be null");
			this.resultExecutor = resultExecutor;
			return this;
		}

		/**
		 * Set what issues the access of clients.
		 * @param clientAccessIssuer the issuer; by default none can be issued
		 * @return this builder
		 */
		public Builder clientAccessIssuer(ClientAccessIssuer clientAccessIssuer) {
			Assert.notNull(clientAccessIssuer, "'clientAccessIssuer' must not be null");
			this.clientAccessIssuer = clientAccessIssuer;
			return this;
		}

		/**
		 * Build the manager and attach it to its node.
		 * @return the manager
		 * @throws IllegalStateException if the node has a hub with the name already
		 */
		public HubLifetimeManager build() {
			HubLifetimeManager manager = new HubLifetimeManager(this);
			manager.node.attach(this.hub, manager::receive);
			return manager;
		}

	}

}
