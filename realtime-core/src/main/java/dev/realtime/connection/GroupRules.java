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

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The groups one permission is for. Not safe for concurrent use.
 */
final class GroupRules {

	private boolean all;

	private @Nullable Set<String> granted;

	private @Nullable Set<String> revoked;

	private @Nullable List<GroupPattern> patterns;

	void grantAll() {
		this.all = true;
		// for all groups, there is nothing left to say
		this.granted = null;
		this.revoked = null;
		this.patterns = null;
	}

	void grant(String group) {
		if (this.revoked != null) {
			this.revoked.remove(group);
		}
		if (!permits(group)) {
			this.granted = (this.granted != null) ? this.granted : new HashSet<>(4);
			this.granted.add(group);
		}
	}

	void grant(GroupPattern pattern) {
		if (this.revoked != null) {
			this.revoked.removeIf(pattern::matches);
		}
		if (!this.all) {
			this.patterns = (this.patterns != null) ? this.patterns : new ArrayList<>(2);
			this.patterns.add(pattern);
		}
	}

	void revoke(String group) {
		if (this.granted != null) {
			this.granted.remove(group);
		}
		if (permits(group)) {
			this.revoked = (this.revoked != null) ? this.revoked : new HashSet<>(4);
			this.revoked.add(group);
		}
	}

	boolean permitsAll() {
		return this.all && (this.revoked == null || this.revoked.isEmpty());
	}

	boolean permits(String group) {
		if (this.revoked != null && this.revoked.contains(group)) {
			return false;
		}
		return this.all || (this.granted != null && this.granted.contains(group)) || matches(group);
	}

	private boolean matches(String group) {
		if (this.patterns != null) {
			for (GroupPattern pattern : this.patterns) {
				if (pattern.matches(group)) {
					return true;
				}
			}
		}
		return false;
	}

}
