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

package dev.realtime.boot.autoconfigure.servlet;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analyzes a {@link WebSocketEngineException}.
 */
class WebSocketEngineFailureAnalyzer extends AbstractFailureAnalyzer<WebSocketEngineException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, WebSocketEngineException cause) {
		return new FailureAnalysis(cause.getMessage() + ".", """
				Netty takes sockets over from embedded Tomcat 11 (NIO connector) and Jetty 12.1, without TLS on the \
				connector, and needs io.netty:netty-transport. To have the servlet container serve WebSockets where \
				Netty cannot, set realtime.websocket.engine=auto; to have it serve all of them, set \
				realtime.websocket.engine=servlet.""", cause);
	}

}
