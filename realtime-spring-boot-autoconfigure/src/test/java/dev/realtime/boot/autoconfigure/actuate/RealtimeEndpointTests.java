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

package dev.realtime.boot.autoconfigure.actuate;

import java.lang.management.ManagementFactory;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import dev.realtime.boot.autoconfigure.servlet.TestClient;
import dev.realtime.boot.autoconfigure.servlet.TestServer;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.UserIdProvider;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the endpoint of hubs, with write access.
 */
class RealtimeEndpointTests {

	private static final String DOMAIN = "dev.realtime.tests.endpoint";

	private static TestServer server;

	private final List<TestClient> clients = new ArrayList<>();

	@BeforeAll
	static void start() {
		server = TestServer.start(Application.class, "management.endpoints.web.exposure.include=realtime",
				"management.endpoint.realtime.access=unrestricted", "spring.jmx.enabled=true",
				"management.endpoints.jmx.exposure.include=realtime", "management.endpoints.jmx.domain=" + DOMAIN,
				"realtime.hubs.empty.path=/empty");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@AfterEach
	void disconnect() {
		this.clients.stream().filter((client) -> !client.isClosed()).forEach(TestClient::close);
		Awaitility.await().until(() -> read("").at("/hubs/chat/connections").asInt() == 0);
	}

	private TestClient connect(String user) {
		TestClient client = new TestClient(server.uri("/hubs/chat")).query("user=" + user).connect();
		this.clients.add(client);
		return client;
	}

	private String id(TestClient client) {
		return client.invoke("id").get("result").asString();
	}

	private static HttpResponse<String> send(String method, String path) {
		return new TestClient(server.uri("/")).send(HttpRequest.newBuilder(server.uri("/actuator/realtime" + path))
			.method(method, HttpRequest.BodyPublishers.noBody()));
	}

	private static JsonNode read(String path) {
		HttpResponse<String> response = send("GET", path);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return JsonMapper.shared().readTree(response.body());
	}

	private static List<String> ids(JsonNode page) {
		return StreamSupport.stream(page.get("connections").spliterator(), false)
			.map((connection) -> connection.get("id").asString())
			.toList();
	}

	@Test
	void hubsHaveFigures() {
		TestClient ann = connect("ann");
		ann.invoke("join", "lobby");
		JsonNode hubs = read("");
		assertThat(hubs.get("node").asString()).isNotEmpty();
		JsonNode chat = hubs.at("/hubs/chat");
		assertThat(chat.get("paths").get(0).asString()).isEqualTo("/hubs/chat");
		assertThat(chat.get("connections").asInt()).isEqualTo(1);
		assertThat(chat.get("users").asInt()).isEqualTo(1);
		assertThat(chat.get("groups").asInt()).isEqualTo(1);
		assertThat(chat.at("/kinds/0").toString())
			.isEqualTo("{\"protocol\":\"json\",\"transport\":\"WebSockets\",\"connections\":1}");
		assertThat(chat.at("/received/bytes").asLong()).isPositive();
		assertThat(chat.at("/sent/messages").asLong()).isPositive();
		assertThat(hubs.at("/hubs/empty/connections").asInt()).isZero();
	}

	@Test
	void connectionsAreFilteredAndPaged() {
		String ann = id(connect("ann"));
		TestClient second = connect("bob");
		String bob = id(second);
		second.invoke("join", "a/b");
		JsonNode all = read("/CHAT");
		assertThat(all.get("name").asString()).isEqualTo("chat");
		assertThat(ids(all)).containsExactlyInAnyOrder(ann, bob).isSorted();
		assertThat(all.get("total").asInt()).isEqualTo(2);
		assertThat(all.at("/largestGroups/a~1b").asInt()).isEqualTo(1);
		assertThat(ids(read("/chat?user=ann"))).containsExactly(ann);
		assertThat(ids(read("/chat?group=a/b"))).containsExactly(bob);
		assertThat(ids(read("/chat?user=ann&group=a/b"))).isEmpty();
		assertThat(ids(read("/chat?protocol=messagepack"))).isEmpty();
		assertThat(ids(read("/chat?protocol=json&transport=WebSockets"))).hasSize(2);
		assertThat(ids(read("/chat?transport=long-polling"))).isEmpty();
		assertThat(ids(read("/chat?node=" + all.get("node").asString()))).hasSize(2);
		assertThat(ids(read("/chat?node=other"))).isEmpty();
		JsonNode page = read("/chat?page=1&size=1");
		assertThat(ids(page)).containsExactly(ids(all).get(1));
		assertThat(page.get("total").asInt()).isEqualTo(2);
	}

	@Test
	void connectionIsTold() {
		TestClient client = connect("ann");
		client.invoke("join", "lobby");
		String path = "/chat/connections/" + id(client);
		// what arrives counts when it was looked through
		Awaitility.await().until(() -> read(path).at("/received/messages").asInt() == 2);
		JsonNode connection = read(path);
		assertThat(connection.get("user").asString()).isEqualTo("ann");
		assertThat(connection.get("protocol").asString()).isEqualTo("json");
		assertThat(connection.get("transport").asString()).isEqualTo("WebSockets");
		assertThat(connection.get("remoteAddress").asString()).matches("127\\.0\\.0\\.1:\\d+|\\[0:0:0:0:0:0:0:1]:\\d+");
		assertThat(connection.get("suspended").asBoolean()).isFalse();
		assertThat(connection.at("/queued/messages").asInt()).isZero();
		assertThat(connection.at("/received/bytes").asInt()).isGreaterThan(100);
		// the handshake's answer and two completions
		assertThat(connection.at("/sent/messages").asInt()).isEqualTo(3);
		assertThat(connection.get("groups").toString()).isEqualTo("[\"lobby\"]");
		assertThat(Instant.parse(connection.get("connectedAt").asString())).isBefore(Instant.now());
		assertThat(Instant.parse(connection.get("lastReceivedAt").asString())).isBefore(Instant.now());
		assertThat(Duration.parse(connection.get("age").asString())).isPositive();
	}

	@Test
	void connectionsOfAPageAreToldAsOneIs() {
		TestClient client = connect("ann");
		client.invoke("join", "lobby");
		String path = "/chat/connections/" + id(client);
		Awaitility.await().until(() -> read(path).at("/received/messages").asInt() == 2);
		ObjectNode one = (ObjectNode) read(path);
		ObjectNode listed = (ObjectNode) read("/chat").at("/connections/0");
		for (String changing : List.of("age", "lastReceivedAt")) {
			assertThat(listed.remove(changing)).isNotNull();
			one.remove(changing);
		}
		assertThat(listed).isEqualTo(one);
	}

	@Test
	void groupsAreToldInPages() {
		TestClient ann = connect("ann");
		ann.invoke("join", "a");
		ann.invoke("join", "b/c");
		connect("bob").invoke("join", "b/c");
		JsonNode groups = read("/chat/groups");
		assertThat(groups.get("total").asInt()).isEqualTo(2);
		assertThat(groups.get("groups").toString()).isEqualTo("{\"b/c\":2,\"a\":1}");
		assertThat(read("/chat/groups?page=1&size=1").get("groups").toString()).isEqualTo("{\"a\":1}");
		assertThat(read("/chat?size=1").get("largestGroups").toString()).isEqualTo("{\"b/c\":2,\"a\":1}");
	}

	@Test
	void groupIsTold() {
		TestClient client = connect("ann");
		client.invoke("join", "a/b");
		JsonNode group = read("/chat/groups/a/b");
		assertThat(group.get("name").asString()).isEqualTo("a/b");
		assertThat(group.get("total").asInt()).isEqualTo(1);
		assertThat(ids(group)).containsExactly(id(client));
		assertThat(ids(read("/chat/groups/a/b?page=1"))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/none", "/none/connections/x", "/chat/connections/none", "/chat/groups/none",
			"/chat/connections", "/chat/users/none", "/none/groups/x", "/none/groups" })
	void whatIsNotThereIsNotFound(String path) {
		assertThat(send("GET", path).statusCode()).isEqualTo(404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "page=-1", "size=0", "size=501", "page=a", "page=2147483647", "transport=carrier-pigeon" })
	void nonsenseIsABadRequest(String query) {
		assertThat(send("GET", "/chat?" + query).statusCode()).isEqualTo(400);
	}

	@Test
	void secretsAreNotTold() {
		TestClient client = new TestClient(server.uri("/hubs/chat")).query("user=ann&access_token=secret").connect();
		this.clients.add(client);
		String id = id(client);
		String token = client.token();
		assertThat(token).hasSize(22);
		for (String path : List.of("", "/chat", "/chat/connections/" + id)) {
			assertThat(send("GET", path).body()).doesNotContain("secret", token);
		}
	}

	@Test
	void connectionIsClosed() {
		TestClient client = connect("ann");
		TestClient other = connect("ann");
		HttpResponse<String> response = send("DELETE", "/chat/connections/" + id(client) + "?reason=maintenance");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("{\"closed\":1}");
		JsonNode close = client.next();
		assertThat(close.get("type").asInt()).isEqualTo(7);
		assertThat(close.get("error").asString()).isEqualTo("maintenance");
		assertThat(close.path("allowReconnect").asBoolean(false)).isFalse();
		client.closed();
		assertThat(id(other)).isNotNull();
	}

	@Test
	void connectionsOfAUserAreClosed() {
		TestClient first = connect("ann");
		TestClient second = connect("ann");
		TestClient other = connect("bob");
		assertThat(send("DELETE", "/chat/users/ann?reconnect=true").body()).isEqualTo("{\"closed\":2}");
		assertThat(first.next().get("allowReconnect").asBoolean()).isTrue();
		assertThat(second.next().get("allowReconnect").asBoolean()).isTrue();
		first.closed();
		second.closed();
		assertThat(id(other)).isNotNull();
	}

	@Test
	void allConnectionsAreClosed() {
		TestClient first = connect("ann");
		TestClient second = connect("bob");
		assertThat(send("DELETE", "/chat").body()).isEqualTo("{\"closed\":2}");
		assertThat(first.next().get("type").asInt()).isEqualTo(7);
		assertThat(second.next().get("type").asInt()).isEqualTo(7);
		first.closed();
		second.closed();
		assertThat(send("DELETE", "/empty").body()).isEqualTo("{\"closed\":0}");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "/none", "/chat/connections/none", "/chat/users/none", "/chat/groups/none", "/none/users/x" })
	void whatIsNotThereIsNotClosed(String path) {
		assertThat(send("DELETE", path).statusCode()).isEqualTo(404);
	}

