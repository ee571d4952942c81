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

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletionException;

import dev.realtime.samples.notifications.TestDevice.Protocol;
import jakarta.servlet.ServletContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Who may do what.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "notifications.digest.cron=* * * * * *")
class SecurityTests {

	@LocalServerPort
	private int port;

	@Test
	void passwordsCount() {
		TestUser user = new TestUser(this.port);
		user.get("/login.html");
		assertThat(user.logIn("alice", "bob").statusCode()).isEqualTo(401);
		assertThat(user.get("/api/user").statusCode()).isEqualTo(401);
		assertThat(user.logIn("alice", "alice").statusCode()).isEqualTo(204);
		assertThat(user.get("/api/user").body()).isEqualTo("{\"name\":\"alice\",\"admin\":false}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/index.html", "/signalr.html", "/admin.html" })
	void pagesAreForThoseWhoAreLoggedIn(String path) {
		assertThat(new TestUser(this.port).open(path).headers().firstValue("Location"))
			.hasValueSatisfying((location) -> assertThat(location).endsWith("/login.html"));
	}

	@Test
	void readinessIsForEverybody(@Autowired ApplicationContext context) {
		TestUser probe = new TestUser(this.port);
		assertThat(probe.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
		AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
		try {
			assertThat(probe.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
		}
		finally {
			AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator", "/actuator/realtime" })
	void nothingElseOfTheActuatorIs(String path) {
		assertThat(new TestUser(this.port).get(path).statusCode()).isEqualTo(401);
	}

	@Test
	void sessionsOutlastAWorkingDay(@Autowired ServletContext servletContext) {
		assertThat(servletContext.getSessionTimeout()).isEqualTo(12 * 60);
	}

	@ParameterizedTest
	@CsvSource({ "/admin.html, /admin.html", "/signalr.html, /signalr.html", "/, /", "/login.html, /", "/api/user, /" })
	void whoHasLoggedInGoesWhereHeWantedTo(String wanted, String page) {
		TestUser admin = new TestUser(this.port);
		admin.open(wanted);
		admin.open("/login.html");
		assertThat(admin.logIn("admin", "admin").headers().firstValue("Location"))
			.hasValueSatisfying((location) -> assertThat(URI.create(location)).hasPath(page).hasNoQuery());
	}

	@ParameterizedTest
	@ValueSource(strings = { "/hubs/notifications", "/api/user", "/api/client-access", "/api/admin/notifications" })
	void theHubIsForThoseWhoAreLoggedIn(String path) {
		assertThat(new TestUser(this.port).get(path).statusCode()).isEqualTo(401);
	}

	@ParameterizedTest
	@EnumSource
	void nobodyConnectsWithoutLoggingIn(Protocol protocol) {
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> new TestUser(this.port).connect(protocol).close());
	}

	@Test
	void sendingIsForAdministrators() {
		TestUser alice = TestUser.loggedIn(this.port, "alice");
		HttpResponse<String> page = alice.open("/admin.html");
		assertThat(page.statusCode()).isEqualTo(403);
		assertThat(page.body()).contains("This page is for administrators.");
		assertThat(alice.get("/api/admin/notifications").statusCode()).isEqualTo(403);
		assertThat(alice.send("everybody", "Hello").statusCode()).isEqualTo(403);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/login", "/logout", "/api/admin/notifications" })
	void otherSitesCannotSendForAUser(String path) {
		TestUser admin = TestUser.loggedIn(this.port, "admin");
		assertThat(admin.postWithoutToken(path).statusCode()).isEqualTo(403);
	}

	@Test
	void connectionsEndWithTheSession() {
		TestUser alice = TestUser.loggedIn(this.port, "alice");
		try (TestDevice elsewhere = TestUser.loggedIn(this.port, "alice").webPubSub()) {
			TestDevice signalR = alice.signalR();
			TestDevice webPubSub = alice.webPubSub();
			alice.logOut();
			signalR.awaitEnd();
			webPubSub.awaitEnd();
			assertThatExceptionOfType(CompletionException.class).isThrownBy(alice::signalR);
			elsewhere.markAllRead();
		}
	}

}
