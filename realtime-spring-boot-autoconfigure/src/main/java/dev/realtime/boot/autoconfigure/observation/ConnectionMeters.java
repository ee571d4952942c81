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

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.ConnectionListener;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.TransportType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * The meters of connections that OpenTelemetry defines for SignalR. A connection counts
 * from the moment at which a transport has attached until it has ended. All meters exist
 * before the first connection does.
 */
final class ConnectionMeters implements MeterBinder, ConnectionListener {

	static final String ACTIVE = "signalr.server.active_connections";

	static final String DURATION = "signalr.server.connection.duration";

	static final String CLOSED = "realtime.connections.closed";

	static final String REASON = "realtime.close.reason";

	static final String TRANSPORT = "signalr.transport";

	static final String STATUS = "signalr.connection.status";

	private static final Duration[] BOUNDS = DoubleStream
		.of(0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300)
		.mapToObj((seconds) -> Duration.ofMillis(Math.round(seconds * 1000)))
		.toArray(Duration[]::new);

	private final AtomicLongArray active = new AtomicLongArray(TransportType.values().length);

	// for each registry the timers of all transports and statuses
	private final List<Timer[][]> durations = new CopyOnWriteArrayList<>();

	private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

	private final Map<End, List<Counter>> ends = new ConcurrentHashMap<>();

	private final UnaryOperator<String> hubNames;

	/**
	 * Create the meters.
	 * @param hubNames tells by which name a hub is counted
	 */
	ConnectionMeters(UnaryOperator<String> hubNames) {
		this.hubNames = hubNames;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.registries.add(registry);
		Timer[][] timers = new Timer[TransportType.values().length][Status.values().length];
		for (TransportType transport : TransportType.values()) {
			int index = transport.ordinal();
			Gauge.builder(ACTIVE, this.active, (active) -> active.get(index))
				.description("Number of connections that are currently active on the server.")
				.baseUnit(BaseUnits.CONNECTIONS)
				.tag(TRANSPORT, transport.label())
				.register(registry);
			for (Status status : Status.values()) {
				timers[index][status.ordinal()] = timer(registry, transport, status);
			}
		}
		this.durations.add(timers);
	}

	private static Timer timer(MeterRegistry registry, TransportType transport, Status status) {
		return Timer.builder(DURATION)
			.description("The duration of connections on the server.")
			.serviceLevelObjectives(BOUNDS)
			.tag(TRANSPORT, transport.label())
			.tag(STATUS, status.label())
			.register(registry);
	}

	@Override
	public void onAttached(ClientConnection connection) {
		TransportType transport = connection.transport();
		if (transport != null) {
			this.active.incrementAndGet(transport.ordinal());
		}
	}

	@Override
	public void onClosed(ClientConnection connection, CloseReason reason) {
		TransportType transport = connection.transport();
		if (transport != null) {
			this.active.decrementAndGet(transport.ordinal());
			int status = Status.of(reason, connection.closeCause()).ordinal();
			long nanos = System.nanoTime() - connection.attachedAt();
			this.durations.forEach((timers) -> timers[transport.ordinal()][status].record(nanos, TimeUnit.NANOSECONDS));
		}
		End end = new End(this.hubNames.apply(connection.hub()), reason.name());
		this.ends.computeIfAbsent(end, this::counters).forEach(Counter::increment);
	}

	private List<Counter> counters(End end) {
		return this.registries.stream().map((registry) -> counter(registry, end)).toList();
	}

	static Counter counter(MeterRegistry registry, End end) {
		return Counter.builder(CLOSED)
			.description("Connections that have ended.")
			.baseUnit(BaseUnits.CONNECTIONS)
			.tag(HubMeters.HUB, end.hub())
			.tag(REASON, end.reason())
			.register(registry);
	}

	/**
	 * How connections of a hub have ended.
	 *
	 * @param hub the name of the hub
	 * @param reason the name of the reason
	 */
	record End(String hub, String reason) {

	}

	/**
	 * How a connection has ended, as OpenTelemetry has it.
	 */
	enum Status {

		NORMAL_CLOSURE, TIMEOUT, APP_SHUTDOWN;

		String label() {
			return name().toLowerCase(Locale.ROOT);
		}

		/**
		 * Tell how a connection has ended.
		 * @param reason why it ended
		 * @param cause the failure behind it, if any
		 * @return the status: whatever is neither a timeout nor a shut down is a normal
		 * closure
		 */
		static Status of(CloseReason reason, @Nullable Throwable cause) {
			if (reason.is(CloseReason.SERVER_SHUTDOWN)) {
				return APP_SHUTDOWN;
			}
			boolean handshakeTimeout = reason.is(CloseReason.HANDSHAKE_FAILED) && cause instanceof TimeoutException;
			return (handshakeTimeout || reason.is(CloseReason.CLIENT_TIMEOUT)
					|| reason.is(CloseReason.DISCONNECT_TIMEOUT)) ? TIMEOUT : NORMAL_CLOSURE;
		}

	}

}
