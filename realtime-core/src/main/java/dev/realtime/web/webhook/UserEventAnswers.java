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

package dev.realtime.web.webhook;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.realtime.event.UserEventResponse;
import dev.realtime.protocol.JsonText;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.ServerMessage.DataType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * Reads the answers of webhooks to events that clients send by name (Web PubSub, the
 * events).
 */
final class UserEventAnswers {

	private static final int MAX_METADATA_KEY = 256;

	private static final int MAX_METADATA_VALUE = 1024;

	private static final int MAX_METADATA = 8 * 1024;

	private UserEventAnswers() {
	}

	/**
	 * Read an answer.
	 * @param response the response
	 * @return the reply, if there is one, and the new state
	 * @throws WebhookException if it is no success, or nothing that can be passed on
	 */
	static UserEventResponse read(HttpResponse<byte[]> response) {
		Answers.checkSuccess(response);
		String state = Answers.state(response);
		Map<String, String> metadata = metadata(response);
		byte[] body = response.body();
		if (response.statusCode() == 204 || body.length == 0) {
			return metadata.isEmpty() ? new UserEventResponse(null, state)
					: new UserEventResponse(new ServerMessage.Data(null, null, DataType.TEXT, "", metadata), state);
		}
		return new UserEventResponse(reply(response, metadata), state);
	}

	private static ServerMessage.Data reply(HttpResponse<byte[]> response, Map<String, String> metadata) {
		byte[] body = response.body();
		MediaType type = contentType(response);
		DataType dataType = dataType(type);
		Object payload = switch (dataType) {
			case TEXT -> text(body, type);
			case JSON -> json(body, type);
			case BINARY, PROTOBUF -> body;
		};
		return new ServerMessage.Data(null, null, dataType, payload, metadata);
	}

	private static @Nullable MediaType contentType(HttpResponse<?> response) {
		String value = response.headers().firstValue("Content-Type").orElse("");
		try {
			return value.isBlank() ? null : MediaType.parseMediaType(value);
		}
		catch (InvalidMediaTypeException ex) {
			throw new WebhookException("The Content-Type of the answer is none", ex);
		}
	}

	private static DataType dataType(@Nullable MediaType type) {
		if (type == null) {
			return DataType.BINARY;
		}
		return switch (type.getType() + "/" + type.getSubtype()) {
			case "text/plain" -> DataType.TEXT;
			case "application/json" -> DataType.JSON;
			case "application/octet-stream" -> DataType.BINARY;
			case "application/x-protobuf" -> DataType.PROTOBUF;
			default ->
				throw new WebhookException("The Content-Type %s of the answer cannot be passed on".formatted(type));
		};
	}

	private static String text(byte[] body, @Nullable MediaType type) {
		Charset charset = (type != null && type.getCharset() != null) ? type.getCharset() : StandardCharsets.UTF_8;
		try {
			return charset.newDecoder().decode(ByteBuffer.wrap(body)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new WebhookException("The answer is not text in " + charset, ex);
		}
	}

	// passed on as it is, so it has to be JSON
	private static JsonText json(byte[] body, @Nullable MediaType type) {
		byte[] utf8 = text(body, type).getBytes(StandardCharsets.UTF_8);
		try (JsonParser parser = JsonMapper.shared().createParser(utf8)) {
			if (parser.nextToken() == null) {
				throw new WebhookException("The answer is not JSON");
			}
			parser.skipChildren();
			if (parser.nextToken() != null) {
				throw new WebhookException("The answer is more than one JSON value");
			}
		}
		catch (JacksonException ex) {
			// its message may show the answer
			throw new WebhookException("The answer is not JSON");
		}
		return JsonText.of(utf8);
	}

	private static Map<String, String> metadata(HttpResponse<?> response) {
		Map<String, String> metadata = new LinkedHashMap<>();
		int size = 0;
		for (Map.Entry<String, List<String>> header : response.headers().map().entrySet()) {
			if (header.getKey().toLowerCase(Locale.ROOT).startsWith(EventRequests.METADATA_PREFIX)) {
				String key = header.getKey().substring(EventRequests.METADATA_PREFIX.length());
				String value = header.getValue().get(0);
				size += key.length() + value.length();
				if (key.isEmpty() || header.getValue().size() > 1 || key.length() > MAX_METADATA_KEY
						|| value.length() > MAX_METADATA_VALUE || size > MAX_METADATA) {
					throw new WebhookException("The answer has metadata that cannot be passed on");
				}
				metadata.put(key, value);
			}
		}
		return metadata;
	}

}
