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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link UrlTemplate}.
 */
class UrlTemplateTests {

	@ParameterizedTest
	@CsvSource({ "http://host/hubs/{hub}/{event}?code=x, http://host/hubs/chat/typing?code=x",
			"https://host:8443/api?hub={hub}&e={event}&again={event}, https://host:8443/api?hub=chat&e=typing&again=typing",
			"HTTP://host, HTTP://host", "http://[::1]:80/{event}, http://[::1]:80/typing" })
	void expands(String template, String expected) {
		assertThat(UrlTemplate.parse(template).expand("chat", "typing")).hasToString(expected);
	}

	@Test
	void escapesNames() {
		assertThat(UrlTemplate.parse("http://host/{hub}?event={event}").expand("a[b]`,c", "ä /?&#%x"))
			.hasToString("http://host/a%5Bb%5D%60%2Cc?event=%C3%A4%20%2F%3F%26%23%25x");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			''                          | must not be empty
			/relative                   | must begin with http:// or https://
			ftp://host/                 | must begin with http:// or https://
			tunnel:///path              | must begin with http:// or https://
			http:///path                | must have a host
			http://{hub}.example.com/   | not allowed in the host part
			http://host:{event}/        | not allowed in the host part
			http://host/{user}          | is no parameter: there are {hub} and {event}
			http://host/{event          | is no parameter
			http://host/a b             | is not valid at index 13
			http://ann:secret@host/     | must not contain a user or a password
			http://host/#part           | must not have a fragment
			""")
	void refuses(String template, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> UrlTemplate.parse(template))
			.withMessageContaining(message);
	}

	@Test
	void doesNotTellTheQuery() {
		assertThat(UrlTemplate.parse("http://host/{event}?code=secret")).hasToString("http://host/{event}?***");
		assertThatIllegalArgumentException().isThrownBy(() -> UrlTemplate.parse("http://host/?code=secret{x}"))
			.withMessageNotContaining("secret");
		assertThatIllegalArgumentException().isThrownBy(() -> UrlTemplate.parse("http://host/?code=sec ret"))
			.withMessageNotContaining("ret");
	}

}
