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
 * {@link HubTargets} as seen from one connection: the caller of a hub method or the
 * subject of an event.
 *
 * @param <P> what is used to send
 * @since 0.1.0
 * @see HubCallerContext#clients(Class)
 */
public interface HubCallerTargets<P> extends HubTargets<P> {

	/**
	 * Return the connection that called.
	 * @return the target
	 */
	P caller();

	/**
	 * Return all connections of the hub but the one that called.
	 * @return the target
	 */
	P others();

	/**
	 * Return the members of a group but the connection that called.
	 * @param group the name of the group
	 * @return the target
	 */
	P othersInGroup(String group);

}
