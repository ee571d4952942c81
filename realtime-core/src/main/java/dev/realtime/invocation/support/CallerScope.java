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

package dev.realtime.invocation.support;

/**
 * The surroundings in which code of an application runs on behalf of one caller. Used by
 * many threads at a time.
 *
 * @since 0.1.0
 */
public interface CallerScope {

	/**
	 * Run a task within the scope. The thread is left as it was found.
	 * @param task the task
	 */
	void run(Runnable task);

	/**
	 * Extend the scope to what a method has returned and is still to run.
	 * @param result a result of any type
	 * @return the result, with the scope in its context if it has one
	 */
	Object propagate(Object result);

}
