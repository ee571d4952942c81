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

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.h2.jdbcx.JdbcConnectionPool;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A database with transactions, and one table of names.
 */
final class TestDatabase implements AutoCloseable {

	private final JdbcConnectionPool dataSource = JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID(), "", "");

	private final JdbcTemplate jdbc = new JdbcTemplate(this.dataSource);

	private final TransactionManager transactionManager = new TransactionManager();

	TestDatabase() {
		this.jdbc.execute("create table entry (name varchar primary key)");
	}

	void insert(String name) {
		this.jdbc.update("insert into entry values (?)", name);
	}

	List<String> rows() {
		return this.jdbc.queryForList("select name from entry order by name", String.class);
	}

	void inTransaction(Consumer<TransactionStatus> work) {
		execute(work, TransactionDefinition.PROPAGATION_REQUIRED, false);
	}

	void inTransactionOfItsOwn(Consumer<TransactionStatus> work) {
		execute(work, TransactionDefinition.PROPAGATION_REQUIRES_NEW, false);
	}

	void inNestedTransaction(Consumer<TransactionStatus> work) {
		execute(work, TransactionDefinition.PROPAGATION_NESTED, false);
	}

	void inReadOnlyTransaction(Consumer<TransactionStatus> work) {
		execute(work, TransactionDefinition.PROPAGATION_REQUIRED, true);
	}

	void withoutTransaction(Consumer<TransactionStatus> work) {
		execute(work, TransactionDefinition.PROPAGATION_SUPPORTS, false);
	}

	<T> T inTransactionThatIsRolledBack(Supplier<T> work) {
		return new TransactionTemplate(this.transactionManager).execute((status) -> {
			status.setRollbackOnly();
			return work.get();
		});
	}

	private void execute(Consumer<TransactionStatus> work, int propagation, boolean readOnly) {
		DefaultTransactionDefinition definition = new DefaultTransactionDefinition(propagation);
		definition.setReadOnly(readOnly);
		new TransactionTemplate(this.transactionManager, definition).executeWithoutResult(work);
	}

	void onAnotherThread(Runnable work) {
		CompletableFuture.runAsync(work).join();
	}

	/**
	 * Let all commits fail from now on.
	 * @param rollback whether to roll back then, or to leave open what has happened
	 */
	void failCommits(boolean rollback) {
		this.transactionManager.failing = true;
		this.transactionManager.setRollbackOnCommitFailure(rollback);
	}

	@Override
	public void close() {
		this.dataSource.dispose();
	}

	@SuppressWarnings("serial")
	private final class TransactionManager extends JdbcTransactionManager {

		private boolean failing;

		TransactionManager() {
			super(TestDatabase.this.dataSource);
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
			if (this.failing) {
				throw new TransactionSystemException("No commit today");
			}
			super.doCommit(status);
		}

	}

}
