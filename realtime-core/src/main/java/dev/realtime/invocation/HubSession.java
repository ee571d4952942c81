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

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.Limit;
import dev.realtime.connection.Membership;
import dev.realtime.event.ClientEventConnection;
import dev.realtime.hub.ClientLimits;
import dev.realtime.hub.HubException;
import dev.realtime.hub.HubOptions;
import dev.realtime.invocation.support.CallerScope;
import dev.realtime.lifetime.HubLifetimeManager;
import dev.realtime.observation.RpcSystem;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.HubHandshake;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What is kept for one connection of a hub, whatever its protocol family: where its calls
 * stand.
 */
abstract class HubSession implements ClientEventConnection {

	private final ClientConnection connection;

	private final HubDispatcher dispatcher;

	private final InvocationQueue queue;

	private final ReadControl reading;

	private final @Nullable InboundRate rate;

	private final @Nullable CallLimits callLimits;

	private final CallerIdentity identity;

	private final Map<String, UploadStream> uploads = new ConcurrentHashMap<>(2);

	private final Map<String, HubCall> cancellable = new ConcurrentHashMap<>(2);

	private final Set<HubCall> pending = ConcurrentHashMap.newKeySet(2);

	private final CompletableFuture<Void> aborted = new CompletableFuture<>();

	private final Map<String, Object> items = new ConcurrentHashMap<>(2);

	private volatile Set<String> initialGroups = Set.of();

	private volatile @Nullable String state;

	private volatile boolean connected;

	// runs the handlers of the connected event
	private volatile @Nullable Thread connecting;

	private volatile boolean connectingWaits;

	private volatile boolean closed;

	private volatile @Nullable HeldThread heldThread;

	// guarded by 'this'
	private boolean opened;

	// guarded by 'this'
	private boolean over;

	/**
	 * Create a session.
	 * @param connection the connection
	 * @param dispatcher dispatches the calls of its hub
	 * @param parallelCalls how many of its calls run at a time
	 */
	HubSession(ClientConnection connection, HubDispatcher dispatcher, int parallelCalls) {
		this.connection = connection;
		this.dispatcher = dispatcher;
		Executor executor = dispatcher.executors().invocations();
		ClientLimits limits = dispatcher.options().limits();
		this.rate = InboundRate.of(limits, executor, dispatcher::exceeded);
		this.callLimits = CallLimits.of(limits, dispatcher::exceeded);
		this.queue = new InvocationQueue(executor, parallelCalls, connection.queue(), connection::lane, this.rate);
		this.reading = new ReadControl(connection, this.queue, this.uploads, dispatcher.options(), this.rate);
		this.identity = new CallerIdentity(connection, dispatcher);
	}

	/**
	 * Return the session of a connection of a hub.
	 * @param connection the connection
	 * @return its session
	 */
	static HubSession of(ClientConnection connection) {
		HubSession session = (HubSession) connection.session();
		Assert.state(session != null, "The connection has no session");
		return session;
	}

	/**
	 * Return what the client speaks, for whoever observes it.
	 * @return the family of its protocol
	 */
	abstract RpcSystem rpcSystem();

	ClientConnection connection() {
		return this.connection;
	}

	HubDispatcher dispatcher() {
		return this.dispatcher;
	}

	HubExecutors executors() {
		return this.dispatcher.executors();
	}

	HubOptions options() {
		return this.dispatcher.options();
	}

	HubLifetimeManager lifetime() {
		return this.dispatcher.lifetime();
	}

	/**
	 * Return the groups the connection joins when it opens.
	 * @return their names
	 */
	Set<String> initialGroups() {
		return this.initialGroups;
	}

	/**
	 * Set the groups the connection joins when it opens.
	 * @param initialGroups their names
	 */
	void initialGroups(Set<String> initialGroups) {
		this.initialGroups = initialGroups;
	}

	InvocationQueue queue() {
		return this.queue;
	}

	ReadControl reading() {
		return this.reading;
	}

	/**
	 * Return how fast the client may send.
	 * @return the rate, or {@code null} if it is not limited
	 */
	@Nullable InboundRate rate() {
		return this.rate;
	}

	/**
	 * Return what the client may call.
	 * @return the limits, or {@code null} if there are none
	 */
	@Nullable CallLimits callLimits() {
		return this.callLimits;
	}

