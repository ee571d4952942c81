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

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

import com.nimbusds.jwt.SignedJWT;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubContext;
import dev.realtime.hub.Hubs;
import dev.realtime.hub.UserIdProvider;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the REST API of Web PubSub: every operation, with clients of SignalR as those
 * it is about.
 */
class RestDataPlaneTests {

	private static TestServer server;

	private final RestCaller rest = new RestCaller(server.uri(""));

	private final List<Client> clients = new ArrayList<>();

	@BeforeAll
	static void start() {
		server = TestServer.start(Application.class, RestCaller.PROPERTY);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@AfterEach
	void closeClients() {
		this.clients.forEach(Client::close);
	}

	@Test
	void health() {
		HttpResponse<String> answer = this.rest
			.send(HttpRequest.newBuilder(server.uri("/api/health")).method("HEAD", BodyPublishers.noBody()));
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(this.rest.send(HttpRequest.newBuilder(server.uri("/api/health")).GET()).statusCode()).isEqualTo(404);
	}

	@Test
	void sendToAll() {
		Client ann = connect("ann");
		Client bob = connect("bob");
		Client excluded = connect("carl");
		Client excludedToo = connect("dora");
		accepted(this.rest.post("/api/hubs/chat/:send?excluded=" + excluded.id + "&excluded=" + excludedToo.id
				+ "&api-version=2024-12-01", "text/plain", "häl\"lo"));
		accepted(this.rest.post("/api/hubs/CHAT/:send", "text/plain", "last"));
		for (Client client : List.of(ann, bob)) {
			assertThat(client.nextData()).hasToString("\"häl\\\"lo\"");
		}
		for (Client client : this.clients) {
			assertThat(client.nextData().asString()).isEqualTo("last");
		}
	}

	@Test
	void sendToGroup() {
		Client member = connect("ann");
		Client excluded = connect("bob");
		connect("carl");
		member.join("g/1 ü");
		excluded.join("g/1 ü");
		accepted(this.rest.post("/api/hubs/chat/groups/g%2F1%20%C3%BC/:send?excluded=" + excluded.id, "text/plain",
				"to group"));
		JsonNode message = member.nextMessage();
		assertThat(message.get(0).asString()).isEqualTo("to group");
		assertThat(message.get(1).get("group").asString()).isEqualTo("g/1 ü");
		assertThat(message.get(1).get("from").asString()).isEqualTo("group");
		accepted(this.rest.post("/api/hubs/chat/groups/nobody/:send", "text/plain", "x"));
		nothingElse();
	}

	@Test
	void sendToUser() {
		Client first = connect("a/b;c %25");
		Client second = connect("a/b;c %25");
		connect("bob");
		accepted(this.rest.post("/api/hubs/chat/users/a%2Fb%3Bc%20%2525/:send", "text/plain", "to user"));
		assertThat(first.nextData().asString()).isEqualTo("to user");
		assertThat(second.nextData().asString()).isEqualTo("to user");
		accepted(this.rest.post("/api/hubs/chat/users/nobody/:send", "text/plain", "x"));
		nothingElse();
	}

	@Test
	void sendToConnection() {
		Client ann = connect("ann");
		connect("ann");
		accepted(this.rest.post("/api/hubs/chat/connections/" + ann.id + "/:send?messageTtlSeconds=300", "text/plain",
				""));
		assertThat(ann.nextData().asString()).isEmpty();
		accepted(this.rest.post("/api/hubs/chat/connections/nobody/:send", "text/plain", "x"));
		nothingElse();
	}

	@Test
	void textIsTranscoded() {
		Client ann = connect("ann");
		accepted(this.rest.send("POST", "/api/hubs/chat/:send",
				BodyPublishers.ofByteArray("grün".getBytes(StandardCharsets.ISO_8859_1)), "Content-Type",
				"Text/Plain; charset=ISO-8859-1"));
		assertThat(ann.nextData().asString()).isEqualTo("grün");
		refused(this.rest.send("POST", "/api/hubs/chat/:send",
				BodyPublishers.ofByteArray("grün".getBytes(StandardCharsets.ISO_8859_1)), "Content-Type", "text/plain"),
				400, "The request body is not valid text.");
	}

	@Test
	void bytes() {
		Client ann = connect("ann");
		accepted(this.rest.send("POST", "/api/hubs/chat/:send", BodyPublishers.ofByteArray(new byte[] { 1, 2, 3 }),
				"Content-Type", "application/octet-stream"));
		assertThat(ann.nextData().asString()).isEqualTo("AQID");
		accepted(this.rest.send("POST", "/api/hubs/chat/:send", BodyPublishers.ofByteArray(new byte[] { 4 })));
		assertThat(ann.nextData().asString()).isEqualTo("BA==");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"b\" : [1,2.50, null],\"a\":\"\\u00fc\"}", "\"text\"", "1e2", "true", "[]" })
	void json(String body) {
		try (PubSubClient plain = plainClient(); PubSubClient json = jsonClient("ann")) {
			json.next();
			accepted(this.rest.post("/api/hubs/chat/:send", "application/json; charset=utf-8", body));
			assertThat(plain.next()).isEqualTo(body);
			assertThat(json.next())
				.isEqualTo("{\"type\":\"message\",\"from\":\"server\",\"dataType\":\"json\",\"data\":" + body + "}");
		}
	}

