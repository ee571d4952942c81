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

package dev.realtime.web;

import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * What goes wrong in the REST API without being the fault of a request: one failure a
 * minute is logged as an error, and all of them at debug level.
 */
final class RestFailures {

	private static final Log logger = LogFactory.getLog(RestFailures.class);

	private final LogThrottle throttle;

	/**
	 * Create a log of failures.
	 * @param nanoTime the current time in nanoseconds
	 */
	RestFailures(LongSupplier nanoTime) {
		this.throttle = new LogThrottle(nanoTime);
	}

	/**
	 * Log a failure.
	 * @param method the method of the request
	 * @param path its path as it was sent, without the query
	 * @param failure what went wrong
	 */
	void failed(String method, String path, Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		String text = method + " " + path + " could not be handled";
		long others = this.throttle.next();
		if (others == LogThrottle.TOO_EARLY) {
			logger.debug(text, cause);
		}
		else {
			logger.error(text + ((others > 0) ? " (%d failures since the last error)".formatted(others) : ""), cause);
		}
	}

}
