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

package dev.realtime.samples.chat;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import dev.realtime.hub.StreamEmitter;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.stereotype.Component;

/**
 * Stands in for something that thinks while it speaks, such as a language model.
 */
@Component
class Answers {

	private static final String ANSWER = """
			You asked: “%s”. I only repeat what I am told, but I do it word by word: \
			each one travels to you as an item of a stream. You may stop me at any time.""";

	/**
	 * Runs a task a moment later. No thread waits in the meantime, and none that serves
	 * connections is blocked by a client that reads slowly.
	 */
	private final Executor soon;

	Answers(@Qualifier(TaskExecutionAutoConfiguration.APPLICATION_TASK_EXECUTOR_BEAN_NAME) Executor executor) {
		this.soon = CompletableFuture.delayedExecutor(60, TimeUnit.MILLISECONDS, executor);
	}

	void answer(String question, StreamEmitter<String> answer) {
		speak(List.of(ANSWER.formatted(question.strip()).split("\\s+")).iterator(), answer);
	}

	private void speak(Iterator<String> words, StreamEmitter<String> answer) {
		if (!words.hasNext()) {
			answer.complete();
		}
		else if (!answer.isCancelled()) {
			answer.send(words.next());
			CompletableFuture.runAsync(() -> speak(words, answer), this.soon).exceptionally((ex) -> {
				answer.completeWithError(ex);
				return null;
			});
		}
	}

}
