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
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.realtime.protocol.ServerMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what the application's mapper decides, and what it does not.
 */
class JsonMapperConventionsTests {

	@Test
	void namingStrategyConcernsValuesAlone() {
		JsonHubProtocol protocol = new JsonHubProtocol(
				JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE).build());
		assertThat(Frames.text(protocol.encode(CompletionMessage.result("1", new Person("Ann", null))))).isEqualTo(
				"{\"type\":3,\"invocationId\":\"1\",\"result\":{\"FirstName\":\"Ann\",\"LastName\":null}}" + Frames.RS);
		TestBinder binder = new TestBinder().method("m", Person.class);
		HubMessage message = protocol.decode(Frames.buffer(
				"{\"type\":1,\"target\":\"m\",\"arguments\":[{\"FirstName\":\"Ann\",\"LastName\":null}]}" + Frames.RS),
				binder, Integer.MAX_VALUE);
		assertThat(message).isInstanceOfSatisfying(InvocationMessage.class,
				(invocation) -> assertThat(invocation.arguments()).containsExactly(new Person("Ann", null)));
	}

	@Test
	void inclusionConcernsValuesAlone() {
		JsonHubProtocol protocol = new JsonHubProtocol(JsonMapper.builder()
			.changeDefaultPropertyInclusion((value) -> value.withValueInclusion(JsonInclude.Include.NON_DEFAULT))
			.build());
		assertThat(Frames.text(protocol.encode(InvocationMessage.of("1", "m", new Person("Ann", null), null, 0, ""))))
			.isEqualTo(
					"{\"type\":1,\"invocationId\":\"1\",\"target\":\"m\",\"arguments\":[{\"firstName\":\"Ann\"},null,0,\"\"]}"
							+ Frames.RS);
		assertThat(Frames.text(protocol.encode(StreamItemMessage.of("1", null))))
			.isEqualTo("{\"type\":2,\"invocationId\":\"1\",\"item\":null}" + Frames.RS);
	}

	@ParameterizedTest
	@MethodSource
	void formatOfTheEnvelopeIsFixed(JsonMapper mapper) {
		JsonHubProtocol protocol = new JsonHubProtocol(mapper);
		assertThat(Frames.text(protocol.encode(InvocationMessage.of("1", "m", true, List.of()))))
			.isEqualTo("{\"type\":1,\"invocationId\":\"1\",\"target\":\"m\",\"arguments\":[true,[]]}" + Frames.RS);
		assertThat(Frames.text(protocol.encode(new ServerMessage.Invocation("m", Arrays.asList((Object) null)))))
			.isEqualTo("{\"type\":1,\"target\":\"m\",\"arguments\":[null]}" + Frames.RS);
		assertThat(Frames.text(protocol.encode(new AckMessage(1))))
			.isEqualTo("{\"type\":8,\"sequenceId\":1}" + Frames.RS);
	}

	static List<JsonMapper> formatOfTheEnvelopeIsFixed() {
		return List.of(JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build(),
				JsonMapper.builder().enable(JsonWriteFeature.WRITE_NUMBERS_AS_STRINGS).build(),
				JsonMapper.builder().disable(JsonWriteFeature.QUOTE_PROPERTY_NAMES).build());
	}

	@Test
	void leniencyConcernsNothing() {
		JsonHubProtocol protocol = new JsonHubProtocol(JsonMapper.builder()
			.enable(JsonReadFeature.ALLOW_TRAILING_COMMA, JsonReadFeature.ALLOW_JAVA_COMMENTS,
					JsonReadFeature.ALLOW_SINGLE_QUOTES)
			.build());
		for (String json : List.of("{'type':6}", "{\"type\":6,}", "{\"type\":6/**/}",
				"{\"type\":1,\"target\":\"m\",\"arguments\":['a']}")) {
			assertThatExceptionOfType(HubProtocolException.class)
				.isThrownBy(() -> protocol.decode(Frames.buffer(json + Frames.RS),
						new TestBinder().method("m", String.class), Integer.MAX_VALUE));
		}
	}

	@Test
	void everyArgumentIsWrittenOnItsOwn() {
		Map<String, Integer> shared = Map.of("a", 1);
		assertThat(Frames.text(Frames.JSON.encode(InvocationMessage.of(null, "m", shared, shared))))
			.isEqualTo("{\"type\":1,\"target\":\"m\",\"arguments\":[{\"a\":1},{\"a\":1}]}" + Frames.RS);
	}

	record Person(String firstName, String lastName) {

	}

}
