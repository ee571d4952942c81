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

package dev.realtime.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * What clients may cost.
 *
 * @since 0.1.0
 */
public class LimitsProperties extends ClientLimitsProperties {

	/**
	 * How many connections an address may have, of all hubs together, on one node; others
	 * are answered with status 429. Of IPv6 the network of 64 bits counts. By default any
	 * number.
	 */
	private @Nullable Integer connectionsPerAddress;

	public @Nullable Integer getConnectionsPerAddress() {
		return this.connectionsPerAddress;
	}

	public void setConnectionsPerAddress(@Nullable Integer connectionsPerAddress) {
		this.connectionsPerAddress = connectionsPerAddress;
	}

}
