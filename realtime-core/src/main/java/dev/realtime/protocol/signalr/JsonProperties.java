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

import dev.realtime.protocol.json.JsonNames;

/**
 * The property names of the JSON hub protocol, which are case-sensitive (hub protocol,
 * "JSON protocol").
 */
final class JsonProperties {

	static final String TYPE = "type";

	static final String HEADERS = "headers";

	static final String INVOCATION_ID = "invocationId";

	static final String TARGET = "target";

	static final String ARGUMENTS = "arguments";

	static final String STREAM_IDS = "streamIds";

	static final String ITEM = "item";

	static final String RESULT = "result";

	static final String ERROR = "error";

	static final String ALLOW_RECONNECT = "allowReconnect";

	static final String SEQUENCE_ID = "sequenceId";

	static final JsonNames NAMES = new JsonNames(TYPE, HEADERS, INVOCATION_ID, TARGET, ARGUMENTS, STREAM_IDS, ITEM,
			RESULT, ERROR, ALLOW_RECONNECT, SEQUENCE_ID);

	private JsonProperties() {
	}

}
