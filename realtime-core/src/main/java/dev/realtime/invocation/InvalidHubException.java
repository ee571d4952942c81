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

package dev.realtime.invocation;

import org.springframework.core.NestedRuntimeException;

/**
 * Thrown at start-up when the hubs of an application, or its handlers of raw connections,
 * are declared in a way that cannot work or leaves open what is meant. Names everything
 * in conflict.
 *
 * @since 0.1.0
 */
public class InvalidHubException extends NestedRuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	/**
	 * Create a new exception.
	 * @param description what is wrong
	 * @param action what to do about it
	 */
	public InvalidHubException(String description, String action) {
		super(description);
		this.action = action;
	}

	/**
	 * Return what to do about it.
	 * @return a sentence
	 */
	public String getAction() {
		return this.action;
	}

}
