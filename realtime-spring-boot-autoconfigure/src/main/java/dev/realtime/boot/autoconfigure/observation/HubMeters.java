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

package dev.realtime.boot.autoconfigure.observation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

import dev.realtime.invocation.HubEngine;
import dev.realtime.invocation.HubEntry;
import dev.realtime.lifetime.HubFigures;
import dev.realtime.lifetime.HubInspection;
import dev.realtime.lifetime.TrafficFigures;
import dev.realtime.observation.BroadcastRecorder;
import dev.realtime.protocol.ClientProtocol;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.TransportType;
import dev.realtime.protocol.signalr.HubProtocol;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * The meters of declared hubs. What connections count by themselves is added up when
 * somebody asks, so that messages cost nothing here. Hubs that nobody has declared have
 * no meters, since clients choose their names.
 */
final class HubMeters implements MeterBinder {

	static final String CONNECTIONS = "realtime.connections";

	static final String SUSPENDED = "realtime.connections.suspended";

	static final String USERS = "realtime.users";

	static final String GROUPS = "realtime.groups";

	static final String QUEUED = "realtime.queued";

	static final String RECEIVED = "realtime.received";

	static final String SENT = "realtime.sent";

	static final String MESSAGES = ".messages";

	static final String DROPPED_MESSAGES = "realtime.dropped" + MESSAGES;

	static final String BROADCAST = "realtime.broadcast";

	static final String BROADCAST_RECEIVERS = "realtime.broadcast.receivers";

	static final String HUB = "realtime.hub";

	static final String PROTOCOL = "realtime.protocol";

	static final String TRANSPORT = "realtime.transport";

	private final List<Hub> hubs;

	/**
	 * Create the meters.
	 * @param engine has the hubs
	 */
	HubMeters(HubEngine engine) {
		this.hubs = engine.hubs().stream().filter(HubEntry::declared).map(Hub::new).toList();
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.hubs.forEach((hub) -> hub.bindTo(registry));
	}

	/**
	 * One hub, whose figures are as old as a second, so that one look at all connections
	 * serves all meters of a scrape.
	 */
	private static final class Hub implements BroadcastRecorder {

		private static final long MAX_AGE = TimeUnit.SECONDS.toNanos(1);

		private final HubEntry entry;

		private final HubInspection inspection;

		private final List<Broadcasts> broadcasts = new CopyOnWriteArrayList<>();

		// guarded by this
		private @Nullable HubFigures figures;

		// guarded by this
		private long age;

		Hub(HubEntry entry) {
			this.entry = entry;
			this.inspection = entry.lifetime().inspection();
		}

		void bindTo(MeterRegistry registry) {
			Tags tags = Tags.of(HUB, this.entry.endpoint().hub());
			gauge(USERS, "Users that have connections.", null, tags, HubFigures::users, registry);
			gauge(GROUPS, "Groups that have members.", null, tags, HubFigures::groups, registry);
			gauge(SUSPENDED, "Connections that wait for their clients to come back.", BaseUnits.CONNECTIONS, tags,
					(figures) -> figures.sum(TrafficFigures::suspended), registry);
			gauge(QUEUED, "What waits for clients.", BaseUnits.BYTES, tags,
					(figures) -> figures.sum(TrafficFigures::queuedBytes), registry);
			gauge(QUEUED + MESSAGES, "Messages that wait for clients.", null, tags,
					(figures) -> figures.sum(TrafficFigures::queuedMessages), registry);
			counter(DROPPED_MESSAGES, "Messages that were discarded because queues were full.", null, tags,
					(figures) -> figures.sum(TrafficFigures::droppedMessages), registry);
			kinds().forEach((kind) -> bindTo(registry, tags, kind));
			// there before the first slow client is, since what matters is that it counts
			// up
			ConnectionMeters.counter(registry,
					new ConnectionMeters.End(this.entry.endpoint().hub(), CloseReason.SLOW_CONSUMER.name()));
			this.broadcasts.add(new Broadcasts(registry, tags));
			this.entry.lifetime().broadcastRecorder(this);
		}

