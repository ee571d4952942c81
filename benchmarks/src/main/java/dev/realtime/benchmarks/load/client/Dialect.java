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

/**
 * What clients of a server say, as texts. In requests, <code>{payload}</code> stands for
 * the payload and <code>{size}</code> for its size in bytes.
 *
 * @param path the path of the WebSocket
 * @param subprotocol the WebSocket subprotocol to ask for, or an empty text
 * @param hello what opens the conversation
 * @param welcome how the answer to it begins
 * @param listen what a client has to say before it receives replies, or an empty text
 * @param join what makes a client a member of the group
 * @param echo a request that is answered with its payload
 * @param broadcast a request that sends its payload to all members of the group
 */
public record Dialect(String path, String subprotocol, String hello, String welcome, String listen, String join,
		String echo, String broadcast) {

	private static final char RECORD_SEPARATOR = '\u001e';

	private static final char NUL = '\0';

	/**
	 * Create the dialect of a hub: the JSON hub protocol, without negotiation.
	 * @param echoMethod the name of the method that returns its argument
	 * @return the dialect
	 */
	public static Dialect hub(String echoMethod) {
		return new Dialect("/hubs/bench", "", "{\"protocol\":\"json\",\"version\":1}" + RECORD_SEPARATOR,
				"{}" + RECORD_SEPARATOR, "",
				"{\"type\":1,\"target\":\"Join\",\"arguments\":[\"g\"]}" + RECORD_SEPARATOR,
				"{\"type\":1,\"invocationId\":\"1\",\"target\":\"" + echoMethod + "\",\"arguments\":[\"{payload}\"]}"
						+ RECORD_SEPARATOR,
				"{\"type\":1,\"target\":\"Broadcast\",\"arguments\":[\"{payload}\"]}" + RECORD_SEPARATOR);
	}

	/**
	 * Create the dialect of the STOMP application.
	 * @return the dialect
	 */
	public static Dialect stomp() {
		return new Dialect("/hub", "v12.stomp", "CONNECT\naccept-version:1.2\nhost:localhost\nheart-beat:0,0\n\n" + NUL,
				"CONNECTED", "SUBSCRIBE\nid:replies\ndestination:/user/queue/echo\n\n" + NUL,
				"SUBSCRIBE\nid:group\ndestination:/topic/x\n\n" + NUL, send("/app/echo"), send("/app/broadcast"));
	}

	private static String send(String destination) {
		return "SEND\ndestination:" + destination + "\ncontent-type:text/plain\ncontent-length:{size}\n\n{payload}"
				+ NUL;
	}

}
