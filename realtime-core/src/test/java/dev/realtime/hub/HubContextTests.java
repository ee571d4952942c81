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

import dev.realtime.hub.annotation.HubClient;
import org.junit.jupiter.api.Test;
import org.mockito.Answers;
import org.mockito.BDDMockito;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HubContext}, {@link TypedHubContext} and the targets of a
 * {@link HubCallerContext}.
 */
class HubContextTests {

	private RecordingTargets targets = new RecordingTargets();

	private final HubContext hub = Mockito.mock(HubContext.class, Answers.CALLS_REAL_METHODS);

	private final HubCallerContext caller = Mockito.mock(HubCallerContext.class, Answers.CALLS_REAL_METHODS);

	HubContextTests() {
		BDDMockito.willReturn("chat").given(this.hub).hub();
		BDDMockito.willReturn(this.targets).given(this.hub).clients();
		BDDMockito.willReturn(this.targets).given(this.caller).clients();
	}

	@Test
	void shortcutsAreTheTargetsOfClients() {
		assertThat(this.hub.all()).hasToString("all");
		assertThat(this.hub.group("g1")).hasToString("group g1");
		assertThat(this.hub.user("ann")).hasToString("user ann");
		assertThat(this.hub.client("c1")).hasToString("client c1");
	}

	@Test
	void typedTargetsSendToTheSameTargets() {
		HubTargets<ChatClient> clients = this.hub.clients(ChatClient.class);
		assertTargets(clients);
	}

	@Test
	void typedTargetsOfACallerSendToTheSameTargets() {
		HubCallerTargets<ChatClient> clients = this.caller.clients(ChatClient.class);
		assertTargets(clients);
		assertTarget(clients.caller(), "caller");
		assertTarget(clients.others(), "others");
		assertTarget(clients.othersInGroup("g1"), "othersInGroup g1");
	}

	@Test
	void typedContextSendsToTheSameTargetsAndHasTheSameManagers() {
		GroupManager groups = Mockito.mock(GroupManager.class);
		UserManager users = Mockito.mock(UserManager.class);
		ConnectionManager connections = Mockito.mock(ConnectionManager.class);
		BDDMockito.willReturn(groups).given(this.hub).groups();
		BDDMockito.willReturn(users).given(this.hub).users();
		BDDMockito.willReturn(connections).given(this.hub).connections();
		TypedHubContext<ChatClient> context = TypedClients.of(ChatClient.class).context(this.hub);
		assertThat(context.hub()).isEqualTo("chat");
		assertThat(context.groups()).isSameAs(groups);
		assertThat(context.users()).isSameAs(users);
		assertThat(context.connections()).isSameAs(connections);
		assertTargets(context);
	}

	@Test
	void typedTargetsAfterTheCommitSendToTheUntypedOnes() {
		RecordingTargets others = this.targets;
		this.targets = new RecordingTargets();
		BDDMockito.willReturn(this.targets).given(this.hub).afterCommit();
		assertTargets(this.hub.afterCommit(ChatClient.class));
		assertTargets(TypedClients.of(ChatClient.class).context(this.hub).afterCommit());
		assertThat(others.proxies).isEmpty();
	}

	private void assertTargets(HubTargets<ChatClient> clients) {
		assertTarget(clients.all(), "all");
		assertTarget(clients.allExcept("c1"), "allExcept[c1]");
		assertTarget(clients.client("c1"), "client c1");
		assertTarget(clients.clients("c1"), "clients[c1]");
		assertTarget(clients.group("g1"), "group g1");
		assertTarget(clients.groups("g1"), "groups[g1]");
		assertTarget(clients.groupExcept("g1", "c1"), "groupExcept g1[c1]");
		assertTarget(clients.user("ann"), "user ann");
		assertTarget(clients.userExcept("ann", "c1"), "userExcept ann[c1]");
		assertTarget(clients.users("ann"), "users[ann]");
		assertTarget(clients.matching("true"), "matching true");
	}

	private void assertTarget(ChatClient client, String target) {
		client.said("hello");
		assertThat(this.targets.last()).hasToString(target);
		assertThat(this.targets.last().calls).containsExactly("said[hello]");
	}

	@HubClient("chat")
	interface ChatClient {

		void said(String text);

	}

}
