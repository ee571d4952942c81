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

package dev.realtime.benchmarks.load.client;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * What clients of a server say.
 */
public final class Dialect {

	private static final char RECORD_SEPARATOR = '\u001e';

	private static final char NUL = '\0';

	private static final String HUB_PATH = "/hubs/bench";

	private static final String HUB_WELCOME = "{}" + RECORD_SEPARATOR;

	private static final String GROUP = "g";

	private final String path;

	private final String subprotocol;

	private final ClientMessage hello;

	private final String welcome;

	private final ClientMessage listen;

	private final ClientMessage join;

	private final Function<String, ClientMessage> echo;

	private final Function<String, ClientMessage> broadcast;

	private Dialect(String path, String subprotocol, ClientMessage hello, String welcome, ClientMessage listen,
			ClientMessage join, Function<String, ClientMessage> echo, Function<String, ClientMessage> broadcast) {
		this.path = path;
		this.subprotocol = subprotocol;
		this.hello = hello;
		this.welcome = welcome;
		this.listen = listen;
		this.join = join;
		this.echo = echo;
		this.broadcast = broadcast;
	}

	/**
	 * Create the dialect of a hub: the JSON hub protocol, without negotiation.
	 * @param echoMethod the name of the method that returns its argument
	 * @return the dialect
	 */
	public static Dialect hub(String echoMethod) {
		return new Dialect(HUB_PATH, "", ClientMessage.text(handshake("json")), HUB_WELCOME, ClientMessage.NONE,
				jsonCall(null, "Join", GROUP), (payload) -> jsonCall("1", echoMethod, payload),
				(payload) -> jsonCall(null, "Broadcast", payload));
	}

	private static ClientMessage jsonCall(@Nullable String id, String target, String argument) {
		String invocationId = (id != null) ? "\"invocationId\":\"" + id + "\"," : "";
		return ClientMessage.text("{\"type\":1," + invocationId + "\"target\":\"" + target + "\",\"arguments\":[\""
				+ argument + "\"]}" + RECORD_SEPARATOR);
	}

	/**
	 * Create the dialect of a hub: the MessagePack hub protocol, without negotiation.
	 * @param echoMethod the name of the method that returns its argument
	 * @return the dialect
	 */
	public static Dialect messagePackHub(String echoMethod) {
		return new Dialect(HUB_PATH, "",
				ClientMessage.binary(handshake("messagepack").getBytes(StandardCharsets.UTF_8)), HUB_WELCOME,
				ClientMessage.NONE, MessagePackCall.of(null, "Join", GROUP),
				(payload) -> MessagePackCall.of("1", echoMethod, payload),
				(payload) -> MessagePackCall.of(null, "Broadcast", payload));
	}

	private static String handshake(String protocol) {
		return "{\"protocol\":\"" + protocol + "\",\"version\":1}" + RECORD_SEPARATOR;
	}

	/**
	 * Create the dialect of the STOMP application.
	 * @return the dialect
	 */
	public static Dialect stomp() {
		return new Dialect("/hub", "v12.stomp",
				ClientMessage.text("CONNECT\naccept-version:1.2\nhost:localhost\nheart-beat:0,0\n\n" + NUL),
				"CONNECTED", ClientMessage.text("SUBSCRIBE\nid:replies\ndestination:/user/queue/echo\n\n" + NUL),
				ClientMessage.text("SUBSCRIBE\nid:group\ndestination:/topic/x\n\n" + NUL),
				(payload) -> stompSend("/app/echo", payload), (payload) -> stompSend("/app/broadcast", payload));
	}

	private static ClientMessage stompSend(String destination, String payload) {
		return ClientMessage.text("SEND\ndestination:" + destination + "\ncontent-type:text/plain\ncontent-length:"
				+ payload.length() + "\n\n" + payload + NUL);
	}

	/**
	 * Return the path of the WebSocket.
	 * @return the path
	 */
	String path() {
		return this.path;
	}

	/**
	 * Return the WebSocket subprotocol to ask for.
	 * @return the name, or an empty text
	 */
	String subprotocol() {
		return this.subprotocol;
	}

	/**
	 * Return what opens the conversation.
	 * @return the message
	 */
	ClientMessage hello() {
		return this.hello;
	}

	/**
	 * Return how the answer to {@link #hello()} begins.
	 * @return the text
	 */
	String welcome() {
		return this.welcome;
	}

	/**
	 * Return what a client has to say before it receives replies.
	 * @return the message, possibly {@link ClientMessage#NONE}
	 */
	ClientMessage listen() {
		return this.listen;
	}

	/**
	 * Return what makes a client a member of the group.
	 * @return the message
	 */
	ClientMessage join() {
		return this.join;
	}

	/**
	 * Return a request that is answered with its payload.
	 * @param payload the payload, in ASCII
	 * @return the message
	 */
	ClientMessage echo(String payload) {
		return this.echo.apply(payload);
	}

	/**
	 * Return a request that sends its payload to all members of the group.
	 * @param payload the payload, in ASCII
	 * @return the message
	 */
	ClientMessage broadcast(String payload) {
		return this.broadcast.apply(payload);
	}

}
