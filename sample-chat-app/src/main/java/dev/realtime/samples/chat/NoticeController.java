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

package dev.realtime.samples.chat;

import dev.realtime.hub.HubContext;
import dev.realtime.hub.annotation.Hub;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Tells everybody in the chat something, from outside: {@code curl -H 'Content-Type:
 * application/json' -d '{"text": "Back in five minutes"}' localhost:8080/api/notices}.
 */
@RestController
@RequestMapping("/api/notices")
class NoticeController {

	private static final int MAX_LENGTH = 500;

	private final HubContext chat;

	NoticeController(@Hub("chat") HubContext chat) {
		this.chat = chat;
	}

	@PostMapping
	@ResponseStatus(HttpStatus.ACCEPTED)
	void post(@RequestBody Notice notice) {
		String text = notice.text();
		if (!StringUtils.hasText(text) || text.length() > MAX_LENGTH) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
					"A notice has 1 to " + MAX_LENGTH + " characters.");
		}
		this.chat.all().send("notice", text);
	}

	/**
	 * What everybody is told.
	 *
	 * @param text the text, {@code null} if the request has none
	 */
	record Notice(@Nullable String text) {

	}

}
