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

package dev.realtime.invocation;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import dev.realtime.hub.HubException;
import dev.realtime.protocol.signalr.HubProtocolException;

/**
 * The error texts that clients see (SignalR hub protocol, "Binding, unknown things, and
 * who survives what"). Clients and their tests compare them.
 */
final class ErrorTexts {

	static final String CLOSED_WITH_ERROR = "Connection closed with an error.";

	static final String CONNECTION_CLOSED = "The underlying connection was closed.";

	static final String GOING_AWAY = "The server is going away.";

	static final String CLIENT_TIMEOUT = "Client hasn't sent a message/ping within the configured "
			+ "ClientTimeoutInterval.";

	static final String INCOMPLETE_MESSAGE = "Connection terminated while reading a message.";

	// how the protocol calls what was received and cannot be read
	private static final String INVALID_DATA = "InvalidDataException";

	private final boolean detailed;

	ErrorTexts(boolean detailed) {
		this.detailed = detailed;
	}

	String invocation(String method, Throwable failure) {
		if (failure instanceof NullStreamException) {
			return String.valueOf(failure.getMessage());
		}
		return "An unexpected error occurred invoking '" + method + "' on the server." + detail(failure);
	}

	static String unauthorized(String method) {
		return "Failed to invoke '" + method + "' because user is unauthorized";
	}

	static String tooOften(String method) {
		return "Failed to invoke '" + method + "' because it is called too often.";
	}

	static String tooManyCalls(String method) {
		return "Failed to invoke '" + method + "' because too many calls are under way.";
	}

	static String tooManyStreams(String method) {
		return "Failed to invoke '" + method + "' because too many streams are under way.";
	}

	static String groupNameTooLong(int maximum) {
		return "The name of the group is longer than " + maximum + " characters.";
	}

	static String tooManyGroups(int maximum) {
		return "The connection is a member of " + maximum + " groups, which is as many as it may be.";
	}

	String streaming(Throwable failure) {
		return "An error occurred on the server while streaming results." + detail(failure);
	}

	String closed(Throwable failure) {
		return CLOSED_WITH_ERROR + detail(failure);
	}

	String binding(String target, boolean unknownMethod, String reason) {
		String text = "Failed to invoke '" + target + "' due to an error on the server.";
		if (unknownMethod) {
			return text + " HubException: Method does not exist.";
		}
		return this.detailed ? text + " " + INVALID_DATA + ": " + reason : text;
	}

	String streamItemBinding(Throwable failure) {
		String text = "Failed to bind Stream message.";
		return this.detailed ? text + " " + failure.getMessage() : text;
	}

	static String nonStreamingCall(String method) {
		return "The client attempted to invoke the streaming '" + method + "' method with a non-streaming invocation.";
	}

	static String streamingCall(String method) {
		return "The client attempted to invoke the non-streaming '" + method + "' method with a streaming invocation.";
	}

	static String streamCount(String method, int sent, int expected) {
		return "An unexpected error occurred invoking '" + method + "' on the server. HubException: Client sent " + sent
				+ " stream(s), Hub method expects " + expected + ".";
	}

	static String idInUse(String invocationId) {
		return "Invocation ID '" + invocationId + "' is already in use.";
	}

	private String detail(Throwable failure) {
		Throwable cause = unwrap(failure);
		if (cause instanceof HubException) {
			return " HubException: " + cause.getMessage();
		}
		return this.detailed ? " " + name(cause) + ": " + cause.getMessage() : "";
	}

	private static String name(Throwable cause) {
		return (cause instanceof HubProtocolException) ? INVALID_DATA : cause.getClass().getSimpleName();
	}

	/**
	 * Return what failed rather than what carried the failure here.
	 * @param failure a failure
	 * @return the failure, or the cause of a carrier
	 */
	static Throwable unwrap(Throwable failure) {
		Throwable cause = failure;
		while ((cause instanceof CompletionException || cause instanceof ExecutionException)
				&& cause.getCause() != null) {
			cause = cause.getCause();
		}
		return cause;
	}

}
