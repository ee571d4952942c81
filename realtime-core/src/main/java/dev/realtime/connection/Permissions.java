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

import java.util.Collection;

import dev.realtime.protocol.Permission;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * What a Web PubSub connection may do with which groups (Web PubSub, permissions): what
 * its roles say, and what was granted and revoked since. Safe for concurrent use. Being a
 * member of a group permits nothing. Connections of other protocols may be granted
 * permissions, but need none.
 * <p>
 * What was said last counts, for the groups it speaks of: a revoked permission is gone,
 * whether a role or a grant had given it. Revoking a permission for all groups takes away
 * that for single groups, too, and granting it for all groups gives back what was revoked
 * for single ones.
 *
 * @since 0.1.0
 * @see ClientConnection#permissions()
 */
public final class Permissions {

	private static final String ROLE_PREFIX = "webpubsub.";

	// guarded by this
	private @Nullable GroupRules joinLeave;

	// guarded by this
	private @Nullable GroupRules send;

	/**
	 * Create permissions that permit nothing.
	 */
	Permissions() {
	}

	/**
	 * Grant what roles stand for. A role that is not understood stands for nothing.
	 * @param roles the roles, which compare with case: {@code webpubsub.joinLeaveGroup}
	 * and {@code webpubsub.sendToGroup} for all groups, followed by a dot and the name of
	 * a group for a single one; {@code webpubsub.joinLeaveGroups.} and
	 * {@code webpubsub.sendToGroups.}, followed by a pattern, for the groups whose name
	 * matches
	 */
	public synchronized void grantRoles(Collection<String> roles) {
		Assert.notNull(roles, "'roles' must not be null");
		roles.forEach(this::grantRole);
	}

	private void grantRole(String role) {
		for (Permission permission : Permission.values()) {
			String verb = ROLE_PREFIX + permission.wireName();
			if (role.equals(verb)) {
				rules(permission).grantAll();
			}
			else if (role.startsWith(verb + ".")) {
				grantGroup(permission, role.substring(verb.length() + 1));
			}
			else if (role.startsWith(verb + "s.")) {
				grantPattern(permission, role.substring(verb.length() + 2));
			}
		}
	}

	private void grantGroup(Permission permission, String group) {
		if (StringUtils.hasText(group)) {
			rules(permission).grant(group);
		}
	}

	private void grantPattern(Permission permission, String text) {
		GroupPattern pattern = GroupPattern.parse(text);
		if (pattern != null) {
			rules(permission).grant(pattern);
		}
	}

	/**
	 * Return whether the connection may join and leave a group.
	 * @param group the name of the group
	 * @return {@code true} if it may
	 */
	public boolean mayJoinOrLeave(String group) {
		return check(Permission.JOIN_LEAVE_GROUP, group);
	}

	/**
	 * Return whether the connection may send to a group.
	 * @param group the name of the group
	 * @return {@code true} if it may
	 */
	public boolean maySend(String group) {
		return check(Permission.SEND_TO_GROUP, group);
	}

	/**
	 * Grant a permission.
	 * @param permission the permission
	 * @param group the group it is for, or {@code null} for all groups
	 */
	public synchronized void grant(Permission permission, @Nullable String group) {
		if (group != null) {
			rules(permission).grant(group);
		}
		else {
			rules(permission).grantAll();
		}
	}

	/**
	 * Revoke a permission, whatever had given it.
	 * @param permission the permission
	 * @param group the group it was for, or {@code null} for all groups and every single
	 * one
	 */
	public synchronized void revoke(Permission permission, @Nullable String group) {
		if (group == null) {
			rules(permission, null);
		}
		else {
			GroupRules rules = find(permission);
			if (rules != null) {
				rules.revoke(group);
			}
		}
	}

	/**
	 * Return whether the connection has a permission.
	 * @param permission the permission
	 * @param group the group it is for, or {@code null} to ask for all groups, without
	 * exception
	 * @return {@code true} if it has
	 */
	public synchronized boolean check(Permission permission, @Nullable String group) {
		GroupRules rules = find(permission);
		return rules != null && ((group != null) ? rules.permits(group) : rules.permitsAll());
	}

	private @Nullable GroupRules find(Permission permission) {
		return switch (permission) {
			case JOIN_LEAVE_GROUP -> this.joinLeave;
			case SEND_TO_GROUP -> this.send;
		};
	}

	private GroupRules rules(Permission permission) {
		GroupRules rules = find(permission);
		if (rules == null) {
			rules = new GroupRules();
			rules(permission, rules);
		}
		return rules;
	}

	private void rules(Permission permission, @Nullable GroupRules rules) {
		switch (permission) {
			case JOIN_LEAVE_GROUP -> {
				this.joinLeave = rules;
			}
			case SEND_TO_GROUP -> {
				this.send = rules;
			}
		}
	}

}
