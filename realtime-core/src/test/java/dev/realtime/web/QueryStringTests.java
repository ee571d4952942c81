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

package dev.realtime.web;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link QueryString}.
 */
class QueryStringTests {

	@Test
	void comparesNamesWithoutCase() {
		QueryString query = new QueryString("Id=a&id=b");
		assertThat(query.first("id")).isEqualTo("a");
		assertThat(query.first("other")).isNull();
		assertThat(new QueryString(null).first("id")).isNull();
		assertThat(new QueryString("").first("id")).isNull();
	}

	@Test
	void decodes() {
		QueryString query = new QueryString("a%20b=c+d%C3%A4&e&=f&g=h=i");
		assertThat(query.without(Set.of())).containsEntry("a b", List.of("c dä"))
			.containsEntry("e", List.of(""))
			.containsEntry("", List.of("f"))
			.containsEntry("g", List.of("h=i"));
	}

	@Test
	void keepsWhatCannotBeDecoded() {
		assertThat(new QueryString("a=%zz").first("a")).isEqualTo("%zz");
	}

	@Test
	void removesWhateverTheSpelling() {
		assertThat(new QueryString("a=1&Access%5Ftoken=x&b=2&access_token=y").remove("access_token"))
			.isEqualTo("a=1&b=2");
		assertThat(new QueryString("access_token").remove("access_token")).isNull();
	}

	@Test
	void masks() {
		assertThat(new QueryString("a=%20&ID=secret&b").mask(Set.of("id"))).isEqualTo("a=%20&ID=***&b");
		assertThat(HubWeb.maskSecrets("id=1&x=2&access_token=3")).isEqualTo("id=***&x=2&access_token=***");
		assertThat(new QueryString(null).mask(Set.of("id"))).isNull();
	}

}
