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

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the records that end a connection.
 */
class JsonMalformedEnvelopeTests {

	private final TestBinder binder = new TestBinder().method("foo", String.class).method("none");

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "{} | Missing required property 'type'.",
			"{\"target\":\"foo\",\"arguments\":[]} | Missing required property 'type'.",
			"{\"type\":\"foo\"} | Expected 'type' to be of type Number.",
			"{\"type\":null} | Expected 'type' to be of type Number.",
			"{\"type\":1.5} | Expected 'type' to be of type Number.",
			"{\"type\":12345678901} | Expected 'type' to be of type Number.",
			"{\"type\":1} | Missing required property 'target'.",
			"{\"type\":1,\"target\":\"\",\"arguments\":[]} | Missing required property 'target'.",
			"{\"type\":1,\"target\":42} | Expected 'target' to be of type String.",
			"{\"type\":1,\"target\":null} | Expected 'target' to be of type String.",
			"{\"type\":1,\"target\":\"foo\"} | Missing required property 'arguments'.",
			"{\"type\":1,\"target\":\"foo\",\"arguments\":null} | Expected 'arguments' to be of type Array.",
			"{\"type\":1,\"target\":\"foo\",\"arguments\":{}} | Expected 'arguments' to be of type Array.",
			"{\"type\":1,\"invocationId\":1} | Expected 'invocationId' to be of type String.",
			"{\"type\":1,\"headers\":null} | Expected 'headers' to be of type StartObject.",
			"{\"type\":1,\"headers\":[]} | Expected 'headers' to be of type StartObject.",
			"{\"type\":1,\"headers\":{\"Foo\":42}} | Expected header 'Foo' to be of type String.",
			"{\"type\":1,\"headers\":{\"Foo\":null}} | Expected header 'Foo' to be of type String.",
			"{\"type\":1,\"headers\":{\"Foo\":[]}} | Expected header 'Foo' to be of type String.",
			"{\"type\":1,\"streamIds\":null} | Expected 'streamIds' to be of type Array.",
			"{\"type\":1,\"streamIds\":[null]} | Null value for 'streamIds' is not valid.",
			"{\"type\":1,\"streamIds\":[1]} | Expected 'streamIds' to be of type String.",
			"{\"type\":2} | Missing required property 'invocationId'.",
			"{\"type\":2,\"invocationId\":\"1\"} | Missing required property 'item'.",
			"{\"type\":2,\"item\":1} | Missing required property 'invocationId'.",
			"{\"type\":3} | Missing required property 'invocationId'.",
			"{\"type\":3,\"invocationId\":\"\"} | Missing required property 'invocationId'.",
			"{\"type\":3,\"invocationId\":null} | Missing required property 'invocationId'.",
			"{\"type\":3,\"invocationId\":\"1\",\"error\":42} | Expected 'error' to be of type String.",
			"{\"type\":3,\"invocationId\":\"1\",\"error\":\"e\",\"result\":1} | The 'error' and 'result' properties are mutually exclusive.",
			"{\"type\":3,\"invocationId\":\"1\",\"result\":null,\"error\":\"\"} | The 'error' and 'result' properties are mutually exclusive.",
			"{\"type\":4,\"target\":\"foo\",\"arguments\":[]} | Missing required property 'invocationId'.",
			"{\"type\":4,\"invocationId\":\"1\"} | Missing required property 'target'.",
			"{\"type\":4,\"invocationId\":\"1\",\"target\":\"foo\"} | Missing required property 'arguments'.",
			"{\"type\":5} | Missing required property 'invocationId'.",
			"{\"type\":7,\"error\":1} | Expected 'error' to be of type String.",
			"{\"type\":7,\"allowReconnect\":1} | Expected 'allowReconnect' to be true or false.",
			"{\"type\":7,\"allowReconnect\":null} | Expected 'allowReconnect' to be true or false.",
			"{\"type\":8} | Missing required property 'sequenceId'.",
			"{\"type\":8,\"sequenceId\":null} | Expected 'sequenceId' to be of type Number.",
			"{\"type\":8,\"sequenceId\":1.5} | Expected 'sequenceId' to be of type Number.",
			"{\"type\":8,\"sequenceId\":9223372036854775808} | Expected 'sequenceId' to be of type Number.",
			"{\"type\":9} | Missing required property 'sequenceId'.",
			"{\"type\":9,\"sequenceId\":\"1\"} | Expected 'sequenceId' to be of type Number.",
			"42 | Unexpected JSON Token Type 'Number'. Expected a JSON Object.",
			"\"x\" | Unexpected JSON Token Type 'String'. Expected a JSON Object.",
			"[{\"type\":6}] | Unexpected JSON Token Type 'Array'. Expected a JSON Object.",
			"null | Unexpected JSON Token Type 'Null'. Expected a JSON Object.",
			"true | Unexpected JSON Token Type 'True'. Expected a JSON Object." })
	void tellsWhatIsWrong(String json, String detail) {
		assertFatal(json, detail);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  ", "{", "}", "{\"type\":6", "{\"type\":6,}", "{type:6}", "{'type':6}", "foo",
			"{\"type\":6}x", "{\"type\":6}{\"type\":6}", "{\"type\":6} 1", "{\"type\":6}]", "/**/{\"type\":6}",
			"{\"type\":6//\n}", "{\"type\":06}", "{\"type\":+6}", "{\"type\":6,\"a\":NaN}", "{\"type\":6,\"a\":tru}",
			"{\"type\":6,\"a\":\"\n\"}", "{\"type\":6,\"a\":\"\\x\"}", "{\"type\":6,\"a\":\"\\u00g0\"}",
			"{\"type\":6,\"a\":[1,]}", "{\"type\":6,\"a\":[1}", "{\"type\":6,\"a\":.5}", "{\"type\":6 \"a\":1}",
			"\uFEFF{\"type\":6}", "\u0000\u0000\u0000{\"type\":6}", "{\u0000\"type\":6}",
			"{\"type\":1,\"target\":\"foo\",\"arguments\":[\"a\",]}",
			"{\"type\":1,\"target\":\"foo\",\"arguments\":[\"a\"}",
			"{\"type\":1,\"target\":\"foo\",\"arguments\":[\"a\" \"b\"]}",
			"{\"type\":1,\"target\":\"what\",\"arguments\":[\"\\q\"]}",
			"{\"type\":3,\"invocationId\":\"1\",\"result\":}", "{\"type\":8,\"sequenceId\":1-}" })
	void refusesBadJson(String json) {
		assertFatal(json, "Error reading JSON.");
	}

	private void assertFatal(String json, String detail) {
		assertThatExceptionOfType(HubProtocolException.class).isThrownBy(() -> Frames.decode(json, this.binder))
			.withMessage(detail)
			.isNotInstanceOf(MessageTooBigException.class);
	}

}
