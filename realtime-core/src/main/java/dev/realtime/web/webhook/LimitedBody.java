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

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

import org.jspecify.annotations.Nullable;

/**
 * The body of an answer. Of a success it is all of it, unless that is too much; of
 * anything else nothing is kept, and no more is read than what the connection can be used
 * again for.
 */
final class LimitedBody implements BodySubscriber<byte[]> {

	static final int MAX_SIZE = 16 * 1024 * 1024;

	private static final int MAX_IGNORED = 64 * 1024;

	private static final byte[] EMPTY = {};

	private final CompletableFuture<byte[]> body = new CompletableFuture<>();

	private final @Nullable ByteArrayOutputStream kept;

	private long size;

	private Flow.@Nullable Subscription subscription;

	private LimitedBody(boolean keep) {
		this.kept = keep ? new ByteArrayOutputStream() : null;
	}

	static BodyHandler<byte[]> handler() {
		return (response) -> new LimitedBody(response.statusCode() / 100 == 2);
	}

	@Override
	public CompletionStage<byte[]> getBody() {
		return this.body;
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		this.subscription = subscription;
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(List<ByteBuffer> buffers) {
		for (ByteBuffer buffer : buffers) {
			this.size += buffer.remaining();
			if (this.kept != null && this.size <= MAX_SIZE) {
				byte[] bytes = new byte[buffer.remaining()];
				buffer.get(bytes);
				this.kept.writeBytes(bytes);
			}
		}
		if (this.size > ((this.kept != null) ? MAX_SIZE : MAX_IGNORED)) {
			stop();
		}
	}

	private void stop() {
		if (this.subscription != null) {
			this.subscription.cancel();
		}
		if (this.kept != null) {
			this.body.completeExceptionally(new WebhookException("The answer is larger than 16 MB"));
		}
		else {
			this.body.complete(EMPTY);
		}
	}

	@Override
	public void onError(Throwable failure) {
		this.body.completeExceptionally(failure);
	}

	@Override
	public void onComplete() {
		this.body.complete((this.kept != null) ? this.kept.toByteArray() : EMPTY);
	}

}
