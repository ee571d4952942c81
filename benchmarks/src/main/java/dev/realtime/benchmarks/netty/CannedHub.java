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

package dev.realtime.benchmarks.netty;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/**
 * One client of the canned hub. Answers to what one read brought leave together; a
 * broadcast is one write per member.
 */
final class CannedHub extends SimpleChannelInboundHandler<WebSocketFrame> {

	private static final char SEPARATOR = '\u001e';

	// every byte is one character, and comes out again as it went in
	private static final Charset BYTES = StandardCharsets.ISO_8859_1;

	private static final String TARGET = "\"target\":\"";

	private static final String INVOCATION_ID = "\"invocationId\":\"";

	private static final String ARGUMENTS = "\"arguments\":[";

	private final ChannelGroup members;

	CannedHub(ChannelGroup members) {
		this.members = members;
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
		String text = frame.content().toString(BYTES);
		int start = 0;
		int end = text.indexOf(SEPARATOR);
		while (end >= 0) {
			receive(context, text, start, end);
			start = end + 1;
			end = text.indexOf(SEPARATOR, start);
		}
	}

	private void receive(ChannelHandlerContext context, String text, int start, int end) {
		if (text.startsWith("{\"protocol\"", start)) {
			context.write(frame(context, "{}" + SEPARATOR));
			return;
		}
		int target = text.indexOf(TARGET, start);
		if (target < 0 || target > end) {
			return;
		}
		switch (text.charAt(target + TARGET.length())) {
			case 'E' -> context.write(frame(context, completion(text, start, end)));
			case 'J' -> this.members.add(context.channel());
			case 'B' -> this.members.writeAndFlush(frame(context, invocation(text, start, end)));
			default -> throw new IllegalArgumentException("No answer to " + text.substring(start, end));
		}
	}

	private static String completion(String text, int start, int end) {
		int id = text.indexOf(INVOCATION_ID, start) + INVOCATION_ID.length();
		return "{\"type\":3,\"invocationId\":\"" + text.substring(id, text.indexOf('"', id)) + "\",\"result\":"
				+ argument(text, start, end) + "}" + SEPARATOR;
	}

	private static String invocation(String text, int start, int end) {
		return "{\"type\":1,\"target\":\"message\",\"arguments\":[" + argument(text, start, end) + "]}" + SEPARATOR;
	}

	// arguments are what a call ends with
	private static String argument(String text, int start, int end) {
		return text.substring(text.indexOf(ARGUMENTS, start) + ARGUMENTS.length(), text.lastIndexOf(']', end));
	}

	private static TextWebSocketFrame frame(ChannelHandlerContext context, String text) {
		ByteBuf content = context.alloc().buffer(text.length());
		content.writeCharSequence(text, BYTES);
		return new TextWebSocketFrame(content);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		context.flush();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		context.close();
	}

}
