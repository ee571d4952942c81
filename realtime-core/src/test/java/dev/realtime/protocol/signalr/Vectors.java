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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.realtime.protocol.InboundBuffer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the protocol says about single messages, as data: the files of
 * {@code vectors/signalr}. Records of JSON stand there without their separator, messages
 * of MessagePack without their length.
 */
public final class Vectors {

	static final JsonMapper MAPPER = JsonMapper.shared();

	private static final Map<String, HubProtocol> PROTOCOLS = Map.of("json", Frames.JSON, "messagepack",
			MessagePackFrames.PROTOCOL);

	private Vectors() {
	}

	/**
	 * Return messages that are well-formed.
	 * @param protocol the name of the protocol
	 * @return the messages
	 */
	public static Stream<Vector> messages(String protocol) {
		return entries(protocol).map((entry) -> new Vector(entry, PROTOCOLS.get(protocol)));
	}

	/**
	 * Return messages that end the connection.
	 * @return the messages
	 */
	public static Stream<Vector> malformed() {
		return entries("malformed").map((entry) -> new Vector(entry, PROTOCOLS.get(text(entry, "protocol"))));
	}

	/**
	 * Return requests of handshakes.
	 * @return the requests
	 */
	public static Stream<Handshake> handshakes() {
		return entries("handshake").map(Handshake::new);
	}

	static Stream<JsonNode> entries(String file) {
		return read(file).valueStream();
	}

