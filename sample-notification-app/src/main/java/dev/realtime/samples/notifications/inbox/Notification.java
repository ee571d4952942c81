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

package dev.realtime.samples.notifications.inbox;

import java.time.Instant;

/**
 * A notification, as its receivers see it.
 *
 * @param id identifies it
 * @param audience whom it is for
 * @param sender who has sent it
 * @param text the text
 * @param sentAt when it was sent
 * @param read whether the receiver has read it
 */
public record Notification(long id, Audience audience, String sender, String text, Instant sentAt, boolean read) {

}
