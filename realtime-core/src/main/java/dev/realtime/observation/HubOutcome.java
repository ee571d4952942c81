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

package dev.realtime.observation;

import dev.realtime.observation.HubObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/**
 * How a call, or the handling of an event, has ended.
 *
 * @since 0.1.0
 */
public enum HubOutcome {

	/**
	 * Nothing has failed.
	 */
	SUCCESS,

	/**
	 * The client has cancelled the call or is gone, so that a stream has ended early, or
	 * a method has been told so that wanted to know.
	 */
	CANCELLED,

	/**
	 * The client was not let in: it may not do what it wants, or it has called a method
	 * that does not exist or in a way that does not fit.
	 */
	REFUSED,

	/**
	 * Something has failed.
	 */
	ERROR;

	/**
	 * Return the keys of what has ended like this.
	 * @param error the failure, or {@code null}
	 * @return the keys that are not there before the end
	 */
	KeyValues keyValues(@Nullable Throwable error) {
		return KeyValues.of(LowCardinalityKeyNames.OUTCOME.withValue(name()),
				LowCardinalityKeyNames.ERROR_TYPE.withValue(ErrorType.of(error)));
	}

}