	static JsonNode read(String file) {
		try (InputStream input = Vectors.class.getResourceAsStream("/vectors/signalr/" + file + ".json")) {
			return MAPPER.readTree(input);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static HubProtocol protocol(JsonNode entry) {
		return PROTOCOLS.get(text(entry, "protocol"));
	}

	static String text(JsonNode entry, String name) {
		return entry.required(name).asString();
	}

	/**
	 * Return a text that stands as it is, as a text that is repeated, or as a list of
	 * both.
	 */
	static String expand(JsonNode text) {
		if (text.isArray()) {
			StringBuilder parts = new StringBuilder();
			text.forEach((part) -> parts.append(expand(part)));
			return parts.toString();
		}
		return text.isObject() ? text(text, "repeat").repeat(text.required("times").asInt()) : text.asString();
	}

	/**
	 * A message.
	 *
	 * @param entry the entry of the file
	 * @param protocol the protocol
	 */
	public record Vector(JsonNode entry, HubProtocol protocol) {

		public String name() {
			return text(this.entry, "name");
		}

		boolean isRead() {
			return !text(this.entry, "direction").equals("write");
		}

		boolean isWritten() {
			return !text(this.entry, "direction").equals("read");
		}

		/**
		 * Return whether a client sends it to the server.
		 * @return {@code false} for what only the server sends
		 */
		public boolean isOfClient() {
			return !this.entry.has("direction") || isRead();
		}

		/**
		 * Return the message without its separator or length.
		 * @return the bytes
		 */
		public byte[] body() {
			if (this.entry.has("json")) {
				return text(this.entry, "json").getBytes(StandardCharsets.UTF_8);
			}
			return this.entry.has("hex") ? HexFormat.of().parseHex(text(this.entry, "hex"))
					: Base64.getDecoder().decode(text(this.entry, "base64"));
		}

		/**
		 * Return the message as it is sent.
		 * @return the bytes
		 */
		public byte[] frame() {
			return frame(body());
		}

		/**
		 * Delimit another message like this one.
		 * @param body the message
		 * @return the bytes
		 */
		public byte[] frame(byte[] body) {
			if (this.protocol == MessagePackFrames.PROTOCOL) {
				return MessagePackFrames.frame(body);
			}
			byte[] record = Arrays.copyOf(body, body.length + 1);
			record[body.length] = RecordFraming.SEPARATOR;
			return record;
		}

		/**
		 * Return what the message says.
		 * @return the description; {@code null} if it is to be skipped
		 */
		@Nullable JsonNode message() {
			JsonNode message = this.entry.required("message");
			return !message.isNull() ? message : null;
		}

		String error() {
			return text(this.entry, "error");
		}

		VectorHub hub() {
			JsonNode parameters = this.entry.path("parameters");
			return !parameters.isMissingNode() ? VectorHub.INSTANCE.with(text(message(), "target"), parameters)
					: VectorHub.INSTANCE;
		}

		@Override
		public String toString() {
			return this.protocol.name() + ": " + name();
		}

	}

	/**
	 * A request for a handshake.
	 *
	 * @param entry the entry of the file
	 */
	public record Handshake(JsonNode entry) {

		/**
		 * Return the request and what follows it.
		 * @return the bytes
		 */
		public byte[] frame() {
			String separator = this.entry.required("request").isArray() ? "" : Frames.RS;
			return (expand(this.entry.required("request")) + separator + rest()).getBytes(StandardCharsets.UTF_8);
		}

		String rest() {
			return this.entry.path("rest").asString("");
		}

		/**
		 * Return how long a request may be.
		 * @return the number of bytes
		 */
		public int limit() {
			return this.entry.path("limit").asInt(32 * 1024);
		}

		/**
		 * Return whether the request is made over a WebSocket.
		 * @return {@code false} if it is made over server-sent events
		 */
		public boolean isOverWebSocket() {
			return !this.entry.has("transport");
		}

		/**
		 * Return whether the connection goes on.
		 * @return {@code true} if the answer is no error
		 */
		public boolean isAccepted() {
			return answer(false).equals("{}" + Frames.RS);
		}

		/**
		 * Return what the client is told.
		 * @param detailed whether errors are detailed
		 * @return the text
		 */
		public String answer(boolean detailed) {
			String name = (detailed && this.entry.has("detailedAnswer")) ? "detailedAnswer" : "answer";
			return text(this.entry, name) + Frames.RS;
		}

		@Nullable String error() {
			return this.entry.path("error").stringValue(null);
		}

		boolean isCanceled() {
			return this.entry.has("canceled");
		}

		HandshakeRequest request() {
			return new HandshakeRequest(text(this.entry, "protocol"), this.entry.required("version").asInt());
		}

		@Override
		public String toString() {
			return text(this.entry, "name");
		}

	}

	/**
	 * Receives frames until nothing is left to read.
	 */
	public static final class Receiver {

		private final InboundBuffer buffer = new InboundBuffer();

		private final HubProtocol protocol;

		private final VectorHub hub;

		private final int limit;

		private final List<HubMessage> messages = new ArrayList<>();

		public Receiver(HubProtocol protocol, VectorHub hub, int limit) {
			this.protocol = protocol;
			this.hub = hub;
			this.limit = limit;
		}

		/**
		 * Receive a frame.
		 * @param frame the frame
		 */
		public void receive(byte... frame) {
			// a part of an array that is used again, as transports do
			byte[] lent = new byte[frame.length + 2];
			System.arraycopy(frame, 0, lent, 1, frame.length);
			this.buffer.append(ByteBuffer.wrap(lent, 1, frame.length));
			HubMessage message = this.protocol.decode(this.buffer, this.hub, this.limit);
			while (message != null) {
				this.messages.add(message);
				message = this.protocol.decode(this.buffer, this.hub, this.limit);
			}
			this.buffer.release();
			Arrays.fill(lent, (byte) 0);
		}

		/**
		 * Return what has been received so far.
		 * @return descriptions of the messages
		 */
		public List<JsonNode> messages() {
			return this.messages.stream().map(VectorMessages::describe).toList();
		}

		/**
		 * Return what has been received since the last time.
		 * @return descriptions of the messages
		 */
		public List<JsonNode> take() {
			List<JsonNode> messages = messages();
			this.messages.clear();
			return messages;
		}

		int remaining() {
			return this.buffer.remaining();
		}

	}

}
