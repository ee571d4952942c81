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

package dev.realtime.invocation.support;

import java.security.Principal;

import org.jspecify.annotations.Nullable;

/**
 * Whatever secures the methods of an application, as far as the calls of clients are
 * concerned.
 *
 * @since 0.1.0
 */
public interface CallerSecurity {

	/**
	 * Return the scope in which code runs on behalf of a caller.
	 * @param principal who calls, or {@code null} for an anonymous client
	 * @return the scope, or {@code null} if the caller needs none
	 */
	@Nullable CallerScope scope(@Nullable Principal principal);

	/**
	 * Return whether a caller was refused, as opposed to something having failed.
	 * @param failure what was thrown
	 * @return {@code true} if the caller is not allowed to do what it wanted
	 */
	boolean isRefusal(Throwable failure);

}
