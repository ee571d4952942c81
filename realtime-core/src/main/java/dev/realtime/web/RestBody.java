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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

import dev.realtime.hub.PlainMessage;
import dev.realtime.protocol.JsonText;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * The body of a request to the REST API.
 *
 * @param bytes the bytes
 * @param contentType what they are
 */
record RestBody(byte[] bytes, MediaType contentType) {

	private static final int MAXIMUM_SIZE = 1024 * 1024;

	private static final JsonFactory JSON = new JsonFactory();

	/**
	 * Read the body.
	 * @param request the request
	 * @return the body
	 * @throws RestException if it is too long, or does not say how long it is
	 */
	static RestBody read(HttpServletRequest request) throws RestException {
		MediaType contentType = contentType(request.getContentType());
		long length = request.getContentLengthLong();
		if (length < 0 || length > MAXIMUM_SIZE) {
			throw RestException.badRequest("Invalid Content-Length header.");
		}
		try {
			byte[] bytes = request.getInputStream().readNBytes((int) length);
			if (bytes.length != length) {
				throw RestException.badRequest("The request body is not complete.");
			}
			return new RestBody(bytes, contentType);
		}
		catch (IOException ex) {
			throw RestException.badRequest("The request body is not complete.");
		}
	}

	private static MediaType contentType(@Nullable String header) throws RestException {
		try {
			return (header != null && !header.isBlank()) ? MediaType.parseMediaType(header)
					: MediaType.APPLICATION_OCTET_STREAM;
		}
		catch (InvalidMediaTypeException ex) {
			throw RestException
				.unsupportedMediaType("The Content-Type header is not valid, or its charset not supported.");
		}
	}

	/**
	 * Return the body as a message for clients.
	 * @return the message; JSON is passed on as it is
	 * @throws RestException if the body is not what it is said to be, or nothing that
	 * clients can receive
	 */
	PlainMessage message() throws RestException {
		String type = (this.contentType.getType() + "/" + this.contentType.getSubtype()).toLowerCase(Locale.ROOT);
		return switch (type) {
			case MediaType.TEXT_PLAIN_VALUE -> PlainMessage.text(text());
			case MediaType.APPLICATION_JSON_VALUE -> PlainMessage.json(json());
			case MediaType.APPLICATION_OCTET_STREAM_VALUE -> PlainMessage.binary(this.bytes);
			default -> throw RestException.unsupportedMediaType(
					"The media type is not supported. Choose text/plain, application/json or application/octet-stream.");
		};
	}

	/**
	 * Return the body as a JSON value.
	 * @return the value as it was sent, in UTF-8
	 * @throws RestException if it is not valid JSON
	 */
	JsonText json() throws RestException {
		String text = decode(charset());
		if (text == null || !isJson(text)) {
			throw RestException.badRequest("The request body is not a valid JSON.");
		}
		boolean utf8 = StandardCharsets.UTF_8.equals(charset());
		return JsonText.of(utf8 ? this.bytes : text.getBytes(StandardCharsets.UTF_8));
	}

	private static boolean isJson(String text) {
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
			if (parser.nextToken() == null) {
				return false;
			}
			parser.skipChildren();
			return parser.nextToken() == null;
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	private String text() throws RestException {
		String text = decode(charset());
		if (text == null) {
			throw RestException.badRequest("The request body is not valid text.");
		}
		return text;
	}

	private @Nullable String decode(Charset charset) {
		try {
			CharBuffer text = charset.newDecoder().decode(ByteBuffer.wrap(this.bytes));
			return text.toString();
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

	private Charset charset() {
		return Objects.requireNonNullElse(this.contentType.getCharset(), StandardCharsets.UTF_8);
	}

}
