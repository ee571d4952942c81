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

package dev.realtime.web.webhook;

import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Webhook} and {@link EventPattern}.
 */
class WebhookTests {

	private final Webhook webhook = Webhook.to("http://host/");

	@ParameterizedTest
	@CsvSource({ "*, typing, true", "' * ', typing, true", "typing, TYPING, true", "'a, Typing ,b', typing, true",
			"typing, typin, false", "'', typing, false", "a.b_c-d, a.b_c-d, true" })
	void patternMatchesNamesWithoutCase(String pattern, String event, boolean matches) {
		assertThat(this.webhook.userEvents(pattern).getsUserEvent(event)).isEqualTo(matches);
	}

	@ParameterizedTest
	@ValueSource(strings = { "typ*", "a,*", "a,,b", "1st", "a b" })
	void refusesPatternsThatAreNone(String pattern) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.webhook.userEvents(pattern))
			.withMessageContaining("is not the name of an event");
	}

	@Test
	void getsNothingUnlessItIsToldTo() {
		assertThat(this.webhook.getsNothing()).isTrue();
		assertThat(this.webhook.userEvents("").getsNothing()).isTrue();
		assertThat(this.webhook.userEvents("a").getsNothing()).isFalse();
		assertThat(this.webhook.systemEvents(Set.of(SystemEvent.LEFT)).getsNothing()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "Host", "content-type", "ce-id", "WebHook-Request-Origin", "Cookie", "x-webpubsub-metadata-a" })
	void refusesHeadersThatAreNotItsOwn(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.webhook.header(name, "x"))
			.withMessage("The header '%s' cannot be set", name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "sécret", "sec\r\nret: x", " secret" })
	void refusesValuesThatCannotBeSentWithoutTellingThem(String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.webhook.header("X-Key", value))
			.withMessage("The value of header 'X-Key' must consist of ASCII characters");
	}

	@Test
	void tellsNoSecret() {
		assertThat(Webhook.to("http://host/?code=secret").header("X-Key", "secret")).hasToString("http://host/?***");
	}

}
