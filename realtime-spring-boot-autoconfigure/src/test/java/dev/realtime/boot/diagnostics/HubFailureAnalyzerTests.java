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

package dev.realtime.boot.diagnostics;

import java.nio.ByteBuffer;

import dev.realtime.boot.autoconfigure.RealtimeContextRunner;
import dev.realtime.event.EventHandler;
import dev.realtime.hub.HubContext;
import dev.realtime.hub.TypedHubContext;
import dev.realtime.hub.annotation.Hub;
import dev.realtime.hub.annotation.HubClient;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.raw.ConnectionController;
import dev.realtime.raw.RawConnection;
import dev.realtime.raw.RawConnectionHandler;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is said about mistakes in hubs.
 */
class HubFailureAnalyzerTests {

	private static final String NAME = HubFailureAnalyzerTests.class.getName() + "$";

	private final WebApplicationContextRunner runner = RealtimeContextRunner.create()
		.withUserConfiguration(ChatController.class, StocksController.class);

	@Test
	void unknownHub() {
		FailureAnalysis analysis = analyze(MistypedName.class);
		assertThat(analysis.getDescription()).isEqualTo("Parameter 0 of constructor in " + NAME
				+ "MistypedName asked for the hub 'stoks', which does not exist; the hubs there are: chat, stocks.");
		assertThat(analysis.getAction()).isEqualTo("Did you mean 'stocks'? If not, declare the hub with "
				+ "@HubController(\"stoks\") on a bean, or with a HubConfigurer.");
	}

	@Test
	void unknownHubThatIsSimilarToNone() {
		FailureAnalysis analysis = analyze(UnknownName.class);
		assertThat(analysis.getDescription()).isEqualTo("Field hub in " + NAME
				+ "UnknownName asked for the hub 'weather', which does not exist; the hubs there are: chat, stocks.");
		assertThat(analysis.getAction())
			.isEqualTo("Declare the hub with @HubController(\"weather\") on a bean, or with " + "a HubConfigurer.");
	}

	@Test
	void unknownHubOfProvider() {
		assertThat(analyze(MistypedProvider.class).getDescription())
			.startsWith("Parameter 0 of constructor in " + NAME + "MistypedProvider asked for the hub 'stoks'");
	}

	@Test
	void unknownHubOfClientInterface() {
		assertThat(analyze(UnknownTypedHub.class).getDescription()).isEqualTo("Parameter 0 of constructor in " + NAME
				+ "UnknownTypedHub asked for the hub 'chatt', which does not exist; the hubs there are: chat, stocks.");
	}

	@Test
	void unknownHubOfEventHandler() {
		FailureAnalysis analysis = analyze(UnknownEventHub.class);
		assertThat(analysis.getDescription()).contains("UnknownEventHub").contains("'weather'");
		assertThat(analysis.getAction()).contains("chat, stocks");
	}

	@Test
	void hubOfEventHandlerThatItsControllerDoesNotServe() {
		FailureAnalysis analysis = analyze(OtherEventHub.class);
		assertThat(analysis.getDescription()).contains("OtherEventHub#on", "'chat'", "[stocks]");
		assertThat(analysis.getAction()).contains("add the hub to @HubController");
	}

	@Test
	void eventHandlerWithoutNameAndType() {
		FailureAnalysis analysis = analyze(HandlesNothing.class);
		assertThat(analysis.getDescription())
			.isEqualTo("@EventHandler on " + NAME + "HandlesNothing.on must have an event name or a type.");
		assertThat(analysis.getAction()).contains("@EventHandler(\"...\")", "@EventHandler(type = ...)");
	}

	@Test
	void severalHubsAndNoName() {
		FailureAnalysis analysis = analyze(WithoutName.class);
		assertThat(analysis.getDescription()).isEqualTo("Parameter 0 of constructor in " + NAME
				+ "WithoutName asks for a HubContext but does not say of which hub; there are several: chat, stocks.");
		assertThat(analysis.getAction()).isEqualTo("Name the hub, for example @Hub(\"chat\").");
	}

	@Test
	void noHubs() {
		FailureAnalysis analysis = analyze(RealtimeContextRunner.create(), WithoutName.class);
		assertThat(analysis.getDescription()).isEqualTo(
				"Parameter 0 of constructor in " + NAME + "WithoutName asks for a HubContext, but there are no hubs.");
		assertThat(analysis.getAction()).startsWith("Declare a hub with @HubController(\"name\") on a bean");
	}

	@Test
	void severalHubsOfClientInterface() {
		FailureAnalysis analysis = analyze(AmbiguousTypedHub.class);
		assertThat(analysis.getDescription())
			.isEqualTo("Parameter 1 of method set in " + NAME + "AmbiguousTypedHub asks for a TypedHubContext of "
					+ NAME + "AnyClient but does not say of which hub; there are several: stocks, chat.");
		assertThat(analysis.getAction()).isEqualTo("Name the hub, for example @Hub(\"stocks\").");
	}

	@Test
	void hubThatIsNotThatOfTheClientInterface() {
		FailureAnalysis analysis = analyze(WrongTypedHub.class);
		assertThat(analysis.getDescription()).isEqualTo(
				"Parameter 0 of constructor in " + NAME + "WrongTypedHub asks for clients of the hub 'stocks', but "
						+ "@HubClient " + NAME + "ChatClient is for chat.");
		assertThat(analysis.getAction()).isEqualTo("Add the hub to @HubClient, or name one of its hubs in @Hub.");
	}

