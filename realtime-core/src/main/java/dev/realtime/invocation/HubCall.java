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

import java.security.Principal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubException;
import dev.realtime.invocation.support.CallerScope;
import dev.realtime.protocol.HubHandshake;
import org.jspecify.annotations.Nullable;

/**
 * A call of a hub method on its way: from the moment it was decoded until its completion
 * is queued.
 */
final class HubCall extends DispatchMessage implements InvocationQueue.Task {

	private static final ThreadLocal<@Nullable HubCall> current = new ThreadLocal<>();

	private final HubSession session;

	private final CallAnswers answers;

	private final HubMethodDescriptor method;

	private final @Nullable String invocationId;

	private final Map<String, String> headers;

	private final int size;

	private final Map<String, UploadStream> uploads;

	private final AtomicBoolean permitHeld;

	private final AtomicBoolean ended = new AtomicBoolean();

	private @Nullable Object[] arguments;

	private volatile @Nullable CallCancellation cancellation;

	private volatile @Nullable ResultStream resultStream;

	private volatile boolean cancelled;

	private volatile boolean offThread;

	private @Nullable InvocableHubMethod invocable;

	private @Nullable CallScope observed;

	/**
	 * Create a call.
	 * @param session the session of the calling connection
	 * @param answers takes the answer
	 * @param method the method
	 * @param invocationId the id the caller waits for, or {@code null} if it does not
	 * @param arguments the bound arguments
	 * @param headers the headers the client sent along
	 * @param uploads the streams the client sends, by their ids, in order
	 * @param size the size of the call on the wire, in bytes
	 */
	HubCall(HubSession session, CallAnswers answers, HubMethodDescriptor method, @Nullable String invocationId,
			@Nullable Object[] arguments, Map<String, String> headers, Map<String, UploadStream> uploads, int size) {
		this.session = session;
		this.answers = answers;
		this.method = method;
		this.invocationId = invocationId;
		this.arguments = arguments;
		this.headers = headers;
		this.uploads = uploads;
		this.size = size;
		this.permitHeld = new AtomicBoolean(needsPermit());
	}

	/**
	 * Return the call whose method runs on this thread.
	 * @return the call, or {@code null}
	 */
	static @Nullable HubCall current() {
		return current.get();
	}

	@Override
	public void run() {
		this.session.reading().moved();
		HubCall outer = current.get();
		current.set(this);
		try {
			this.session.dispatcher().dispatch(this);
		}
		finally {
			if (outer != null) {
				current.set(outer);
			}
			else {
				current.remove();
			}
		}
	}

	/**
	 * Run the rest of the call on another thread.
	 * @param task what to run
	 * @return the task, with this call as the current one and in the scope of its caller
	 */
	Runnable asCurrent(Runnable task) {
		return () -> {
			current.set(this);
			try {
				runInScope(task);
			}
			finally {
				current.remove();
			}
		};
	}

	/**
	 * Run code of the application on behalf of the call.
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

	@Override
	public boolean needsPermit() {
		return !this.method.streaming() && this.uploads.isEmpty();
	}

	@Override
	public int size() {
		return this.size;
	}

	HubSession session() {
		return this.session;
	}

	CallAnswers answers() {
		return this.answers;
	}

	HubMethodDescriptor method() {
		return this.method;
	}

	/**
	 * Return the method on the bean it is called on.
	 * @return the method, with the bean resolved once per call
	 */
	InvocableHubMethod invocable() {
		InvocableHubMethod invocable = this.invocable;
		if (invocable == null) {
			invocable = this.method.method().resolved();
			this.invocable = invocable;
		}
		return invocable;
	}

	/**
	 * Call the method. What goes wrong, now or later, is handled as the application
	 * wants.
	 * @return what the method, or an exception handler, has returned
	 * @throws Throwable what went wrong, or what an exception handler made of it
	 */
	@Nullable Object proceed() throws Throwable {
		ExceptionHandlers handlers = this.method.method().exceptionHandlers();
		if (handlers == null) {
			return invocable().call(this);
		}
		InvocableHubMethod invocable = invocable();
		Object result;
		try {
			result = invocable.call(this);
		}
		catch (Throwable ex) {
			return handlers.handle(this, invocable.getBean(), ex, this.method.resultType());
		}
		return (result != null) ? this.session.dispatcher().adapters().recover(result, this::recover) : null;
	}

	/**
	 * Have a failure handled that has come up later, on whatever thread.
	 * @param failure what went wrong
	 * @return what to answer, or the failure, or what an exception handler made of it
	 */
	CompletionStage<@Nullable Object> recover(Throwable failure) {
		Throwable cause = ErrorTexts.unwrap(failure);
		ExceptionHandlers handlers = this.method.method().exceptionHandlers();
		CompletableFuture<@Nullable Object> outcome = new CompletableFuture<>();
		if (handlers == null || !handlers.handles(cause)) {
			outcome.completeExceptionally(cause);
			return outcome;
		}
		try {
			this.session.executors().invocations().execute(asCurrent(() -> recover(handlers, cause, outcome)));
		}
		catch (RejectedExecutionException ex) {
			outcome.completeExceptionally(cause);
		}
		return outcome;
	}

