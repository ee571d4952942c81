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

/**
 * The error texts of the codecs (hub protocol, "Binding, unknown things, and who survives
 * what"). Clients and their test suites compare them.
 */
final class ProtocolErrors {

	static final String READING_JSON = "Error reading JSON.";

	static final String READING_MESSAGE_PACK = "Error reading MessagePack.";

	static final String MESSAGE_OVER_2GB = "Messages over 2GB in size are not supported.";

	static final String RESULT_KIND = "Invalid invocation result kind.";

	static final String ERROR_AND_RESULT = "The 'error' and 'result' properties are mutually exclusive.";

	static final String UNKNOWN_METHOD = "Method does not exist.";

	static final String BINDING_ARGUMENTS = "Error binding arguments. Make sure that the types of the provided "
			+ "values match the types of the hub method being invoked.";

	private ProtocolErrors() {
	}

	static String messageTooBig(int maximum) {
		return "The maximum message size of " + maximum
				+ "B was exceeded. The message size can be configured in AddHubOptions.";
	}

	static String argumentCount(int provided, int expected) {
		return "Invocation provides " + provided + " argument(s) but target expects " + expected + ".";
	}

	static String missing(String property) {
		return "Missing required property '" + property + "'.";
	}

	static String notOfType(String property, String type) {
		return "Expected '" + property + "' to be of type " + type + ".";
	}

	static String headerNotString(String name) {
		return "Expected header '" + name + "' to be of type String.";
	}

	static String notBoolean(String property) {
		return "Expected '" + property + "' to be true or false.";
	}

	static String nullValue(String property) {
		return "Null value for '" + property + "' is not valid.";
	}

	static String notAnObject(String tokenType) {
		return "Unexpected JSON Token Type '" + tokenType + "'. Expected a JSON Object.";
	}

	static String readingInt32(String item) {
		return "Reading '" + item + "' as Int32 failed.";
	}

	static String readingInt64(String item) {
		return "Reading '" + item + "' as Int64 failed.";
	}

	static String readingBoolean(String item) {
		return "Reading '" + item + "' as Boolean failed.";
	}

	static String readingString(String item) {
		return "Reading '" + item + "' as String failed.";
	}

	static String readingObject(String item) {
		return "Reading '" + item + "' as Object failed.";
	}

	static String readingArray(String item) {
		return "Reading array length for '" + item + "' failed.";
	}

	static String readingMap(String item) {
		return "Reading map length for '" + item + "' failed.";
	}

	static String empty(String item, String message) {
		return "Null or empty " + item + " for " + message + " message.";
	}

}
