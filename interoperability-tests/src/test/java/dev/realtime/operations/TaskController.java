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

package dev.realtime.operations;

import java.util.concurrent.atomic.AtomicLong;

import dev.realtime.hub.HubContext;
import dev.realtime.hub.annotation.Hub;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;

/**
 * What clients of a node call, and how often they have.
 */
@HubController("tasks")
class TaskController implements DisposableBean {

	private final AtomicLong calls = new AtomicLong();

	private final String node;

	private final HubContext hub;

	TaskController(@Value("${node}") String node, @Hub("tasks") HubContext hub) {
		this.node = node;
		this.hub = hub;
	}

	/**
	 * Do something that takes a while.
	 * @return the name of the node
	 */
	@HubMethod
	String work(int millis) throws InterruptedException {
		this.calls.incrementAndGet();
		Thread.sleep(millis);
		return this.node;
	}

	@HubMethod
	String echo(String text) {
		return text;
	}

	/**
	 * Tell how many clients the node has.
	 */
	@HubMethod
	int clients() {
		return this.hub.connections().list().join().size();
	}

	/**
	 * Say at the end how often work was called.
	 */
	@Override
	public void destroy() {
		System.out.println("CALLS " + this.calls.get());
	}

}
