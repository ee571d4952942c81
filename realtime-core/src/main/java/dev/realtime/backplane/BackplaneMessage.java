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

package dev.realtime.backplane;

import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.realtime.protocol.EncodedBody;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What the nodes of an application say to each other.
 * <p>
 * Internal: public for other packages of the engine, not for applications.
 *
 * @since 0.1.0
 * @see BackplaneNode
 */
public sealed interface BackplaneMessage {

	/**
	 * A message for clients, encoded by its sender for every protocol of the hub.
	 *
	 * @param kind what the name names
	 * @param name the group, user or connection, empty for {@link TargetKind#ALL}
	 * @param excluded the ids of the connections that are left out
	 * @param slots the encoded message by name of the protocol
	 * @param droppable whether a slow consumer's queue may discard the message
	 * @param ttlMillis how long the message is still worth delivering in milliseconds, or
	 * {@link #NO_TTL}
	 * @param filter what the connections have to match, or {@code null} if all of them do
	 */
	record Delivery(TargetKind kind, String name, Set<String> excluded, Map<String, EncodedBody> slots,
			boolean droppable, long ttlMillis, @Nullable String filter) implements BackplaneMessage {

		/**
		 * The time to live of a message that does not age.
		 */
		public static final long NO_TTL = -1;

		public Delivery {
			Assert.notNull(kind, "'kind' must not be null");
			Assert.notNull(name, "'name' must not be null");
			Assert.isTrue(ttlMillis >= NO_TTL, "'ttlMillis' must not be negative");
		}

	}

	/**
	 * Something every receiver does or tells, and answers with one {@link Response}.
	 *
	 * @param id the id of the request, unique for the node that asks
	 * @param replyTo the channel of the node that asks
	 * @param operation what to do
	 * @param arguments what the operation needs
	 */
	record Request(long id, String replyTo, Operation operation,
			List<@Nullable String> arguments) implements BackplaneMessage {

		public Request {
			Assert.hasLength(replyTo, "'replyTo' must not be empty");
			Assert.notNull(operation, "'operation' must not be null");
			Assert.notNull(arguments, "'arguments' must not be null");
		}

	}

	/**
	 * A question to a client of another node, answered with one {@link Response} when the
	 * client has answered.
	 *
	 * @param id the id of the request, unique for the node that asks
	 * @param replyTo the channel of the node that asks
	 * @param connectionId the connection to ask
	 * @param invocationId the id of the question, unique among all nodes
	 * @param slots the encoded question by name of the protocol
	 */
	record ClientCall(long id, String replyTo, String connectionId, String invocationId,
			Map<String, byte[]> slots) implements BackplaneMessage {

		public ClientCall {
			Assert.hasLength(replyTo, "'replyTo' must not be empty");
			Assert.hasLength(connectionId, "'connectionId' must not be empty");
			Assert.hasLength(invocationId, "'invocationId' must not be empty");
		}

	}

	/**
	 * Nobody waits for the answer to a {@link ClientCall} any more.
	 *
	 * @param connectionId the connection that was asked
	 * @param invocationId the id of the question
	 */
	record ClientCallCancelled(String connectionId, String invocationId) implements BackplaneMessage {

		public ClientCallCancelled {
			Assert.hasLength(connectionId, "'connectionId' must not be empty");
			Assert.hasLength(invocationId, "'invocationId' must not be empty");
		}

	}

	/**
	 * A connection has set or cleared its state in a group.
	 *
	 * @param group the name of the group
	 * @param connectionId the connection
	 * @param userId its user, or {@code null} if it is anonymous
	 * @param updatedAt when, in milliseconds since 1970, never the same twice for one
	 * connection
	 * @param state the state, or {@code null} if it was cleared
	 */
	record GroupStateChange(String group, String connectionId, @Nullable String userId, long updatedAt,
			@Nullable Map<String, String> state) implements BackplaneMessage {

		public GroupStateChange {
			Assert.hasText(group, "'group' must not be empty");
			Assert.hasText(connectionId, "'connectionId' must not be empty");
		}

	}

	/**
	 * The answer of one node to a {@link Request} or {@link ClientCall}.
	 */
	sealed interface Response extends BackplaneMessage {

		/**
		 * Return what is answered.
		 * @return the id of the request
		 */
		long requestId();

	}

