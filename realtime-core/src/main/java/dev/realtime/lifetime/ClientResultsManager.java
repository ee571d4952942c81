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

import java.io.IOException;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import dev.realtime.backplane.BackplaneNode;
import dev.realtime.connection.ClientConnection;
import dev.realtime.hub.HubException;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.signalr.RawResult;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.util.Assert;

/**
 * The questions that clients of this node have not answered yet (SignalR, client
 * results). An answer counts only if it comes from the connection that was asked. While a
 * connection has questions to answer, its
 * {@linkplain dev.realtime.connection.ReadGate#hold() reader is kept from stopping}.
 * <p>
 * Safe for concurrent use; nothing blocks. Futures complete on the executor the hub was
 * built with, by default on the thread that brings the answer.
 *
 * @since 0.1.0
 * @see dev.realtime.hub.SingleClientProxy
 */
public final class ClientResultsManager {

	private final ConnectionStore store;

	private final BackplaneNode node;

	private final Executor executor;

	private final Map<String, Map<String, Pending>> pending = new ConcurrentHashMap<>();

	private final AtomicInteger size = new AtomicInteger();

	private volatile Consumer<@Nullable ClientConnection> askListener = (connection) -> {
	};

	private volatile Consumer<ClientConnection> pendingListener = (connection) -> {
	};

	ClientResultsManager(ConnectionStore store, BackplaneNode node, Executor executor) {
		this.store = store;
		this.node = node;
		this.executor = executor;
	}

	/**
	 * Set what is called when the application of this node is about to ask a connection,
	 * on the thread that asks: whoever runs the asking invocation gives its permit back,
	 * and may have to do without the thread. What it throws reaches the application.
	 * @param listener the listener, which must not block; gets the connection, or
	 * {@code null} if it is not one of this node
	 */
	public void setAskListener(Consumer<@Nullable ClientConnection> listener) {
		Assert.notNull(listener, "'listener' must not be null");
		this.askListener = listener;
	}

	/**
	 * Set what is called when a connection of this node has a question to answer, whoever
	 * asks, before the question is sent. The connection's
	 * {@linkplain dev.realtime.connection.ReadGate#isHeld() gate is held} by then.
	 * @param listener the listener, which must not block nor throw
	 */
	public void setPendingListener(Consumer<ClientConnection> listener) {
		Assert.notNull(listener, "'listener' must not be null");
		this.pendingListener = listener;
	}

	/**
	 * Return the type a client's answer is expected to have.
	 * @param connectionId the connection that answers
	 * @param invocationId the id of the question
	 * @return the generic type, or {@code null} if the connection was not asked or has
	 * answered; {@link dev.realtime.protocol.signalr.RawResult RawResult} if another node
	 * asks
	 * @see dev.realtime.protocol.InvocationBinder#resultType(String)
	 */
	public @Nullable Type resultType(String connectionId, String invocationId) {
		Pending pending = find(connectionId, invocationId);
		return (pending != null) ? pending.type : null;
	}

	/**
	 * Take note of a client's answer.
	 * @param connectionId the connection that answers
	 * @param invocationId the id of the question
	 * @param result the answer, bound to the {@link #resultType}, or {@code null} if
	 * there is none
	 * @return {@code false} if nobody waits for it: it is ignored
	 */
	public boolean complete(String connectionId, String invocationId, @Nullable Object result) {
		Pending pending = find(connectionId, invocationId);
		return pending != null && settle(pending, result, null);
	}

	/**
	 * Take note that a client answered with an error.
	 * @param connectionId the connection that answers
	 * @param invocationId the id of the question
	 * @param error the client's text, which becomes that of a {@link HubException}
	 * @return {@code false} if nobody waits for it: it is ignored
	 */
	public boolean fail(String connectionId, String invocationId, String error) {
		return fail(connectionId, invocationId, new HubException(error));
	}

	/**
	 * Take note that a client's answer is of no use, for example because it cannot be
	 * bound.
	 * @param connectionId the connection that answers
	 * @param invocationId the id of the question
	 * @param failure what whoever asked gets to see
	 * @return {@code false} if nobody waits for it: it is ignored
	 */
	public boolean fail(String connectionId, String invocationId, Throwable failure) {
		Assert.notNull(failure, "'failure' must not be null");
		Pending pending = find(connectionId, invocationId);
		return pending != null && settle(pending, null, failure);
	}

	/**
	 * Fail all questions to a connection that has ended. Called by
	 * {@link HubLifetimeManager#unregister}.
	 * @param connectionId the id of the connection
	 */
	public void connectionClosed(String connectionId) {
		Map<String, Pending> pending = this.pending.get(connectionId);
		if (pending != null) {
			pending.values().forEach((question) -> settle(question, null, disconnected(connectionId)));
		}
	}

	/**
	 * Return how many questions are waiting for an answer.
	 * @return the number of questions to clients of this node
	 */
	public int pending() {
		return this.size.get();
	}

	private @Nullable Pending find(String connectionId, String invocationId) {
		Map<String, Pending> pending = this.pending.get(connectionId);
		return (pending != null) ? pending.get(invocationId) : null;
	}

