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

package dev.realtime.boot.actuate;

import java.util.List;
import java.util.Map;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A hub with some of its connections, which may be on any node.
 *
 * @param name the name of the hub
 * @param node the name of this node
 * @param summary the hub as this node has it
 * @param largestGroups the groups with the most members on this node, and their numbers
 * @param page the number of the page, from 0
 * @param size how many connections a page has
 * @param total how many connections match, on all nodes
 * @param connections the connections of the page
 * @since 0.1.0
 */
public record HubDescriptor(String name, String node, HubSummaryDescriptor summary, Map<String, Integer> largestGroups,
		int page, int size, int total, List<ConnectionDescriptor> connections) implements OperationResponseBody {

}
