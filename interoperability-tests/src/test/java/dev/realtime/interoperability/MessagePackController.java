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

package dev.realtime.interoperability;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.StreamEmitter;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;

/**
 * Values that MessagePack and JSON have different forms for.
 */
@HubController("interop")
class MessagePackController {

	@HubMethod
	byte[] echoBytes(byte[] bytes) {
		return bytes;
	}

	@HubMethod
	Instant echoInstant(Instant instant) {
		return instant;
	}

	@HubMethod
	Announcement echoAnnouncement(Announcement announcement) {
		return announcement;
	}

	@HubMethod
	Object echoAnything(Object value) {
		return value;
	}

	@HubMethod
	void reversed(Stream<byte[]> in, StreamEmitter<byte[]> out) {
		in.forEach((bytes) -> out.send(reverse(bytes)));
		out.complete();
	}

	private static byte[] reverse(byte[] bytes) {
		byte[] reversed = new byte[bytes.length];
		for (int i = 0; i < bytes.length; i++) {
			reversed[bytes.length - 1 - i] = bytes[i];
		}
		return reversed;
	}

	@HubMethod
	CompletableFuture<byte[]> signed(byte[] bytes, HubCallerContext caller) {
		return caller.clients().caller().invoke("sign", byte[].class, (Object) bytes);
	}

	@HubMethod
	void announce(String group, Announcement announcement, HubCallerContext caller) {
		caller.clients().group(group).send("announced", announcement);
	}

	record Announcement(String text, Instant at, byte[] picture) {

	}

}
