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

package dev.realtime.protocol;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Everything a server can say to many clients at once. Every codec can say both kinds.
 *
 * @since 0.1.0
 */
public sealed interface ServerMessage {

	/**
	 * A call of a client's method, without an answer.
	 *
	 * @param target the name of the client's method, never re-cased
	 * @param arguments the positional arguments
	 * @param group the group it was sent to, or {@code null} if it comes from the server;
	 * not every protocol says it
	 */
	record Invocation(String target, List<@Nullable Object> arguments,
			@Nullable String group) implements ServerMessage {

		public Invocation {
			Assert.hasText(target, "'target' must not be empty");
			Assert.notNull(arguments, "'arguments' must not be null");
		}

		/**
		 * Create a call that was not sent to a group.
		 * @param target see {@link #target()}
		 * @param arguments see {@link #arguments()}
		 */
		public Invocation(String target, List<@Nullable Object> arguments) {
			this(target, arguments, null);
		}

	}

	/**
	 * A message made of data rather than a call.
	 *
	 * @param group the group it was sent to, or {@code null} when it comes from the
	 * server
	 * @param fromUserId the user it comes from, if a client sent it
	 * @param dataType what the payload is
	 * @param payload a {@link String} for {@link DataType#TEXT}, a {@code byte[]} for
	 * {@link DataType#BINARY} and {@link DataType#PROTOBUF}, any value for
	 * {@link DataType#JSON}, where a {@link JsonText} stands for the value it holds
	 * @param metadata additional entries, possibly empty
	 * @param stream the fragment of a group stream it is, or {@code null} if it is none
	 */
	record Data(@Nullable String group, @Nullable String fromUserId, DataType dataType, @Nullable Object payload,
			Map<String, String> metadata, @Nullable StreamFragment stream) implements ServerMessage {

		public Data {
			Assert.notNull(dataType, "'dataType' must not be null");
			metadata = Map.copyOf(metadata);
		}

		/**
		 * Create a message that is no fragment of a stream.
		 * @param group see {@link #group()}
		 * @param fromUserId see {@link #fromUserId()}
		 * @param dataType see {@link #dataType()}
		 * @param payload see {@link #payload()}
		 * @param metadata see {@link #metadata()}
		 */
		public Data(@Nullable String group, @Nullable String fromUserId, DataType dataType, @Nullable Object payload,
				Map<String, String> metadata) {
			this(group, fromUserId, dataType, payload, metadata, null);
		}

		/**
		 * Return where the message comes from.
		 * @return {@code group} or {@code server}
		 */
		public String from() {
			return (this.group != null) ? "group" : "server";
		}

	}

	/**
	 * Which fragment of a group stream a {@link Data} message is (Web PubSub, group
	 * streams).
	 *
	 * @param streamId the id the publisher has given the stream
	 * @param sequenceId the number of the fragment within the stream, from 1 on
	 * @param endOfStream whether it is the last one
	 * @param error why the stream has ended before its time, or {@code null}
	 */
	record StreamFragment(String streamId, long sequenceId, boolean endOfStream, @Nullable StreamError error) {

		public StreamFragment {
			Assert.hasText(streamId, "'streamId' must not be empty");
		}

	}

	/**
	 * Why a group stream has ended before its time.
	 *
	 * @param name the name of the error
	 * @param message a text, or {@code null}
	 * @param userErrorCode the code its publisher has given, or {@code null}
	 */
	record StreamError(String name, @Nullable String message, @Nullable String userErrorCode) {

		public StreamError {
			Assert.hasText(name, "'name' must not be empty");
		}

	}

	/**
	 * The kinds of payload of a {@link Data} message.
	 */
	enum DataType {

		/**
		 * Text.
		 */
		TEXT("text"),

		/**
		 * A JSON value.
		 */
		JSON("json"),

		/**
		 * Bytes.
		 */
		BINARY("binary"),

		/**
		 * The bytes of a {@code google.protobuf.Any}.
		 */
		PROTOBUF("protobuf");

		private final String wireName;

		DataType(String wireName) {
			this.wireName = wireName;
		}

		/**
		 * Return the name used on the wire.
		 * @return the name in lower case
		 */
		public String wireName() {
			return this.wireName;
		}

	}

}
