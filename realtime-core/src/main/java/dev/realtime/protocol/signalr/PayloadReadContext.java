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

package dev.realtime.protocol.signalr;

import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TreeNode;
import tools.jackson.core.tree.ArrayTreeNode;
import tools.jackson.core.tree.ObjectTreeNode;
import tools.jackson.core.type.ResolvedType;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Lets deserializers read nested values from a parser that no mapper has created.
 */
final class PayloadReadContext extends ObjectReadContext.Base {

	private final PayloadReaders readers;

	PayloadReadContext(PayloadReaders readers) {
		this.readers = readers;
	}

	@Override
	public ObjectTreeNode createObjectNode() {
		return JsonNodeFactory.instance.objectNode();
	}

	@Override
	public ArrayTreeNode createArrayNode() {
		return JsonNodeFactory.instance.arrayNode();
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T extends TreeNode> T readTree(JsonParser parser) {
		return (T) this.readers.forType(JsonNode.class).readValue(parser);
	}

	@Override
	public <T> T readValue(JsonParser parser, Class<T> type) {
		return this.readers.forType(type).readValue(parser);
	}

	@Override
	public <T> T readValue(JsonParser parser, TypeReference<T> type) {
		return this.readers.forType(type.getType()).readValue(parser);
	}

	@Override
	public <T> T readValue(JsonParser parser, ResolvedType type) {
		return this.readers.untyped().forType((JavaType) type).readValue(parser);
	}

}
