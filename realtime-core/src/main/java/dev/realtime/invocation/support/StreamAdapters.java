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

package dev.realtime.invocation.support;

import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.stream.BaseStream;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.FlowAdapters;
import reactor.core.publisher.Mono;

import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Knows the types that stand for one value to come and for many, with and without a
 * reactive library on the class path.
 *
 * @since 0.1.0
 */
public final class StreamAdapters {

	private static final boolean reactiveStreamsPresent = ClassUtils.isPresent("org.reactivestreams.FlowAdapters",
			StreamAdapters.class.getClassLoader());

	private static final boolean reactorPresent = ClassUtils.isPresent("reactor.core.publisher.Mono",
			StreamAdapters.class.getClassLoader());

	private final ReactiveAdapterRegistry registry = ReactiveAdapterRegistry.getSharedInstance();

	/**
	 * Return whether a type is a publisher of many values.
	 * @param type a type
	 * @return {@code true} for {@link Flow.Publisher} and for multi-value reactive types
	 */
	public boolean isPublisher(Class<?> type) {
		if (Flow.Publisher.class == type) {
			return true;
		}
		ReactiveAdapter adapter = adapter(type);
		return adapter != null && adapter.isMultiValue();
	}

	/**
	 * Return whether a type stands for one value to come.
	 * @param type a type
	 * @return {@code true} for {@link CompletionStage} and for single-value reactive
	 * types
	 */
	public boolean isSingle(Class<?> type) {
		if (CompletionStage.class.isAssignableFrom(type)) {
			return true;
		}
		ReactiveAdapter adapter = adapter(type);
		return adapter != null && !adapter.isMultiValue();
	}

	/**
	 * Return whether a type is read blockingly, item by item.
	 * @param type a type
	 * @return {@code true} for {@link java.util.stream.Stream} and {@link Iterator}
	 */
	public boolean isBlocking(Class<?> type) {
		return type == java.util.stream.Stream.class || type == Iterator.class;
	}

	/**
	 * Return the type of what is behind a single value or a stream.
	 * @param type a generic type
	 * @return its element type, or {@code Object} if it has none
	 */
	public ResolvableType elementType(ResolvableType type) {
		ResolvableType element = type.getGeneric(0);
		return (element != ResolvableType.NONE) ? element : ResolvableType.forClass(Object.class);
	}

	/**
	 * Return the value of a value to come.
	 * @param value a {@link CompletionStage} or a single-value reactive type
	 * @return a stage, or {@code null} if the value is neither
	 */
	@SuppressWarnings("unchecked")
	public @Nullable CompletionStage<@Nullable Object> toStage(Object value) {
		if (value instanceof CompletionStage<?> stage) {
			return (CompletionStage<@Nullable Object>) stage;
		}
		ReactiveAdapter adapter = adapter(value.getClass());
		if (adapter == null || adapter.isMultiValue()) {
			return null;
		}
		FirstElement first = new FirstElement();
		Reactive.toFlow(adapter, value).subscribe(first);
		return first;
	}

	/**
	 * Return a value to come that recovers when it fails.
	 * @param value any value
	 * @param recovery what to do then
	 * @return a value of the same kind if it is a {@link CompletionStage} or a
	 * {@code Mono}, a stage if it is of another single-value reactive type, and any other
	 * value as it is
	 */
	public Object recover(Object value, Function<Throwable, CompletionStage<@Nullable Object>> recovery) {
		if (reactorPresent && value instanceof Mono<?> mono) {
			return Reactor.recover(mono, recovery);
		}
		CompletionStage<@Nullable Object> stage = isSingle(value.getClass()) ? toStage(value) : null;
		return (stage != null) ? stage
			.handle((result, failure) -> (failure != null) ? recovery.apply(failure)
					: CompletableFuture.<@Nullable Object>completedFuture(result))
			.thenCompose(Function.identity()) : value;
	}