		private void bindTo(MeterRegistry registry, Tags hub, Kind kind) {
			Tags tags = hub.and(PROTOCOL, kind.protocol(), TRANSPORT, kind.transport().label());
			gauge(CONNECTIONS, "Connections, suspended ones included.", BaseUnits.CONNECTIONS, tags,
					kind.figure(TrafficFigures::connections), registry);
			counter(RECEIVED, "What clients have sent.", BaseUnits.BYTES, tags,
					kind.figure(TrafficFigures::receivedBytes), registry);
			counter(RECEIVED + MESSAGES, "Messages that clients have sent.", null, tags,
					kind.figure(TrafficFigures::receivedMessages), registry);
			counter(SENT, "What was sent to clients.", BaseUnits.BYTES, tags, kind.figure(TrafficFigures::sentBytes),
					registry);
			counter(SENT + MESSAGES, "Messages that were sent to clients.", null, tags,
					kind.figure(TrafficFigures::sentMessages), registry);
		}

		// all that clients may use, so that meters are there before clients are
		private List<Kind> kinds() {
			List<Kind> kinds = new ArrayList<>();
			for (ClientProtocol protocol : this.entry.lifetime().protocols()) {
				for (TransportType transport : TransportType.values()) {
					boolean used = (protocol instanceof HubProtocol hubProtocol)
							? this.entry.endpoint().options().transports().contains(transport)
									&& transport.supports(hubProtocol.transferFormat())
							: transport == TransportType.WEB_SOCKETS;
					if (used) {
						kinds.add(new Kind(protocol.name(), transport));
					}
				}
			}
			return kinds;
		}

		private void gauge(String name, String description, @Nullable String unit, Tags tags,
				ToLongFunction<HubFigures> figure, MeterRegistry registry) {
			Gauge.builder(name, this, (hub) -> figure.applyAsLong(hub.figures()))
				.description(description)
				.baseUnit(unit)
				.tags(tags)
				.register(registry);
		}

		private void counter(String name, String description, @Nullable String unit, Tags tags,
				ToLongFunction<HubFigures> figure, MeterRegistry registry) {
			FunctionCounter.builder(name, this, (hub) -> figure.applyAsLong(hub.figures()))
				.description(description)
				.baseUnit(unit)
				.tags(tags)
				.register(registry);
		}

		private synchronized HubFigures figures() {
			long now = System.nanoTime();
			HubFigures figures = this.figures;
			if (figures == null || now - this.age >= MAX_AGE) {
				figures = this.inspection.figures();
				this.figures = figures;
				this.age = now;
			}
			return figures;
		}

		@Override
		public void record(String hub, int receivers, long nanos) {
			this.broadcasts.forEach((broadcasts) -> broadcasts.record(receivers, nanos));
		}

	}

	private record Kind(String protocol, TransportType transport) {

		ToLongFunction<HubFigures> figure(ToLongFunction<TrafficFigures> figure) {
			return (figures) -> figures.traffic()
				.stream()
				.filter((traffic) -> traffic.transport() == this.transport && traffic.protocol().equals(this.protocol))
				.mapToLong(figure)
				.sum();
		}

	}

	/**
	 * The meters of one registry that are recorded.
	 */
	private static final class Broadcasts {

		private final Timer duration;

		private final DistributionSummary receivers;

		Broadcasts(MeterRegistry registry, Tags tags) {
			this.duration = Timer.builder(BROADCAST)
				.description("How long messages to hubs and groups take to the queues of their receivers.")
				.tags(tags)
				.register(registry);
			this.receivers = DistributionSummary.builder(BROADCAST_RECEIVERS)
				.description("How many receivers messages to hubs and groups have.")
				.tags(tags)
				.register(registry);
		}

		void record(int receivers, long nanos) {
			this.duration.record(nanos, TimeUnit.NANOSECONDS);
			this.receivers.record(receivers);
		}

	}

}
