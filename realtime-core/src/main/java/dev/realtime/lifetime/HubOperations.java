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
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.realtime.backplane.BackplaneMessage.Failure;
import dev.realtime.backplane.BackplaneMessage.FailureKind;
import dev.realtime.backplane.BackplaneMessage.Operation;
import dev.realtime.backplane.BackplaneMessage.Request;
import dev.realtime.backplane.BackplaneMessage.Response;
import dev.realtime.backplane.BackplaneMessage.Rows;
import dev.realtime.backplane.BackplaneNode;
import dev.realtime.backplane.HubChannels;
import dev.realtime.connection.ClientConnection;
import dev.realtime.lifetime.filter.ConnectionFilter;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.Permission;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What can be done to and asked about connections: performed on this node, and on the
 * others that are concerned. Every operation yields one row per connection it found; what
 * else is in a row is up to the operation.
 */
final class HubOperations {

	private static final Log logger = LogFactory.getLog(HubOperations.class);

	private final HubLifetimeManager hub;

	private final BackplaneNode node;

	private final HubChannels channels;

	private final Executor executor;

	HubOperations(HubLifetimeManager hub, BackplaneNode node, HubChannels channels, Executor executor) {
		this.hub = hub;
		this.node = node;
		this.channels = channels;
		this.executor = executor;
	}

	/**
	 * Perform an operation wherever it finds connections. It has been performed on this
	 * node when the method returns.
	 * @param operation the operation
	 * @param arguments what the operation needs
	 * @return the rows of all nodes
	 */
	CompletableFuture<List<List<@Nullable String>>> run(Operation operation, @Nullable String... arguments) {
		return run(operation, Arrays.asList(arguments));
	}

	CompletableFuture<List<List<@Nullable String>>> run(Operation operation, List<@Nullable String> arguments) {
		List<List<@Nullable String>> found = perform(operation, arguments);
		CompletableFuture<Void> effective = effective(operation, arguments, found);
		if (!this.node.isDistributed() || (isSatisfiedByOne(operation) && !found.isEmpty())) {
			return effective.thenApply((nothing) -> found);
		}
		return effective
			.thenCombine(this.node.request(channel(operation, arguments), operation, arguments, isChange(operation)),
					(nothing, responses) -> merge(found, responses))
			.thenApplyAsync(Function.identity(), this::execute);
	}

	private void execute(Runnable task) {
		try {
			this.executor.execute(task);
		}
		catch (RejectedExecutionException ex) {
			task.run();
		}
	}

	private static List<List<@Nullable String>> merge(List<List<@Nullable String>> found, List<Response> responses) {
		List<List<@Nullable String>> all = new ArrayList<>(found);
		for (Response response : responses) {
			if (response instanceof Rows rows) {
				all.addAll(rows.rows());
			}
		}
		return all;
	}

	/**
	 * Perform a request of another node, and respond to it when it is effective.
	 * @param request the request
	 */
	void perform(Request request) {
		try {
			List<List<@Nullable String>> found = perform(request.operation(), request.arguments());
			Rows rows = new Rows(request.id(), found);
			effective(request.operation(), request.arguments(), found).whenComplete(
					(nothing, ex) -> this.node.respond(request.replyTo(), (ex != null) ? failure(request, ex) : rows));
		}
		catch (RuntimeException ex) {
			logger.debug("Could not perform " + request, ex);
			this.node.respond(request.replyTo(), failure(request, ex));
		}
	}

	private Failure failure(Request request, Throwable ex) {
		return new Failure(request.id(), FailureKind.NODE_ERROR,
				"Node " + this.node.name() + " failed to perform " + request.operation() + ": " + ex);
	}

