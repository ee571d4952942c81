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

package dev.realtime.hub;

import org.jspecify.annotations.Nullable;

/**
 * Sends the items of a stream to the client that asked for it, in the manner of Spring
 * MVC's {@code ResponseBodyEmitter}. A hub method declares it as a parameter and returns
 * {@code void}.
 * <p>
 * The stream goes on when the method returns, until {@link #complete()} or
 * {@link #completeWithError(Throwable)} is called. If the method throws, the stream
 * fails. Items may be sent by the method itself or by other threads, and by several: each
 * item is sent whole, in the order in which the sends got their turn.
 *
 * @param <T> the type of the items
 * @since 0.1.0
 */
public interface StreamEmitter<T extends @Nullable Object> {

	/**
	 * Send an item. Blocks the calling thread while the queue of the client is full: it
	 * must not be called on a thread that serves other connections, such as the callback
	 * of {@link #onCancel(Runnable)} or that of a client result.
	 * @param item the item; it may be changed when the method has returned
	 * @throws java.util.concurrent.CancellationException if the client cancelled the
	 * stream or is gone, or if the thread was interrupted while it waited, in which case
	 * its interrupt status is set. The item was not sent
	 * @throws IllegalStateException if the stream has been completed
	 * @throws org.springframework.messaging.converter.MessageConversionException if the
	 * item cannot be encoded
	 */
	void send(T item);

	/**
	 * End the stream. Items sent before arrive before the end does. Never blocks, and
	 * does nothing if the stream has ended or was cancelled.
	 */
	void complete();

	/**
	 * End the stream with an error. Never blocks, and does nothing if the stream has
	 * ended or was cancelled.
	 * @param error the error: the message of a {@link HubException} reaches the client
	 */
	void completeWithError(Throwable error);

	/**
	 * Register a callback for the case that the client cancels the stream or is gone. It
	 * runs at once if that has happened already, and not at all if the stream ends first.
	 * @param callback runs once, on a thread of the server that must not be blocked; what
	 * it throws is logged
	 */
	void onCancel(Runnable callback);

	/**
	 * Return whether the client cancelled the stream or is gone.
	 * @return {@code true} if no more items can be sent
	 */
	boolean isCancelled();

}
