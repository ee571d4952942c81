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

package dev.realtime.samples.notifications.inbox;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonCreator.Mode;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.realtime.hub.HubTargets;
import dev.realtime.samples.notifications.people.Person;

/**
 * Whom a notification is for. Written as {@code everybody}, {@code team:sales} or
 * {@code person:alice}, in the database and in JSON.
 */
public sealed interface Audience {

	@JsonCreator(mode = Mode.DELEGATING)
	static Audience of(String text) {
		if (text.equals(Everybody.TEXT)) {
			return new Everybody();
		}
		if (text.startsWith(Team.PREFIX)) {
			return new Team(text.substring(Team.PREFIX.length()));
		}
		if (text.startsWith(Individual.PREFIX)) {
			return new Individual(text.substring(Individual.PREFIX.length()));
		}
		throw new IllegalArgumentException("'" + text + "' is no audience");
	}

	boolean includes(Person person);

	/**
	 * Pick the connections of the audience from all that there are.
	 */
	<C> C in(HubTargets<C> targets);

	@JsonValue
	String text();

	/**
	 * All people.
	 */
	record Everybody() implements Audience {

		private static final String TEXT = "everybody";

		@Override
		public boolean includes(Person person) {
			return true;
		}

		@Override
		public <C> C in(HubTargets<C> targets) {
			return targets.all();
		}

		@Override
		public String text() {
			return TEXT;
		}

	}

	/**
	 * The members of a team, whose connections are in a group of the hub.
	 *
	 * @param name the name of the team
	 */
	record Team(String name) implements Audience {

		private static final String PREFIX = "team:";

		@Override
		public boolean includes(Person person) {
			return person.teams().contains(this.name);
		}

		@Override
		public <C> C in(HubTargets<C> targets) {
			return targets.group(group());
		}

		@Override
		public String text() {
			return PREFIX + this.name;
		}

		String group() {
			return text();
		}

	}

	/**
	 * One person, on all devices.
	 *
	 * @param name the name of the person
	 */
	record Individual(String name) implements Audience {

		private static final String PREFIX = "person:";

		@Override
		public boolean includes(Person person) {
			return person.name().equals(this.name);
		}

		@Override
		public <C> C in(HubTargets<C> targets) {
			return targets.user(this.name);
		}

		@Override
		public String text() {
			return PREFIX + this.name;
		}

	}

}