	@Test
	void interfaceThatCannotDescribeClients() {
		assertThat(analyze(NoClient.class).getDescription())
			.contains("asks for a TypedHubContext of java.lang.Runnable")
			.endsWith("java.lang.Runnable must be annotated with @HubClient.");
	}

	@Test
	@SuppressWarnings("rawtypes")
	void typedHubContextWithoutType() {
		FailureAnalysis analysis = analyze(RawTypedHub.class);
		assertThat(analysis.getDescription()).isEqualTo("Parameter 0 of constructor in " + NAME
				+ "RawTypedHub asks for a TypedHubContext but does not say of which clients.");
		assertThat(analysis.getAction()).contains("TypedHubContext<ChatClient>");
	}

	@Test
	void duplicateMethods() {
		FailureAnalysis analysis = analyze(Sends.class, AlsoSends.class);
		assertThat(analysis.getDescription()).contains("Sends").contains("AlsoSends").containsIgnoringCase("send");
		assertThat(analysis.getAction()).isNotBlank();
	}

	@Test
	void eventHandlerBesideHubMethod() {
		FailureAnalysis analysis = analyze(Sends.class, Handles.class);
		assertThat(analysis.getDescription()).contains("Sends").contains("Handles").containsIgnoringCase("send");
		assertThat(analysis.getAction()).isNotBlank();
	}

	@Test
	void twoHubsOnOnePath() {
		FailureAnalysis analysis = analyze(this.runner.withPropertyValues("realtime.hubs.stocks.path=/hubs/chat"));
		assertThat(analysis.getDescription()).isEqualTo("Hub 'chat' and hub 'stocks' have the same path /hubs/chat.");
		assertThat(analysis.getAction())
			.isEqualTo("Give one of them another path, for example with realtime.hubs.stocks.path.");
	}

	@Test
	void rawConnectionsOnThePathOfAHub() {
		FailureAnalysis analysis = analyze(Raw.class);
		assertThat(analysis.getDescription()).isEqualTo(
				"Hub 'chat' and @ConnectionController %s (bean 'hubFailureAnalyzerTests.Raw') have the same path /hubs/chat."
					.formatted(Raw.class.getName()));
		assertThat(analysis.getAction()).isEqualTo(
				"Give one of them another path, for example in the annotation of %s.".formatted(Raw.class.getName()));
	}

	@Test
	void nameThatCannotBePartOfAPath() {
		FailureAnalysis analysis = analyze(RoomController.class);
		assertThat(analysis.getDescription()).startsWith("The name of hub 'the room' cannot be part of a path:");
		assertThat(analysis.getAction())
			.isEqualTo("Give the hub another name, or a path with realtime.hubs[the room].path.");
	}

	private FailureAnalysis analyze(Class<?>... configurations) {
		return analyze(this.runner, configurations);
	}

	private static FailureAnalysis analyze(WebApplicationContextRunner runner, Class<?>... configurations) {
		FailureAnalysis[] analysis = new FailureAnalysis[1];
		runner.withUserConfiguration(configurations)
			.run((context) -> analysis[0] = Failures.analyze(context.getStartupFailure()));
		return analysis[0];
	}

	@HubController("chat")
	static class ChatController {

	}

	@HubController("stocks")
	static class StocksController {

	}

	@HubController("the room")
	static class RoomController {

	}

	record MistypedName(@Hub("stoks") HubContext hub) {

	}

	static class UnknownName {

		@Autowired
		@Hub("weather")
		private HubContext hub;

	}

	static class MistypedProvider {

		MistypedProvider(@Hub("stoks") ObjectProvider<HubContext> hub) {
			hub.getObject();
		}

	}

	record UnknownTypedHub(TypedHubContext<MistypedClient> hub) {

	}

	@HubController("stocks")
	static class OtherEventHub {

		@EventHandler(value = "x", hub = "chat")
		void on() {
		}

	}

	static class HandlesNothing {

		@EventHandler
		void on() {
		}

	}

	static class UnknownEventHub {

		@EventHandler(value = "typing", hub = "weather")
		void on() {
		}

	}

	record WithoutName(HubContext hub) {

	}

	static class AmbiguousTypedHub {

		@Autowired
		void set(@Hub("chat") HubContext chat, TypedHubContext<AnyClient> clients) {
		}

	}

	record WrongTypedHub(@Hub("stocks") TypedHubContext<ChatClient> hub) {

	}

	record NoClient(TypedHubContext<Runnable> hub) {

	}

	@SuppressWarnings("rawtypes")
	record RawTypedHub(TypedHubContext hub) {

	}

	@HubController("chat")
	static class Sends {

		@HubMethod
		void send() {
		}

	}

	@HubController("chat")
	static class AlsoSends {

		@HubMethod("SEND")
		void publish() {
		}

	}

	@HubController("chat")
	static class Handles {

		@EventHandler("send")
		void on() {
		}

	}

	@ConnectionController("/hubs/chat")
	static class Raw implements RawConnectionHandler {

		@Override
		public void onData(RawConnection connection, ByteBuffer data) {
			connection.close();
		}

	}

	@HubClient("chat")
	interface ChatClient {

		void messageReceived(String text);

	}

	@HubClient("chatt")
	interface MistypedClient {

		void messageReceived(String text);

	}

	@HubClient({ "stocks", "chat" })
	interface AnyClient {

		void ping();

	}

}
