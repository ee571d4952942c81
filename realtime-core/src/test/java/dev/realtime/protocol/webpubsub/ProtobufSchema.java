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
import java.nio.charset.StandardCharsets;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TextFormat.ParseException;

/**
 * The messages of the protobuf protocol as the library itself reads and writes them.
 */
final class ProtobufSchema {

	private static final FileDescriptor FILE = read();

	static final Descriptor UPSTREAM = FILE.findMessageTypeByName("UpstreamMessage");

	static final Descriptor DOWNSTREAM = FILE.findMessageTypeByName("DownstreamMessage");

	private ProtobufSchema() {
	}

	private static FileDescriptor read() {
		try (InputStream input = ProtobufSchema.class.getResourceAsStream("/vectors/webpubsub/schema.textproto")) {
			FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder();
			TextFormat.merge(new String(input.readAllBytes(), StandardCharsets.UTF_8), file);
			return FileDescriptor.buildFrom(file.build(), new FileDescriptor[0]);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (DescriptorValidationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static DynamicMessage message(Descriptor type, String text) {
		DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
		try {
			TextFormat.merge(text, message);
		}
		catch (ParseException ex) {
			throw new IllegalArgumentException(text, ex);
		}
		return message.build();
	}

	static DynamicMessage parse(Descriptor type, byte[] bytes) throws InvalidProtocolBufferException {
		return DynamicMessage.parseFrom(type, bytes);
	}

}