	private List<List<@Nullable String>> perform(Operation operation, List<@Nullable String> arguments) {
		return switch (operation) {
			case JOIN -> change(connection(arguments), (connection) -> this.hub.join(connection, second(arguments)));
			case LEAVE -> change(registered(arguments), (connection) -> this.hub.leave(connection, second(arguments)));
			case LEAVE_ALL -> change(registered(arguments), this.hub.groups()::leaveAll);
			case JOIN_USER -> change(user(arguments), (connection) -> this.hub.join(connection, second(arguments)));
			case LEAVE_USER ->
				change(registeredUser(arguments), (connection) -> this.hub.leave(connection, second(arguments)));
			case CLOSE -> change(connection(arguments), (connection) -> close(connection, arguments.get(1)));
			case CLOSE_USER ->
				change(but(user(arguments), arguments, 2), (connection) -> close(connection, arguments.get(1)));
			case CLOSE_GROUP ->
				change(but(live(group(arguments)), arguments, 2), (connection) -> close(connection, arguments.get(1)));
			case CLOSE_ALL -> change(but(live(this.hub.connections()), arguments, 1),
					(connection) -> close(connection, arguments.get(0)));
			case LEAVE_ALL_USER -> change(registeredUser(arguments), this.hub.groups()::leaveAll);
			case JOIN_MATCHING -> changeGroups(live(this.hub.connections()), arguments, this.hub::join);
			case LEAVE_MATCHING -> changeGroups(this.hub.connections(), arguments, this.hub::leave);
			case GRANT -> change(connection(arguments),
					(connection) -> connection.permissions().grant(permission(arguments), arguments.get(2)));
			case REVOKE -> change(connection(arguments),
					(connection) -> connection.permissions().revoke(permission(arguments), arguments.get(2)));
			case PERMISSION -> rows(connection(arguments), 1, (connection) -> HubRows.ofPermission(connection,
					connection.permissions().check(permission(arguments), arguments.get(2))));
			case GROUP_EXISTS -> rows(group(arguments), 1, HubRows::ofMember);
			case GROUP_MEMBERS -> rows(group(arguments), Integer.MAX_VALUE, HubRows::ofMember);
			case GROUP_STATES -> this.hub.groupStates().items(first(arguments)).stream().map(HubRows::ofState).toList();
			case GROUP_MEMBERS_AFTER -> rows(groupAfter(arguments), Integer.MAX_VALUE, HubRows::ofMember);
			case USER_EXISTS -> rows(user(arguments), 1, HubRows::ofMember);
			case USER_CONNECTIONS -> rows(user(arguments), Integer.MAX_VALUE, this::row);
			case USER_IN_GROUP -> rows(userInGroup(arguments), 1, HubRows::ofMember);
			case CONNECTION_EXISTS -> rows(connection(arguments), 1, HubRows::ofMember);
			case CONNECTION -> rows(connection(arguments), 1, this::row);
			case CONNECTIONS -> rows(live(this.hub.connections()), Integer.MAX_VALUE, this::row);
			case CONNECTION_DETAILS ->
				rows(connection(arguments), 1, (connection) -> DetailRows.of(connection, this.node.name(), 1));
			case CONNECTION_PAGE -> new ConnectionSearch(this.hub, this.node.name()).page(arguments);
			case DISCONNECT -> change(concerned(arguments), (connection) -> disconnect(connection, arguments));
		};
	}

	private static boolean isChange(Operation operation) {
		return switch (operation) {
			case JOIN, LEAVE, LEAVE_ALL, JOIN_USER, LEAVE_USER, LEAVE_ALL_USER, JOIN_MATCHING, LEAVE_MATCHING, CLOSE,
					CLOSE_USER, CLOSE_GROUP, CLOSE_ALL, GRANT, REVOKE, DISCONNECT ->
				true;
			case GROUP_EXISTS, GROUP_MEMBERS, GROUP_MEMBERS_AFTER, GROUP_STATES, USER_EXISTS, USER_CONNECTIONS,
					USER_IN_GROUP, CONNECTION_EXISTS, CONNECTION, CONNECTIONS, PERMISSION, CONNECTION_DETAILS,
					CONNECTION_PAGE ->
				false;
		};
	}

