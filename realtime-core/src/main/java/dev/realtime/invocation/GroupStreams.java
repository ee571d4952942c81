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

package dev.realtime.invocation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import dev.realtime.connection.ClientConnection;
import dev.realtime.lifetime.Target;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.ServerMessage.DataType;
import dev.realtime.protocol.ServerMessage.StreamError;
import dev.realtime.protocol.ServerMessage.StreamFragment;
import dev.realtime.protocol.webpubsub.DownstreamMessage;
import dev.realtime.protocol.webpubsub.PubSubError;
import dev.realtime.protocol.webpubsub.StreamAckMessage;
import dev.realtime.protocol.webpubsub.StreamClosedMessage;
import dev.realtime.protocol.webpubsub.StreamDataMessage;
import dev.realtime.protocol.webpubsub.StreamEndMessage;
import dev.realtime.protocol.webpubsub.StreamKeepAliveMessage;
import dev.realtime.protocol.webpubsub.StreamNackMessage;
import dev.realtime.protocol.webpubsub.StreamStartMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * The streams a connection publishes to groups (Web PubSub, group streams). They belong
 * to the connection and outlive its transports.
 * <p>
 * Messages of the client are handed over by one thread at a time; the heartbeat, another
 * transport and the end of the connection may come from others, and wait for nobody. What
 * subscribers get of a stream is in order, and nothing follows its end.
 */
final class GroupStreams {

	/**
	 * How many streams of a connection may be open at the same time.
	 */
	static final int MAXIMUM_STREAMS = 100;

	/**
	 * The longest id of a stream in characters.
	 */
	static final int MAXIMUM_ID_LENGTH = 1024;

	/**
	 * After how many milliseconds without a sign of life a stream ends, unless the client
	 * says something else.
	 */
	static final long DEFAULT_IDLE_TIMEOUT = 300_000;

	// a day: long enough for everybody, and far from overflowing
	private static final long MAXIMUM_IDLE_TIMEOUT = 86_400_000;

	private static final long NANOS_PER_MILLI = 1_000_000;

	private final ClientConnection connection;

	private final Output output;

	private final int maximum;

	private final Runnable exceeded;

	private final ReentrantLock lock = new ReentrantLock();

	// guarded by 'lock'
	private final Map<String, Stream> streams = new HashMap<>(4);

	private volatile @Nullable Long resumedAt;

	private volatile boolean closed;

	/**
	 * Create the streams of a connection, of which there are none.
	 * @param connection the connection
	 * @param output where messages go
	 * @param limit how many may be open at the same time, or 0 for
	 * {@value #MAXIMUM_STREAMS}, which are the most in any case
	 * @param exceeded called when one is refused because of that limit
	 */
	GroupStreams(ClientConnection connection, Output output, int limit, Runnable exceeded) {
		Assert.notNull(connection, "'connection' must not be null");
		Assert.notNull(output, "'output' must not be null");
		this.connection = connection;
		this.output = output;
		this.maximum = (limit > 0) ? Math.min(limit, MAXIMUM_STREAMS) : MAXIMUM_STREAMS;
		this.exceeded = exceeded;
	}

	/**
	 * Open a stream, or say why not.
	 * @param message the message of the client
	 * @param nanoTime the current time
	 */
	void start(StreamStartMessage message, long nanoTime) {
		Long idleTimeout = message.idleTimeoutMs();
		long millis = (idleTimeout != null) ? idleTimeout : DEFAULT_IDLE_TIMEOUT;
		exclusively(() -> {
			PubSubError error = objection(message, millis);
			if (error == null) {
				this.streams.put(message.streamId(),
						new Stream(message, Math.min(millis, MAXIMUM_IDLE_TIMEOUT) * NANOS_PER_MILLI, nanoTime));
				this.output.reply(new StreamAckMessage(message.streamId(), 1));
			}
			else {
				this.output.reply(new StreamClosedMessage(message.streamId(), error));
			}
		});
	}

