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
import java.util.concurrent.CompletableFuture;

import dev.realtime.backplane.BackplaneMessage.Delivery;
import dev.realtime.backplane.BackplaneNode;
import dev.realtime.backplane.HubChannels;
import dev.realtime.connection.ClientConnection;
import dev.realtime.observation.BroadcastRecorder;
import dev.realtime.protocol.ClientProtocol;
import dev.realtime.protocol.EncodedMessage;
import dev.realtime.protocol.MessageEncodingException;
import dev.realtime.protocol.ServerMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.converter.MessageConversionException;

/**
 * The path of a message from whoever sends it to the queues of its receivers. Neither
 * locks nor waits.
 */
final class HubDelivery {

	private final ConnectionStore store;

	private final UserIndex users;

	private final GroupRegistry groups;

	private final ProtocolUsage protocols;

	private final BackplaneNode node;

	private final HubChannels channels;

	private final String hub;

	private volatile @Nullable BroadcastRecorder recorder;

	HubDelivery(String hub, ConnectionStore store, UserIndex users, GroupRegistry groups, ProtocolUsage protocols,
			BackplaneNode node, HubChannels channels) {
		this.hub = hub;
		this.store = store;
		this.users = users;
		this.groups = groups;
		this.protocols = protocols;
		this.node = node;
		this.channels = channels;
	}

	/**
	 * Set what records broadcasts.
	 * @param recorder the recorder
	 */
	void recorder(BroadcastRecorder recorder) {
		this.recorder = recorder;
	}

	EncodedMessage encode(ServerMessage message, long deadline, boolean later) {
		try {
			return EncodedMessage.encode(message, protocols(later), deadline);
		}
		catch (MessageEncodingException ex) {
			throw new MessageConversionException(String.valueOf(ex.getMessage()), ex);
		}
	}

	/**
	 * Return whether a call to several groups has to be encoded for each.
	 */
	boolean namesGroups(boolean later) {
		for (ClientProtocol protocol : protocols(later)) {
			if (protocol.namesGroups()) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return the protocols that may have a receiver: one that nobody speaks now may be
	 * spoken by the time of a later delivery.
	 */
	private Collection<ClientProtocol> protocols(boolean later) {
		return (later || this.node.isDistributed()) ? this.protocols.all() : this.protocols.spoken();
	}

	CompletableFuture<Void> deliver(Target target, EncodedMessage message) {
		boolean everybodyReached = deliverLocally(target, message);
		if (everybodyReached || !this.node.isDistributed()) {
			return CompletableFuture.completedFuture(null);
		}
		return this.node.send(channel(target), Deliveries.of(target, message, this.protocols));
	}

	/**
	 * Deliver what another node sends.
	 * @param delivery what arrived
	 */
	void deliver(Delivery delivery) {
		deliverLocally(Deliveries.target(delivery), Deliveries.message(delivery));
	}

	private boolean deliverLocally(Target target, EncodedMessage message) {
		if (target instanceof Target.Filter filter) {
			deliverMatching(filter, message);
		}
		else if (target instanceof Target.Group group) {
			this.groups.deliver(group.name(), message, group.excluded(), fanout());
		}
		else if (target instanceof Target.User user) {
			this.users.deliver(user.id(), message, user.excluded());
		}
		else if (target instanceof Target.Connection single) {
			ClientConnection connection = this.store.find(single.id());
			if (connection != null) {
				connection.deliver(message);
				return true;
			}
		}
		else {
			this.store.deliver(message, target.excluded(), fanout());
		}
		return false;
	}

	private void deliverMatching(Target.Filter target, EncodedMessage message) {
		Members members = members(target.within());
		if (members != null) {
			Fanout fanout = (target.within() instanceof Target.User) ? null : fanout();
			members.deliverMatching(message, target.excluded(), target.filter(), fanout);
		}
	}

	private @Nullable Fanout fanout() {
		BroadcastRecorder recorder = this.recorder;
		return (recorder != null) ? new Fanout(recorder, this.hub) : null;
	}

	private @Nullable Members members(Target target) {
		if (target instanceof Target.Group group) {
			return this.groups.members(group.name());
		}
		return (target instanceof Target.User user) ? this.users.members(user.id()) : this.store.members();
	}

	private String channel(Target receivers) {
		Target target = receivers.within();
		if (target instanceof Target.Group group) {
			return this.channels.group(group.name());
		}
		if (target instanceof Target.User user) {
			return this.channels.user(user.id());
		}
		return (target instanceof Target.Connection connection) ? this.channels.connection(connection.id())
				: this.channels.all();
	}

}
