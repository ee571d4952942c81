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

import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

import dev.realtime.backplane.BackplaneNode;
import dev.realtime.backplane.HubChannels;
import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.Membership;
import dev.realtime.event.GroupJoinedEvent;
import dev.realtime.event.GroupLeftEvent;
import dev.realtime.event.HubEvent;
import dev.realtime.protocol.EncodedMessage;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The groups of a hub and their members on this node. Membership is noted here and at the
 * connection, in step: changes of one connection are serialized by its
 * {@link Membership}.
 */
final class GroupRegistry {

	private static final Log logger = LogFactory.getLog(GroupRegistry.class);

	private final MemberIndex groups = new MemberIndex();

	private final BackplaneNode node;

	private final HubChannels channels;

	private final Consumer<? super HubEvent> events;

	private final GroupStates states;

	GroupRegistry(BackplaneNode node, HubChannels channels, Consumer<? super HubEvent> events, GroupStates states) {
		this.states = states;
		this.node = node;
		this.channels = channels;
		this.events = events;
	}

	boolean join(ClientConnection connection, String group) {
		synchronized (connection.membership()) {
			if (!connection.membership().add(group)) {
				return false;
			}
			this.groups.add(group, connection);
			this.node.subscribe(this.channels.group(group));
			publish(new GroupJoinedEvent(connection.hub(), connection.id(), connection.userId(), group));
			return true;
		}
	}

	boolean leave(ClientConnection connection, String group) {
		synchronized (connection.membership()) {
			if (!connection.membership().remove(group)) {
				return false;
			}
			this.groups.remove(group, connection);
			this.node.unsubscribe(this.channels.group(group));
			this.states.left(connection, group);
			publish(new GroupLeftEvent(connection.hub(), connection.id(), connection.userId(), group));
			return true;
		}
	}

	void leaveAll(ClientConnection connection) {
		synchronized (connection.membership()) {
			connection.membership().groups().forEach((group) -> leave(connection, group));
		}
	}

	private void publish(HubEvent event) {
		try {
			this.events.accept(event);
		}
		catch (Throwable ex) {
			logger.debug("Could not publish " + event, ex);
		}
	}

	void deliver(String group, EncodedMessage message, Set<String> excluded, @Nullable Fanout fanout) {
		this.groups.deliver(group, message, excluded, fanout);
	}

	@Nullable Members members(String group) {
		return this.groups.members(group);
	}

	void forEach(String group, Consumer<? super ClientConnection> action) {
		this.groups.forEach(group, action);
	}

	/**
	 * Visit all groups.
	 * @param action called with the name and the number of members of each
	 */
	void sizes(ObjIntConsumer<String> action) {
		this.groups.sizes(action);
	}

	int size() {
		return this.groups.size();
	}

}
