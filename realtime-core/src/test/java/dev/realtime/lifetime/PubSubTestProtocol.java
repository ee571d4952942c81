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

package dev.realtime.lifetime;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.TransferFormat;
import dev.realtime.protocol.webpubsub.DownstreamMessage;
import dev.realtime.protocol.webpubsub.GroupStateItem;
import dev.realtime.protocol.webpubsub.GroupStateSnapshotMessage;
import dev.realtime.protocol.webpubsub.GroupStateUpdateMessage;
import dev.realtime.protocol.webpubsub.PubSubProtocol;
import dev.realtime.protocol.webpubsub.UpstreamMessage;
import org.jspecify.annotations.Nullable;

/**
 * Writes group states so that tests can read them, in the order of connections.
 */
final class PubSubTestProtocol implements PubSubProtocol {

	private final List<Long> updates = new CopyOnWriteArrayList<>();

	@Override
	public String name() {
		return "pubsub";
	}

	@Override
	public TransferFormat transferFormat() {
		return TransferFormat.TEXT;
	}

	@Override
	public boolean reliable() {
		return false;
	}

	@Override
	public byte[] tail(long sequenceId) {
		throw new UnsupportedOperationException();
	}

	@Override
	public EncodedBody encode(ServerMessage message) {
		return body(message.toString());
	}

	@Override
	public @Nullable EncodedBody encode(DownstreamMessage message) {
		if (message instanceof GroupStateSnapshotMessage snapshot) {
			return body("snapshot " + snapshot.group() + " " + text(snapshot.items()));
		}
		GroupStateUpdateMessage update = (GroupStateUpdateMessage) message;
		update.items().forEach((item) -> this.updates.add(item.updatedAt()));
		return body("update " + update.group() + " " + text(update.items()));
	}

	private static String text(List<GroupStateItem> items) {
		return items.stream()
			.map((item) -> item.connectionId() + " " + item.userId() + " " + item.state())
			.sorted()
			.toList()
			.toString();
	}

	private static EncodedBody body(String text) {
		return EncodedBody.text(text.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public UpstreamMessage decode(ByteBuffer message, TransferFormat format) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return the times of the updates that were encoded.
	 */
	List<Long> updates() {
		return List.copyOf(this.updates);
	}

}
