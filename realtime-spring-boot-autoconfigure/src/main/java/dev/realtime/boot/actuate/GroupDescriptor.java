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

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A group with some of its members, which may be on any node.
 *
 * @param name the name of the group
 * @param page the number of the page, from 0
 * @param size how many members a page has
 * @param total how many members there are, on all nodes
 * @param connections the members of the page
 * @since 0.1.0
 */
public record GroupDescriptor(String name, int page, int size, int total,
		List<ConnectionDescriptor> connections) implements OperationResponseBody {

}
