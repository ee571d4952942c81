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

package dev.realtime.lifetime;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.InboundBuffer;
import dev.realtime.protocol.InvocationBinder;
import dev.realtime.protocol.MessageEncodingException;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.TransferFormat;
import dev.realtime.protocol.signalr.HubMessage;
import dev.realtime.protocol.signalr.HubProtocol;
import dev.realtime.protocol.signalr.InvocationMessage;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages so that tests can read them, and counts. Cannot encode a
 * {@link Thread}.
 */
final class TestProtocol implements HubProtocol {

	private final String name;

	private final TransferFormat format;

	private final AtomicInteger encoded = new AtomicInteger();

	TestProtocol(String name, TransferFormat format) {
		this.name = name;
		this.format = format;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public int version() {
		return 1;
	}

	@Override
	public TransferFormat transferFormat() {
		return this.format;
	}

	@Override
	public EncodedBody encode(ServerMessage message) {
		this.encoded.incrementAndGet();
		if (message instanceof ServerMessage.Invocation invocation) {
			return body(call(invocation.target(), invocation.arguments()));
		}
		ServerMessage.Data data = (ServerMessage.Data) message;
		return body(data.from() + ((data.group() != null) ? " " + data.group() : "") + ": " + data.payload());
	}

	@Override
	public EncodedBody encode(HubMessage message) {
		this.encoded.incrementAndGet();
		InvocationMessage invocation = (InvocationMessage) message;
		return body(invocation.invocationId() + " " + call(invocation.target(), Arrays.asList(invocation.arguments())));
	}

	private static String call(String target, List<?> arguments) {
		if (arguments.stream().anyMatch(Thread.class::isInstance)) {
			throw new MessageEncodingException("Cannot encode a thread", null);
		}
		return target + arguments;
	}

	private EncodedBody body(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return (this.format == TransferFormat.TEXT) ? EncodedBody.text(bytes) : EncodedBody.binary(bytes);
	}

	@Override
	public @Nullable HubMessage decode(InboundBuffer input, InvocationBinder binder, int maximumMessageSize) {
		throw new UnsupportedOperationException();
	}

	@Override
	public HubProtocol withMessageTarget(String messageTarget) {
		throw new UnsupportedOperationException();
	}

	@Override
	public @Nullable Object readResult(byte[] encoded, Type type) {
		throw new UnsupportedOperationException();
	}

	int encoded() {
		return this.encoded.get();
	}

}
