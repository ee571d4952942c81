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

package dev.realtime.protocol;

/**
 * What a protocol's encoded form consists of, and what a transport can carry (SignalR
 * transport protocols, "Transfer formats").
 *
 * @since 0.1.0
 */
public enum TransferFormat {

	/**
	 * UTF-8 text.
	 */
	TEXT("Text"),

	/**
	 * Arbitrary bytes.
	 */
	BINARY("Binary");

	private final String wireName;

	TransferFormat(String wireName) {
		this.wireName = wireName;
	}

	/**
	 * Return the name used on the wire.
	 * @return the name as negotiation answers write it
	 */
	public String wireName() {
		return this.wireName;
	}

}
