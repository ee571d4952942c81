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

package dev.realtime.boot.autoconfigure.servlet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client of a hub that uses server-sent events or long polling.
 */
final class HttpClientOfHub {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final HttpClient http = HttpClient.newHttpClient();

	private final URI uri;

	private BufferedReader events;

	HttpClientOfHub(URI hub) {
		this.uri = URI.create(hub + "?id=" + token(new TestClient(hub)));
	}

	static String token(TestClient client) {
		HttpResponse<String> answer = client.negotiate();
		assertThat(answer.statusCode()).isEqualTo(200);
		return JsonMapper.shared().readTree(answer.body()).get("connectionToken").asString();
	}

	/**
	 * Connect and shake hands.
	 */
	HttpClientOfHub connect(boolean serverSentEvents) throws IOException, InterruptedException {
		if (serverSentEvents) {
			HttpRequest request = HttpRequest.newBuilder(this.uri).header("Accept", "text/event-stream").build();
			this.events = new BufferedReader(new InputStreamReader(
					this.http.send(request, BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8));
		}
		else {
			assertThat(poll().statusCode()).isEqualTo(200);
		}
		assertThat(post("{\"protocol\":\"json\",\"version\":1}")).isEqualTo(200);
		assertThat(read()).isEqualTo("{}");
		return this;
	}

	private HttpResponse<String> poll() throws IOException, InterruptedException {
		return this.http.send(HttpRequest.newBuilder(this.uri).timeout(TIMEOUT).build(), BodyHandlers.ofString());
	}

	int post(String message) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(this.uri)
			.POST(BodyPublishers.ofString(message + "\u001e"))
			.timeout(TIMEOUT)
			.build();
		return this.http.send(request, BodyHandlers.discarding()).statusCode();
	}

	/**
	 * Read what has arrived, without separators.
	 * @return the messages, or {@code null} if there will be none
	 */
	String read() throws IOException, InterruptedException {
		if (this.events == null) {
			HttpResponse<String> answer = poll();
			return (answer.statusCode() == 200) ? answer.body().replace("\u001e", "") : null;
		}
		String line;
		while ((line = this.events.readLine()) != null) {
			if (line.startsWith("data: ")) {
				return line.substring("data: ".length()).replace("\u001e", "");
			}
		}
		return null;
	}

	/**
	 * Read until the end.
	 */
	String readToEnd() throws IOException, InterruptedException {
		StringBuilder all = new StringBuilder();
		String next;
		while ((next = read()) != null) {
			all.append(next);
		}
		return all.toString();
	}

}
