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

package dev.realtime.benchmarks.load;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectionLimit}.
 */
class ConnectionLimitTests {

	private final ByteArrayOutputStream output = new ByteArrayOutputStream();

	private final PrintStream messages = new PrintStream(this.output);

	@Test
	void whatIsPossibleStaysAsItIs() {
		assertThat(ConnectionLimit.apply(10_000, 20_000, true, this.messages)).isEqualTo(10_000);
		assertThat(this.output.toString()).isEmpty();
	}

	@Test
	void fileDescriptorsLimit() {
		assertThat(ConnectionLimit.apply(10_000, 1024, true, this.messages)).isEqualTo(524);
		assertThat(this.output.toString()).contains("524 connections instead of 10000", "1024 files", "ulimit -n");
	}

	@Test
	void portsLimitWhereThereIsOneSource() {
		assertThat(ConnectionLimit.apply(20_000, Long.MAX_VALUE, false, this.messages)).isEqualTo(15_000);
		assertThat(this.output.toString()).contains("15000 connections instead of 20000", "ports");
	}

}
