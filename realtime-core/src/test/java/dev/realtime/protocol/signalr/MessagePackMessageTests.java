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

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.realtime.protocol.TransferFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the arrays that {@link MessagePackHubProtocol} reads and writes, among them
 * the reference bodies of the protocol.
 */
class MessagePackMessageTests {

	private final TestBinder binder = new TestBinder().method("method")
		.method("one", int.class)
		.method("Target")
		.stream("xyz", Integer.class)
		.result("xyz", Object.class);

	@ParameterizedTest
	@MethodSource("references")
	void readsReferenceBodies(HubMessage message, String base64) {
		TestBinder binder = new TestBinder().stream("xyz", Integer.class).result("xyz", Object.class);
		if (message instanceof InvocationMessage invocation) {
			binder.method(invocation.target(),
					Stream.of(invocation.arguments()).map((argument) -> Integer.class).toArray(Class<?>[]::new));
		}
		else if (message instanceof StreamInvocationMessage invocation) {
			binder.method(invocation.target());
		}
		assertThat(MessagePackFrames.decode(Base64.getDecoder().decode(base64), binder)).usingRecursiveComparison()
			.isEqualTo(message);
	}

	@ParameterizedTest
	@MethodSource("references")
	void writesReferenceBodies(HubMessage message, String base64) {
		assertThat(MessagePackFrames.base64(MessagePackFrames.PROTOCOL.encode(message))).isEqualTo(base64);
		assertThat(MessagePackFrames.PROTOCOL.encode(message).format()).isEqualTo(TransferFormat.BINARY);
	}

	static Stream<Arguments> references() {
		return Stream.of(Arguments.of(InvocationMessage.of("xyz", "method"), "lgGAo3h5eqZtZXRob2SQkA=="),
				Arguments.of(InvocationMessage.of(null, "method", 42), "lgGAwKZtZXRob2SRKpA="),
				Arguments.of(new InvocationMessage(Map.of(), null, "Target", new Object[0], List.of("__test_id__")),
						"lgGAwKZUYXJnZXSQkatfX3Rlc3RfaWRfXw=="),
				Arguments.of(StreamItemMessage.of("xyz", 42), "lAKAo3h5eio="),
				Arguments.of(CompletionMessage.error("xyz", "Error not found!"),
						"lQOAo3h5egGwRXJyb3Igbm90IGZvdW5kIQ=="),
				Arguments.of(CompletionMessage.empty("xyz"), "lAOAo3h5egI="),
				Arguments.of(CompletionMessage.result("xyz", 42), "lQOAo3h5egMq"),
				Arguments.of(CompletionMessage.result("xyz", null), "lQOAo3h5egPA"),
				Arguments.of(new StreamInvocationMessage(Map.of(), "xyz", "method", new Object[0], List.of()),
						"lgSAo3h5eqZtZXRob2SQkA=="),
				Arguments.of(new CancelInvocationMessage(Map.of(), "xyz"), "kwWAo3h5eg=="),
				Arguments.of(PingMessage.INSTANCE, "kQY="), Arguments.of(new CloseMessage(null, false), "kwfAwg=="),
				Arguments.of(new CloseMessage("Error!", false), "kwemRXJyb3Ihwg=="),
				Arguments.of(new CloseMessage(null, true), "kwfAww=="), Arguments.of(new AckMessage(42), "kggq"),
				Arguments.of(new SequenceMessage(146), "kgnMkg=="));
	}

	@Test
	void readsAndWritesEnumsByName() {
		String base64 = "lQOAo3h5egOjT25l";
		assertThat(MessagePackFrames
			.base64(MessagePackFrames.PROTOCOL.encode(CompletionMessage.result("xyz", Number.One)))).isEqualTo(base64);
		assertThat(MessagePackFrames.decode(Base64.getDecoder().decode(base64),
				new TestBinder().result("xyz", Number.class)))
			.isEqualTo(CompletionMessage.result("xyz", Number.One));
	}

	@Test
	void writesPingInThreeBytes() {
		assertThat(MessagePackFrames.PROTOCOL.encode(PingMessage.INSTANCE).bytes())
			.isEqualTo(new byte[] { 2, (byte) 0x91, 6 });
	}

	@Test
	void readsHeaders() {
		Map<String, String> headers = Map.of("traceparent", "00-a", "b", "");
		assertThat(decode(1, headers, "1", "method", List.of(), List.of())).usingRecursiveComparison()
			.isEqualTo(new InvocationMessage(headers, "1", "method", new Object[0], List.of()));
		assertThat(decode(4, headers, "1", "method", List.of(), List.of())).usingRecursiveComparison()
			.isEqualTo(new StreamInvocationMessage(headers, "1", "method", new Object[0], List.of()));
		assertThat(decode(2, headers, "xyz", 1)).isEqualTo(new StreamItemMessage(headers, "xyz", 1));
		assertThat(decode(3, headers, "xyz", 3, "a")).isEqualTo(new CompletionMessage(headers, "xyz", null, "a", true));
		assertThat(decode(5, headers, "xyz")).isEqualTo(new CancelInvocationMessage(headers, "xyz"));
	}

