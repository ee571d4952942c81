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

package dev.realtime.hub;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HubTargets}.
 */
class HubTargetsTests {

	private final HubTargets<ClientProxy> targets = new RecordingTargets();

	@Test
	void namesCanBeListedInTheCall() {
		assertThat(this.targets.allExcept("c1", "c2")).hasToString("allExcept[c1, c2]");
		assertThat(this.targets.clients("c1", "c2")).hasToString("clients[c1, c2]");
		assertThat(this.targets.groups("g1", "g2")).hasToString("groups[g1, g2]");
		assertThat(this.targets.groupExcept("g1", "c1", "c2")).hasToString("groupExcept g1[c1, c2]");
		assertThat(this.targets.userExcept("ann", "c1", "c2")).hasToString("userExcept ann[c1, c2]");
		assertThat(this.targets.users("ann", "bob")).hasToString("users[ann, bob]");
	}

}