	/**
	 * Tell why the client may not join a group.
	 * @param group the name of the group
	 * @return the reason, or {@code null} if there is none
	 */
	@Nullable String objectionToGroup(String group) {
		ClientLimits limits = options().limits();
		int length = limits.groupNameLength();
		if (length > 0 && group.length() > length) {
			this.dispatcher.exceeded(Limit.GROUP_NAME_LENGTH);
			return ErrorTexts.groupNameTooLong(length);
		}
		int groups = limits.groupsPerConnection();
		Membership membership = this.connection.membership();
		if (groups > 0 && membership.size() >= groups && !membership.contains(group)) {
			this.dispatcher.exceeded(Limit.GROUPS_PER_CONNECTION);
			return ErrorTexts.tooManyGroups(groups);
		}
		return null;
	}

	/**
	 * Return how many streams of the client are under way, in both directions.
	 * @return the number of streams
	 */
	int streamsUnderWay() {
		return this.uploads.size()
				+ (int) this.cancellable.values().stream().filter((call) -> call.method().streaming()).count();
	}

	Map<String, Object> items() {
		return this.items;
	}

	CompletableFuture<Void> aborted() {
		return this.aborted;
	}

	@Override
	public String hub() {
		return this.connection.hub();
	}

	@Override
	public String connectionId() {
		return this.connection.id();
	}

	@Override
	public @Nullable String userId() {
		return this.connection.userId();
	}

	@Override
	public @Nullable String subprotocol() {
		return null;
	}

	@Override
	public @Nullable String state() {
		return this.state;
	}

	/**
	 * Set the state that handlers have given the connection.
	 * @param state an opaque text, or {@code null} if there is none
	 */
	void state(@Nullable String state) {
		this.state = state;
	}

	@Override
	public HubHandshake handshake() {
		HubHandshake handshake = this.connection.handshake();
		Assert.state(handshake != null, "The connection has no handshake");
		return handshake;
	}

	/**
	 * Return the scope in which code runs on behalf of the connection.
	 * @return the scope, or {@code null} if there is none
	 */
	@Nullable CallerScope scope() {
		return this.identity.scope();
	}

	/**
	 * Run code of the application on behalf of the connection.
	 * @param task runs the code
	 */
	void runInScope(Runnable task) {
		CallerScope scope = scope();
		if (scope != null) {
			scope.run(task);
		}
		else {
			task.run();
		}
	}

	/**
	 * Note that the handshake has succeeded.
	 * @return {@code false} if the connection has ended before
	 */
	synchronized boolean markOpened() {
		this.opened = !this.over;
		return this.opened;
	}

	/**
	 * Note that the transport is gone.
	 * @return {@code false} if the connection was never open
	 */
	synchronized boolean markClosed() {
		this.over = true;
		return this.opened;
	}

	boolean connected() {
		return this.connected;
	}

	void markConnected() {
		this.connected = true;
	}

	/**
	 * Take note of who runs the handlers of the connected event.
	 * @param thread the thread, or {@code null} when they have returned
	 */
	void connecting(@Nullable Thread thread) {
		this.connecting = thread;
	}

	/**
	 * Take note that a handler of the connected event has returned and its result is
	 * still to come, or that it has come.
	 * @param waits whether the result is waited for
	 */
	void connectingWaits(boolean waits) {
		this.connectingWaits = waits;
		if (waits && this.connection.readGate().isHeld()) {
			this.queue.startCalls();
		}
	}

	/**
	 * Let calls start before the handlers of the connected event have returned, since one
	 * of them is about to ask its own client, which may need to call before it can
	 * answer. Does nothing when there are none running.
	 */
	void connectedHandlerAsks() {
		if (this.connecting != null) {
			this.queue.startCalls();
		}
	}

	/**
	 * Take note that the calling thread is about to ask the client.
	 */
	void askedOnThread() {
		HubCall call = HubCall.current();
		if (call != null && call.session() == this) {
			call.yieldPermit();
		}
		else if (this.connecting == Thread.currentThread()) {
			this.queue.startCalls();
		}
	}

	@Nullable UploadStream upload(String streamId) {
		return this.uploads.get(streamId);
	}

	@Nullable HubCall cancellable(String invocationId) {
		return this.cancellable.get(invocationId);
	}

	/**
	 * Note a call whose id must be unique while it is under way, and its upload streams.
	 * @param call the call
	 * @return {@code false} if one of the ids is in use
	 */
	boolean register(HubCall call) {
		String id = call.invocationId();
		if (id != null && call.method().cancellable() && this.cancellable.putIfAbsent(id, call) != null) {
			return false;
		}
		for (Map.Entry<String, UploadStream> upload : call.uploads().entrySet()) {
			if (this.uploads.putIfAbsent(upload.getKey(), upload.getValue()) != null) {
				call.uploads().forEach(this.uploads::remove);
				if (id != null) {
					this.cancellable.remove(id, call);
				}
				return false;
			}
		}
		if (this.closed) {
			call.cancel();
			call.uploads().values().forEach((upload) -> upload.end(connectionClosed()));
		}
		return true;
	}