	@Test
	void operationsOfJmx() throws Exception {
		TestClient client = connect("ann");
		client.invoke("join", "a,b");
		String id = id(client);
		assertThat(jmx("hubs").get("hubs")).asInstanceOf(InstanceOfAssertFactories.MAP).containsKey("chat");
		assertThat(jmx("hub", "chat", "ann", null, null, null, null, null, null)).containsEntry("total", 1);
		assertThat(jmx("connection", "chat", id)).containsEntry("user", "ann");
		assertThat(jmx("connection", "chat", "none")).isNull();
		assertThat(jmx("group", "chat", "a,b", null, null)).containsEntry("total", 1);
		assertThat(jmx("groups", "chat", null, null)).containsEntry("total", 1);
		assertThat(jmx("drain", false, null)).containsEntry("state", "ACCEPTING");
		assertThat(jmx("closeUser", "chat", "bob", null, null)).containsEntry("closed", 0);
		assertThat(jmx("closeConnection", "chat", id, "maintenance", true)).containsEntry("closed", 1);
		assertThat(client.next().get("error").asString()).isEqualTo("maintenance");
		client.closed();
		assertThat(jmx("closeAll", "chat", null, null)).containsEntry("closed", 0);
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> jmx(String operation, Object... arguments) throws Exception {
		MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
		ObjectName name = new ObjectName(DOMAIN + ":type=Endpoint,name=Realtime");
		return (Map<String, Object>) beans.invoke(name, operation, arguments, null);
	}

	@Configuration(proxyBeanMethods = false)
	@Import(ChatController.class)
	static class Application {

		@Bean
		UserIdProvider userIdProvider() {
			return (principal, handshake) -> handshake.query().getFirst("user");
		}

	}

	@HubController("chat")
	static class ChatController {

		@HubMethod
		String id(HubCallerContext caller) {
			return caller.connectionId();
		}

		@HubMethod
		void join(String group, HubCallerContext caller) {
			caller.join(group);
		}

	}

}
