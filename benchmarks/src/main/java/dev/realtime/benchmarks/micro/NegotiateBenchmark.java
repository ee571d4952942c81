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
import java.util.concurrent.TimeUnit;

import dev.realtime.transport.ConnectionRegistry;
import dev.realtime.web.HubWeb;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.HandlerAdapter;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.support.HandlerFunctionAdapter;

/**
 * A negotiation: mapped to the hub, the connection created and registered, the answer
 * written. The figure includes that of a mock request and response, and of forgetting the
 * connection.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init")
public class NegotiateBenchmark {

	private static final String TOKEN = "\"connectionToken\":\"";

	private final ConnectionRegistry registry = new ConnectionRegistry();

	private final HandlerAdapter adapter = new HandlerFunctionAdapter();

	private BenchmarkHub hub;

	private HubWeb web;

	private HandlerMapping mapping;

	@Setup
	public void setUp() {
		this.hub = new BenchmarkHub();
		this.web = HubWeb.builder(this.registry, List.of(this.hub.endpoint())).build();
		this.mapping = this.web.handlerMapping();
	}

	@TearDown
	public void tearDown() {
		this.web.close();
		this.hub.close();
	}

	@Benchmark
	public int negotiate() throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest("POST", "/hubs/bench/negotiate");
		request.setQueryString("negotiateVersion=1");
		MockHttpServletResponse response = new MockHttpServletResponse();
		HandlerExecutionChain chain = this.mapping.getHandler(request);
		if (chain == null) {
			throw new IllegalStateException("The hub is not mapped");
		}
		this.adapter.handle(request, response, chain.getHandler());
		this.registry.remove(token(response.getContentAsString()));
		return response.getStatus();
	}

	private static String token(String answer) {
		int start = answer.indexOf(TOKEN);
		if (start < 0) {
			throw new IllegalStateException("Answered with " + answer);
		}
		return answer.substring(start + TOKEN.length(), answer.indexOf('"', start + TOKEN.length()));
	}

}
