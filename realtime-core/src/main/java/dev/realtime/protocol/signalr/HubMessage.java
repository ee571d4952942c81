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

package dev.realtime.protocol.signalr;

/**
 * A message of the SignalR hub protocol, as a codec reads or writes it (hub protocol,
 * "Message catalogue").
 *
 * @since 0.1.0
 */
public sealed interface HubMessage
		permits InvocationMessage, StreamInvocationMessage, StreamItemMessage, CompletionMessage,
		CancelInvocationMessage, PingMessage, CloseMessage, AckMessage, SequenceMessage, BindingFailureMessage {

	/**
	 * Return the kind of message this is on the wire.
	 * @return the type; for a binding failure, the type of the message that failed
	 */
	HubMessageType type();

}