	/**
	 * Run a call of a method that does not block on the calling thread, which is the one
	 * that serves the connection, unless it has to wait for others.
	 * @param call the call
	 * @param method its method
	 * @return {@code false} if it has to wait for its turn
	 */
	boolean runNow(InvocationQueue.Task call, HubMethodDescriptor method) {
		HeldThread held = new HeldThread(method, System.nanoTime());
		this.heldThread = held;
		try {
			return this.queue.runNow(call);
		}
		finally {
			this.heldThread = null;
			held.check(System.nanoTime());
		}
	}

	/**
	 * Take note of the heartbeat.
	 * @param nanoTime the current time
	 */
	void onHeartbeat(long nanoTime) {
		HeldThread held = this.heldThread;
		if (held != null) {
			held.check(nanoTime);
		}
	}

	/**
	 * Return whether the authentication of the user has expired. Called by the heartbeat.
	 * @return {@code false} if it has not, or does not expire
	 */
	boolean isAuthenticationExpired() {
		return this.identity.isExpired();
	}

	/**
	 * Note a call that has to hear of the end of its connection: it goes on without a
	 * thread, or wants to know.
	 * @param call the call
	 */
	void watch(HubCall call) {
		this.pending.add(call);
		if (this.closed) {
			letGo(call);
		}
	}

	private static void letGo(HubCall call) {
		call.cancel();
		call.releasePermit();
	}

	/**
	 * Note a call that goes on without a thread. It holds back no others while the client
	 * is asked, by whomever: the client may need to call before it can answer.
	 * @param call the call
	 */
	void leftThread(HubCall call) {
		watch(call);
		if (this.connection.readGate().isHeld()) {
			call.releasePermit();
			if (this.pending.size() > maxPending()) {
				this.connection.close(CloseReason.TOO_MANY_INVOCATIONS, null);
			}
		}
	}

	// nothing else bounds calls without permits while the gate must stay open
	private long maxPending() {
		return (long) ReadControl.HELD_FACTOR * ReadControl.MAX_WAITING_CALLS
				+ options().maximumParallelInvocationsPerClient();
	}

	/**
	 * Take note that the client is asked: calls without a thread hold back no others.
	 */
	void asked() {
		if (this.connectingWaits) {
			this.queue.startCalls();
		}
		this.pending.forEach((call) -> {
			if (call.isOffThread()) {
				call.releasePermit();
			}
		});
	}

	/**
	 * Forget a call that has ended.
	 * @param call the call
	 */
	void ended(HubCall call) {
		this.pending.remove(call);
		String id = call.invocationId();
		if (id != null) {
			this.cancellable.remove(id, call);
		}
		call.uploads().forEach((streamId, stream) -> {
			this.uploads.remove(streamId, stream);
			stream.abandon();
		});
	}

	/**
	 * Return how many calls, streams and uploads are under way or wait, as far as they
	 * are noted. A call that may not be cancelled and runs on a thread is not.
	 * @return 0 if nothing of them is kept
	 */
	int underWay() {
		return this.cancellable.size() + this.uploads.size() + this.pending.size() + this.queue.waiting();
	}

	/**
	 * Return whether the client waits for an answer, or is asked for one.
	 * @return {@code false} if the connection can be closed without anybody missing an
	 * answer
	 */
	boolean isBusy() {
		return !this.queue.isIdle() || this.connection.readGate().isHeld();
	}

	/**
	 * End all streams in both directions, since the connection is about to be closed.
	 */
	void endStreams() {
		HubException failure = new HubException(ErrorTexts.GOING_AWAY);
		this.uploads.values().forEach((upload) -> upload.end(failure));
		this.cancellable.values().forEach((call) -> call.endStream(failure));
	}

	/**
	 * Let go of everything that waits for the client, which is gone.
	 * @param afterwards called when whoever wanted to know that it is gone has been told
	 */
	void close(Runnable afterwards) {
		this.closed = true;
		this.queue.discardLate();
		this.cancellable.values().forEach(HubCall::cancel);
		this.uploads.values().forEach((upload) -> upload.end(connectionClosed()));
		lifetime().clientResults().connectionClosed(this.connection.id());
		this.pending.forEach(HubSession::letGo);
		executors().complete(() -> {
			this.aborted.complete(null);
			afterwards.run();
		});
	}

	private static CancellationException connectionClosed() {
		return new CancellationException(ErrorTexts.CONNECTION_CLOSED);
	}

}
