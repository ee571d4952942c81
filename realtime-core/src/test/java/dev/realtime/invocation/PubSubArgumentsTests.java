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
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.realtime.protocol.JsonText;
import dev.realtime.protocol.ServerMessage.DataType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link PubSubArguments}.
 */
class PubSubArgumentsTests {

	private static final String PRECISE = "1234567890.12345678901234567890";

	private final PubSubArguments arguments = new PubSubArguments(JsonMapper.builder().build());

	private @Nullable Object[] bind(String json, Type... types) {
		return this.arguments.bind(List.of(types), DataType.JSON, JsonText.of(json.getBytes(StandardCharsets.UTF_8)));
	}

	private static Type generic(Class<?> type, Class<?>... arguments) {
		return ResolvableType.forClassWithGenerics(type, arguments).getType();
	}

	@Test
	void decimalsKeepTheirDigits() {
		assertThat(bind(PRECISE, BigDecimal.class)).containsExactly(new BigDecimal(PRECISE));
		assertThat(bind("['x', %s]".formatted(PRECISE).replace('\'', '"'), String.class, BigDecimal.class))
			.containsExactly("x", new BigDecimal(PRECISE));
		assertThat(bind("[1.50, [%s]]".formatted(PRECISE), BigDecimal.class, generic(List.class, BigDecimal.class)))
			.containsExactly(new BigDecimal("1.50"), List.of(new BigDecimal(PRECISE)));
	}

	@Test
	void treesKeepTheDigitsOfTheirNumbers() {
		String json = "[%s,1.50,{\"a\":%s}]".formatted(PRECISE, PRECISE);
		assertThat(bind(json, JsonNode.class)[0]).hasToString(json);
		assertThat(bind("{\"a\":1.50}", JsonNode.class)[0]).hasToString("{\"a\":1.50}");
		assertThat(bind("[0, %s]".formatted(json), int.class, JsonNode.class)[1]).hasToString(json);
		assertThat(bind("[0, %s]".formatted(json), int.class, generic(List.class, JsonNode.class))[1])
			.hasToString("[%s, 1.50, {\"a\":%s}]".formatted(PRECISE, PRECISE));
	}

	@Test
	void otherDecimalsAreWhatTheMapperMakesOfThem() {
		assertThat(bind("[1.5, {\"a\":1.5}]", Object.class, generic(Map.class, String.class, Object.class)))
			.containsExactly(1.5, Map.of("a", 1.5));
	}

	@Test
	void argumentsFollowOneAnother() {
		assertThat(bind(" [ {\"a\":[1]} , null, null,true , \"x\" ] ", generic(Map.class, String.class, Object.class),
				String.class, generic(Optional.class, String.class), boolean.class, String.class))
			.containsExactly(Map.of("a", List.of(1)), null, Optional.empty(), true, "x");
		assertThat(bind("[null, 1]", JsonNode.class, int.class)[0]).isInstanceOf(JsonNode.class).hasToString("null");
	}

	@Test
	void deserializerThatReadsTooMuchOrTooLittleHarmsNoOtherArgument() {
		assertThat(bind("[{\"a\":[1]}, \"x\", \"\u00e4\", \"y\"]", Careless.class, Careless.class, Careless.class,
				String.class))
			.satisfies((bound) -> assertThat(bound[3]).isEqualTo("y"));
	}

	@Test
	void numberOfArgumentsMustBeThatOfTheParameters() {
		assertThatIllegalArgumentException().isThrownBy(() -> bind("[]", int.class, int.class))
			.withMessage("0 arguments for 2 parameters");
		assertThatIllegalArgumentException().isThrownBy(() -> bind("[1]", int.class, int.class))
			.withMessage("1 arguments for 2 parameters");
		assertThatIllegalArgumentException().isThrownBy(() -> bind("[1, 2, [3], {\"a\":4}]", int.class, int.class))
			.withMessage("4 arguments for 2 parameters");
		assertThatIllegalArgumentException().isThrownBy(() -> bind("1", int.class, int.class))
			.withMessage("1 argument for 2 parameters");
	}

	@Test
	void valuesMustFit() {
		assertThatIllegalArgumentException().isThrownBy(() -> bind("[1, {}]", int.class, int.class));
		assertThatIllegalArgumentException().isThrownBy(() -> bind("[1, null]", int.class, int.class));
		assertThatIllegalArgumentException().isThrownBy(() -> bind("{}", int.class));
	}

	@JsonDeserialize(using = CarelessDeserializer.class)
	record Careless() {
	}

	static class CarelessDeserializer extends ValueDeserializer<Careless> {

		@Override
		public Careless deserialize(JsonParser parser, DeserializationContext context) {
			if (parser.currentToken().isScalarValue()) {
				parser.nextToken();
			}
			return new Careless();
		}

	}

}
