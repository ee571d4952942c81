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
 * What a client speaks to a hub, as {@code rpc.system} tells it.
 *
 * @since 0.1.0
 */
public enum RpcSystem {

	/**
	 * SignalR, named as in the semantic conventions of OpenTelemetry.
	 */
	SIGNALR("signalr"),

	/**
	 * Web PubSub, in whichever of its subprotocols.
	 */
	WEB_PUBSUB("webpubsub");

	private final String value;

	RpcSystem(String value) {
		this.value = value;
	}

	/**
	 * Return the value of {@code rpc.system}.
	 * @return the value
	 */
	public String value() {
		return this.value;
	}

}
