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

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import dev.realtime.protocol.InboundBuffer;
import dev.realtime.protocol.InvocationBinder;
import dev.realtime.protocol.TransferFormat;
import dev.realtime.protocol.signalr.CloseMessage;
import dev.realtime.protocol.signalr.HandshakeException;
import dev.realtime.protocol.signalr.HandshakeProtocol;
import dev.realtime.protocol.signalr.HandshakeRequest;
import dev.realtime.protocol.signalr.HubMessage;
import dev.realtime.protocol.signalr.HubProtocol;
import dev.realtime.protocol.signalr.HubProtocolException;
import dev.realtime.protocol.signalr.InvocationMessage;
import dev.realtime.protocol.signalr.VectorHub;
import dev.realtime.protocol.signalr.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * What has to become of a connection, judged by the codecs alone.
 *
 * @param end how it goes on after the input and a probe
 * @param protocol the protocol that was agreed upon; {@code null} if none was
 * @param error what the client is told, if anything
 */
record ExpectedFate(End end, @Nullable HubProtocol protocol, @Nullable String error) {

	private static final int LIMIT = 32 * 1024;

	private static final List<HubProtocol> PROTOCOLS = Stream.of("json", "messagepack")
		.map((name) -> Vectors.messages(name).findFirst().orElseThrow().protocol())
		.toList();

	/**
	 * How a connection goes on.
	 */
	enum End {

		/**
		 * The server waits for the rest of a handshake.
		 */
		WAITS_FOR_HANDSHAKE,

		/**
		 * The handshake is refused.
		 */
		REFUSED,

		/**
		 * The server waits for the rest of a message, as which it takes the probe.
		 */
		WAITS,

		/**
		 * The probe is answered.
		 */
		ALIVE,

		/**
		 * The client has asked for the end.
		 */
		CLOSED,

		/**
		 * The server ends it, and tells why.
		 */
		FAILED

	}

	static ExpectedFate of(MutatedInput input) {
		InboundBuffer buffer = new InboundBuffer();
		buffer.append(ByteBuffer.wrap(input.handshake()));
		HandshakeRequest request;
		try {
			request = HandshakeProtocol.read(buffer, LIMIT);
		}
		catch (HandshakeException ex) {
			return new ExpectedFate(End.REFUSED, null, HandshakeProtocol.errorText(ex, true));
		}
		if (request == null) {
			return new ExpectedFate(End.WAITS_FOR_HANDSHAKE, null, null);
		}
		HubProtocol protocol = PROTOCOLS.stream()
			.filter((candidate) -> candidate.name().equalsIgnoreCase(request.protocol()))
			.findFirst()
			.orElse(null);
		if (protocol == null) {
			return new ExpectedFate(End.REFUSED, null, HandshakeProtocol.protocolNotSupported(request.protocol()));
		}
		if (!protocol.supportsVersion(request.version())) {
			return new ExpectedFate(End.REFUSED, null,
					HandshakeProtocol.versionNotSupported(request.protocol(), request.version()));
		}
		buffer.append(ByteBuffer.wrap(input.message()));
		buffer.append(ByteBuffer.wrap(MutatedInput.probe(protocol)));
		return of(buffer, protocol);
	}

	private static ExpectedFate of(InboundBuffer buffer, HubProtocol protocol) {
		try {
			HubMessage message = protocol.decode(buffer, new Binder(), LIMIT);
			while (message != null) {
				if (message instanceof CloseMessage) {
					return new ExpectedFate(End.CLOSED, protocol, null);
				}
				if (message instanceof InvocationMessage call && "probe".equals(call.invocationId())) {
					return new ExpectedFate(End.ALIVE, protocol, null);
				}
				message = protocol.decode(buffer, new Binder(), LIMIT);
			}
			return new ExpectedFate(End.WAITS, protocol, null);
		}
		catch (HubProtocolException ex) {
			return new ExpectedFate(End.FAILED, protocol,
					"Connection closed with an error. InvalidDataException: " + ex.getMessage());
		}
	}

	/**
	 * Return whether the input may be sent as a WebSocket message of text.
	 */
	static boolean isText(byte[] bytes) {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

	String handshakeAnswer() {
		return (this.protocol != null) ? "{}\u001e"
				: new String(HandshakeProtocol.error(String.valueOf(this.error), TransferFormat.TEXT).bytes(),
						StandardCharsets.UTF_8);
	}

	/**
	 * Finds methods as the server does.
	 */
	private static final class Binder implements InvocationBinder {

		@Override
		public @Nullable List<Type> parameterTypes(String target) {
			return VectorHub.INSTANCE.methods()
				.entrySet()
				.stream()
				.filter((method) -> method.getKey().equalsIgnoreCase(target))
				.findFirst()
				.map((method) -> method.getValue())
				.orElse(null);
		}

		@Override
		public @Nullable Type resultType(String invocationId) {
			return null;
		}

		@Override
		public @Nullable Type streamItemType(String streamId) {
			return null;
		}

	}

}
