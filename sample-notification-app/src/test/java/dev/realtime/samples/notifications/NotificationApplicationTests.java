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

import java.util.List;
import java.util.stream.Stream;

import dev.realtime.samples.notifications.inbox.Audience.Individual;
import dev.realtime.samples.notifications.inbox.Notification;
import dev.realtime.samples.notifications.inbox.NotificationService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NotificationApplication}, with clients of both kinds.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "notifications.digest.cron=* * * * * *")
class NotificationApplicationTests {

	@LocalServerPort
	private int port;

	@Autowired
	private NotificationService notifications;

	@Autowired
	private PlatformTransactionManager transactionManager;

	@BeforeEach
	void empty(@Autowired JdbcClient jdbc) {
		jdbc.sql("delete from receipt").update();
		jdbc.sql("delete from notification").update();
	}

	@Test
	void reachesAllDevicesOfAPerson() {
		TestUser alice = user("alice");
		try (TestDevice phone = alice.signalR();
				TestDevice laptop = user("alice").webPubSub();
				TestDevice other = user("bob").webPubSub()) {
			TestUser admin = user("admin");
			assertThat(admin.send("person:alice", "Lunch?").statusCode()).isEqualTo(201);
			admin.send("everybody", "Hello");
			JsonNode notification = phone.awaitNotification("Lunch?");
			assertThat(notification.path("sender").asString()).isEqualTo("admin");
			assertThat(notification.path("audience").asString()).isEqualTo("person:alice");
			assertThat(notification.path("read").asBoolean()).isFalse();
			assertThat(laptop.awaitNotification("Lunch?")).isEqualTo(notification);
			other.awaitNotification("Hello");
			assertThat(other.texts()).containsExactly("Hello");
		}
	}

	@Test
	void reachesTeams() {
		try (TestDevice alice = user("alice").webPubSub();
				TestDevice bob = user("bob").signalR();
				TestDevice carol = user("carol").webPubSub()) {
			TestUser admin = user("admin");
			admin.send("team:engineering", "Deployed");
			admin.send("team:sales", "Sold");
			admin.send("everybody", "Done");
			Stream.of(alice, bob, carol).forEach((device) -> device.awaitNotification("Done"));
			assertThat(alice.texts()).containsExactly("Deployed", "Done");
			assertThat(bob.texts()).containsExactly("Deployed", "Sold", "Done");
			assertThat(carol.texts()).containsExactly("Sold", "Done");
		}
	}

	@Test
	void handsOverWhatSomebodyHasMissed() {
		TestUser admin = user("admin");
		admin.send("person:carol", "First");
		admin.send("team:sales", "Second");
		admin.send("person:alice", "Not for carol");
		try (TestDevice carol = user("carol").signalR()) {
			assertThat(texts(carol.inbox())).containsExactly("Second", "First");
			assertThat(carol.inbox()).noneMatch((notification) -> notification.path("read").asBoolean());
			carol.markRead(carol.inbox().path(0).path("id").asLong());
			carol.await("notificationsRead");
		}
		try (TestDevice carol = user("carol").webPubSub()) {
			assertThat(texts(carol.inbox())).containsExactly("First", "Second");
			assertThat(carol.inbox().path(1).path("read").asBoolean()).isTrue();
		}
	}

	@Test
	void tellsAllDevicesWhatIsRead() {
		TestUser alice = user("alice");
		try (TestDevice signalR = alice.signalR();
				TestDevice webPubSub = alice.webPubSub();
				TestDevice other = user("bob").signalR()) {
			TestUser admin = user("admin");
			List.of("One", "Two", "Three").forEach((text) -> admin.send("everybody", text));
			long id = signalR.awaitNotification("One").path("id").asLong();
			webPubSub.markRead(id, 4711);
			assertThat(signalR.awaitRead(1)).containsExactly(id);
			assertThat(webPubSub.awaitRead(1)).containsExactly(id);
			signalR.markAllRead();
			assertThat(webPubSub.awaitRead(2)).doesNotContain(id);
			assertThat(this.notifications.inbox("alice").notifications()).allMatch(Notification::read);
			assertThat(this.notifications.inbox("bob").notifications()).noneMatch(Notification::read);
			assertThat(other.has("notificationsRead")).isFalse();
		}
	}

	@Test
	void sendsNothingOfATransactionThatIsRolledBack() {
		try (TestDevice alice = user("alice").webPubSub()) {
			new TransactionTemplate(this.transactionManager).executeWithoutResult((status) -> {
				this.notifications.send(new Individual("alice"), "admin", "Never mind");
				status.setRollbackOnly();
			});
			this.notifications.send(new Individual("alice"), "admin", "This one");
			alice.awaitNotification("This one");
			assertThat(alice.texts()).containsExactly("This one");
			assertThat(this.notifications.inbox("alice").notifications()).hasSize(1);
		}
	}

	@Test
	void sendsDigestsOfWhatIsUnread() {
		user("admin").send("person:bob", "Read me");
		try (TestDevice bob = user("bob").webPubSub()) {
			JsonNode digest = bob.await("digest");
			assertThat(digest.path("unread").asInt()).isEqualTo(1);
			assertThat(digest.path("oldest").asString()).isEqualTo(bob.inbox().path(0).path("sentAt").asString());
		}
	}

	@Test
	void countsWhoHasReadWhatWasSent() {
		TestUser admin = user("admin");
		admin.send("team:sales", "Sold");
		this.notifications.markAllRead("bob");
		assertThat(admin.get("/api/admin/notifications").body()).contains("\"audience\":\"team:sales\"",
				"\"recipients\":2", "\"readers\":1");
	}

	@Test
	void explainsWhatItRefuses() {
		TestUser admin = user("admin");
		assertThat(admin.send("person:nobody", "Hello").body()).contains("There is nobody in 'person:nobody'.");
		assertThat(admin.send("nonsense", "Hello").statusCode()).isEqualTo(400);
		assertThat(admin.send("everybody", " ").statusCode()).isEqualTo(400);
		assertThat(admin.send("everybody", "x".repeat(501)).statusCode()).isEqualTo(400);
	}

	private TestUser user(String name) {
		return TestUser.loggedIn(this.port, name);
	}

	private static List<String> texts(JsonNode notifications) {
		return notifications.valueStream().map((notification) -> notification.path("text").asString()).toList();
	}

}
