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
import java.util.EnumSet;
import java.util.List;

import dev.realtime.protocol.TransportType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NegotiateProtocol}.
 */
class NegotiateProtocolTests {

	private static final String TRANSPORTS = "\"availableTransports\":["
			+ "{\"transport\":\"WebSockets\",\"transferFormats\":[\"Text\",\"Binary\"]},"
			+ "{\"transport\":\"ServerSentEvents\",\"transferFormats\":[\"Text\"]},"
			+ "{\"transport\":\"LongPolling\",\"transferFormats\":[\"Text\",\"Binary\"]}]";

	@Test
	void writesVersion0() {
		assertThat(text(NegotiateProtocol.version0("abc", false, EnumSet.allOf(TransportType.class))))
			.isEqualTo("{\"negotiateVersion\":0,\"connectionId\":\"abc\"," + TRANSPORTS + "}");
	}

	@Test
	void writesVersion1() {
		assertThat(text(NegotiateProtocol.version1("abc", "secret", false, EnumSet.allOf(TransportType.class))))
			.isEqualTo("{\"negotiateVersion\":1,\"connectionId\":\"abc\",\"connectionToken\":\"secret\"," + TRANSPORTS
					+ "}");
	}

	@Test
	void writesStatefulReconnectOnlyIfTrue() {
		assertThat(text(NegotiateProtocol.version1("abc", "secret", true, List.of(TransportType.LONG_POLLING))))
			.isEqualTo("{\"useStatefulReconnect\":true,\"negotiateVersion\":1,\"connectionId\":\"abc\","
					+ "\"connectionToken\":\"secret\",\"availableTransports\":[{\"transport\":\"LongPolling\","
					+ "\"transferFormats\":[\"Text\",\"Binary\"]}]}");
	}

	@Test
	void writesErrors() {
		assertThat(text(NegotiateProtocol.error(NegotiateProtocol.versionNotSupported(0)))).isEqualTo(
				"{\"error\":\"The client requested version '0', but the server does not support this version.\"}");
		assertThat(text(NegotiateProtocol.error(NegotiateProtocol.NON_INTEGER_VERSION)))
			.isEqualTo("{\"error\":\"The client requested a non-integer protocol version.\"}");
	}

	@Test
	void writesRedirects() {
		assertThat(text(NegotiateProtocol.redirect("https://other/hub?x=1", "token")))
			.isEqualTo("{\"url\":\"https://other/hub?x=1\",\"accessToken\":\"token\"}");
		assertThat(text(NegotiateProtocol.redirect("https://other/hub", null)))
			.isEqualTo("{\"url\":\"https://other/hub\"}");
	}

	private static String text(byte[] json) {
		return new String(json, StandardCharsets.UTF_8);
	}

}
