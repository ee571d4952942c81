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

import java.util.Set;

import dev.realtime.transport.netty.SocketTakeover;
import dev.realtime.transport.netty.TomcatSocketTakeover;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.AbstractProtocol;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.websocket.server.WsSci;

import org.springframework.test.util.ReflectionTestUtils;

/**
 * Tomcat with an NIO connector.
 */
final class TomcatContainer implements TestContainer {

	private final Tomcat tomcat = new Tomcat();

	private final Context context;

	private final boolean detaching;

	TomcatContainer(boolean detaching) {
		this.detaching = detaching;
		this.tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
		this.tomcat.setPort(Integer.getInteger("test.port", 0));
		this.tomcat.getConnector().setProperty("address", "127.0.0.1");
		this.context = this.tomcat.addContext("", null);
		this.context.addServletContainerInitializer(new WsSci(), null);
	}

	@Override
	public void addFilter(String name, Filter filter) {
		FilterDef definition = new FilterDef();
		definition.setFilterName(name);
		definition.setFilter(filter);
		definition.setAsyncSupported("true");
		this.context.addFilterDef(definition);
		FilterMap mapping = new FilterMap();
		mapping.setFilterName(name);
		mapping.addURLPattern("/*");
		this.context.addFilterMap(mapping);
	}

	@Override
	public void start(Servlet servlet) {
		Wrapper wrapper = Tomcat.addServlet(this.context, "dispatcher", servlet);
		wrapper.setAsyncSupported(true);
		// does not wait for responses that never end
		((StandardContext) this.context).setUnloadDelay(0);
		this.context.addServletMappingDecoded("/", "dispatcher");
		try {
			this.tomcat.start();
		}
		catch (LifecycleException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public SocketTakeover takeover() {
		return new TomcatSocketTakeover(this::connector, this.detaching);
	}

	private Connector connector(int port) {
		Connector connector = this.tomcat.getConnector();
		return (connector.getLocalPort() == port) ? connector : null;
	}

	@Override
	public int port() {
		return this.tomcat.getConnector().getLocalPort();
	}

	@Override
	public void stop() {
		try {
			this.tomcat.stop();
			this.tomcat.destroy();
		}
		catch (LifecycleException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public long connections() {
		return protocol().getConnectionCount();
	}

	@Override
	public int leftovers() {
		Set<?> waiting = (Set<?>) ReflectionTestUtils.getField(protocol(), AbstractProtocol.class, "waitingProcessors");
		return waiting.size();
	}

	private AbstractProtocol<?> protocol() {
		return (AbstractProtocol<?>) this.tomcat.getConnector().getProtocolHandler();
	}

}
