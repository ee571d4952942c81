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

import java.lang.reflect.Type;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests with random messages. What they were made of is in the message of a failure.
 */
class HubProtocolRoundTripTests {

	private final TestBinder binder = new TestBinder() {

		@Override
		public List<Type> parameterTypes(String target) {
			return Collections.nCopies(RandomMessages.argumentCount(target), Object.class);
		}

		@Override
		public Type resultType(String invocationId) {
			return Object.class;
		}

		@Override
		public Type streamItemType(String streamId) {
			return Object.class;
		}

	};

	@ParameterizedTest
	@MethodSource("protocols")
	void readsWhatItWrites(HubProtocol protocol) {
		long seed = Long.getLong("fuzz.seed", System.nanoTime());
		for (int i = 0; i < 3000; i++) {
			HubMessage message = new RandomMessages(new Random(seed)).next();
			HubMessage read = protocol.decode(Frames.buffer(protocol.encode(message).bytes()), this.binder,
					Integer.MAX_VALUE);
			assertThat(read).as("-Dfuzz.seed=%d", seed).usingRecursiveComparison().isEqualTo(message);
			seed++;
		}
	}

	static Stream<HubProtocol> protocols() {
		return Stream.of(Frames.JSON, MessagePackFrames.PROTOCOL);
	}

}