	private void recover(ExceptionHandlers handlers, Throwable failure, CompletableFuture<@Nullable Object> outcome) {
		try {
			Object answer = handlers.handle(this, invocable().getBean(), failure, this.method.resultType());
			if (answer instanceof CompletionStage<?> stage) {
				stage.whenComplete((value, ex) -> complete(outcome, value, ex));
			}
			else {
				outcome.complete(answer);
			}
		}
		catch (Throwable ex) {
			outcome.completeExceptionally(ex);
		}
	}

	private static void complete(CompletableFuture<@Nullable Object> outcome, @Nullable Object value,
			@Nullable Throwable failure) {
		if (failure != null) {
			outcome.completeExceptionally(ErrorTexts.unwrap(failure));
		}
		else {
			outcome.complete(value);
		}
	}

	@Nullable String invocationId() {
		return this.invocationId;
	}

	@Nullable Object[] arguments() {
		return this.arguments;
	}

	void arguments(@Nullable Object[] arguments) {
		this.arguments = arguments;
	}

	UploadStream upload(int index) {
		return this.uploads.values().stream().skip(index).findFirst().orElseThrow();
	}

	Map<String, UploadStream> uploads() {
		return this.uploads;
	}

	@Override
	public Object getPayload() {
		return this.arguments;
	}

	@Override
	@Nullable Principal principal() {
		return this.session.connection().principal();
	}

	@Override
	HubHandshake handshake() {
		return this.session.handshake();
	}

	@Override
	HubCallerContext caller() {
		return new DefaultHubCallerContext(this.session, this);
	}

	@Override
	@Nullable CallerScope scope() {
		CallScope observed = this.observed;
		return (observed != null) ? observed : this.session.scope();
	}

	/**
	 * Have the call observed. Called before it is dispatched.
	 * @param scope the scope of the call, which ends with it
	 */
	void observe(CallScope scope) {
		this.observed = scope;
	}

	@Override
	Map<String, String> invocationHeaders() {
		return this.headers;
	}

	/**
	 * Return what tells the method that nobody waits for it any more.
	 * @return the cancellation, created when first asked for
	 */
	synchronized CallCancellation cancellation() {
		CallCancellation cancellation = this.cancellation;
		if (cancellation == null) {
			cancellation = new CallCancellation(this.session.executors());
			this.cancellation = cancellation;
			if (this.cancelled) {
				cancellation.cancel();
			}
		}
		return cancellation;
	}

	/**
	 * Set the stream of results, which is cancelled with the call.
	 * @param stream the stream
	 */
	void resultStream(ResultStream stream) {
		this.resultStream = stream;
		if (this.cancelled) {
			stream.cancel();
		}
	}

	@Nullable ResultStream resultStream() {
		return this.resultStream;
	}

	/**
	 * Cancel the call: its client has asked for it, or is gone.
	 */
	void cancel() {
		CallCancellation cancellation;
		synchronized (this) {
			this.cancelled = true;
			cancellation = this.cancellation;
		}
		if (cancellation != null) {
			cancellation.cancel();
		}
		ResultStream stream = this.resultStream;
		if (stream != null) {
			stream.cancel();
		}
	}

	/**
	 * End the stream of results, if there is one, although its client still wants it.
	 * @param failure what the client is told
	 */
	void endStream(HubException failure) {
		ResultStream stream = this.resultStream;
		if (stream != null) {
			stream.interrupt(failure);
			cancel();
		}
	}

	boolean isCancelled() {
		return this.cancelled;
	}

	/**
	 * Take note that the method has returned and its result is still to come: the call
	 * goes on without a thread.
	 */
	void leaveThread() {
		this.offThread = true;
		this.session.leftThread(this);
	}

	boolean isOffThread() {
		return this.offThread;
	}

	/**
	 * Let the calls behind this one start, since it is about to wait for its own client.
	 */
	void yieldPermit() {
		if (this.permitHeld.compareAndSet(true, false)) {
			this.session.queue().yield();
		}
	}

	/**
	 * Let the calls behind this one start, since it is on no thread and its client is
	 * asked or gone, so that it may not end before they do, or never.
	 */
	void releasePermit() {
		if (this.permitHeld.compareAndSet(true, false)) {
			this.session.queue().releaseEarly();
		}
	}

	/**
	 * End the call. Only the first end counts.
	 * @param failure what the client is answered for, or {@code null} if nothing has
	 * failed
	 * @param lastWord sends what the client is told: its ids are free by then, and the
	 * calls behind this one have not started
	 */
	void end(@Nullable Throwable failure, Runnable lastWord) {
		if (!this.ended.compareAndSet(false, true)) {
			return;
		}
		this.session.ended(this);
		try {
			lastWord.run();
		}
		finally {
			leaveQueue();
			CallScope observed = this.observed;
			if (observed != null) {
				this.session.dispatcher().observer().end(this, observed, failure);
			}
		}
	}

	private void leaveQueue() {
		if (this.permitHeld.compareAndSet(true, false)) {
			this.session.queue().release();
		}
		else {
			this.session.queue().ended();
		}
	}

	/**
	 * Return the positional arguments.
	 * @return a list over the arguments
	 */
	List<@Nullable Object> argumentList() {
		return Collections.unmodifiableList(Arrays.asList(this.arguments));
	}

}
