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

import java.util.concurrent.CompletableFuture;

import dev.realtime.hub.ClientProxy;
import dev.realtime.lifetime.TestNodes.TestNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.TransactionStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends after the commit of one of several transactions.
 */
class NestedTransactionTests {

	private final TestNodes nodes = new TestNodes();

	private final TestNode node = this.nodes.alone();

	private final ClientProxy afterCommit = this.node.chat.afterCommit().all();

	private final TestDatabase database = new TestDatabase();

	private TestClient client;

	@BeforeEach
	void connect() {
		this.client = this.node.connect("c1");
	}

	@AfterEach
	void close() {
		this.nodes.close();
		this.database.close();
	}

	@Test
	void aTransactionThatTakesPartSendsWithTheOther() {
		this.database.inTransaction((outer) -> {
			this.afterCommit.send("m", 1);
			this.database.inTransaction((inner) -> this.afterCommit.send("m", 2));
			assertThat(this.client.received()).isEmpty();
		});
		this.client.assertReceived("m[1]", "m[2]");
	}

	@Test
	void aTransactionOfItsOwnSendsOnItsOwn() {
		this.database.inTransaction((outer) -> {
			this.afterCommit.send("m", 1);
			this.database.inTransactionOfItsOwn((inner) -> this.afterCommit.send("m", 2));
			this.client.assertReceived("m[2]");
			this.database.inTransactionOfItsOwn((inner) -> {
				this.afterCommit.send("m", 3);
				inner.setRollbackOnly();
			});
			this.afterCommit.send("m", 4);
		});
		this.client.assertReceived("m[2]", "m[1]", "m[4]");
	}

	@Test
	void aTransactionOfItsOwnSendsThoughTheOtherIsRolledBack() {
		this.database.inTransaction((outer) -> {
			this.afterCommit.send("m", 1);
			this.database.inTransactionOfItsOwn((inner) -> this.afterCommit.send("m", 2));
			outer.setRollbackOnly();
		});
		this.client.assertReceived("m[2]");
	}

	@Test
	void aNestedTransactionSendsWithTheOther() {
		this.database.inTransaction((outer) -> {
			this.afterCommit.send("m", 1);
			this.database.inNestedTransaction((inner) -> this.afterCommit.send("m", 2));
			assertThat(this.client.received()).isEmpty();
			this.afterCommit.send("m", 3);
		});
		this.client.assertReceived("m[1]", "m[2]", "m[3]");
	}

	@Test
	void aNestedTransactionThatIsRolledBackSendsNothing() {
		this.database.inTransaction((outer) -> {
			this.database.inNestedTransaction((inner) -> {
				this.afterCommit.send("m", 1);
				inner.setRollbackOnly();
			});
			this.afterCommit.send("m", 2);
			this.database.inNestedTransaction((inner) -> {
				this.afterCommit.send("m", 3);
				this.database.inNestedTransaction((innermost) -> this.afterCommit.send("m", 4));
				inner.setRollbackOnly();
			});
			this.afterCommit.send("m", 5);
		});
		this.client.assertReceived("m[2]", "m[5]");
	}

	@Test
	void whatIsSentAfterASavepointGoesWithIt() {
		this.database.inTransaction((status) -> {
			this.afterCommit.send("m", 1);
			Object first = status.createSavepoint();
			this.afterCommit.send("m", 2);
			Object second = status.createSavepoint();
			assertThat(rolledBack(status, second)).isCancelled();
			assertThat(rolledBack(status, second)).isCancelled();
			this.afterCommit.send("m", 3);
			status.rollbackToSavepoint(first);
			this.afterCommit.send("m", 4);
			status.releaseSavepoint(first);
		});
		this.client.assertReceived("m[1]", "m[4]");
	}

	private CompletableFuture<Void> rolledBack(TransactionStatus status, Object savepoint) {
		CompletableFuture<Void> accepted = this.afterCommit.send("m", 0);
		status.rollbackToSavepoint(savepoint);
		return accepted;
	}

}
