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

import java.util.Map;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Some of the groups of a hub, as one node has them.
 *
 * @param node the name of the node
 * @param page the number of the page, from 0
 * @param size how many groups a page has
 * @param total how many groups there are
 * @param groups the numbers of members by name of the group, the largest group first
 * @since 0.1.0
 */
public record GroupsDescriptor(String node, int page, int size, int total,
		Map<String, Integer> groups) implements OperationResponseBody {

}
