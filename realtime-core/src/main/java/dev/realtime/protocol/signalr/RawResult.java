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

import java.util.Arrays;

import org.springframework.util.Assert;

/**
 * A value that is passed on as it is on the wire. An
 * {@link dev.realtime.protocol.InvocationBinder} that names this class as the type of a
 * value is given the value's encoded form; a value of this class is written unchanged,
 * and only by the protocol it was read by.
 *
 * @param encoded the value in the form of the protocol, which must not be changed
 * @since 0.1.0
 */
public record RawResult(byte[] encoded) {

	public RawResult {
		Assert.notNull(encoded, "'encoded' must not be null");
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof RawResult raw && Arrays.equals(this.encoded, raw.encoded);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.encoded);
	}

	@Override
	public String toString() {
		return "RawResult[" + this.encoded.length + " bytes]";
	}

}
