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

import java.util.LinkedHashMap;
import java.util.Map;

import dev.realtime.backplane.BackplaneMessage.Delivery;
import dev.realtime.backplane.BackplaneMessage.TargetKind;
import dev.realtime.lifetime.filter.ConnectionFilter;
import dev.realtime.protocol.ClientProtocol;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.EncodedMessage;
import dev.realtime.protocol.OutboundMessage;

/**
 * Encoded messages as nodes hand them on. Neither side encodes anything.
 */
final class Deliveries {

	private static final long NANOS_PER_MILLI = 1_000_000;

	private Deliveries() {
	}

	static Delivery of(Target target, EncodedMessage message, ProtocolUsage protocols) {
		Map<String, EncodedBody> slots = new LinkedHashMap<>();
		boolean droppable = true;
		for (ClientProtocol protocol : protocols.all()) {
			OutboundMessage entry = message.entry(protocol);
			if (entry != null) {
				slots.put(protocol.name(), entry.body());
				droppable = entry.droppable();
			}
		}
		String filter = (target instanceof Target.Filter matching) ? matching.filter().text() : null;
		return new Delivery(kind(target.within()), name(target.within()), target.excluded(), slots, droppable,
				timeToLive(message.deadline()), filter);
	}

	private static TargetKind kind(Target target) {
		if (target instanceof Target.Group) {
			return TargetKind.GROUP;
		}
		if (target instanceof Target.User) {
			return TargetKind.USER;
		}
		return (target instanceof Target.Connection) ? TargetKind.CONNECTION : TargetKind.ALL;
	}

	private static String name(Target target) {
		if (target instanceof Target.Group group) {
			return group.name();
		}
		if (target instanceof Target.User user) {
			return user.id();
		}
		return (target instanceof Target.Connection connection) ? connection.id() : "";
	}

	private static long timeToLive(long deadline) {
		return (deadline != EncodedMessage.NO_DEADLINE) ? Math.max(0, (deadline - System.nanoTime()) / NANOS_PER_MILLI)
				: Delivery.NO_TTL;
	}

	static Target target(Delivery delivery) {
		Target target = within(delivery);
		String filter = delivery.filter();
		return (filter != null) ? new Target.Filter(target, ConnectionFilter.parse(filter)) : target;
	}

	private static Target within(Delivery delivery) {
		return switch (delivery.kind()) {
			case ALL -> new Target.All(delivery.excluded());
			case GROUP -> new Target.Group(delivery.name(), delivery.excluded());
			case USER -> new Target.User(delivery.name(), delivery.excluded());
			case CONNECTION -> new Target.Connection(delivery.name());
		};
	}

	static EncodedMessage message(Delivery delivery) {
		long ttl = delivery.ttlMillis();
		long deadline = (ttl != Delivery.NO_TTL) ? System.nanoTime() + ttl * NANOS_PER_MILLI
				: EncodedMessage.NO_DEADLINE;
		return EncodedMessage.of(delivery.slots(), delivery.droppable(), deadline);
	}

}
