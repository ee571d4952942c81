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

package dev.realtime.invocation;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import dev.realtime.hub.StreamEmitter;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.protocol.signalr.VectorHub.Point;

/**
 * The hub of {@code vectors/signalr/hub.json}, with a method for bystanders.
 */
@HubController("test")
class VectorController {

	@HubMethod
	void method() {
	}

	@HubMethod
	void target() {
	}

	@HubMethod("Notify")
	void noticed() {
	}

	@HubMethod
	String echo(String text) {
		return text;
	}

	@HubMethod
	int add(int a, int b) {
		return a + b;
	}

	@HubMethod
	Stream<Integer> stream(int end) {
		return Stream.iterate(1, (i) -> i + 1).limit(Math.min(Math.max(end, 0), 5));
	}

	@HubMethod
	List<String> upload(Stream<String> items) {
		return items.toList();
	}

	@HubMethod
	int one(int number) {
		return number;
	}

	@HubMethod
	Object any(Object value) {
		return value;
	}

	@HubMethod
	long whole(long number) {
		return number;
	}

	@HubMethod
	double fraction(double number) {
		return number;
	}

	@HubMethod
	boolean flag(boolean state) {
		return state;
	}

	@HubMethod
	byte[] bytes(byte[] bytes) {
		return bytes;
	}

	@HubMethod
	Instant at(Instant instant) {
		return instant;
	}

	@HubMethod
	int[] numbers(int[] numbers) {
		return numbers;
	}

	@HubMethod
	Point point(Point point) {
		return point;
	}

	@HubMethod
	void mirror(Stream<Integer> in, StreamEmitter<Integer> out) {
		in.forEach(out::send);
		out.complete();
	}

}
