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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PubSubProtocols}.
 */
class PubSubProtocolsTests {

	@Test
	void allAreAvailable() {
		assertThat(PubSubProtocols.available(JsonMapper.shared())).extracting(PubSubProtocol::name)
			.containsExactly("json.webpubsub.azure.v1", "json.reliable.webpubsub.azure.v1",
					"protobuf.webpubsub.azure.v1", "protobuf.reliable.webpubsub.azure.v1", "webpubsub.plain");
	}

	@Test
	void protobufIsLeftOutWithoutItsLibrary() throws Exception {
		Class<?> type = new WithoutProtobuf().loadClass(PubSubProtocols.class.getName());
		List<?> protocols = (List<?>) type.getMethod("available", JsonMapper.class).invoke(null, JsonMapper.shared());
		List<Object> names = new ArrayList<>();
		for (Object protocol : protocols) {
			names.add(protocol.getClass().getMethod("name").invoke(protocol));
		}
		assertThat(names).containsExactly("json.webpubsub.azure.v1", "json.reliable.webpubsub.azure.v1",
				"webpubsub.plain");
	}

	/**
	 * Loads the protocols anew, as if the library were not there.
	 */
	private static final class WithoutProtobuf extends ClassLoader {

		private WithoutProtobuf() {
			super(PubSubProtocols.class.getClassLoader());
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (name.startsWith("com.google.protobuf.")) {
				throw new ClassNotFoundException(name);
			}
			if (!name.startsWith("dev.realtime.protocol.")) {
				return super.loadClass(name, resolve);
			}
			Class<?> loaded = findLoadedClass(name);
			return (loaded != null) ? loaded : define(name);
		}

		private Class<?> define(String name) {
			try (InputStream input = getResourceAsStream(name.replace('.', '/') + ".class")) {
				byte[] bytes = input.readAllBytes();
				return defineClass(name, bytes, 0, bytes.length);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
