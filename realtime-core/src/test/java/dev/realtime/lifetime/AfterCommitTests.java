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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.realtime.connection.Lane;
import dev.realtime.hub.ClientProxy;
import dev.realtime.hub.HubTargets;
import dev.realtime.hub.PlainMessage;
import dev.realtime.hub.TypedClients;
import dev.realtime.hub.annotation.HubClient;
import dev.realtime.lifetime.TestNodes.TestNode;
import dev.realtime.lifetime.Topology.Scene;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.BeanUtils;
import org.springframework.core.OverridingClassLoader;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Sends that wait for a transaction with a database.
 */
class AfterCommitTests {

	private final TestNodes nodes = new TestNodes();

	private final TestNode node = this.nodes.alone();

	private final HubTargets<ClientProxy> afterCommit = this.node.chat.afterCommit();

	private final TestDatabase database = new TestDatabase();

	@AfterEach
	void close() {
		this.nodes.close();
		this.database.close();
	}

	@ParameterizedTest
	@EnumSource
	void sendsWhatIsCommitted(Topology topology) {
		try (Scene scene = topology.open()) {
			TestClient client = scene.there().connect("c1");
			this.database.inTransaction((status) -> {
				this.database.insert("first");
				scene.here().chat.afterCommit().all().send("m", 1);
				scene.here().chat.all().send("m", 0).join();
				client.assertReceived("m[0]");
			});
			client.assertReceived("m[0]", "m[1]");
			assertThat(this.database.rows()).containsExactly("first");
		}
	}

	@Test
	void rowsAreThereForWhoeverReceivesAMessage() {
		TestClient client = this.node.connect("c1");
		AtomicInteger rows = new AtomicInteger();
		this.database.inTransaction((status) -> {
			this.database.insert("first");
			this.afterCommit.all()
				.send("m", 1)
				.thenRun(() -> this.database.onAnotherThread(() -> rows.set(this.database.rows().size())));
		});
		client.assertReceived("m[1]");
		assertThat(rows).hasValue(1);
	}

