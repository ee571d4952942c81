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

package dev.realtime.transport.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * One poll of a long polling client: a request, and an answer given at once or later.
 */
final class Poll {

	private final HttpServletRequest request;

	private final HttpServletResponse response;

	private long since = System.nanoTime();

	private @Nullable AsyncAnswer answer;

	Poll(HttpServletRequest request, HttpServletResponse response) {
		this.request = request;
		this.response = response;
		response.setHeader("Cache-Control", "no-cache, no-store");
		response.setHeader("Pragma", "no-cache");
		response.setHeader("Expires", "Thu, 01 Jan 1970 00:00:00 GMT");
	}

	/**
	 * Let the thread of the request leave. Does nothing if it has left before.
	 * @param onGone called when the container finds out that the client is gone
	 */
	void park(Consumer<@Nullable Throwable> onGone) {
		if (this.answer == null) {
			this.since = System.nanoTime();
			this.answer = AsyncAnswer.start(this.request, onGone);
		}
	}

	/**
	 * Return since when the poll waits.
	 * @return a {@link System#nanoTime()}
	 */
	long since() {
		return this.since;
	}

	/**
	 * Answer with what was sent to the client. Blocks.
	 * @param content the bytes
	 * @throws IOException if they cannot be written
	 */
	void answer(byte[] content) throws IOException {
		this.response.setContentType("application/octet-stream");
		this.response.setContentLength(content.length);
		OutputStream body = this.response.getOutputStream();
		body.write(content);
		body.flush();
		complete();
	}

	/**
	 * Answer with nothing, so that the client polls again.
	 * @param contentType the content type to state
	 */
	void answerEmpty(String contentType) {
		this.response.setContentType(contentType);
		this.response.setContentLength(0);
		complete();
	}

	/**
	 * Answer that the client must not go on with this poll: the connection has ended, or
	 * a newer poll has taken over.
	 */
	void answerNoContent() {
		this.response.setStatus(HttpServletResponse.SC_NO_CONTENT);
		complete();
	}

	/**
	 * Finish the response as it is.
	 */
	void complete() {
		if (this.answer != null) {
			this.answer.complete();
		}
	}

}
