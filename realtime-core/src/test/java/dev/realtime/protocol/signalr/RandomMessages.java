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

package dev.realtime.protocol.signalr;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Random messages. A call has as many arguments as the length of its target says.
 */
final class RandomMessages {

	private static final String ALPHABET = "ab\"\\\u001e\u0000\n/{}[]:,é€𝄞 0";

	private static final int METHODS = 5;

	private final Random random;

	RandomMessages(Random random) {
		this.random = random;
	}

	static int argumentCount(String target) {
		return target.length() % METHODS;
	}

	HubMessage next() {
		return switch (this.random.nextInt(8)) {
			case 0 -> invocation();
			case 1 -> stream();
			case 2 -> new StreamItemMessage(headers(), text(1), value(3));
			case 3 -> new CompletionMessage(headers(), text(1), null, value(3), true);
			// an empty error is none in JSON
			case 4 -> new CompletionMessage(headers(), text(1), text(1), null, false);
			case 5 -> new CancelInvocationMessage(headers(), text(1));
			case 6 -> new CloseMessage(this.random.nextBoolean() ? text(0) : null, this.random.nextBoolean());
			default -> new AckMessage(this.random.nextLong());
		};
	}

	private HubMessage invocation() {
		String target = text(1);
		return new InvocationMessage(headers(), this.random.nextBoolean() ? text(1) : null, target, arguments(target),
				streamIds());
	}

	private HubMessage stream() {
		String target = text(1);
		return new StreamInvocationMessage(headers(), text(1), target, arguments(target), streamIds());
	}

	private Object[] arguments(String target) {
		Object[] arguments = new Object[argumentCount(target)];
		for (int i = 0; i < arguments.length; i++) {
			arguments[i] = value(4);
		}
		return arguments;
	}

	private Map<String, String> headers() {
		Map<String, String> headers = new HashMap<>();
		for (int i = this.random.nextInt(3); i > 0; i--) {
			headers.put(text(0), text(0));
		}
		return headers;
	}

	private List<String> streamIds() {
		return this.random.nextBoolean() ? List.of() : List.of(text(1), text(1));
	}

	private Object value(int depth) {
		return switch (this.random.nextInt((depth > 0) ? 8 : 6)) {
			case 0 -> null;
			case 1 -> this.random.nextBoolean();
			case 2 -> this.random.nextInt();
			case 3 -> Long.MAX_VALUE - this.random.nextInt(100);
			case 4 -> this.random.nextDouble();
			case 5 -> text(0);
			case 6 -> list(depth - 1);
			default -> map(depth - 1);
		};
	}

	private List<Object> list(int depth) {
		List<Object> list = new ArrayList<>();
		for (int i = this.random.nextInt(4); i > 0; i--) {
			list.add(value(depth));
		}
		return list;
	}

	private Map<String, Object> map(int depth) {
		Map<String, Object> map = new LinkedHashMap<>();
		for (int i = this.random.nextInt(4); i > 0; i--) {
			map.put(text(0), value(depth));
		}
		return map;
	}

	private String text(int minimum) {
		int[] alphabet = ALPHABET.codePoints().toArray();
		StringBuilder text = new StringBuilder();
		for (int i = minimum + this.random.nextInt(12); i > 0; i--) {
			text.appendCodePoint(alphabet[this.random.nextInt(alphabet.length)]);
		}
		return text.toString();
	}

}
