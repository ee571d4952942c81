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
import java.util.Collections;
import java.util.List;

import dev.realtime.lifetime.TestNodes.TestNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is recorded of broadcasts.
 */
class BroadcastRecorderTests {

	private final TestNodes nodes = new TestNodes();

	private final TestNode node = this.nodes.alone();

	private final List<Integer> receivers = Collections.synchronizedList(new ArrayList<>());

	@BeforeEach
	void record() {
		this.node.manager.broadcastRecorder((hub, receivers, nanos) -> {
			assertThat(hub).isEqualTo("chat");
			assertThat(nanos).isNotNegative();
			this.receivers.add(receivers);
		});
	}

	@AfterEach
	void close() {
		this.nodes.close();
	}

	@Test
	void broadcastIsRecordedOnceForAllLanes() throws Exception {
		this.node.connect("c0", "ann").join("g");
		for (int i = 1; i <= 2; i++) {
			this.node.connect("c" + i, "ann", this.nodes.lane()).join("g");
		}
		this.node.connect("c3");
		this.node.chat.group("g").send("m").join();
		this.node.chat.all().send("m").join();
		this.node.chat.clients().allExcept("c0", "c1").send("m").join();
		this.node.chat.clients().matching("userId eq 'ann'").send("m").join();
		this.nodes.awaitLanes();
		assertThat(this.receivers).containsExactlyInAnyOrder(3, 4, 2, 3);
	}

	@Test
	void whatIsForOneUserOrNobodyIsNotRecorded() {
		this.node.connect("c0", "ann");
		this.node.chat.user("ann").send("m").join();
		this.node.chat.client("c0").send("m").join();
		this.node.chat.group("none").send("m").join();
		this.node.chat.clients().allExcept("c0").send("m").join();
		assertThat(this.receivers).isEmpty();
	}

}
