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

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import dev.realtime.backplane.BackplaneMessage.Operation;
import dev.realtime.backplane.BackplaneMessage.Response;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * This process among the nodes of an application: one per process, shared by all hubs. It
 * owns the {@link Backplane}, hands what arrives to the hub it is for, and brings
 * requests and responses together.
 * <p>
 * Applications create it and start and stop it; the rest is for other packages of the
 * engine. Nothing blocks. Futures complete on threads of the backplane or of the timer,
 * which must not be blocked.
 *
 * @since 0.1.0
 */
public final class BackplaneNode {

	/**
	 * How long to wait for other nodes unless something else is asked for.
	 */
	public static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(10);

	private static final Log logger = LogFactory.getLog(BackplaneNode.class);

	private final String name;

	private final Backplane backplane;

	private final Duration requestTimeout;

	private final String replies;

	private final String invocationIdPrefix;

	private final Subscriptions subscriptions;

	private final ScheduledThreadPoolExecutor timer;

	private final Map<String, BackplaneReceiver> receivers = new ConcurrentHashMap<>();

	private final Requests requests;

	private final AtomicLong invocations = new AtomicLong();

	private final AtomicLong ignored = new AtomicLong();

	private final AtomicBoolean running = new AtomicBoolean();

	private final CompletableFuture<Void> started = new CompletableFuture<>();

	/**
	 * Create a node with a random name and the {@linkplain #DEFAULT_REQUEST_TIMEOUT
	 * default timeout}.
	 * @param backplane the backplane, not started
	 */
	public BackplaneNode(Backplane backplane) {
		this(random(), backplane, DEFAULT_REQUEST_TIMEOUT);
	}

	/**
	 * Create a node.
	 * @param name a name no other node of the application has, also not before a restart
	 * @param backplane the backplane, not started
	 * @param requestTimeout how long to wait for the response of other nodes, must be
	 * positive
	 */
	public BackplaneNode(String name, Backplane backplane, Duration requestTimeout) {
		Assert.hasText(name, "'name' must not be empty");
		Assert.notNull(backplane, "'backplane' must not be null");
		Assert.notNull(requestTimeout, "'requestTimeout' must not be null");
		Assert.isTrue(requestTimeout.toMillis() > 0, "'requestTimeout' must be positive");
		this.name = name;
		this.backplane = backplane;
		this.requestTimeout = requestTimeout;
		this.replies = HubChannels.replies(name);
		this.invocationIdPrefix = backplane.isDistributed() ? random() : "";
		this.timer = new ScheduledThreadPoolExecutor(1, BackplaneNode::timerThread);
		this.timer.setRemoveOnCancelPolicy(true);
		this.requests = new Requests(this);
		this.subscriptions = new Subscriptions(backplane, this.started, (task) -> schedule(task, requestTimeout));
	}

	/**
	 * Create a node that is alone.
	 * @return a node over a {@link LocalBackplane}
	 */
	public static BackplaneNode local() {
		return new BackplaneNode(new LocalBackplane());
	}

	private static Thread timerThread(Runnable task) {
		Thread thread = new Thread(task, "realtime-timer");
		thread.setDaemon(true);
		return thread;
	}

	private static String random() {
		return Long.toString(new SecureRandom().nextLong() >>> 1, Character.MAX_RADIX);
	}

	/**
	 * Start receiving. Subscriptions that were asked for before follow now. Starting
	 * twice is starting once.
	 * @return completes when other nodes reach this one
	 */
	public CompletableFuture<Void> start() {
		if (this.running.compareAndSet(false, true)) {
			this.backplane.start(this::onMessage);
			this.started.complete(null);
			if (isDistributed()) {
				return this.subscriptions.acquire(this.replies);
			}
		}
		return this.subscriptions.effective(this.replies);
	}

	/**
	 * Stop for good. Requests that wait for other nodes fail.
	 */
	public void stop() {
		this.timer.shutdownNow();
		if (this.running.compareAndSet(true, false)) {
			this.backplane.stop();
		}
		this.requests.stop();
	}

	/**
	 * Return the name of this node.
	 * @return the name, unique among the nodes
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return whether there can be other nodes at all.
	 * @return {@code false} for a node that is alone
	 */
	public boolean isDistributed() {
		return this.backplane.isDistributed();
	}

	/**
	 * Return how long requests wait for other nodes.
	 * @return the timeout
	 */
	public Duration requestTimeout() {
		return this.requestTimeout;
	}

	/**
	 * Return the channel other nodes respond on.
	 * @return the name of the channel
	 */
	public String replyChannel() {
		return this.replies;
	}

	/**
	 * Return a new id for a question to a client.
	 * @return an id that no hub of any node uses ({@code s1}, {@code s2} and so on where
	 * there is only this one)
	 */
	public String nextInvocationId() {
		return this.invocationIdPrefix + "s" + this.invocations.incrementAndGet();
	}

	/**
	 * Hand everything that arrives for a hub to a receiver, and subscribe to what is for
	 * all connections of the hub.
	 * @param hub the name of the hub
	 * @param receiver the receiver
	 * @throws IllegalStateException if the hub has a receiver already
	 */
	public void attach(String hub, BackplaneReceiver receiver) {
		String channel = new HubChannels(hub).all();
		BackplaneReceiver other = this.receivers.putIfAbsent(HubChannels.key(hub), receiver);
		Assert.state(other == null, () -> "There is a hub '" + hub + "' already");
		subscribe(channel);
	}

