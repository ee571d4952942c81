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

package dev.realtime.lifetime;

import java.util.List;

import dev.realtime.hub.ConnectionManager;
import dev.realtime.lifetime.Topology.Scene;
import dev.realtime.protocol.Permission;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Permissions that are granted and revoked at run time, on this node or another one.
 */
class PermissionManagementTests {

	@ParameterizedTest
	@EnumSource
	void grantRevokeAndCheck(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient one = scene.there().connect("c1");
			TestClient two = scene.there().connect("c2");
			ConnectionManager connections = scene.here().chat.connections();
			connections.grant("c1", Permission.SEND_TO_GROUP, "g").join();
			assertThat(connections.check("c1", Permission.SEND_TO_GROUP, "g").join()).isTrue();
			assertThat(connections.check("c1", Permission.SEND_TO_GROUP, "h").join()).isFalse();
			assertThat(connections.check("c1", Permission.SEND_TO_GROUP, null).join()).isFalse();
			assertThat(connections.check("c1", Permission.JOIN_LEAVE_GROUP, "g").join()).isFalse();
			assertThat(connections.check("c2", Permission.SEND_TO_GROUP, "g").join()).isFalse();
			assertThat(one.connection().permissions().maySend("g")).isTrue();
			assertThat(two.connection().permissions().maySend("g")).isFalse();
			connections.grant("c1", Permission.JOIN_LEAVE_GROUP, null).join();
			assertThat(connections.check("c1", Permission.JOIN_LEAVE_GROUP, null).join()).isTrue();
			connections.revoke("c1", Permission.JOIN_LEAVE_GROUP, "g").join();
			assertThat(connections.check("c1", Permission.JOIN_LEAVE_GROUP, "g").join()).isFalse();
			assertThat(connections.check("c1", Permission.JOIN_LEAVE_GROUP, "h").join()).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatARoleGaveCanBeRevoked(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient one = scene.there().connect("c1");
			one.connection().permissions().grantRoles(List.of("webpubsub.sendToGroup"));
			ConnectionManager connections = scene.here().chat.connections();
			assertThat(connections.check("c1", Permission.SEND_TO_GROUP, null).join()).isTrue();
			connections.revoke("c1", Permission.SEND_TO_GROUP, null).join();
			assertThat(connections.check("c1", Permission.SEND_TO_GROUP, "g").join()).isFalse();
			assertThat(one.connection().permissions().maySend("g")).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource
	void unknownConnectionHasNoPermissions(Topology topology) {
		try (Scene scene = topology.open()) {
			ConnectionManager connections = scene.here().chat.connections();
			HubManagement management = scene.here().manager.management();
			TestClient one = scene.there().connect("c1");
			assertThat(management.grant("c1", Permission.SEND_TO_GROUP, null).join()).isTrue();
			assertThat(management.revoke("c1", Permission.SEND_TO_GROUP, "g").join()).isTrue();
			assertThat(management.grant("unknown", Permission.SEND_TO_GROUP, null).join()).isFalse();
			assertThat(management.revoke("unknown", Permission.SEND_TO_GROUP, null).join()).isFalse();
			connections.grant("unknown", Permission.SEND_TO_GROUP, null).join();
			assertThat(connections.check("unknown", Permission.SEND_TO_GROUP, null).join()).isFalse();
			one.disconnect();
			assertThat(management.grant("c1", Permission.SEND_TO_GROUP, null).join()).isFalse();
			assertThat(connections.check("c1", Permission.SEND_TO_GROUP, "h").join()).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource(names = "SAME_NODE")
	void localConnectionIsNobodyElsesBusiness(Topology topology) {
		try (Scene scene = topology.open()) {
			scene.there().connect("c1");
			ConnectionManager connections = scene.here().chat.connections();
			int before = scene.here().loopback.published();
			connections.grant("c1", Permission.SEND_TO_GROUP, "g").join();
			connections.check("c1", Permission.SEND_TO_GROUP, "h").join();
			connections.revoke("c1", Permission.SEND_TO_GROUP, "g").join();
			assertThat(scene.here().loopback.published()).isEqualTo(before);
		}
	}

	@ParameterizedTest
	@EnumSource(names = "ALONE")
	void nonsenseIsRefused(Topology topology) {
		try (Scene scene = topology.open()) {
			ConnectionManager connections = scene.here().chat.connections();
			Permission permission = Permission.SEND_TO_GROUP;
			assertThatIllegalArgumentException().isThrownBy(() -> connections.grant("", permission, null));
			assertThatIllegalArgumentException().isThrownBy(() -> connections.grant("c", null, null));
			assertThatIllegalArgumentException().isThrownBy(() -> connections.revoke("c", permission, ""));
			assertThatIllegalArgumentException().isThrownBy(() -> connections.check("c", permission, " "));
			assertThatIllegalArgumentException().isThrownBy(() -> connections.check(null, permission, null));
		}
	}

}
