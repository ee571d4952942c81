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

/**
 * {@link HubContext} with targets that are proxies of an interface. Injected by its type
 * argument; the hub is the one that the interface's
 * {@link dev.realtime.hub.annotation.HubClient @HubClient} names.
 * <p>
 * {@link #groups()} and {@link #users()} are the managers; {@code groups("a", "b")} and
 * {@code users("ann", "bob")} are targets.
 *
 * @param <C> an interface annotated with
 * {@link dev.realtime.hub.annotation.HubClient @HubClient}
 * @since 0.1.0
 */
public interface TypedHubContext<C> extends HubTargets<C> {

	/**
	 * Return the name of the hub.
	 * @return the name as it was declared
	 */
	String hub();

	/**
	 * Return the targets for messages that depend on the transaction of the calling
	 * thread. Methods with a result throw an {@link IllegalStateException}.
	 * @return the targets
	 * @see HubContext#afterCommit()
	 */
	HubTargets<C> afterCommit();

	/**
	 * Return the manager of the hub's groups.
	 * @return the manager
	 */
	GroupManager groups();

	/**
	 * Return the manager of the hub's users.
	 * @return the manager
	 */
	UserManager users();

	/**
	 * Return the manager of the hub's connections.
	 * @return the manager
	 */
	ConnectionManager connections();

}