	/**
	 * Undo {@link #attach}.
	 * @param hub the name of the hub
	 */
	public void detach(String hub) {
		if (this.receivers.remove(HubChannels.key(hub)) != null) {
			unsubscribe(new HubChannels(hub).all());
		}
	}

	/**
	 * Hold a channel. The node subscribes to it when the first holder comes.
	 * @param channel the channel
	 * @return completes when the subscription is effective, at once on a node that is
	 * alone
	 */
	public CompletableFuture<Void> subscribe(String channel) {
		return isDistributed() ? this.subscriptions.acquire(channel) : CompletableFuture.completedFuture(null);
	}

	/**
	 * Stop holding a channel. The subscription ends when the last holder leaves.
	 * @param channel the channel
	 */
	public void unsubscribe(String channel) {
		if (isDistributed()) {
			this.subscriptions.release(channel);
		}
	}

	/**
	 * Return when the subscription to a channel that somebody holds is effective.
	 * @param channel the channel
	 * @return completes when other nodes reach this one over the channel
	 */
	public CompletableFuture<Void> subscribed(String channel) {
		return this.subscriptions.effective(channel).copy();
	}

	/**
	 * Send a message that is not answered.
	 * @param channel the channel
	 * @param message the message
	 * @return completes when the backplane has accepted the message
	 */
	public CompletableFuture<Void> send(String channel, BackplaneMessage message) {
		return publish(channel, message).thenAccept((receivers) -> {
		});
	}

	/**
	 * Publish a message.
	 * @param channel the channel
	 * @param message the message
	 * @return completes with the number of nodes that will receive it
	 */
	CompletableFuture<Integer> publish(String channel, BackplaneMessage message) {
		try {
			return this.backplane.publish(channel, BackplaneCodec.encode(message)).toCompletableFuture();
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	/**
	 * Ask all other nodes that subscribe to a channel.
	 * @param channel the channel
	 * @param operation what to ask for
	 * @param arguments what the operation needs
	 * @param complete whether the answers are useless without that of every node
	 * @return completes with the responses when all nodes have answered; after the
	 * request timeout, or when a node fails, with those that have arrived or, if they
	 * have to be complete, exceptionally
	 */
	public CompletableFuture<List<Response>> request(String channel, Operation operation,
			List<@Nullable String> arguments, boolean complete) {
		return isDistributed() ? this.requests.request(channel, operation, arguments, complete)
				: CompletableFuture.completedFuture(List.of());
	}

	/**
	 * Ask a client of another node. Waits as long as it takes: cancel the future to give
	 * up.
	 * @param channel the channel of the connection
	 * @param connectionId the id of the connection
	 * @param invocationId the id of the question
	 * @param slots the encoded question by name of the protocol
	 * @return completes with the answer, or with
	 * {@link BackplaneMessage.FailureKind#NOT_FOUND} if no node has the connection
	 */
	public CompletableFuture<Response> call(String channel, String connectionId, String invocationId,
			Map<String, byte[]> slots) {
		return this.requests.call(channel, connectionId, invocationId, slots);
	}

	/**
	 * Respond to another node.
	 * @param replyTo the channel of the node that asked
	 * @param response the response
	 */
	public void respond(String replyTo, Response response) {
		send(replyTo, response).whenComplete((result, ex) -> {
			if (ex != null) {
				logger.debug("Could not respond on " + replyTo, ex);
			}
		});
	}

	/**
	 * Run a task later, on the node's timer thread.
	 * @param task the task, which must not block
	 * @param delay how long to wait
	 * @return a handle that cancels the task; cancelled already if the node has stopped
	 */
	public Future<?> schedule(Runnable task, Duration delay) {
		try {
			return this.timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			CompletableFuture<Void> never = new CompletableFuture<>();
			never.cancel(false);
			return never;
		}
	}

	private void onMessage(String channel, byte[] bytes) {
		try {
			BackplaneMessage message = BackplaneCodec.decode(bytes);
			if (message instanceof Response response) {
				this.requests.respond(response);
				return;
			}
			BackplaneReceiver receiver = this.receivers.get(HubChannels.hubOf(channel));
			if (receiver != null) {
				receiver.receive(message);
			}
		}
		catch (RuntimeException ex) {
			ignore(channel, ex);
		}
	}

	private void ignore(String channel, RuntimeException ex) {
		if (this.ignored.getAndIncrement() == 0) {
			logger.warn("Ignored a message from channel " + channel + ", further ones are logged at level debug", ex);
		}
		else {
			logger.debug("Ignored a message from channel " + channel, ex);
		}
	}

	/**
	 * Return how many requests wait for other nodes.
	 * @return the number of requests and questions to clients
	 */
	public int pendingRequests() {
		return this.requests.size();
	}

	/**
	 * Return how many messages of other nodes could not be understood.
	 * @return the number since the node was created
	 */
	public long ignoredMessages() {
		return this.ignored.get();
	}

	/**
	 * Return how many channels this node subscribes to.
	 * @return the number, including subscriptions that are not yet effective
	 */
	public int subscriptionCount() {
		return this.subscriptions.size();
	}

}
