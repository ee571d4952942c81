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

package dev.realtime.samples.notifications.people;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import org.springframework.stereotype.Component;

/**
 * All people. A real application would ask its database, or a directory.
 */
@Component
public class People {

	private static final List<Person> ALL = List.of(new Person("admin", Set.of(), true),
			new Person("alice", Set.of("engineering"), false), new Person("bob", Set.of("engineering", "sales"), false),
			new Person("carol", Set.of("sales"), false));

	public List<Person> all() {
		return ALL;
	}

	public List<String> names(Predicate<Person> condition) {
		return ALL.stream().filter(condition).map(Person::name).toList();
	}

	public List<String> teams() {
		return ALL.stream().flatMap((person) -> person.teams().stream()).distinct().sorted().toList();
	}

	public Optional<Person> find(String name) {
		return ALL.stream().filter((person) -> person.name().equals(name)).findFirst();
	}

}