	/**
	 * Tell the listener that a connection is about to be asked.
	 * @param connection the connection, or {@code null} if it is not one of this node
	 */
	void announce(@Nullable ClientConnection connection) {
		this.askListener.accept(connection);
	}

	/**
	 * Ask a connection of this node on behalf of another one.
	 * @param connection the connection
	 * @param invocationId the id of the question
	 * @param question the encoded question
	 * @return the raw answer, completed on the thread that brings it
	 */
	CompletableFuture<@Nullable Object> askForNode(ClientConnection connection, String invocationId,
			EncodedBody question) {
		return ask(new Pending(connection, invocationId, RawResult.class, Runnable::run), question, null);
	}

	/**
	 * Ask a connection of this node.
	 * @param connection the connection
	 * @param invocationId the id of the question
	 * @param question the encoded question
	 * @param type the type of the answer
	 * @param timeout how long to wait, or {@code null} for as long as the connection
	 * lives
	 * @return the answer
	 */
	CompletableFuture<@Nullable Object> ask(ClientConnection connection, String invocationId, EncodedBody question,
			Type type, @Nullable Duration timeout) {
		return ask(new Pending(connection, invocationId, type, this.executor), question, timeout);
	}

	private CompletableFuture<@Nullable Object> ask(Pending pending, EncodedBody question, @Nullable Duration timeout) {
		ClientConnection connection = pending.connection;
		add(pending);
		if (!this.store.contains(connection) || !connection.send(question)) {
			settle(pending, null, disconnected(connection.id()));
		}
		else if (timeout != null) {
			Future<?> timer = this.node.schedule(() -> settle(pending, null, timedOut(connection.id(), timeout)),
					timeout);
			pending.future.whenComplete((result, ex) -> timer.cancel(false));
		}
		return pending.future;
	}

	private void add(Pending pending) {
		pending.connection.readGate().hold();
		this.size.incrementAndGet();
		this.pending.compute(pending.connection.id(), (id, existing) -> {
			Map<String, Pending> questions = (existing != null) ? existing : new ConcurrentHashMap<>(1);
			questions.put(pending.invocationId, pending);
			return questions;
		});
		// whoever asked may complete the future, too: by cancelling it, for example
		pending.future.whenComplete((result, ex) -> settle(pending, result, ex));
		this.pendingListener.accept(pending.connection);
	}

	/**
	 * Forget a question nobody waits for any more.
	 * @param connectionId the id of the connection
	 * @param invocationId the id of the question
	 */
	void cancel(String connectionId, String invocationId) {
		Pending pending = find(connectionId, invocationId);
		if (pending != null) {
			pending.future.cancel(false);
		}
	}

	private boolean settle(Pending pending, @Nullable Object result, @Nullable Throwable failure) {
		if (!pending.settled.compareAndSet(false, true)) {
			return false;
		}
		this.pending.computeIfPresent(pending.connection.id(), (id, questions) -> {
			questions.remove(pending.invocationId);
			return questions.isEmpty() ? null : questions;
		});
		this.size.decrementAndGet();
		pending.connection.readGate().unhold();
		complete(pending.executor, pending.future, result, failure);
		return true;
	}

	/**
	 * Complete a future on the executor the application's continuations may run on.
	 * @param future the future
	 * @param result the result
	 * @param failure the failure, or {@code null} if there is none
	 */
	void complete(CompletableFuture<@Nullable Object> future, @Nullable Object result, @Nullable Throwable failure) {
		complete(this.executor, future, result, failure);
	}

	private static void complete(Executor executor, CompletableFuture<@Nullable Object> future, @Nullable Object result,
			@Nullable Throwable failure) {
		if (future.isDone()) {
			return;
		}
		Runnable completion = () -> {
			if (failure != null) {
				future.completeExceptionally(failure);
			}
			else {
				future.complete(result);
			}
		};
		try {
			executor.execute(completion);
		}
		catch (RejectedExecutionException ex) {
			completion.run();
		}
	}

	/**
	 * Return what whoever asked gets to see if the answer cannot be bound.
	 * @param type the type of the answer
	 * @param cause why it cannot be bound
	 * @return the exception
	 */
	public static MessageConversionException misfit(Type type, Throwable cause) {
		return new MessageConversionException(
				"Error trying to deserialize result to " + type.getTypeName() + ". " + cause.getMessage(), cause);
	}

	static IOException unknown(String connectionId) {
		return new IOException("Connection '" + connectionId + "' does not exist.");
	}

	static IOException disconnected(String connectionId) {
		return new IOException("Connection '" + connectionId + "' disconnected.");
	}

	static TimeoutException timedOut(String connectionId, Duration timeout) {
		return new TimeoutException("Connection '" + connectionId + "' did not answer within " + timeout + ".");
	}

	/**
	 * A question.
	 */
	private static final class Pending {

		private final ClientConnection connection;

		private final String invocationId;

		private final Type type;

		private final Executor executor;

		private final CompletableFuture<@Nullable Object> future = new CompletableFuture<>();

		private final AtomicBoolean settled = new AtomicBoolean();

		Pending(ClientConnection connection, String invocationId, Type type, Executor executor) {
			this.connection = connection;
			this.invocationId = invocationId;
			this.type = type;
			this.executor = executor;
		}

	}

}
