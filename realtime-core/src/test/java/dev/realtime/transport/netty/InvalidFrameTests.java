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

package dev.realtime.transport.netty;

import java.util.stream.Stream;

import dev.realtime.web.ClientFrames;
import dev.realtime.web.InvalidFrames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FrameReader} with clients that do not follow the protocol.
 */
class InvalidFrameTests {

	@ParameterizedTest
	@MethodSource
	void isRefused(InvalidFrames frames) {
		ReadFrames read = ReadFrames.of(frames.bytes());
		assertThat(read.errorStatus).isEqualTo(frames.status());
		assertThat(read.closeStatus).isEqualTo(ReadFrames.NONE);
	}

	static Stream<InvalidFrames> isRefused() {
		return InvalidFrames.all();
	}

	@ParameterizedTest
	@MethodSource("isRefused")
	void isRefusedWhereverItIsCut(InvalidFrames frames) {
		byte[] bytes = frames.bytes();
		for (int cut = 1; cut < Math.min(bytes.length, 200); cut++) {
			ReadFrames read = new ReadFrames(16).read(bytes, 0, cut).read(bytes, cut, bytes.length);
			assertThat(read.errorStatus).as("cut at %s", cut).isEqualTo(frames.status());
		}
	}

	@ParameterizedTest
	@MethodSource("isRefused")
	void whatCameBeforeIsHandedOn(InvalidFrames frames) {
		ReadFrames read = ReadFrames.of(ClientFrames.concat(ClientFrames.text("first"), frames.bytes()));
		assertThat(read.text()).startsWith("first");
		assertThat(read.errorStatus).isEqualTo(frames.status());
	}

	@Test
	void invalidTextIsRefusedBeforeItsEnd() {
		byte[] frame = ClientFrames.concat(
				ClientFrames.head(ClientFrames.LAST | ClientFrames.TEXT, 127, Long.MAX_VALUE, 0),
				new byte[] { 'a', (byte) 0xff });
		assertThat(ReadFrames.of(frame).errorStatus).isEqualTo(1007);
	}

	@Test
	void invalidHeaderIsRefusedBeforeItsEnd() {
		assertThat(ReadFrames.of((byte) 0xf1).errorStatus).isEqualTo(1002);
		assertThat(ReadFrames.of((byte) 0x81, (byte) 0x00).errorStatus).isEqualTo(1002);
		assertThat(ReadFrames.of((byte) 0x89, (byte) 0xfe).errorStatus).isEqualTo(1002);
	}

}