	@Test
	void writesHeaders() {
		HubMessage message = new CancelInvocationMessage(Map.of("a", "b"), "1");
		assertThat(MessagePackFrames.body(MessagePackFrames.PROTOCOL.encode(message)))
			.isEqualTo(MessagePackFrames.pack(List.of(5, Map.of("a", "b"), "1")));
	}

	@Test
	void readsWhatOldAndLenientClientsLeaveOut() {
		assertThat(decode(1, Map.of(), "1", "method", List.of())).usingRecursiveComparison()
			.isEqualTo(InvocationMessage.of("1", "method"));
		assertThat(decode(1, null, "", "method", List.of(), null)).usingRecursiveComparison()
			.isEqualTo(InvocationMessage.of(null, "method"));
		assertThat(decode(7, null)).isEqualTo(new CloseMessage(null, false));
		assertThat(decode(7, "")).isEqualTo(new CloseMessage("", false));
		assertThat(decode(3, Map.of(), "xyz", 1, null)).isEqualTo(CompletionMessage.error("xyz", ""));
	}

	@Test
	void ignoresAdditionalItems() {
		Map<String, Object> more = Map.of("a", List.of(1, "b"));
		assertThat(decode(1, Map.of(), "1", "one", List.of(7), List.of("2"), more, 3)).usingRecursiveComparison()
			.isEqualTo(new InvocationMessage(Map.of(), "1", "one", new Object[] { 7 }, List.of("2")));
		assertThat(decode(2, Map.of(), "xyz", 1, more)).isEqualTo(StreamItemMessage.of("xyz", 1));
		assertThat(decode(3, Map.of(), "xyz", 2, more)).isEqualTo(CompletionMessage.empty("xyz"));
		assertThat(decode(3, Map.of(), "xyz", 3, 4, more)).isEqualTo(CompletionMessage.result("xyz", 4));
		assertThat(decode(5, Map.of(), "xyz", more)).isEqualTo(new CancelInvocationMessage(Map.of(), "xyz"));
		assertThat(decode(6, more)).isSameAs(PingMessage.INSTANCE);
		assertThat(decode(7, "e", true, more)).isEqualTo(new CloseMessage("e", true));
		assertThat(decode(8, 1, more)).isEqualTo(new AckMessage(1));
		assertThat(decode(9, 1, more)).isEqualTo(new SequenceMessage(1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "05", "cc 05", "cd 0005", "ce 00000005", "cf 0000000000000005", "d0 05", "d1 0005",
			"d2 00000005", "d3 0000000000000005" })
	void readsIntegersOfAnyWidth(String hex) {
		Object five = MessagePackFrames.hex(hex);
		assertThat(decode(five, Map.of(), "xyz")).isEqualTo(new CancelInvocationMessage(Map.of(), "xyz"));
		assertThat(decode(8, five)).isEqualTo(new AckMessage(5));
		assertThat(decode(1, Map.of(), null, "one", List.of(five))).usingRecursiveComparison()
			.isEqualTo(InvocationMessage.of(null, "one", 5));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 10, -1, 1000 })
	void skipsUnknownTypes(int type) {
		assertThat(decode(type, "whatever", List.of())).isNull();
	}

	@Test
	void bindsNoValueForUnknownIds() {
		assertThat(decode(2, Map.of(), "unknown", "x")).isEqualTo(StreamItemMessage.of("unknown", null));
		assertThat(decode(3, Map.of(), "unknown", 3, "x")).isEqualTo(CompletionMessage.result("unknown", null));
	}

	@ParameterizedTest
	@MethodSource("malformed")
	void refusesMalformedMessages(@Nullable Object body, String error) {
		assertThatExceptionOfType(HubProtocolException.class)
			.isThrownBy(() -> MessagePackFrames.decode(MessagePackFrames.pack(body), this.binder))
			.withMessage(error);
	}

