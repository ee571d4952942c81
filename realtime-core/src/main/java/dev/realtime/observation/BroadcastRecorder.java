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

package dev.realtime.observation;

/**
 * Records how messages get to the members of hubs and groups on this node: not those to
 * single users or connections. Called by the threads that serve connections. Safe for
 * concurrent use; must neither block nor throw.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface BroadcastRecorder {

	/**
	 * Record a message that is in the queues of all its receivers on this node.
	 * @param hub the name of the hub
	 * @param receivers how many receivers there were, at least one
	 * @param nanos how long that took, from the call that sent the message, or from its
	 * arrival from another node
	 */
	void record(String hub, int receivers, long nanos);

}
