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

/**
 * An engine in a container.
 */
public enum TestEngine {

	SERVLET_ON_TOMCAT, NETTY_ON_TOMCAT, NETTY_DETACHED_FROM_TOMCAT, SERVLET_ON_JETTY, NETTY_ON_JETTY;

	public boolean isNetty() {
		return this != SERVLET_ON_TOMCAT && this != SERVLET_ON_JETTY;
	}

	TestContainer container() {
		return switch (this) {
			case SERVLET_ON_TOMCAT, NETTY_ON_TOMCAT -> new TomcatContainer(false);
			case NETTY_DETACHED_FROM_TOMCAT -> new TomcatContainer(true);
			case SERVLET_ON_JETTY, NETTY_ON_JETTY -> new JettyContainer();
		};
	}

}
