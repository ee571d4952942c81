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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.Lane;
import dev.realtime.lifetime.filter.ConnectionFilter;
import dev.realtime.protocol.EncodedMessage;
import org.jspecify.annotations.Nullable;

/**
 * The members on a lane with a queue of its own. Who is a member is known at once, to
 * whoever asks; the array that broadcasts go over belongs to the lane and follows through
 * its queue. A broadcast goes through the same queue, so that it meets the members there
 * were when it was handed over.
 */
final class LaneShard extends Shard {

	private static final int INITIAL_CAPACITY = 2;

	private final Map<ClientConnection, Member> members = new ConcurrentHashMap<>(1);

	// touched by tasks of the lane only, as are the indexes of the members
	private @Nullable Member[] array = new Member[INITIAL_CAPACITY];

	private int length;

	LaneShard(Lane lane) {
		super(lane);
	}

	@Override
	boolean add(ClientConnection connection) {
		Member member = new Member(connection);
		if (this.members.putIfAbsent(connection, member) != null) {
			return false;
		}
		execute(() -> append(member));
		return true;
	}

	private void append(Member member) {
		if (this.length == this.array.length) {
			this.array = Arrays.copyOf(this.array, 2 * this.length);
		}
		member.index = this.length;
		this.array[this.length++] = member;
	}

	@Override
	boolean remove(ClientConnection connection) {
		Member member = this.members.remove(connection);
		if (member == null) {
			return false;
		}
		execute(() -> cut(member));
		return true;
	}

	private void cut(Member member) {
		Member last = this.array[--this.length];
		this.array[this.length] = null;
		if (last != null && last != member) {
			this.array[member.index] = last;
			last.index = member.index;
		}
		if (this.length > INITIAL_CAPACITY && this.length < this.array.length / 4) {
			this.array = Arrays.copyOf(this.array, this.array.length / 2);
		}
	}

	@Override
	void deliver(EncodedMessage message, Set<String> excluded, @Nullable Fanout fanout) {
		lane().throttle();
		executeDelivery(() -> delivered(fanout, deliverOnLane(message, excluded)));
	}

	private int deliverOnLane(EncodedMessage message, Set<String> excluded) {
		int receivers = 0;
		// from the end, so that a member that ends meanwhile moves none that is still to
		// come
		for (int i = this.length - 1; i >= 0; i--) {
			Member member = this.array[i];
			if (member != null && (excluded.isEmpty() || !excluded.contains(member.connection.id()))) {
				deliver(member.connection, message);
				receivers++;
			}
		}
		lane().delivered(message.size());
		return receivers;
	}

	// on the lane it would be too late: what the filter asks for may have changed by then
	@Override
	void deliverMatching(EncodedMessage message, Set<String> excluded, ConnectionFilter filter,
			@Nullable Fanout fanout) {
		lane().throttle();
		List<ClientConnection> matching = new ArrayList<>();
		for (ClientConnection member : this.members.keySet()) {
			if (!excluded.contains(member.id()) && filter.matches(member)) {
				matching.add(member);
			}
		}
		if (!matching.isEmpty()) {
			executeDelivery(() -> {
				matching.forEach((member) -> deliver(member, message));
				lane().delivered(message.size());
				delivered(fanout, matching.size());
			});
		}
		else {
			delivered(fanout, 0);
		}
	}

	@Override
	void forEach(Consumer<? super ClientConnection> action) {
		this.members.keySet().forEach(action);
	}

	@Override
	boolean isEmpty() {
		return this.members.isEmpty();
	}

	@Override
	int size() {
		return this.members.size();
	}

	/**
	 * A member and its place in the lane's array.
	 */
	private static final class Member {

		private final ClientConnection connection;

		private int index;

		Member(ClientConnection connection) {
			this.connection = connection;
		}

	}

}