	static Stream<Arguments> malformed() {
		Map<String, String> none = Map.of();
		return Stream.of(Arguments.of(MessagePackFrames.hex(""), "Error reading MessagePack."),
				Arguments.of(MessagePackFrames.hex("c1"), "Error reading MessagePack."),
				Arguments.of(MessagePackFrames.hex("92 06"), "Error reading MessagePack."),
				Arguments.of(Map.of(), "Reading array length for 'elementCount' failed."),
				Arguments.of(42, "Reading array length for 'elementCount' failed."),
				Arguments.of(List.of(), "Reading 'messageType' as Int32 failed."),
				Arguments.of(List.of("x"), "Reading 'messageType' as Int32 failed."),
				Arguments.of(List.of(1.0), "Reading 'messageType' as Int32 failed."),
				Arguments.of(List.of(1L << 40), "Reading 'messageType' as Int32 failed."),
				Arguments.of(List.of(1), "Reading map length for 'headers' failed."),
				Arguments.of(List.of(1, "x"), "Reading map length for 'headers' failed."),
				Arguments.of(List.of(1, Map.of(1, "x")), "Reading 'headers[0].Key' as String failed."),
				Arguments.of(List.of(1, Map.of("x", 1)), "Reading 'headers[0].Value' as String failed."),
				Arguments.of(List.of(1, none, 1, "method", List.of()), "Reading 'invocationId' as String failed."),
				Arguments.of(List.of(1, none, "1"), "Reading 'target' as String failed."),
				Arguments.of(List.of(1, none, "1", new byte[0], List.of()), "Reading 'target' as String failed."),
				Arguments.of(Arrays.asList(1, none, "1", null, List.of()),
						"Null or empty target for Invocation message."),
				Arguments.of(List.of(4, none, "1", "", List.of()),
						"Null or empty target for StreamInvocation message."),
				Arguments.of(List.of(4, none, "", "method", List.of()),
						"Null or empty invocation ID for StreamInvocation message."),
				Arguments.of(List.of(1, none, "1", "method"), "Reading array length for 'arguments' failed."),
				Arguments.of(List.of(1, none, "1", "unknown", Map.of()),
						"Reading array length for 'arguments' failed."),
				Arguments.of(List.of(1, none, "1", "method", List.of(), "x"),
						"Reading array length for 'streamIds' failed."),
				Arguments.of(List.of(1, none, "1", "method", List.of(), List.of(1)),
						"Reading 'streamIds' as String failed."),
				Arguments.of(List.of(2, none, "", 1), "Null or empty invocation ID for StreamItem message."),
				Arguments.of(List.of(2, none, "xyz"), "Reading 'item' as Object failed."),
				Arguments.of(List.of(3, none, "", 2), "Null or empty invocation ID for Completion message."),
				Arguments.of(List.of(3, none, "xyz"), "Reading 'resultKind' as Int32 failed."),
				Arguments.of(List.of(3, none, "xyz", "x"), "Reading 'resultKind' as Int32 failed."),
				Arguments.of(List.of(3, none, "xyz", 4), "Invalid invocation result kind."),
				Arguments.of(List.of(3, none, "xyz", 0), "Invalid invocation result kind."),
				Arguments.of(List.of(3, none, "xyz", 1), "Reading 'error' as String failed."),
				Arguments.of(List.of(3, none, "xyz", 1, 1), "Reading 'error' as String failed."),
				Arguments.of(List.of(3, none, "xyz", 3), "Reading 'result' as Object failed."),
				Arguments.of(List.of(5, none), "Reading 'invocationId' as String failed."),
				Arguments.of(Arrays.asList(5, none, null), "Null or empty invocation ID for CancelInvocation message."),
				Arguments.of(List.of(7), "Reading 'error' as String failed."),
				Arguments.of(List.of(7, 1), "Reading 'error' as String failed."),
				Arguments.of(List.of(7, "x", 1), "Reading 'allowReconnect' as Boolean failed."),
				Arguments.of(List.of(8), "Reading 'sequenceId' as Int64 failed."),
				Arguments.of(List.of(9, "1"), "Reading 'sequenceId' as Int64 failed."),
				Arguments.of(List.of(9, MessagePackFrames.hex("cf ffffffffffffffff")),
						"Reading 'sequenceId' as Int64 failed."));
	}

	@Test
	void doesNotReadItemsBehindTheArray() {
		byte[] body = MessagePackFrames.pack(MessagePackFrames.hex("91 09 07"));
		assertThatExceptionOfType(HubProtocolException.class)
			.isThrownBy(() -> MessagePackFrames.decode(body, this.binder))
			.withMessage("Reading 'sequenceId' as Int64 failed.");
	}

	@Test
	void cannotWriteBindingFailures() {
		assertThatIllegalArgumentException().isThrownBy(() -> MessagePackFrames.PROTOCOL
			.encode(new StreamBindingFailureMessage("1", new IllegalStateException())));
	}

	private @Nullable HubMessage decode(@Nullable Object... items) {
		return MessagePackFrames.decode(Arrays.asList(items), this.binder);
	}

	enum Number {

		Zero, One

	}

}