	private static boolean isSatisfiedByOne(Operation operation) {
		return switch (operation) {
			case JOIN, LEAVE, LEAVE_ALL, CLOSE, GROUP_EXISTS, USER_EXISTS, USER_IN_GROUP, CONNECTION_EXISTS, CONNECTION,
					GRANT, REVOKE, PERMISSION, CONNECTION_DETAILS ->
				true;
			case JOIN_USER, LEAVE_USER, LEAVE_ALL_USER, JOIN_MATCHING, LEAVE_MATCHING, CLOSE_USER, CLOSE_GROUP,
					CLOSE_ALL, GROUP_MEMBERS, GROUP_MEMBERS_AFTER, GROUP_STATES, USER_CONNECTIONS, CONNECTIONS,
					CONNECTION_PAGE, DISCONNECT ->
				false;
		};
	}

	private String channel(Operation operation, List<@Nullable String> arguments) {
		return switch (operation) {
			case JOIN, LEAVE, LEAVE_ALL, CLOSE, CONNECTION_EXISTS, CONNECTION, GRANT, REVOKE, PERMISSION,
					CONNECTION_DETAILS ->
				this.channels.connection(first(arguments));
			case JOIN_USER, LEAVE_USER, LEAVE_ALL_USER, CLOSE_USER, USER_EXISTS, USER_CONNECTIONS, USER_IN_GROUP ->
				this.channels.user(first(arguments));
			case GROUP_EXISTS, GROUP_MEMBERS, GROUP_MEMBERS_AFTER, GROUP_STATES, CLOSE_GROUP ->
				this.channels.group(first(arguments));
			case DISCONNECT -> concernedChannel(arguments);
			case CLOSE_ALL, CONNECTIONS, JOIN_MATCHING, LEAVE_MATCHING, CONNECTION_PAGE -> this.channels.all();
		};
	}

	/**
	 * Return when other nodes see what was done on this one.
	 * @param operation the operation
	 * @param arguments what the operation needs
	 * @param found the rows of this node
	 * @return completes when they do
	 */
	private CompletableFuture<Void> effective(Operation operation, List<@Nullable String> arguments,
			List<List<@Nullable String>> found) {
		boolean joined = operation == Operation.JOIN || operation == Operation.JOIN_USER
				|| operation == Operation.JOIN_MATCHING;
		if (!joined || found.isEmpty()) {
			return CompletableFuture.completedFuture(null);
		}
		return CompletableFuture.allOf(arguments.stream()
			.skip(1)
			.map((group) -> this.node.subscribed(this.channels.group(Objects.requireNonNull(group))))
			.toArray(CompletableFuture[]::new));
	}

	private static String first(List<@Nullable String> arguments) {
		return argument(arguments, 0);
	}

	private static String second(List<@Nullable String> arguments) {
		return argument(arguments, 1);
	}

	private static String argument(List<@Nullable String> arguments, int index) {
		String argument = (index < arguments.size()) ? arguments.get(index) : null;
		if (argument == null) {
			throw new IllegalArgumentException("Argument " + index + " is missing");
		}
		return argument;
	}

	private List<ClientConnection> connection(List<@Nullable String> arguments) {
		return live(registered(arguments));
	}

	private List<ClientConnection> user(List<@Nullable String> arguments) {
		return live(registeredUser(arguments));
	}

	// membership lasts until the disconnected event has been handled: what concerns it
	// finds connections that are closing, too
	private List<ClientConnection> registered(List<@Nullable String> arguments) {
		ClientConnection connection = this.hub.find(first(arguments));
		return (connection != null) ? List.of(connection) : List.of();
	}

	private List<ClientConnection> registeredUser(List<@Nullable String> arguments) {
		List<ClientConnection> connections = new ArrayList<>(2);
		this.hub.users().forEach(first(arguments), connections::add);
		return connections;
	}

	private List<ClientConnection> group(List<@Nullable String> arguments) {
		List<ClientConnection> connections = new ArrayList<>();
		this.hub.groups().forEach(first(arguments), connections::add);
		return connections;
	}

