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

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.stream.BaseStream;

import dev.realtime.connection.Limit;
import dev.realtime.connection.LimitListener;
import dev.realtime.hub.AuthenticationExpiry;
import dev.realtime.hub.HubException;
import dev.realtime.hub.HubFilter;
import dev.realtime.hub.HubOptions;
import dev.realtime.invocation.support.CallerScope;
import dev.realtime.invocation.support.CallerSecurity;
import dev.realtime.invocation.support.StreamAdapters;
import dev.realtime.lifetime.HubLifetimeManager;
import dev.realtime.observation.HubObservations;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Takes the calls of one hub to its methods, through the filters, and their results back
 * to the callers.
 */
final class HubDispatcher implements IdentitySource {

	private static final Log logger = LogFactory.getLog(HubDispatcher.class);

	private final String hub;

	private final HubOptions options;

	private final HubLifetimeManager lifetime;

	private final HubExecutors executors;

	private final StreamAdapters adapters;

	private final ErrorTexts errorTexts;

	private volatile List<HubFilter> filters = List.of();

	private final Supplier<AuthenticationExpiry> authenticationExpiry;

	private final Supplier<LimitListener> limitListener;

	private volatile HubObserver observer;

	private volatile @Nullable CallerSecurity security;

	private volatile @Nullable HubMethodRegistry methods;

	HubDispatcher(String hub, HubOptions options, HubLifetimeManager lifetime, HubExecutors executors,
			StreamAdapters adapters, Supplier<AuthenticationExpiry> authenticationExpiry,
			Supplier<LimitListener> limitListener) {
		this.hub = hub;
		this.options = options;
		this.lifetime = lifetime;
		this.executors = executors;
		this.adapters = adapters;
		this.authenticationExpiry = authenticationExpiry;
		this.limitListener = limitListener;
		this.errorTexts = new ErrorTexts(options.detailedErrors());
		this.observer = new HubObserver(HubObservations.none(), hub, this::isRefusal);
	}

	/**
	 * Set what is called, once the beans it belongs to exist.
	 * @param methods the methods of the hub
	 * @param filters the filters around them, outermost first
	 * @param security what secures them, or {@code null}
	 * @param observer has calls observed
	 */
	void connect(HubMethodRegistry methods, List<HubFilter> filters, @Nullable CallerSecurity security,
			HubObserver observer) {
		this.filters = List.copyOf(filters);
		this.observer = observer;
		this.security = security;
		this.methods = methods;
	}

	HubOptions options() {
		return this.options;
	}

	HubLifetimeManager lifetime() {
		return this.lifetime;
	}

	StreamAdapters adapters() {
		return this.adapters;
	}

	HubExecutors executors() {
		return this.executors;
	}

	List<HubFilter> filters() {
		return this.filters;
	}

	ErrorTexts errorTexts() {
		return this.errorTexts;
	}

	@Override
	public AuthenticationExpiry authenticationExpiry() {
		return this.authenticationExpiry.get();
	}

	/**
	 * Take note that a client has come up against a limit.
	 * @param limit the limit
	 */
	void exceeded(Limit limit) {
		this.limitListener.get().exceeded(this.hub, limit);
	}

	HubObserver observer() {
		return this.observer;
	}

	@Override
	public @Nullable CallerSecurity security() {
		return this.security;
	}

	@Nullable HubMethodDescriptor find(String name) {
		HubMethodRegistry methods = this.methods;
		return (methods != null) ? methods.find(name) : null;
	}

	/**
	 * Dispatch a call. Returns when its method has returned, or was handed to another
	 * thread.
	 * @param call the call
	 */
	void dispatch(HubCall call) {
		if (this.observer.isEnabled() && !observe(call)) {
			return;
		}
		try {
			if (call.method().occupiesThread()) {
				this.executors.streams().execute(call.asCurrent(() -> invoke(call)));
				return;
			}
			CallerScope scope = call.scope();
			if (scope != null) {
				scope.run(() -> invoke(call));
			}
			else {
				invoke(call);
			}
		}
		catch (RejectedExecutionException ex) {
			fail(call, new HubException("The server handles too many streams"));
		}
		catch (Throwable ex) {
			fail(call, ex);
		}
	}

