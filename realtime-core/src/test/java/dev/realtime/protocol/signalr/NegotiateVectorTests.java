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

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import dev.realtime.protocol.TransportType;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link NegotiateProtocol} with {@code vectors/signalr/negotiate.json}.
 */
class NegotiateVectorTests {

	@ParameterizedTest
	@MethodSource("vectors")
	void isWritten(JsonNode vector) {
		assertThat(new String(answer(vector), StandardCharsets.UTF_8)).isEqualTo(Vectors.text(vector, "answer"));
	}

	private static byte[] answer(JsonNode vector) {
		if (vector.has("redirect")) {
			return NegotiateProtocol.redirect(Vectors.text(vector, "redirect"),
					vector.path("accessToken").stringValue(null));
		}
		if (vector.has("unsupportedVersion")) {
			JsonNode version = vector.required("unsupportedVersion");
			return NegotiateProtocol.error(version.isNull() ? NegotiateProtocol.NON_INTEGER_VERSION
					: NegotiateProtocol.versionNotSupported(version.asInt()));
		}
		String id = Vectors.text(vector, "connectionId");
		boolean stateful = vector.required("useStatefulReconnect").asBoolean();
		List<TransportType> transports = vector.required("transports")
			.valueStream()
			.map((name) -> transport(name.asString()))
			.toList();
		return (vector.required("version").asInt() == 0) ? NegotiateProtocol.version0(id, stateful, transports)
				: NegotiateProtocol.version1(id, Vectors.text(vector, "connectionToken"), stateful, transports);
	}

	private static TransportType transport(String name) {
		return Stream.of(TransportType.values())
			.filter((type) -> type.wireName().equals(name))
			.findFirst()
			.orElseThrow();
	}

	static Stream<Named<JsonNode>> vectors() {
		return Vectors.entries("negotiate").map((vector) -> Named.of(Vectors.text(vector, "name"), vector));
	}

}