	/**
	 * What a node did or found.
	 *
	 * @param requestId the id of the request
	 * @param rows one row per connection concerned; what is in it is up to the operation
	 */
	record Rows(long requestId, List<List<@Nullable String>> rows) implements Response {

		public Rows {
			Assert.notNull(rows, "'rows' must not be null");
		}

	}

	/**
	 * What a client answered.
	 *
	 * @param requestId the id of the request
	 * @param protocol the name of the protocol the client speaks
	 * @param result the raw result, or {@code null} if there is none
	 */
	record Answer(long requestId, String protocol, byte @Nullable [] result) implements Response {

		public Answer {
			Assert.hasLength(protocol, "'protocol' must not be empty");
		}

	}

	/**
	 * Why there is no answer.
	 *
	 * @param requestId the id of the request
	 * @param kind what failed
	 * @param text the text for whoever asked
	 */
	record Failure(long requestId, FailureKind kind, String text) implements Response {

		public Failure {
			Assert.notNull(kind, "'kind' must not be null");
			Assert.notNull(text, "'text' must not be null");
		}

	}

	/**
	 * What the name of a {@link Delivery} names. The order is part of the wire format.
	 */
	enum TargetKind {

		/**
		 * All connections of the hub.
		 */
		ALL,

		/**
		 * The members of a group.
		 */
		GROUP,

		/**
		 * The connections of a user.
		 */
		USER,

		/**
		 * One connection.
		 */
		CONNECTION

	}

	/**
	 * What a {@link Request} asks for. The order is part of the wire format.
	 */
	enum Operation {

		/**
		 * Add a connection to a group.
		 */
		JOIN,

		/**
		 * Remove a connection from a group.
		 */
		LEAVE,

		/**
		 * Remove a connection from all groups.
		 */
		LEAVE_ALL,

		/**
		 * Add the connections of a user to a group.
		 */
		JOIN_USER,

		/**
		 * Remove the connections of a user from a group.
		 */
		LEAVE_USER,

		/**
		 * Find a member of a group.
		 */
		GROUP_EXISTS,

		/**
		 * List the members of a group.
		 */
		GROUP_MEMBERS,

		/**
		 * Find a connection of a user.
		 */
		USER_EXISTS,

		/**
		 * List the connections of a user.
		 */
		USER_CONNECTIONS,

		/**
		 * Find a connection of a user that is in a group.
		 */
		USER_IN_GROUP,

		/**
		 * Close the connections of a user.
		 */
		CLOSE_USER,

		/**
		 * Find a connection.
		 */
		CONNECTION_EXISTS,

		/**
		 * Describe a connection.
		 */
		CONNECTION,

		/**
		 * List all connections.
		 */
		CONNECTIONS,

		/**
		 * Close a connection.
		 */
		CLOSE,

		/**
		 * Close all connections but some.
		 */
		CLOSE_ALL,

		/**
		 * Grant a permission to a connection.
		 */
		GRANT,

		/**
		 * Revoke a permission of a connection.
		 */
		REVOKE,

		/**
		 * Find a connection and whether it has a permission.
		 */
		PERMISSION,

		/**
		 * Remove the connections of a user from all groups.
		 */
		LEAVE_ALL_USER,

		/**
		 * Close the members of a group.
		 */
		CLOSE_GROUP,

		/**
		 * List the first members of a group after a connection.
		 */
		GROUP_MEMBERS_AFTER,

		/**
		 * Add the connections that match a filter to groups.
		 */
		JOIN_MATCHING,

		/**
		 * Remove the connections that match a filter from groups.
		 */
		LEAVE_MATCHING,

		/**
		 * List the states of a group.
		 */
		GROUP_STATES,

		/**
		 * Describe a connection in detail.
		 */
		CONNECTION_DETAILS,

		/**
		 * Describe the first connections that match a query in detail.
		 */
		CONNECTION_PAGE,

		/**
		 * Close a connection, the connections of a user, or all, and tell them whether
		 * they may come back.
		 */
		DISCONNECT

	}

	/**
	 * The kinds of {@link Failure}. The order is part of the wire format.
	 */
	enum FailureKind {

		/**
		 * The connection is not on this node.
		 */
		NOT_FOUND,

		/**
		 * The connection has ended before it answered.
		 */
		DISCONNECTED,

		/**
		 * The client answered with an error or cannot be asked.
		 */
		CLIENT_ERROR,

		/**
		 * The node failed.
		 */
		NODE_ERROR

	}

}
