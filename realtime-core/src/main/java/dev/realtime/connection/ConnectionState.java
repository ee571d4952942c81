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

package dev.realtime.connection;

/**
 * The states of a connection. The way leads from {@link #NEGOTIATED} to {@link #CLOSED};
 * only between {@link #OPEN} and {@link #SUSPENDED} it goes both ways.
 *
 * @since 0.1.0
 */
public enum ConnectionState {

	/**
	 * Known by its token, no transport has attached yet.
	 */
	NEGOTIATED,

	/**
	 * A transport is attached; the protocol's handshake is under way.
	 */
	CONNECTING,

	/**
	 * Open for messages in both directions.
	 */
	OPEN,

	/**
	 * The transport is lost, and the client may come back with a new one.
	 */
	SUSPENDED,

	/**
	 * Ended for good.
	 */
	CLOSED

}
