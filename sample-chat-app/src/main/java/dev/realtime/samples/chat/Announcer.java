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

package dev.realtime.samples.chat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.realtime.hub.HubContext;
import dev.realtime.hub.annotation.Hub;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Speaks up once a minute: any bean can send to the clients of a hub.
 */
@Component
class Announcer {

	private final HubContext chat;

	private final long started = System.nanoTime();

	Announcer(@Hub("chat") HubContext chat) {
		this.chat = chat;
	}

	@Scheduled(initialDelay = 1, fixedRate = 1, timeUnit = TimeUnit.MINUTES)
	void announce() {
		long minutes = Duration.ofNanos(System.nanoTime() - this.started).toMinutes();
		this.chat.all().send("notice", "Minutes since this server started: " + minutes);
	}

}
