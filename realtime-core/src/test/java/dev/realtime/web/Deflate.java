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

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Compression of messages as clients do it (RFC 7692, section 7.2).
 */
public final class Deflate {

	public static final int COMPRESSED = 0x40;

	private static final byte[] TAIL = { 0, 0, (byte) 0xFF, (byte) 0xFF };

	private Deflate() {
	}

	/**
	 * Deflate a message.
	 * @param message the message
	 * @return the payload of its frames
	 */
	public static byte[] deflate(byte... message) {
		byte[] bytes = deflate(Deflater.SYNC_FLUSH, message);
		return Arrays.copyOf(bytes, bytes.length - TAIL.length);
	}

	/**
	 * Deflate a message so that its last block is marked to be the last one.
	 * @param message the message
	 * @return the payload of its frames
	 */
	public static byte[] deflateFinally(byte... message) {
		return ClientFrames.concat(deflate(Deflater.NO_FLUSH, message), new byte[1]);
	}

	private static byte[] deflate(int flush, byte[] message) {
		Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
		deflater.setInput(message);
		if (flush == Deflater.NO_FLUSH) {
			deflater.finish();
		}
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		byte[] piece = new byte[1024];
		int length;
		do {
			length = deflater.deflate(piece, 0, piece.length, flush);
			out.write(piece, 0, length);
		}
		while (length > 0);
		deflater.end();
		return out.toByteArray();
	}

	/**
	 * Inflate a message that does not need another one.
	 * @param payload the payload of its frames
	 * @return the message
	 */
	public static byte[] inflate(byte[] payload) {
		Inflater inflater = new Inflater(true);
		inflater.setInput(ClientFrames.concat(payload, TAIL));
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		byte[] piece = new byte[1024];
		try {
			int length;
			do {
				length = inflater.inflate(piece);
				out.write(piece, 0, length);
			}
			while (length > 0);
		}
		catch (DataFormatException ex) {
			throw new IllegalArgumentException(ex);
		}
		finally {
			inflater.end();
		}
		return out.toByteArray();
	}

}
