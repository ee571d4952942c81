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

package dev.realtime.invocation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import brave.Span;
import brave.Tracing;
import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.ThreadLocalCurrentTraceContext;
import brave.propagation.TraceContext;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.invocation.RecordedObservations.Observed;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.brave.bridge.BraveBaggageManager;
import io.micrometer.tracing.brave.bridge.BraveCurrentTraceContext;
import io.micrometer.tracing.brave.bridge.BravePropagator;
import io.micrometer.tracing.brave.bridge.BraveTracer;
import io.micrometer.tracing.brave.bridge.W3CPropagation;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for traces that begin at a client and go on in hub methods.
 */
class TracePropagationTests {

	private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

	private static final String SPAN_ID = "b7ad6b7169203331";

	private final HubTester tester = HubTester.with(Observed.class, Calls.class);

	private final List<MutableSpan> spans = new CopyOnWriteArrayList<>();

	private final Tracing tracing = Tracing.newBuilder()
		.currentTraceContext(ThreadLocalCurrentTraceContext.create())
		.propagationFactory(new W3CPropagation())
		.traceId128Bit(true)
		.supportsJoin(false)
		.addSpanHandler(new SpanHandler() {

			@Override
			public boolean end(TraceContext context, MutableSpan span, Cause cause) {
				return TracePropagationTests.this.spans.add(span);
			}

		})
		.build();

	private final TestClient client = this.tester.connect();

	TracePropagationTests() {
		Tracer tracer = new BraveTracer(this.tracing.tracer(),
				new BraveCurrentTraceContext(this.tracing.currentTraceContext()), new BraveBaggageManager());
		this.tester.bean(Calls.class).tracer = tracer;
		this.tester.bean(RecordedObservations.class).registry.observationConfig()
			.observationHandler(
					new PropagatingReceiverTracingObservationHandler<>(tracer, new BravePropagator(this.tracing)));
	}

	@AfterEach
	void close() {
		this.tracing.close();
		this.tester.close();
	}

	private MutableSpan span() {
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> this.spans.size() == 1);
		return this.spans.get(0);
	}

	@Test
	void goesOnFromTheHeadersOfTheCall() {
		this.client.send("{'type':1,'headers':{'traceparent':'00-" + TRACE_ID + "-" + SPAN_ID
				+ "-01'},'invocationId':'1','target':'trace','arguments':[]}");
		assertThat(this.client.completion("1")).contains("'result':'" + TRACE_ID + "'");
		MutableSpan span = span();
		assertThat(span.traceId()).isEqualTo(TRACE_ID);
		assertThat(span.parentId()).isEqualTo(SPAN_ID);
		assertThat(span.kind()).isEqualTo(Span.Kind.SERVER);
		assertThat(span.name()).isEqualTo("test/trace");
		assertThat(span.tags()).containsEntry("rpc.system", "signalr").containsEntry("rpc.method", "trace");
		assertThat(span.error()).isNull();
	}

	@Test
	void beginsHereWithoutHeaders() {
		assertThat(this.client.invoke("trace", "[]")).contains("'result'");
		assertThat(span().parentId()).isNull();
	}

	@Test
	void failureIsToldToTheTrace() {
		this.client.invoke("noSuch", "[]");
		assertThat(span().error()).hasMessage("The method does not exist");
	}

	@HubController("test")
	static class Calls {

		volatile Tracer tracer;

		@HubMethod
		String trace() {
			return this.tracer.currentSpan().context().traceId();
		}

	}

}
