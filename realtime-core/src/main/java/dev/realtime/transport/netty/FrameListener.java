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

package dev.realtime.transport.netty;

/**
 * Is told what the frames of a client contain.
 *
 * @see FrameReader
 */
interface FrameListener {

	/**
	 * Some bytes of a text or binary message have arrived.
	 * @param array holds the bytes, until the method returns
	 * @param offset the index of the first one
	 * @param length how many there are
	 */
	void onPayload(byte[] array, int offset, int length);

	/**
	 * A message begins. Called only if the reader was told to.
	 * @param text whether it is a text message, and not a binary one
	 */
	void onMessageBegin(boolean text);

	/**
	 * All of a message has arrived. Called only if the reader was told to.
	 * @param text whether it is a text message, and not a binary one
	 */
	void onMessageEnd(boolean text);

	/**
	 * A pong has arrived, asked for or not.
	 */
	void onPong();

	/**
	 * A ping has arrived.
	 * @param payload what the pong has to carry
	 */
	void onPing(byte[] payload);

	/**
	 * A close frame has arrived. Nothing follows it.
	 * @param status its status, or 1005 if it had none
	 */
	void onClose(int status);

}
