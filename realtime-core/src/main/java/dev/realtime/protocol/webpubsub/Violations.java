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

package dev.realtime.protocol.webpubsub;

/**
 * What is wrong with a message of a client, in the words the client is told.
 */
final class Violations {

	private Violations() {
	}

	static PubSubProtocolException malformed(String form) {
		return new PubSubProtocolException("The message is not valid " + form + ".");
	}

	static PubSubProtocolException unknownType() {
		return new PubSubProtocolException("The type of the message is unknown.");
	}

	static PubSubProtocolException missing(String name) {
		return new PubSubProtocolException("'" + name + "' is required.");
	}

	static PubSubProtocolException notOfType(String name, String type) {
		return new PubSubProtocolException("'" + name + "' must be " + type + ".");
	}

	static PubSubProtocolException invalid(String name) {
		return new PubSubProtocolException("'" + name + "' is not valid.");
	}

	static PubSubProtocolException unwanted(String name) {
		return new PubSubProtocolException("'" + name + "' is not allowed here.");
	}

}