	private @Nullable PubSubError objection(StreamStartMessage message, long idleTimeout) {
		if (!this.connection.permissions().maySend(message.group())) {
			return forbidden(message.group());
		}
		if (!StringUtils.hasText(message.streamId()) || message.streamId().length() > MAXIMUM_ID_LENGTH) {
			return badRequest("The id of the stream is blank or longer than " + MAXIMUM_ID_LENGTH + " characters");
		}
		if (idleTimeout <= 0) {
			return badRequest("The idle timeout must be positive");
		}
		if (this.streams.containsKey(message.streamId())) {
			return badRequest("There is a stream with this id already");
		}
		if (this.streams.size() < this.maximum) {
			return null;
		}
		this.exceeded.run();
		return badRequest("More than " + this.maximum + " streams at the same time");
	}

	private static PubSubError badRequest(String message) {
		return new PubSubError(PubSubError.BAD_REQUEST, message);
	}

	private static PubSubError forbidden(String group) {
		return new PubSubError(PubSubError.FORBIDDEN, "No permission to send to group '" + group + "'");
	}

	/**
	 * Publish a fragment, unless it is not the next one.
	 * @param message the message of the client
	 * @param nanoTime the current time
	 */
	void data(StreamDataMessage message, long nanoTime) {
		exclusively(() -> {
			Stream stream = find(message.streamId(), nanoTime);
			if (stream == null) {
				return;
			}
			int order = Long.compareUnsigned(message.streamSequenceId(), stream.expected);
			if (order == 0) {
				if (!publish(stream, message)) {
					return;
				}
				stream.expected++;
			}
			this.output.reply((order <= 0) ? new StreamAckMessage(message.streamId(), stream.expected)
					: new StreamNackMessage(message.streamId(), PubSubError.INVALID_SEQUENCE_ID,
							"Fragment " + stream.expected + " is missing", stream.expected));
		});
	}

	private boolean publish(Stream stream, StreamDataMessage message) {
		StreamFragment fragment = new StreamFragment(stream.id(), stream.expected, false, null);
		try {
			this.output.publish(stream.target(this.connection),
					message(stream, message.dataType(), message.payload(), fragment));
			return true;
		}
		catch (RuntimeException ex) {
			this.streams.remove(stream.id());
			fail(stream, new PubSubError(PubSubError.INTERNAL_SERVER_ERROR, "The fragment could not be published"));
			return false;
		}
	}

	/**
	 * Take note that a stream goes on.
	 * @param message the message of the client
	 * @param nanoTime the current time
	 */
	void keepAlive(StreamKeepAliveMessage message, long nanoTime) {
		exclusively(() -> find(message.streamId(), nanoTime));
	}

	/**
	 * End a stream.
	 * @param message the message of the client
	 * @param nanoTime the current time
	 */
	void end(StreamEndMessage message, long nanoTime) {
		exclusively(() -> {
			Stream stream = find(message.streamId(), nanoTime);
			if (stream != null) {
				this.streams.remove(stream.id());
				StreamEndMessage.UserError error = message.error();
				terminate(stream, (error != null)
						? new StreamError(PubSubError.USER_ERROR, error.message(), error.userErrorCode()) : null);
				this.output.reply(new StreamClosedMessage(stream.id(), null));
			}
		});
	}

	/**
	 * Look a stream up, or tell the client that there is none, or none any more.
	 */
	private @Nullable Stream find(String id, long nanoTime) {
		Stream stream = this.streams.get(id);
		if (stream == null) {
			this.output.reply(new StreamClosedMessage(id,
					new PubSubError(PubSubError.STREAM_NOT_FOUND, "There is no stream with this id")));
			return null;
		}
		if (!this.connection.permissions().maySend(stream.group())) {
			this.streams.remove(id);
			fail(stream, forbidden(stream.group()));
			return null;
		}
		stream.lastHeard = nanoTime;
		return stream;
	}

