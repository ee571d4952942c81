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

package dev.realtime.connection;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import dev.realtime.protocol.OutboundLimits;
import dev.realtime.protocol.Permission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What roles, grants and revocations permit.
 */
class PermissionsTests {

	private final Permissions permissions = new Permissions();

	@Test
	void nothingIsPermittedWithoutRoles() {
		assertThat(this.permissions.mayJoinOrLeave("g")).isFalse();
		assertThat(this.permissions.maySend("g")).isFalse();
		assertThat(this.permissions.check(Permission.SEND_TO_GROUP, null)).isFalse();
		this.permissions.revoke(Permission.SEND_TO_GROUP, "g");
		this.permissions.revoke(Permission.SEND_TO_GROUP, null);
		assertThat(this.permissions.maySend("g")).isFalse();
	}

	@Test
	void plainRoleIsForAllGroups() {
		this.permissions.grantRoles(List.of("webpubsub.joinLeaveGroup"));
		assertThat(this.permissions.mayJoinOrLeave("any.group")).isTrue();
		assertThat(this.permissions.maySend("any.group")).isFalse();
		assertThat(this.permissions.check(Permission.JOIN_LEAVE_GROUP, null)).isTrue();
	}

	@Test
	void roleWithAGroupIsLiteral() {
		this.permissions.grantRoles(List.of("webpubsub.sendToGroup.a.b", "webpubsub.sendToGroup.c*"));
		assertThat(this.permissions.maySend("a.b")).isTrue();
		assertThat(this.permissions.maySend("c*")).isTrue();
		assertThat(this.permissions.maySend("a")).isFalse();
		assertThat(this.permissions.maySend("A.b")).isFalse();
		assertThat(this.permissions.maySend("cd")).isFalse();
		assertThat(this.permissions.mayJoinOrLeave("a.b")).isFalse();
		assertThat(this.permissions.check(Permission.SEND_TO_GROUP, null)).isFalse();
	}

	@Test
	void pluralRoleIsAPattern() {
		this.permissions.grantRoles(List.of("webpubsub.joinLeaveGroups.room-*", "webpubsub.sendToGroups.a.**"));
		assertThat(this.permissions.mayJoinOrLeave("room-1")).isTrue();
		assertThat(this.permissions.mayJoinOrLeave("a.b.c")).isFalse();
		assertThat(this.permissions.maySend("a.b.c")).isTrue();
		assertThat(this.permissions.maySend("room-1")).isFalse();
		assertThat(this.permissions.check(Permission.SEND_TO_GROUP, null)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "webpubsub", "webpubsub.", "webpubsub.sendtogroup", "WebPubSub.sendToGroup",
			"webpubsub.sendToGroupX", "webpubsub.sendToGroup.", "webpubsub.sendToGroup. ", "webpubsub.sendToGroups",
			"webpubsub.sendToGroups.", "webpubsub.sendToGroups.\\", "webpubsub.sendToGroups.******", "sendToGroup",
			" webpubsub.sendToGroup", "webpubsub.sendToGroup ", "webpubsub.joinLeaveGroup.g" })
	void otherRolesDoNotPermitToSend(String role) {
		this.permissions.grantRoles(List.of(role));
		for (String group : List.of("g", "x", " ", "\\", "sendToGroup")) {
			assertThat(this.permissions.maySend(group)).isFalse();
		}
		assertThat(this.permissions.check(Permission.SEND_TO_GROUP, null)).isFalse();
	}

	@ParameterizedTest
	@EnumSource
	void grantIsForOneGroupOrForAll(Permission permission) {
		Permission other = (permission == Permission.SEND_TO_GROUP) ? Permission.JOIN_LEAVE_GROUP
				: Permission.SEND_TO_GROUP;
		this.permissions.grant(permission, "a");
		assertThat(this.permissions.check(permission, "a")).isTrue();
		assertThat(this.permissions.check(permission, "b")).isFalse();
		assertThat(this.permissions.check(permission, null)).isFalse();
		this.permissions.grant(permission, null);
		assertThat(this.permissions.check(permission, "b")).isTrue();
		assertThat(this.permissions.check(permission, null)).isTrue();
		assertThat(this.permissions.check(other, "a")).isFalse();
		assertThat(this.permissions.check(other, null)).isFalse();
	}

	@Test
	void grantIsNoPattern() {
		this.permissions.grant(Permission.SEND_TO_GROUP, "*");
		assertThat(this.permissions.maySend("*")).isTrue();
		assertThat(this.permissions.maySend("a")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "webpubsub.sendToGroup", "webpubsub.sendToGroup.room", "webpubsub.sendToGroups.r*" })
	void revokedPermissionIsGoneWhateverRoleGaveIt(String role) {
		this.permissions.grantRoles(List.of(role));
		assertThat(this.permissions.maySend("room")).isTrue();
		this.permissions.revoke(Permission.SEND_TO_GROUP, "room");
		assertThat(this.permissions.maySend("room")).isFalse();
		assertThat(this.permissions.check(Permission.SEND_TO_GROUP, null)).isFalse();
		assertThat(this.permissions.maySend("rest")).isEqualTo(!role.endsWith(".room"));
		this.permissions.grant(Permission.SEND_TO_GROUP, "room");
		assertThat(this.permissions.maySend("room")).isTrue();
		this.permissions.revoke(Permission.SEND_TO_GROUP, null);
		assertThat(this.permissions.maySend("room")).isFalse();
		assertThat(this.permissions.maySend("rest")).isFalse();
		assertThat(this.permissions.check(Permission.SEND_TO_GROUP, null)).isFalse();
	}

	@Test
	void grantForAllGivesBackWhatWasRevokedForOne() {
		this.permissions.grant(Permission.JOIN_LEAVE_GROUP, null);
		this.permissions.revoke(Permission.JOIN_LEAVE_GROUP, "a");
		assertThat(this.permissions.check(Permission.JOIN_LEAVE_GROUP, null)).isFalse();
		this.permissions.grant(Permission.JOIN_LEAVE_GROUP, null);
		assertThat(this.permissions.check(Permission.JOIN_LEAVE_GROUP, null)).isTrue();
		assertThat(this.permissions.mayJoinOrLeave("a")).isTrue();
	}

	@Test
	void laterPatternGivesBackWhatWasRevoked() {
		this.permissions.grant(Permission.SEND_TO_GROUP, null);
		this.permissions.revoke(Permission.SEND_TO_GROUP, "a1");
		this.permissions.revoke(Permission.SEND_TO_GROUP, "b1");
		this.permissions.grantRoles(List.of("webpubsub.sendToGroups.a*"));
		assertThat(this.permissions.maySend("a1")).isTrue();
		assertThat(this.permissions.maySend("b1")).isFalse();
	}

	@Test
	void connectionHasOnePermissions() throws Exception {
		ClientConnection connection = new ClientConnection("c", "hub", new RecordingHandler(), OutboundLimits.DEFAULT);
		int threads = 4;
		CountDownLatch start = new CountDownLatch(threads);
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			List<Future<Permissions>> found = IntStream.range(0, threads).mapToObj((i) -> executor.submit(() -> {
				start.countDown();
				start.await();
				return connection.permissions();
			})).toList();
			for (Future<Permissions> each : found) {
				assertThat(each.get()).isSameAs(connection.permissions());
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void permissionIsFoundByItsWireName() {
		assertThat(Permission.find("joinLeaveGroup")).isEqualTo(Permission.JOIN_LEAVE_GROUP);
		assertThat(Permission.find("sendtogroup")).isEqualTo(Permission.SEND_TO_GROUP);
		assertThat(Permission.find("other")).isNull();
	}

}
