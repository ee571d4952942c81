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

import dev.realtime.lifetime.TestNodes.TestNode;

/**
 * Where the application is, and where the connections are.
 */
enum Topology {

	/**
	 * There is one node.
	 */
	ALONE,

	/**
	 * There are two nodes, and both are on the first.
	 */
	SAME_NODE,

	/**
	 * The application is on the first node, the connections are on the second.
	 */
	OTHER_NODE,

	/**
	 * The other way round.
	 */
	OTHER_NODE_REVERSED;

	Scene open() {
		TestNodes nodes = new TestNodes();
		if (this == ALONE) {
			TestNode node = nodes.alone();
			return new Scene(nodes, node, node);
		}
		TestNode first = nodes.node();
		TestNode second = nodes.node();
		return switch (this) {
			case ALONE, SAME_NODE -> new Scene(nodes, first, first);
			case OTHER_NODE -> new Scene(nodes, first, second);
			case OTHER_NODE_REVERSED -> new Scene(nodes, second, first);
		};
	}

	/**
	 * The nodes.
	 *
	 * @param nodes all nodes
	 * @param here the node of the application
	 * @param there the node of the connections
	 */
	record Scene(TestNodes nodes, TestNode here, TestNode there) implements AutoCloseable {

		@Override
		public void close() {
			this.nodes.close();
		}

	}

}