	@Test
	void jsonIsTranscoded() {
		try (PubSubClient plain = plainClient()) {
			accepted(this.rest.send("POST", "/api/hubs/chat/:send",
					BodyPublishers.ofByteArray("[ \"grün\"]".getBytes(StandardCharsets.UTF_16LE)), "Content-Type",
					"application/json; charset=UTF-16LE"));
			assertThat(plain.next()).isEqualTo("[ \"grün\"]");
		}
	}

	@Test
	void metadata() {
		try (PubSubClient json = jsonClient("ann")) {
			json.next();
			accepted(this.rest.send("POST", "/api/hubs/chat/:send", BodyPublishers.ofString("x"), "Content-Type",
					"text/plain", "X-WebPubSub-Metadata-Trace", "first", "X-WebPubSub-Metadata-Trace", "a, b "));
			assertThat(json.next()).isEqualTo("{\"type\":\"message\",\"from\":\"server\",\"dataType\":\"text\","
					+ "\"data\":\"x\",\"metadata\":{\"trace\":\"b\"}}");
		}
	}

	@Test
	void filters() {
		Client ann = connect("ann");
		Client bob = connect("bob");
		ann.join("g");
		bob.join("g");
		connect("carl");
		String filter = URLEncoder.encode("userId eq 'ann'", StandardCharsets.UTF_8);
		accepted(this.rest.post("/api/hubs/chat/:send?filter=" + filter, "text/plain", "1"));
		accepted(this.rest.post("/api/hubs/chat/groups/g/:send?filter=" + filter, "text/plain", "2"));
		accepted(this.rest.post("/api/hubs/chat/users/ann/:send?filter=" + filter, "text/plain", "3"));
		accepted(this.rest.post("/api/hubs/chat/users/bob/:send?filter=" + filter, "text/plain", "4"));
		accepted(this.rest.post("/api/hubs/chat/:send?excluded=" + ann.id + "&filter=" + filter, "text/plain", "5"));
		assertThat(ann.nextData().asString()).isEqualTo("1");
		JsonNode second = ann.nextMessage();
		assertThat(second.get(0).asString()).isEqualTo("2");
		assertThat(second.get(1).get("group").asString()).isEqualTo("g");
		assertThat(ann.nextData().asString()).isEqualTo("3");
		nothingElse();
	}

