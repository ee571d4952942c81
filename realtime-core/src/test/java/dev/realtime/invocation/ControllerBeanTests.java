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

import java.util.concurrent.atomic.AtomicInteger;

import dev.realtime.event.EventHandler;
import dev.realtime.event.EventType;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubContext;
import dev.realtime.hub.Hubs;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.NameMatchMethodPointcut;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for controllers as beans: their scopes, proxies and dependencies.
 */
class ControllerBeanTests {

	private static final AtomicInteger instances = new AtomicInteger();

	@BeforeEach
	void reset() {
		instances.set(0);
	}

	@Test
	void singletonIsCreatedOnce() {
		try (HubTester tester = HubTester.with(Singleton.class)) {
			TestClient client = tester.connect();
			assertThat(client.invoke("instance", "[]")).contains("'result':1");
			assertThat(client.invoke("instance", "[]")).contains("'result':1");
		}
	}

	@Test
	void lazySingletonIsCreatedByTheFirstCall() {
		try (HubTester tester = HubTester.with(LazySingleton.class)) {
			TestClient client = tester.connect();
			assertThat(instances).hasValue(0);
			assertThat(client.invoke("instance", "[]")).contains("'result':1");
			assertThat(client.invoke("instance", "[]")).contains("'result':1");
		}
	}

	@Test
	void prototypeIsCreatedForEachCall() {
		try (HubTester tester = HubTester.with(Prototype.class)) {
			assertThat(instances).hasValue(0);
			TestClient client = tester.connect();
			assertThat(client.invoke("instance", "[]")).contains("'result':1");
			assertThat(client.invoke("instance", "[]")).contains("'result':2");
		}
	}

	@Test
	void scopedProxyIsOneController() {
		try (HubTester tester = HubTester.with(ScopedProxy.class)) {
			assertThat(instances).hasValue(0);
			TestClient client = tester.connect();
			assertThat(client.invoke("instance", "[]")).contains("'result':1");
			assertThat(client.invoke("instance", "[]")).contains("'result':2");
		}
	}

	@Test
	void proxiedControllerIsCalledThroughItsProxy() {
		try (HubTester tester = HubTester.with(Proxied.class, Advice.class)) {
			TestClient client = tester.connect();
			assertThat(client.next()).contains("'arguments':['advised']");
			assertThat(client.invoke("protectedMethod", "[]")).contains("'result':'advised protected'");
			assertThat(client.invoke("packagePrivate", "['x']")).contains("'result':'advised x'");
			assertThat(client.invoke("plain", "[]")).contains("'result':'plain'");
		}
	}

	@Test
	void hubsMayBeInjectedIntoControllers() {
		try (HubTester tester = HubTester.with(Injected.class)) {
			TestClient client = tester.connect();
			TestClient other = tester.connect();
			client.invoke("tell", "[]");
			assertThat(other.next()).contains("'target':'told'");
		}
	}

	@Test
	void controllerOfABeanMethod() {
		try (HubTester tester = HubTester.with(Beans.class)) {
			assertThat(tester.connect().invoke("instance", "[]")).contains("'result':1");
		}
	}

	abstract static class Counted {

		private final int instance = instances.incrementAndGet();

		@HubMethod
		int instance() {
			return this.instance;
		}

	}

	@HubController("test")
	static class Singleton extends Counted {

	}

	@HubController("test")
	@Lazy
	static class LazySingleton extends Counted {

	}

	@HubController("test")
	@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
	static class Prototype extends Counted {

	}

	@HubController("test")
	@Scope(scopeName = ConfigurableBeanFactory.SCOPE_PROTOTYPE, proxyMode = ScopedProxyMode.TARGET_CLASS)
	static class ScopedProxy extends Counted implements DisposableBean {

		@Override
		public void destroy() {
		}

	}

	@HubController("test")
	static class Proxied {

		private final String prefix = "";

		@HubMethod
		protected String protectedMethod() {
			return this.prefix + "protected";
		}

		@HubMethod
		String packagePrivate(String text) {
			return this.prefix + text;
		}

		@HubMethod
		String plain() {
			return this.prefix + "plain";
		}

		@EventHandler(type = EventType.CONNECTED)
		Object welcome(HubCallerContext caller) {
			return caller;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Advice {

		@Bean
		static DefaultAdvisorAutoProxyCreator autoProxyCreator() {
			DefaultAdvisorAutoProxyCreator creator = new DefaultAdvisorAutoProxyCreator();
			creator.setProxyTargetClass(true);
			return creator;
		}

		@Bean
		static DefaultPointcutAdvisor advisor() {
			NameMatchMethodPointcut pointcut = new NameMatchMethodPointcut();
			pointcut.setMappedNames("protectedMethod", "packagePrivate", "welcome");
			pointcut.setClassFilter((type) -> type == Proxied.class);
			return new DefaultPointcutAdvisor(pointcut, (MethodInterceptor) (invocation) -> {
				Object result = invocation.proceed();
				if (result instanceof HubCallerContext caller) {
					caller.clients().caller().send("welcome", "advised");
					return null;
				}
				return "advised " + result;
			});
		}

	}

	@HubController("test")
	static class Injected {

		private final HubContext hub;

		private final Hubs hubs;

		Injected(HubContext hub, Hubs hubs) {
			this.hub = hub;
			this.hubs = hubs;
		}

		@HubMethod
		void tell(HubCallerContext caller) {
			assertThat(this.hubs.get("test").hub()).isEqualTo(this.hub.hub());
			this.hub.clients().allExcept(caller.connectionId()).send("told");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Beans {

		@Bean
		Singleton singleton() {
			return new Singleton();
		}

	}

}