	// false if the call has failed because of who observes it
	private boolean observe(HubCall call) {
		try {
			this.observer.begin(call);
			return true;
		}
		catch (Throwable ex) {
			fail(call, ex);
			return false;
		}
	}

	private void invoke(HubCall call) {
		try {
			if (call.method().emitter()) {
				call.resultStream(new BlockingResultStream(call));
			}
			Object result = this.filters.isEmpty() ? call.proceed() : FilteredInvocation.proceed(call, this.filters);
			handleResult(call, result);
		}
		catch (Throwable ex) {
			fail(call, ex);
		}
	}

	private void handleResult(HubCall call, @Nullable Object returned) {
		Object result = propagate(call, returned);
		CompletionStage<@Nullable Object> stage = (result != null) ? this.adapters.toStage(result) : null;
		if (stage == null) {
			handleValue(call, result);
			return;
		}
		call.leaveThread();
		stage.whenComplete((value, failure) -> {
			if (failure != null) {
				fail(call, failure);
			}
			else {
				handleLateValue(call, value);
			}
		});
	}

	// on a thread of whoever has completed the stage, who would not tell the client
	private void handleLateValue(HubCall call, @Nullable Object value) {
		Object result;
		try {
			result = propagate(call, value);
		}
		catch (Throwable ex) {
			fail(call, ex);
			return;
		}
		handleValue(call, result);
	}

	private static @Nullable Object propagate(HubCall call, @Nullable Object result) {
		CallerScope scope = (result != null) ? call.scope() : null;
		return (result != null && scope != null) ? scope.propagate(result) : result;
	}

	private void handleValue(HubCall call, @Nullable Object value) {
		if (call.method().emitter()) {
			// the stream goes on until the emitter completes it
			return;
		}
		try {
			if (call.method().streaming()) {
				stream(call, value);
			}
			else {
				complete(call, this.adapters.unwrapOptional(value));
			}
		}
		catch (RejectedExecutionException ex) {
			fail(call, new HubException("The server handles too many streams"));
		}
		catch (Throwable ex) {
			fail(call, ex);
		}
	}

	private void stream(HubCall call, @Nullable Object value) {
		Flow.Publisher<Object> publisher = (value != null) ? this.adapters.toPublisher(value) : null;
		if (publisher != null) {
			FlowResultStream stream = new FlowResultStream(call, this.executors.invocations());
			call.resultStream(stream);
			call.runInScope(() -> publisher.subscribe(stream));
			return;
		}
		Iterator<?> iterator = (value != null) ? this.adapters.toIterator(value) : null;
		if (iterator == null) {
			completeWithError(call, new NullStreamException(call.method().name()));
			return;
		}
		BlockingResultStream stream = new BlockingResultStream(call);
		call.resultStream(stream);
		Runnable release = (value instanceof BaseStream<?, ?> source) ? source::close : () -> {
		};
		this.executors.streams().execute(call.asCurrent(() -> stream.sendAll(iterator, release)));
	}

	private void complete(HubCall call, @Nullable Object result) {
		call.end(null, call.answers().result(call, result));
	}

	private void fail(HubCall call, Throwable failure) {
		Throwable cause = ErrorTexts.unwrap(failure);
		String method = call.method().name();
		boolean refused = isRefusal(cause);
		if (logger.isDebugEnabled()) {
			logger.debug("Hub method '" + method + "' " + (refused ? "refused the caller" : "failed"), cause);
		}
		ResultStream stream = call.resultStream();
		if (stream != null) {
			stream.stopQuietly();
		}
		completeWithError(call, cause);
	}

	/**
	 * Return what the client is told of a stream that failed on its way.
	 * @param call the call
	 * @param failure why the stream failed
	 * @return the text
	 */
	String streamError(HubCall call, Throwable failure) {
		Throwable cause = ErrorTexts.unwrap(failure);
		return isRefusal(cause) ? ErrorTexts.unauthorized(call.method().name()) : this.errorTexts.streaming(cause);
	}

	boolean isRefusal(Throwable failure) {
		CallerSecurity security = this.security;
		return security != null && security.isRefusal(failure);
	}

	private static void completeWithError(HubCall call, Throwable cause) {
		call.end(cause, () -> call.answers().error(call, cause));
	}

}