	/**
	 * Return the publisher behind a value.
	 * @param value a {@link Flow.Publisher} or a reactive type
	 * @return a publisher, or {@code null} if the value is neither
	 */
	@SuppressWarnings("unchecked")
	public Flow.@Nullable Publisher<Object> toPublisher(Object value) {
		if (value instanceof Flow.Publisher<?> publisher) {
			return (Flow.Publisher<Object>) publisher;
		}
		ReactiveAdapter adapter = adapter(value.getClass());
		return (adapter != null) ? Reactive.toFlow(adapter, value) : null;
	}

	/**
	 * Return a publisher in the form in which a method wants it.
	 * @param publisher the publisher
	 * @param type {@link Flow.Publisher} or a reactive type
	 * @return the publisher as an instance of the type
	 */
	public Object fromPublisher(Flow.Publisher<Object> publisher, Class<?> type) {
		if (type == Flow.Publisher.class) {
			return publisher;
		}
		ReactiveAdapter adapter = adapter(type);
		if (adapter == null) {
			throw new IllegalArgumentException("No adapter for " + type.getName());
		}
		return Reactive.fromFlow(adapter, publisher);
	}

	/**
	 * Return the iterator behind a value that is read blockingly.
	 * @param value a stream, an iterator or an iterable
	 * @return the iterator, or {@code null} if the value is none of these
	 */
	public @Nullable Iterator<?> toIterator(Object value) {
		if (value instanceof BaseStream<?, ?> stream) {
			return stream.iterator();
		}
		if (value instanceof Iterator<?> iterator) {
			return iterator;
		}
		return (value instanceof Iterable<?> iterable) ? iterable.iterator() : null;
	}

	/**
	 * Return the value in an {@link Optional}.
	 * @param value any value
	 * @return the content of an optional, any other value as it is
	 */
	public @Nullable Object unwrapOptional(@Nullable Object value) {
		return (value instanceof Optional<?> optional) ? optional.orElse(null) : value;
	}

	private @Nullable ReactiveAdapter adapter(Class<?> type) {
		if (!reactiveStreamsPresent || !this.registry.hasAdapters() || CompletionStage.class.isAssignableFrom(type)
				|| Flow.Publisher.class == type) {
			return null;
		}
		return this.registry.getAdapter(type);
	}

	/**
	 * Keeps the types of Reactor out of sight where they are not present.
	 */
	private static final class Reactor {

		private Reactor() {
		}

		static Mono<?> recover(Mono<?> mono, Function<Throwable, CompletionStage<@Nullable Object>> recovery) {
			return mono.map(Object.class::cast)
				.onErrorResume((failure) -> Mono.fromCompletionStage(() -> recovery.apply(failure)));
		}

	}

	/**
	 * Keeps the types of Reactive Streams out of sight where they are not present.
	 */
	private static final class Reactive {

		private Reactive() {
		}

		static Flow.Publisher<Object> toFlow(ReactiveAdapter adapter, Object value) {
			return FlowAdapters.toFlowPublisher(adapter.toPublisher(value));
		}

		static Object fromFlow(ReactiveAdapter adapter, Flow.Publisher<Object> publisher) {
			return adapter.fromPublisher(FlowAdapters.toPublisher(publisher));
		}

	}

	/**
	 * Completes with the first element of a publisher.
	 */
	private static final class FirstElement extends CompletableFuture<@Nullable Object>
			implements Flow.Subscriber<Object> {

		private volatile Flow.@Nullable Subscription subscription;

		@Override
		public void onSubscribe(Flow.Subscription subscription) {
			this.subscription = subscription;
			if (isDone()) {
				subscription.cancel();
			}
			else {
				subscription.request(Long.MAX_VALUE);
			}
		}

		@Override
		public void onNext(Object item) {
			complete(item);
		}

		@Override
		public void onError(Throwable failure) {
			completeExceptionally(failure);
		}

		@Override
		public void onComplete() {
			complete(null);
		}

		@Override
		public boolean cancel(boolean mayInterruptIfRunning) {
			Flow.Subscription subscription = this.subscription;
			if (subscription != null) {
				subscription.cancel();
			}
			return super.cancel(mayInterruptIfRunning);
		}

	}

}