	@Test
	void sendsNothingOfWhatIsRolledBack() {
		TestClient client = this.node.connect("c1");
		CompletableFuture<Void> accepted = this.database.inTransactionThatIsRolledBack(() -> {
			this.database.insert("first");
			return this.afterCommit.all().send("m", 1);
		});
		assertThat(accepted).isCancelled();
		this.node.chat.all().send("m", 2);
		client.assertReceived("m[2]");
		assertThat(this.database.rows()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void sendsNothingIfTheCommitFails(boolean rollback) {
		TestClient client = this.node.connect("c1");
		this.database.failCommits(rollback);
		AtomicReference<CompletableFuture<Void>> accepted = new AtomicReference<>();
		assertThatExceptionOfType(TransactionSystemException.class).isThrownBy(
				() -> this.database.inTransaction((status) -> accepted.set(this.afterCommit.all().send("m", 1))));
		assertThat(accepted.get()).isCancelled();
		assertThat(client.received()).isEmpty();
	}

	@Test
	void sendsAtOnceWithoutATransaction() {
		TestClient client = this.node.connect("c1");
		assertThat(this.afterCommit.all().send("m", 1)).isCompleted();
		assertThat(client.received()).containsExactly("m[1]");
		this.database.withoutTransaction((status) -> {
			assertThat(TransactionSynchronizationManager.isSynchronizationActive()).isTrue();
			assertThat(this.afterCommit.all().send("m", 2)).isCompleted();
			assertThat(client.received()).containsExactly("m[1]", "m[2]");
		});
	}

	@Test
	void sendsAtOnceWhereThereAreNoTransactions() throws Exception {
		ClassLoader classLoader = new OverridingClassLoader(getClass().getClassLoader()) {

			@Override
			protected boolean isEligibleForOverriding(String className) {
				return className.startsWith("dev.realtime.");
			}

			@Override
			protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
				if (name.startsWith("org.springframework.transaction.")) {
					throw new ClassNotFoundException(name);
				}
				return super.loadClass(name, resolve);
			}

		};
		Class<?> type = classLoader.loadClass(WithoutTransactions.class.getName());
		assertThat(((Callable<?>) BeanUtils.instantiateClass(type)).call()).isEqualTo(List.of("m[1]", "m[2]"));
	}

	@Test
	void sendsAfterATransactionThatOnlyReads() {
		TestClient client = this.node.connect("c1");
		this.database.inReadOnlyTransaction((status) -> {
			this.afterCommit.all().send("m", 1);
			assertThat(client.received()).isEmpty();
		});
		client.assertReceived("m[1]");
	}

	@Test
	void keepsTheOrderOfAllTargets() {
		TestClient client = this.node.connect("c1", "ann");
		client.join("g1");
		client.join("g2");
		this.database.inTransaction((status) -> {
			this.afterCommit.group("g1").send("m", 1);
			this.afterCommit.user("ann").send("m", 2);
			this.afterCommit.groups("g1", "g2").send("m", 3);
			this.afterCommit.client("c1").publish(PlainMessage.text("4"));
			this.afterCommit.matching("userId eq 'ann'").send("m", 5);
			this.node.chat.afterCommit(ChatClient.class).all().m(6);
			TypedClients.of(ChatClient.class).context(this.node.chat).afterCommit().all().m(7);
		});
		client.assertReceived("m[1]", "m[2]", "m[3]", "m[3]", "server: 4", "m[5]", "m[6]", "m[7]");
	}

	@Test
	void findsTheReceiversAfterTheCommit() {
		TestClient early = this.node.connect("c1");
		early.join("g1");
		AtomicReference<TestClient> late = new AtomicReference<>();
		this.database.inTransaction((status) -> {
			this.afterCommit.group("g1").send("m", 1);
			this.afterCommit.groups("g1", "g2").publish(PlainMessage.text("2"));
			early.leave("g1");
			// the first one with its protocol
			late.set(TestClient.connect(this.node.manager, "c2", null, this.node.binary, Lane.direct()));
			late.get().join("g1");
		});
		late.get().assertReceived("m[1]", "group g1: 2");
		this.node.chat.all().send("m", 3);
		early.assertReceived("m[3]");
	}

	@Test
	void encodesWhenItIsAsked() {
		TestClient client = this.node.connect("c1");
		this.database.inTransaction((status) -> {
			AtomicInteger value = new AtomicInteger(1);
			this.afterCommit.all().send("m", value);
			value.set(2);
			assertThatExceptionOfType(MessageConversionException.class)
				.isThrownBy(() -> this.afterCommit.all().send("m", Thread.currentThread()));
			assertThatIllegalArgumentException().isThrownBy(() -> this.afterCommit.all().send(""));
		});
		client.assertReceived("m[1]");
	}

	@Test
	void oneThatFailsStopsNeitherTheOthersNorTheCommit() {
		TestClient client = this.node.connect("c1");
		List<CompletableFuture<Void>> failing = new ArrayList<>();
		this.database.inTransaction((status) -> {
			this.database.insert("first");
			failing.add(PendingSends.add(() -> {
				throw new IllegalStateException("now");
			}));
			failing.add(PendingSends.add(() -> CompletableFuture.failedFuture(new IllegalStateException("later"))));
			this.afterCommit.all().send("m", 1);
		});
		client.assertReceived("m[1]");
		assertThat(failing).allMatch(CompletableFuture::isCompletedExceptionally);
		assertThat(this.database.rows()).containsExactly("first");
	}

	@Test
	void cannotBeWaitedForInTheTransaction() {
		TestClient client = this.node.connect("c1");
		AtomicReference<CompletableFuture<Integer>> accepted = new AtomicReference<>();
		this.database.inTransaction((status) -> {
			CompletableFuture<Void> future = this.afterCommit.all().send("m", 1);
			assertThatIllegalStateException().isThrownBy(future::join)
				.withMessage("What is sent after the commit cannot be waited for before the commit");
			assertThatIllegalStateException().isThrownBy(future::get);
			assertThatIllegalStateException().isThrownBy(() -> future.get(1, TimeUnit.MINUTES));
			assertThatIllegalStateException().isThrownBy(() -> future.thenApply((nothing) -> 1).join());
			accepted.set(future.thenApply((nothing) -> 1));
		});
		assertThat(accepted.get().join()).isEqualTo(1);
		client.assertReceived("m[1]");
	}

	@Test
	void canBeTakenBack() {
		TestClient client = this.node.connect("c1");
		this.database.inTransaction((status) -> {
			CompletableFuture<Void> accepted = this.afterCommit.all().send("m", 1);
			accepted.cancel(false);
			assertThatExceptionOfType(CancellationException.class).isThrownBy(accepted::join);
			this.afterCommit.all().send("m", 2);
		});
		client.assertReceived("m[2]");
	}

	@Test
	void sendsWhatCallbacksAfterTheCommitSend() {
		TestClient client = this.node.connect("c1");
		this.database.inTransaction(
				(status) -> TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

					@Override
					public void afterCommit() {
						AfterCommitTests.this.afterCommit.all().send("m", 1);
					}

					@Override
					public void afterCompletion(int outcome) {
						AfterCommitTests.this.afterCommit.all().send("m", 2);
					}

				}));
		assertThat(client.received()).containsExactlyInAnyOrder("m[1]", "m[2]");
	}

	@Test
	void clientsCannotBeAskedForResults() {
		ChatClient client = this.node.chat.afterCommit(ChatClient.class).client("c1");
		assertThatIllegalStateException().isThrownBy(client::confirm)
			.withMessageEndingWith(
					"confirm() returns a result, which only works with single clients, " + "and not after a commit");
	}

	/**
	 * Runs in a class loader of its own.
	 */
	static class WithoutTransactions implements Callable<List<String>> {

		@Override
		public List<String> call() {
			try (TestNodes others = new TestNodes()) {
				TestNode node = others.alone();
				TestClient client = node.connect("c1");
				node.chat.afterCommit().all().send("m", 1);
				node.chat.afterCommit().clients("c1", "c2").send("m", 2);
				return client.received();
			}
		}

	}

	@HubClient("chat")
	interface ChatClient {

		void m(int number);

		CompletableFuture<Boolean> confirm();

	}

}
