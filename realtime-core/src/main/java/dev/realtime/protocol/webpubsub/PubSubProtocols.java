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

package dev.realtime.protocol.webpubsub;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * The protocols of Web PubSub clients that can be spoken.
 *
 * @since 0.1.0
 */
public final class PubSubProtocols {

	private static final boolean PROTOBUF_PRESENT = ClassUtils.isPresent("com.google.protobuf.CodedInputStream",
			PubSubProtocols.class.getClassLoader());

	private PubSubProtocols() {
	}

	/**
	 * Create the protocols for which there are the libraries.
	 * @param mapper the mapper for values of the application
	 * @return the sub-protocols, and the plain protocol last
	 */
	public static List<PubSubProtocol> available(JsonMapper mapper) {
		Assert.notNull(mapper, "'mapper' must not be null");
		List<PubSubProtocol> protocols = new ArrayList<>(5);
		protocols.add(new JsonPubSubProtocol(mapper));
		protocols.add(JsonPubSubProtocol.reliable(mapper));
		if (PROTOBUF_PRESENT) {
			protocols.add(new ProtobufPubSubProtocol(mapper));
			protocols.add(ProtobufPubSubProtocol.reliable(mapper));
		}
		protocols.add(new PlainPubSubProtocol(mapper));
		return List.copyOf(protocols);
	}

}