	@Test
	void invalidFilter() {
		HttpResponse<String> answer = this.rest.post("/api/hubs/chat/:send?filter=invalid%20filter", "text/plain", "x");
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).isEqualTo("{\"code\":\"Error.BadRequest\",\"message\":\"Invalid syntax for "
				+ "'invalid filter': Syntax error at position 14 in 'invalid filter'. (Parameter 'filter')\"}");
	}

	@Test
	void bulkMembership() {
		Client ann = connect("ann");
		Client bob = connect("bob");
		assertThat(bulk(":addToGroups", "{\"groups\":[\"g\",\"h\"],\"filter\":\"userId eq 'ann'\"}")).isEqualTo(200);
		assertThat(members("g")).containsExactly(ann.id);
		assertThat(members("h")).containsExactly(ann.id);
		for (String all : List.of("{\"groups\":[\"g\"]}", "{\"groups\":[\"g\"],\"filter\":null}",
				"{\"groups\":[\"g\"],\"filter\":\"\"}")) {
			assertThat(bulk(":removeFromGroups", all)).isEqualTo(200);
			assertThat(members("g")).isEmpty();
			assertThat(bulk(":addToGroups", all)).isEqualTo(200);
			assertThat(members("g")).containsExactlyInAnyOrder(ann.id, bob.id);
		}
		assertThat(bulk(":removeFromGroups", "{\"groups\":[\"g\"],\"filter\":\"userId ne 'ann'\"}")).isEqualTo(200);
		assertThat(members("g")).containsExactly(ann.id);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "[]", "1", "{\"groups\":[]}", "{\"groups\":\"g\"}", "{\"groups\":[1]}",
			"{\"groups\":[\" \"]}", "{\"groups\":[\"g\"],\"filter\":1}", "{\"groups\":[\"g\"],\"filter\":\"x\"}" })
	void invalidBulkMembership(String body) {
		assertThat(bulk(":addToGroups", body)).isEqualTo(400);
		assertThat(bulk(":removeFromGroups", body)).isEqualTo(400);
	}

	private int bulk(String operation, String body) {
		return this.rest.post("/api/hubs/chat/" + operation, "application/json", body).statusCode();
	}

	@Test
	void permissions() {
		try (PubSubClient client = jsonClient("ann")) {
			String id = JsonMapper.shared().readTree(client.next()).get("connectionId").asString();
			String path = "/api/hubs/chat/permissions/joinLeaveGroup/connections/" + id;
			assertThat(status("HEAD", path)).isEqualTo(404);
			assertThat(status("PUT", path + "?targetName=g%2F1")).isEqualTo(200);
			assertThat(status("HEAD", path + "?targetName=g%2F1")).isEqualTo(200);
			assertThat(status("HEAD", path + "?targetName=other")).isEqualTo(404);
			assertThat(status("HEAD", path)).isEqualTo(404);
			client.send("{\"type\":\"joinGroup\",\"group\":\"g/1\",\"ackId\":1}");
			assertThat(client.next()).isEqualTo("{\"type\":\"ack\",\"ackId\":1,\"success\":true}");
			assertThat(members("g%2F1")).containsExactly(id);
			assertThat(status("DELETE", path + "?targetName=g%2F1")).isEqualTo(204);
			assertThat(status("HEAD", path + "?targetName=g%2F1")).isEqualTo(404);
			assertThat(status("PUT", path)).isEqualTo(200);
			assertThat(status("HEAD", path)).isEqualTo(200);
			assertThat(status("HEAD", path.replace("joinLeaveGroup", "sendToGroup"))).isEqualTo(404);
		}
		String nobody = "/api/hubs/chat/permissions/sendToGroup/connections/nobody";
		assertThat(status("PUT", nobody)).isEqualTo(404);
		assertThat(status("DELETE", nobody)).isEqualTo(204);
		assertThat(status("HEAD", nobody)).isEqualTo(404);
		assertThat(status("PUT", nobody.replace("sendToGroup", "everything"))).isEqualTo(400);
	}

	// nothing tells a plain client that it can be reached
	private static PubSubClient plainClient() {
		HubContext hub = server.context().getBean(Hubs.class).get("chat");
		String userId = "plain-" + UUID.randomUUID();
		PubSubClient client = new PubSubClient(hub.clientAccess().userId(userId).url());
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> hub.users().exists(userId).join());
		return client;
	}

	private static PubSubClient jsonClient(String userId) {
		return new PubSubClient(server.context().getBean(Hubs.class).get("chat").clientAccess().userId(userId).url(),
				"json.webpubsub.azure.v1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "{", "{\"a\":1}}", "{'a':1}", "[1,]", "nul", "1 2", "\"a", "NaN", "// c\n1",
			"\uFEFF1" })
	void invalidJson(String body) {
		refused(this.rest.post("/api/hubs/chat/:send", "application/json", body), 400,
				"The request body is not a valid JSON.");
	}

	@Test
	void invalidBodies() {
		refused(this.rest.post("/api/hubs/chat/:send", "application/x-protobuf", "x"), 415, "not supported");
		refused(this.rest.post("/api/hubs/chat/:send", "text/html", "x"), 415, "not supported");
		refused(this.rest.post("/api/hubs/chat/:send", "text/plain; charset=none", "x"), 415, "Content-Type");
		refused(this.rest.post("/api/hubs/chat/:send", "nonsense", "x"), 415, "Content-Type");
		refused(this.rest.post("/api/hubs/chat/:send", "text/plain", "x".repeat(1024 * 1024 + 1)), 400,
				"Invalid Content-Length header.");
		refused(this.rest.send("POST", "/api/hubs/chat/:send",
				BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[] { 1 }))), 400,
				"Invalid Content-Length header.");
	}

	@Test
	void oneMegabyteIsAllowed() {
		accepted(this.rest.post("/api/hubs/chat/connections/nobody/:send", "text/plain", "x".repeat(1024 * 1024)));
	}

	@Test
	void invalidMetadata() {
		refused(this.rest.send("POST", "/api/hubs/chat/:send", BodyPublishers.ofString("x"), "X-WebPubSub-Metadata-k",
				"v".repeat(1025)), 400, "metadata");
		accepted(this.rest.send("POST", "/api/hubs/chat/:send", BodyPublishers.ofString("x"), "X-WebPubSub-Metadata-k",
				"v".repeat(1024)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1", "301", "x", "1.5" })
	void invalidTimeToLive(String seconds) {
		refused(this.rest.post("/api/hubs/chat/:send?messageTtlSeconds=" + seconds, "text/plain", "x"), 400,
				"'messageTtlSeconds' must be a number, 0 to 300.");
	}

	@Test
	void existence() {
		Client ann = connect("ann");
		ann.join("g");
		assertThat(status("HEAD", "/api/hubs/chat/connections/" + ann.id)).isEqualTo(200);
		assertThat(status("HEAD", "/api/hubs/chat/connections/nobody")).isEqualTo(404);
		assertThat(status("HEAD", "/api/hubs/chat/groups/g")).isEqualTo(200);
		assertThat(status("HEAD", "/api/hubs/chat/groups/G")).isEqualTo(404);
		assertThat(status("HEAD", "/api/hubs/chat/users/ann")).isEqualTo(200);
		assertThat(status("HEAD", "/api/hubs/chat/users/Ann")).isEqualTo(404);
		assertThat(status("HEAD", "/api/hubs/other/users/ann")).isEqualTo(404);
	}

	@Test
	void closeConnection() {
		Client ann = connect("ann");
		assertThat(status("DELETE", "/api/hubs/chat/connections/" + ann.id + "?reason=too%20loud")).isEqualTo(204);
		ann.closedWith("too loud");
		assertThat(status("DELETE", "/api/hubs/chat/connections/" + ann.id)).isEqualTo(204);
	}

	@Test
	void closeAll() {
		Client ann = connect("ann");
		Client bob = connect("bob");
		assertThat(status("POST", "/api/hubs/chat/:closeConnections?reason=bye&excluded=" + bob.id)).isEqualTo(204);
		ann.closedWith("bye");
		nothingElse();
	}

	@Test
	void closeGroup() {
		Client ann = connect("ann");
		Client bob = connect("bob");
		connect("carl");
		ann.join("g");
		bob.join("g");
		assertThat(status("POST", "/api/hubs/chat/groups/g/:closeConnections?reason=bye&excluded=" + bob.id))
			.isEqualTo(204);
		ann.closedWith("bye");
		assertThat(status("POST", "/api/hubs/chat/groups/nobody/:closeConnections")).isEqualTo(204);
		nothingElse();
	}

	@Test
	void closeUser() {
		Client first = connect("ann");
		Client second = connect("ann");
		connect("bob");
		assertThat(status("POST", "/api/hubs/chat/users/ann/:closeConnections?excluded=" + second.id)).isEqualTo(204);
		first.closedWith(null);
		assertThat(status("POST", "/api/hubs/chat/users/ann/:closeConnections?reason=bye")).isEqualTo(204);
		second.closedWith("bye");
		nothingElse();
	}

	@Test
	void membershipOfConnection() {
		Client ann = connect("ann");
		String membership = "/api/hubs/chat/groups/g/connections/" + ann.id;
		assertThat(status("PUT", membership)).isEqualTo(200);
		assertThat(status("HEAD", "/api/hubs/chat/groups/g")).isEqualTo(200);
		assertThat(status("DELETE", membership)).isEqualTo(204);
		assertThat(status("HEAD", "/api/hubs/chat/groups/g")).isEqualTo(404);
		refused(this.rest.send("PUT", "/api/hubs/chat/groups/g/connections/nobody"), 404,
				"There is no such connection.");
		assertThat(status("DELETE", "/api/hubs/chat/groups/g/connections/nobody")).isEqualTo(204);
	}

	@Test
	void leaveAllGroups() {
		Client ann = connect("ann");
		ann.join("g");
		ann.join("h");
		assertThat(status("DELETE", "/api/hubs/chat/connections/" + ann.id + "/groups")).isEqualTo(204);
		assertThat(status("HEAD", "/api/hubs/chat/groups/g")).isEqualTo(404);
		assertThat(status("HEAD", "/api/hubs/chat/groups/h")).isEqualTo(404);
		assertThat(status("DELETE", "/api/hubs/chat/connections/nobody/groups")).isEqualTo(204);
	}

	@Test
	void membershipOfUser() {
		Client first = connect("ann");
		Client second = connect("ann");
		assertThat(status("PUT", "/api/hubs/chat/users/ann/groups/g")).isEqualTo(200);
		assertThat(members("g")).containsExactlyInAnyOrder(first.id, second.id);
		assertThat(status("DELETE", "/api/hubs/chat/users/ann/groups/g")).isEqualTo(204);
		assertThat(members("g")).isEmpty();
		assertThat(status("PUT", "/api/hubs/chat/users/nobody/groups/g")).isEqualTo(404);
		assertThat(status("DELETE", "/api/hubs/chat/users/nobody/groups/g")).isEqualTo(204);
	}

	@Test
	void userLeavesAllGroups() {
		Client first = connect("ann");
		connect("ann").join("h");
		first.join("g");
		assertThat(status("DELETE", "/api/hubs/chat/users/ann/groups")).isEqualTo(204);
		assertThat(members("g")).isEmpty();
		assertThat(members("h")).isEmpty();
		assertThat(status("DELETE", "/api/hubs/chat/users/nobody/groups")).isEqualTo(204);
	}

	@ParameterizedTest
	@CsvSource({ "'',7", "top=7,7", "maxpagesize=2,2 2 2 1", "top=3,3", "top=5&maxpagesize=2,2 2 1",
			"top=6&maxpagesize=2,2 2 2", "maxpagesize=7,7", "top=10&maxpagesize=200,7" })
	void pages(String query, String sizes) {
		for (int i = 0; i < 7; i++) {
			connect((i < 6) ? "user" + i : null).join("p/q");
		}
		List<String> found = new ArrayList<>();
		List<Integer> pages = new ArrayList<>();
		String path = "/api/hubs/chat/groups/p%2Fq/connections?api-version=2024-12-01&" + query;
		while (path != null) {
			HttpResponse<String> answer = this.rest.send("GET", path);
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
			JsonNode page = JsonMapper.shared().readTree(answer.body());
			pages.add(page.get("value").size());
			page.get("value").forEach((member) -> found.add(member.get("connectionId").asString()));
			String next = page.path("nextLink").asString(null);
			assertThat(next == null || next.startsWith(
					server.uri("/api/hubs/chat/groups/p%2Fq/connections?").toString() + "api-version=2024-12-01&"))
				.isTrue();
			path = (next != null) ? next.substring(server.uri("").toString().length()) : null;
		}
		assertThat(pages.toString()).isEqualTo("[" + sizes.replace(" ", ", ") + "]");
		assertThat(found).isSorted().doesNotHaveDuplicates();
		assertThat(new TreeSet<>(this.clients.stream().map((client) -> client.id).toList())).containsAll(found);
	}

	@Test
	void listedConnectionsHaveTheirUsers() {
		Client ann = connect("ann");
		ann.join("g");
		Client anonymous = connect(null);
		assertThat(this.rest.send("GET", "/api/hubs/chat/groups/g/connections").body())
			.isEqualTo("{\"value\":[{\"connectionId\":\"" + ann.id + "\",\"userId\":\"ann\"}]}");
		anonymous.join("h");
		assertThat(this.rest.send("GET", "/api/hubs/chat/groups/h/connections").body())
			.isEqualTo("{\"value\":[{\"connectionId\":\"" + anonymous.id + "\"}]}");
		assertThat(this.rest.send("GET", "/api/hubs/chat/groups/nobody/connections").body())
			.isEqualTo("{\"value\":[]}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "maxpagesize=0", "maxpagesize=201", "top=0", "top=x", "continuationToken=%21",
			"continuationToken=abcde" })
	void invalidPages(String query) {
		assertThat(status("GET", "/api/hubs/chat/groups/g/connections?" + query)).isEqualTo(400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "role=r1&role=r2&group=g1", "roles=r1&roles=r2&groups=g1&clientProtocol=Default" })
	void generateToken(String query) throws Exception {
		HttpResponse<String> answer = this.rest.send("POST",
				"/api/hubs/Chat/:generateToken?userId=ann&minutesToExpire=5&clientType=default&" + query);
		assertThat(answer.statusCode()).isEqualTo(200);
		SignedJWT token = SignedJWT.parse(JsonMapper.shared().readTree(answer.body()).get("token").asString());
		assertThat(token.getJWTClaimsSet().getAudience()).containsExactly(server.uri("/client/hubs/Chat").toString());
		assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("ann");
		assertThat(token.getJWTClaimsSet().getStringListClaim("role")).containsExactly("r1", "r2");
		assertThat(token.getJWTClaimsSet().getStringListClaim("webpubsub.group")).containsExactly("g1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "minutesToExpire=0", "clientType=MQTT", "group=%20" })
	void tokensThatCannotBeGenerated(String query) {
		assertThat(status("POST", "/api/hubs/chat/:generateToken?" + query)).isEqualTo(400);
	}

	@Test
	void unknownHubsAndOperations() {
		refused(this.rest.post("/api/hubs/nowhere/:send", "text/plain", "x"), 404, "There is no such hub.");
		refused(this.rest.send("POST", "/api/hubs/chat/:nothing"), 404, "There is no such operation.");
		refused(this.rest.send("POST", "/api/hubs/chat"), 404, "There is no such operation.");
		refused(this.rest.send("GET", "/api/hubs/chat/:send"), 405, "Choose from: POST");
		refused(this.rest.send("PUT", "/api/hubs/chat/connections/x"), 405, "Choose from: DELETE, HEAD");
	}

	@ParameterizedTest
	@ValueSource(strings = { "groups/%20/:send", "users/%20%20/:send", "connections/%09/:send" })
	void blankNames(String path) {
		assertThat(this.rest.post("/api/hubs/chat/" + path, "text/plain", "x").statusCode()).isEqualTo(400);
	}

	@Test
	void longNames() {
		accepted(this.rest.post("/api/hubs/chat/groups/" + "g".repeat(1024) + "/:send", "text/plain", "x"));
		refused(this.rest.post("/api/hubs/chat/groups/" + "g".repeat(1025) + "/:send", "text/plain", "x"), 400, "1024");
	}

	@Test
	void unsignedRequests() {
		URI uri = server.uri("/api/hubs/chat/:send");
		HttpRequest.Builder request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString("x"));
		refused(this.rest.send(request), 401, "An access token is required.");
		request.header("Authorization", "Bearer " + RestCaller.token(server.uri("/api/hubs/chat/:x").toString()));
		refused(this.rest.send(request), 401, "The access token is for another audience.");
		HttpResponse<String> head = this.rest.send(HttpRequest.newBuilder(server.uri("/api/hubs/nowhere/groups/g"))
			.method("HEAD", BodyPublishers.noBody()));
		assertThat(head.statusCode()).isEqualTo(401);
		assertThat(head.headers().firstValue("x-ms-error-code")).hasValue("Error.Unauthorized");
		assertThat(head.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
	}

	private int status(String method, String path) {
		return this.rest.send(method, path).statusCode();
	}

	private List<String> members(String group) {
		List<String> members = new ArrayList<>();
		JsonMapper.shared()
			.readTree(this.rest.send("GET", "/api/hubs/chat/groups/" + group + "/connections").body())
			.get("value")
			.forEach((member) -> members.add(member.get("connectionId").asString()));
		return members;
	}

	private static void accepted(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
		assertThat(answer.body()).isEmpty();
	}

	private static void refused(HttpResponse<String> answer, int status, String message) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		JsonNode error = JsonMapper.shared().readTree(answer.body());
		assertThat(error.propertyNames()).containsExactly("code", "message");
		assertThat(error.get("message").asString()).contains(message);
		assertThat(answer.headers().firstValue("x-ms-error-code")).hasValue(error.get("code").asString());
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
	}

	private Client connect(String userId) {
		Client client = new Client(userId);
		this.clients.add(client);
		return client;
	}

	// what a client has not expected comes before the answer to its next call
	private void nothingElse() {
		this.clients.stream().filter((client) -> !client.ended).forEach(Client::id);
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ ChatController.class, OtherController.class })
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

	@HubController("other")
	static class OtherController {

	}

	private static final class Client {

		private final TestClient client = new TestClient(server.uri("/hubs/chat"));

		private final String id;

		private boolean ended;

		Client(String userId) {
			if (userId != null) {
				this.client.query("user=" + URLEncoder.encode(userId, StandardCharsets.UTF_8));
			}
			this.client.connect();
			this.id = id();
		}

		String id() {
			JsonNode answer = answer("id");
			return answer.get("result").asString();
		}

		void join(String group) {
			answer("join", group);
		}

		private JsonNode answer(String method, Object... arguments) {
			String call = this.client.begin(method, arguments);
			JsonNode answer = next();
			assertThat(answer.path("invocationId").asString("")).as(answer.toString()).isEqualTo(call);
			return answer;
		}

		private JsonNode next() {
			JsonNode message = this.client.next();
			while (message.path("type").asInt(0) == 6) {
				message = this.client.next();
			}
			return message;
		}

		JsonNode nextMessage() {
			JsonNode message = next();
			assertThat(message.path("target").asString("")).as(message.toString()).isEqualTo("message");
			return message.get("arguments");
		}

		JsonNode nextData() {
			return nextMessage().get(0);
		}

		void closedWith(String reason) {
			JsonNode message = next();
			assertThat(message.get("type").asInt()).isEqualTo(7);
			if (reason != null) {
				assertThat(message.get("error").asString()).contains(reason);
			}
			this.ended = true;
			this.client.closed();
		}

		void close() {
			if (!this.ended) {
				this.client.close();
			}
		}

	}

}
