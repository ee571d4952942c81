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

import java.util.concurrent.CompletionStage;

/**
 * Moves messages between the nodes of one application. A backplane knows channels and
 * bytes; it never sees a connection, a group or a hub.
 *
 * <p>
 * A node receives what <em>other</em> nodes publish to the channels it subscribes to;
 * never what it publishes itself. Messages that one thread of one node publishes to one
 * channel arrive in order.
 *
 * @since 0.1.0
 */
public interface Backplane {

	/**
	 * Start receiving. Called once, before anything else.
	 * @param listener takes what arrives
	 */
	void start(BackplaneListener listener);

	/**
	 * Publish a message to all other nodes that subscribe to a channel. Called from any
	 * thread; must not block.
	 * @param channel the channel
	 * @param message the bytes, which must not be changed afterwards
	 * @return completes, once the backplane has accepted the message, with the number of
	 * other nodes that will receive it; fails if it could not be accepted
	 */
	CompletionStage<Integer> publish(String channel, byte[] message);

	/**
	 * Receive what other nodes publish to a channel from now on. Called from any thread;
	 * must not block. Subscribing twice is subscribing once.
	 * @param channel the channel
	 * @return completes when the subscription is effective
	 */
	CompletionStage<Void> subscribe(String channel);

	/**
	 * Stop receiving what other nodes publish to a channel.
	 * @param channel the channel
	 * @return completes when the subscription has ended
	 */
	CompletionStage<Void> unsubscribe(String channel);

	/**
	 * Stop receiving and end all subscriptions.
	 */
	void stop();

	/**
	 * Return whether there can be other nodes at all. A node alone saves itself the work
	 * of encoding for others.
	 * @return {@code false} for a backplane of one node
	 */
	default boolean isDistributed() {
		return true;
	}

}