	private List<ClientConnection> userInGroup(List<@Nullable String> arguments) {
		String group = second(arguments);
		return registeredUser(arguments).stream()
			.filter((connection) -> connection.membership().contains(group))
			.toList();
	}

	/**
	 * Look at every member once, and keep and sort no more than are asked for.
	 */
	private List<ClientConnection> groupAfter(List<@Nullable String> arguments) {
		String after = arguments.get(1);
		FirstConnections first = new FirstConnections(Integer.parseInt(argument(arguments, 2)));
		this.hub.groups().forEach(first(arguments), (connection) -> {
			if (after == null || connection.id().compareTo(after) > 0) {
				first.add(connection);
			}
		});
		return first.toList();
	}

	// one connection, those of a user, or all
	private List<ClientConnection> concerned(List<@Nullable String> arguments) {
		if (arguments.get(2) != null) {
			return connection(arguments.subList(2, 3));
		}
		return (arguments.get(3) != null) ? user(arguments.subList(3, 4)) : live(this.hub.connections());
	}

	private String concernedChannel(List<@Nullable String> arguments) {
		String connectionId = arguments.get(2);
		if (connectionId != null) {
			return this.channels.connection(connectionId);
		}
		String userId = arguments.get(3);
		return (userId != null) ? this.channels.user(userId) : this.channels.all();
	}

	private static void disconnect(ClientConnection connection, List<@Nullable String> arguments) {
		connection.close(CloseReason.SERVER_CLOSED.withText(arguments.get(0))
			.withReconnect(Boolean.parseBoolean(arguments.get(1))), null);
	}

	private static List<ClientConnection> but(List<ClientConnection> connections, List<@Nullable String> arguments,
			int firstExcluded) {
		Set<@Nullable String> excluded = new HashSet<>(arguments.subList(firstExcluded, arguments.size()));
		return excluded.isEmpty() ? connections
				: connections.stream().filter((connection) -> !excluded.contains(connection.id())).toList();
	}

	private static Permission permission(List<@Nullable String> arguments) {
		return Permission.valueOf(second(arguments));
	}

	/**
	 * Leave out connections that are closing: for applications they exist no more, but
	 * for their memberships.
	 * @param connections the connections
	 * @return those that are open
	 */
	private static List<ClientConnection> live(Collection<ClientConnection> connections) {
		return connections.stream().filter((connection) -> !connection.isEnding()).toList();
	}

	private List<List<@Nullable String>> change(List<ClientConnection> connections, Consumer<ClientConnection> change) {
		connections.forEach(change);
		return rows(connections, Integer.MAX_VALUE, HubRows::ofMember);
	}

	// one row says enough of what may be every connection of the hub
	private List<List<@Nullable String>> changeGroups(Collection<ClientConnection> connections,
			List<@Nullable String> arguments, BiConsumer<ClientConnection, String> change) {
		String filter = arguments.get(0);
		ConnectionFilter parsed = (filter != null) ? ConnectionFilter.parse(filter) : null;
		List<ClientConnection> matching = connections.stream()
			.filter((connection) -> parsed == null || parsed.matches(connection))
			.toList();
		for (ClientConnection connection : matching) {
			for (int i = 1; i < arguments.size(); i++) {
				change.accept(connection, argument(arguments, i));
			}
		}
		return rows(matching, 1, HubRows::ofMember);
	}

	private static void close(ClientConnection connection, @Nullable String reason) {
		connection.close(CloseReason.SERVER_CLOSED.withText(reason), null);
	}

	private List<@Nullable String> row(ClientConnection connection) {
		return HubRows.ofConnection(connection, this.node.name());
	}

	private static List<List<@Nullable String>> rows(List<ClientConnection> connections, int limit,
			Function<ClientConnection, List<@Nullable String>> row) {
		return connections.stream().limit(limit).map(row).toList();
	}

}