	/**
	 * End the streams that were not heard of for too long. Called by the heartbeat.
	 * @param nanoTime the current time
	 */
	void onHeartbeat(long nanoTime) {
		// whoever holds the lock is a sign of life; and the next beat is not far
		if (this.lock.tryLock()) {
			List<Stream> idle;
			try {
				idle = remove((stream) -> silence(stream, nanoTime) >= stream.idleTimeout);
			}
			finally {
				this.lock.unlock();
			}
			idle.forEach((stream) -> fail(stream,
					new PubSubError(PubSubError.IDLE_TIMEOUT, "Nothing was heard of the stream for too long")));
			endIfClosed();
		}
	}

	private long silence(Stream stream, long nanoTime) {
		Long resumed = this.resumedAt;
		long silence = nanoTime - stream.lastHeard;
		return (resumed != null) ? Math.min(silence, nanoTime - resumed) : silence;
	}

	/**
	 * Count the time without a sign of life anew, since the client could not give one.
	 * Waits for nobody.
	 * @param nanoTime the current time
	 */
	void onResumed(long nanoTime) {
		this.resumedAt = nanoTime;
	}

	/**
	 * End all streams, together with the connection.
	 */
	void close() {
		this.closed = true;
		endIfClosed();
	}

	/**
	 * Return how many streams are open.
	 * @return the number of streams
	 */
	int size() {
		this.lock.lock();
		try {
			return this.streams.size();
		}
		finally {
			this.lock.unlock();
		}
	}

	private List<Stream> remove(Predicate<Stream> condition) {
		List<Stream> removed = new ArrayList<>();
		this.streams.values().removeIf((stream) -> condition.test(stream) && removed.add(stream));
		return removed;
	}

	// publishes while it holds the lock, which is why others must not wait for it
	private void exclusively(Runnable action) {
		this.lock.lock();
		try {
			if (!this.closed) {
				action.run();
			}
		}
		finally {
			this.lock.unlock();
		}
		endIfClosed();
	}

	// left to whoever holds the lock, if somebody does
	private void endIfClosed() {
		while (this.closed && this.lock.tryLock()) {
			List<Stream> left;
			try {
				left = remove((stream) -> true);
			}
			finally {
				this.lock.unlock();
			}
			if (left.isEmpty()) {
				return;
			}
			left.forEach((stream) -> terminate(stream,
					new StreamError(PubSubError.CANCELLED, "The connection of the publisher has ended", null)));
		}
	}

	private void fail(Stream stream, PubSubError error) {
		terminate(stream, new StreamError(error.name(), error.message(), null));
		this.output.reply(new StreamClosedMessage(stream.id(), error));
	}

	private void terminate(Stream stream, @Nullable StreamError error) {
		StreamFragment last = new StreamFragment(stream.id(), stream.expected, true, error);
		this.output.publish(stream.target(this.connection), message(stream, DataType.TEXT, "", last));
	}

	private ServerMessage.Data message(Stream stream, DataType dataType, Object payload, StreamFragment fragment) {
		return new ServerMessage.Data(stream.group(), this.connection.userId(), dataType, payload, Map.of(), fragment);
	}

	/**
	 * Where messages go. Neither method blocks.
	 */
	interface Output {

		/**
		 * Send a message to the client.
		 * @param message the message
		 */
		void reply(DownstreamMessage message);

		/**
		 * Send a fragment to the subscribers.
		 * @param target the members of the group, without the client if it wants no echo
		 * @param message the fragment
		 */
		void publish(Target target, ServerMessage.Data message);

	}

	/**
	 * A stream that is open.
	 */
	private static final class Stream {

		private final StreamStartMessage start;

		private final long idleTimeout;

		// the number of the next fragment
		private long expected = 1;

		private long lastHeard;

		Stream(StreamStartMessage start, long idleTimeout, long nanoTime) {
			this.start = start;
			this.idleTimeout = idleTimeout;
			this.lastHeard = nanoTime;
		}

		String id() {
			return this.start.streamId();
		}

		String group() {
			return this.start.group();
		}

		Target target(ClientConnection connection) {
			return new Target.Group(group(), this.start.noEcho() ? Set.of(connection.id()) : Set.of());
		}

	}

}
