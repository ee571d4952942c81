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

package dev.realtime.samples.notifications;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

import dev.realtime.samples.notifications.TestDevice.Protocol;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody with a browser: logs in, keeps the cookies, and opens pages.
 */
final class TestUser {

	private final CookieManager cookies = new CookieManager();

	private final HttpClient http = HttpClient.newBuilder().cookieHandler(this.cookies).build();

	private final JsonMapper json = new JsonMapper();

	private final int port;

	TestUser(int port) {
		this.port = port;
	}

	static TestUser loggedIn(int port, String name) {
		TestUser user = new TestUser(port);
		user.get("/login.html");
		assertThat(user.logIn(name, name).statusCode()).isEqualTo(204);
		return user;
	}

	HttpResponse<String> logIn(String name, String password) {
		return post("/login", "application/x-www-form-urlencoded", "username=" + name + "&password=" + password);
	}

	void logOut() {
		assertThat(post("/logout", "application/x-www-form-urlencoded", "").statusCode()).isEqualTo(204);
	}

	/**
	 * Open a page, as a browser does.
	 */
	HttpResponse<String> open(String path) {
		return exchange(request(path).header("Accept", "text/html").GET());
	}

	HttpResponse<String> get(String path) {
		return exchange(request(path).GET());
	}

	HttpResponse<String> send(String audience, String text) {
		return post("/api/admin/notifications", "application/json",
				this.json.writeValueAsString(Map.of("audience", audience, "text", text)));
	}

	private HttpResponse<String> post(String path, String contentType, String body) {
		HttpRequest.Builder request = request(path).header("Content-Type", contentType);
		for (HttpCookie cookie : this.cookies.getCookieStore().getCookies()) {
			if (cookie.getName().equals("XSRF-TOKEN")) {
				request.header("X-XSRF-TOKEN", cookie.getValue());
			}
		}
		return exchange(request.POST(BodyPublishers.ofString(body)));
	}

	HttpResponse<String> postWithoutToken(String path) {
		return exchange(request(path).POST(BodyPublishers.noBody()));
	}

	TestDevice signalR() {
		return connect(Protocol.SIGNALR);
	}

	TestDevice webPubSub() {
		String url = this.json.readTree(get("/api/client-access").body()).path("url").asString();
		return new TestDevice(this.http, URI.create(url), Protocol.WEB_PUBSUB);
	}

	/**
	 * Connect with nothing but the cookies.
	 */
	TestDevice connect(Protocol protocol) {
		String path = (protocol == Protocol.SIGNALR) ? "/hubs/notifications" : "/client/hubs/notifications";
		return new TestDevice(this.http, uri("ws", path), protocol);
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(uri("http", path));
	}

	private URI uri(String scheme, String path) {
		return URI.create(scheme + "://localhost:" + this.port + path);
	}

	private HttpResponse<String> exchange(HttpRequest.Builder request) {
		try {
			return this.http.send(request.build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
