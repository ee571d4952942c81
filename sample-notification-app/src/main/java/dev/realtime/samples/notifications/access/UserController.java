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

package dev.realtime.samples.notifications.access;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells a page who is logged in.
 */
@RestController
class UserController {

	@GetMapping("/api/user")
	LoggedIn user(HttpServletRequest request) {
		return new LoggedIn(request.getRemoteUser(), request.isUserInRole("ADMIN"));
	}

	/**
	 * Who is logged in.
	 *
	 * @param name the name
	 * @param admin whether there is a page for administrators to go to
	 */
	record LoggedIn(String name, boolean admin) {

	}

}
