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

package dev.realtime.transport;

import java.util.concurrent.atomic.AtomicBoolean;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.ConnectionListener;
import dev.realtime.protocol.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * The slots that one client holds: from before its connection exists until that has
 * ended, or is not to be. Gives them back once, whatever happens.
 *
 * @since 0.1.0
 * @see ConnectionLimits
 */
public final class Admission implements AutoCloseable {

	private final @Nullable ConnectionSlots addresses;

	private final String address;

	private @Nullable ConnectionSlots users;

	private String user = "";

	private volatile boolean kept;

	private final AtomicBoolean closed = new AtomicBoolean();

	Admission(@Nullable ConnectionSlots addresses, String address) {
		this.addresses = addresses;
		this.address = address;
	}

	/**
	 * Hold a slot of a user as well.
	 * @param users the slots of users
	 * @param user the key of the user
	 */
	void user(ConnectionSlots users, String user) {
		this.users = users;
		this.user = user;
	}

	/**
	 * Hold the slots until a connection has ended.
	 * @param connection the connection, no transport of which has attached
	 * @param listener who else hears of the connection
	 */
	void keepFor(ClientConnection connection, @Nullable ConnectionListener listener) {
		this.kept = true;
		boolean empty = this.addresses == null && this.users == null;
		connection.listener(empty ? listener : new Listener(listener));
	}

	/**
	 * Give the slots back, unless a connection holds them.
	 */
	@Override
	public void close() {
		if (!this.kept) {
			giveBack();
		}
	}

	private void giveBack() {
		if (!this.closed.compareAndSet(false, true)) {
			return;
		}
		if (this.addresses != null) {
			this.addresses.giveBack(this.address);
		}
		if (this.users != null) {
			this.users.giveBack(this.user);
		}
	}

	/**
	 * Gives the slots back when the connection has ended.
	 */
	private final class Listener implements ConnectionListener {

		private final @Nullable ConnectionListener delegate;

		Listener(@Nullable ConnectionListener delegate) {
			this.delegate = delegate;
		}

		@Override
		public void onAttached(ClientConnection connection) {
			if (this.delegate != null) {
				this.delegate.onAttached(connection);
			}
		}

		@Override
		public void onClosed(ClientConnection connection, CloseReason reason) {
			if (this.delegate != null) {
				this.delegate.onClosed(connection, reason);
			}
		}

		@Override
		public void onEnded(ClientConnection connection) {
			giveBack();
			if (this.delegate != null) {
				this.delegate.onEnded(connection);
			}
		}

	}

}
