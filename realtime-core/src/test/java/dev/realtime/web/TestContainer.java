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

import dev.realtime.transport.netty.SocketTakeover;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;

/**
 * A servlet container.
 */
public interface TestContainer {

	void addFilter(String name, Filter filter);

	void start(Servlet servlet);

	SocketTakeover takeover();

	int port();

	void stop();

	/**
	 * Return how many connections the container knows.
	 * @return the number of connections
	 */
	long connections();

	/**
	 * Return how many connections the container keeps something for.
	 * @return the number of leftovers
	 */
	int leftovers();

}
