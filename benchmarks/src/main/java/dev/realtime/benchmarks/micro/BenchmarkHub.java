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

package dev.realtime.benchmarks.micro;

import java.util.List;

import dev.realtime.hub.HubOptions;
import dev.realtime.hub.HubRegistry;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.invocation.HubEndpoint;
import dev.realtime.invocation.HubEngine;
import dev.realtime.invocation.HubExecutors;
import dev.realtime.observation.HubObservations;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * The engine with one hub whose methods do nothing. They run on the thread that brings
 * the call, so that what is measured is the path and not a change of threads.
 */
final class BenchmarkHub implements AutoCloseable {

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private final HubEngine engine;

	BenchmarkHub() {
		this(HubObservations.none());
	}

	/**
	 * Create the hub.
	 * @param observations observe its calls
	 */
	BenchmarkHub(HubObservations observations) {
		HubRegistry registry = new HubRegistry((name) -> HubOptions.at("/hubs/" + name));
		this.context.register(Controller.class);
		this.context.registerBean(HubEngine.class,
				() -> HubEngine.builder(this.context.getBeanFactory(), registry, List.of(Protocols.json()))
					.executors(new HubExecutors(Runnable::run, Runnable::run))
					.eventPublisher(this.context)
					.observations(() -> observations)
					.build());
		this.context.refresh();
		this.engine = this.context.getBean(HubEngine.class);
		this.engine.start();
	}

	HubEndpoint endpoint() {
		return this.engine.endpoints().get(0);
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * The methods that are called.
	 */
	@HubController("bench")
	static class Controller {

		@HubMethod("void")
		void nothing(String text) {
		}

		@HubMethod("value")
		String value(String text) {
			return text;
		}

		@HubMethod(value = "nonBlocking", blocking = false)
		String nonBlocking(String text) {
			return text;
		}

	}

}
