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

import java.util.Collection;
import java.util.function.Consumer;

import dev.realtime.protocol.TransferFormat;
import dev.realtime.protocol.TransportType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import org.springframework.util.Assert;

/**
 * Writes the answers to {@code POST negotiate} (transports, "POST negotiate").
 *
 * @since 0.1.0
 */
public final class NegotiateProtocol {

	/**
	 * The newest version of negotiation.
	 */
	public static final int VERSION = 1;

	/**
	 * The error for a version that is not a number.
	 */
	public static final String NON_INTEGER_VERSION = "The client requested a non-integer protocol version.";

	private static final JsonFactory FACTORY = new JsonFactory();

	private NegotiateProtocol() {
	}

	/**
	 * Return the error text for a version below the lowest that is accepted.
	 * @param version the version the client asked for
	 * @return the text
	 */
	public static String versionNotSupported(int version) {
		return "The client requested version '" + version + "', but the server does not support this version.";
	}

	/**
	 * Write the answer of version 0, where the connection id is the client's key as well.
	 * @param connectionId the connection id
	 * @param useStatefulReconnect whether the client asked for stateful reconnect and the
	 * server allows it
	 * @param transports the transports in order of preference
	 * @return the JSON document
	 */
	public static byte[] version0(String connectionId, boolean useStatefulReconnect,
			Collection<TransportType> transports) {
		return success(0, connectionId, null, useStatefulReconnect, transports);
	}

	/**
	 * Write the answer of version 1.
	 * @param connectionId the public connection id
	 * @param connectionToken the secret that the client identifies its requests with
	 * @param useStatefulReconnect whether the client asked for stateful reconnect and the
	 * server allows it
	 * @param transports the transports in order of preference
	 * @return the JSON document
	 */
	public static byte[] version1(String connectionId, String connectionToken, boolean useStatefulReconnect,
			Collection<TransportType> transports) {
		Assert.hasText(connectionToken, "'connectionToken' must not be empty");
		return success(1, connectionId, connectionToken, useStatefulReconnect, transports);
	}

	private static byte[] success(int version, String connectionId, @Nullable String connectionToken,
			boolean useStatefulReconnect, Collection<TransportType> transports) {
		Assert.hasText(connectionId, "'connectionId' must not be empty");
		return object((generator) -> {
			if (useStatefulReconnect) {
				generator.writeBooleanProperty("useStatefulReconnect", true);
			}
			generator.writeNumberProperty("negotiateVersion", version);
			generator.writeStringProperty("connectionId", connectionId);
			if (connectionToken != null) {
				generator.writeStringProperty("connectionToken", connectionToken);
			}
			generator.writeArrayPropertyStart("availableTransports");
			transports.forEach((transport) -> writeTransport(transport, generator));
			generator.writeEndArray();
		});
	}

	private static void writeTransport(TransportType transport, JsonGenerator generator) {
		generator.writeStartObject();
		generator.writeStringProperty("transport", transport.wireName());
		generator.writeArrayPropertyStart("transferFormats");
		for (TransferFormat format : TransferFormat.values()) {
			if (transport.supports(format)) {
				generator.writeString(format.wireName());
			}
		}
		generator.writeEndArray();
		generator.writeEndObject();
	}

	/**
	 * Write an answer that refuses a connection.
	 * @param text the error text
	 * @return the JSON document
	 */
	public static byte[] error(String text) {
		Assert.notNull(text, "'text' must not be null");
		return object((generator) -> generator.writeStringProperty("error", text));
	}

	/**
	 * Write an answer that sends the client to another server, where it negotiates again.
	 * @param url the URL of the other server's hub
	 * @param accessToken the token for the other server, or {@code null} if the client
	 * keeps its own
	 * @return the JSON document
	 */
	public static byte[] redirect(String url, @Nullable String accessToken) {
		Assert.hasText(url, "'url' must not be empty");
		return object((generator) -> {
			generator.writeStringProperty("url", url);
			if (accessToken != null) {
				generator.writeStringProperty("accessToken", accessToken);
			}
		});
	}

	private static byte[] object(Consumer<JsonGenerator> properties) {
		MessageOutput output = new MessageOutput();
		try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), output)) {
			generator.writeStartObject();
			properties.accept(generator);
			generator.writeEndObject();
		}
		return output.toByteArray();
	}

}
