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

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import dev.realtime.boot.autoconfigure.RealtimeContextRunner;
import dev.realtime.hub.AuthenticationExpiry;
import dev.realtime.invocation.support.CallerScope;
import dev.realtime.invocation.support.CallerSecurity;
import dev.realtime.security.SecurityContextCallerSecurity;
import dev.realtime.transport.netty.SocketTakeover;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for applications that do not have everything there is.
 */
@ExtendWith(OutputCaptureExtension.class)
class ClassPathTests {

	@Test
	void nothingTakesSocketsOverWithoutNetty() {
		RealtimeContextRunner.create()
			.withClassLoader(new FilteredClassLoader("io.netty"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SocketTakeover.class));
	}

	@Test
	void containerServesWithoutNetty(CapturedOutput output) throws Exception {
		runWithout("netty-", "serveWithoutNetty");
		assertThat(output).containsPattern(
				"WebSockets on port \\d+ are served by the servlet container: Netty is not on the class path");
	}

	@Test
	void applicationThatInsistsOnNettyDoesNotStartWithoutIt(CapturedOutput output) throws Exception {
		runWithout("netty-", "insistOnNetty");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.containsPattern("Netty cannot serve WebSockets on port \\d+: Netty is not on the class path");
	}

	@Test
	void nettyServesTomcatWithoutJetty() throws Exception {
		runWithout("jetty-", "serveOnTomcat");
	}

	@Test
	void nettyServesJettyWithoutTomcat() throws Exception {
		runWithout("tomcat-", "serveOnJetty");
	}

	@Test
	void servesWithoutSpringSecurity() throws Exception {
		runWithout("spring-security-", "serveOnTomcat");
	}

	@Test
	void servesWithSpringSecurityButWithoutTokens() throws Exception {
		runWithout("spring-security-oauth2-", "serveSecured");
	}

	@Test
	void servesWithoutNimbus() throws Exception {
		runWithout("nimbus-", "serveOnTomcat");
	}

	@Test
	void accessKeysNeedNimbus(CapturedOutput output) throws Exception {
		runWithout("nimbus-", "useAccessKey");
		assertThat(output).contains("APPLICATION FAILED TO START", "com.nimbusds:nimbus-jose-jwt");
	}

	@Test
	void knowsCallersWithoutReactor() throws Exception {
		runWithout("reactor-", "knowCallers");
	}

	// in a class loader of its own, where no class can be linked with one that is missing
	private static void runWithout(String archive, String method) throws Exception {
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		try (URLClassLoader classLoader = new URLClassLoader(classPathWithout(archive),
				ClassLoader.getPlatformClassLoader())) {
			Thread.currentThread().setContextClassLoader(classLoader);
			classLoader.loadClass(Application.class.getName()).getMethod(method).invoke(null);
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
		}
	}

	private static URL[] classPathWithout(String archive) {
		List<Path> classPath = Arrays
			.stream(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
			.map(Path::of)
			.toList();
		List<Path> rest = classPath.stream()
			.filter((path) -> !path.getFileName().toString().startsWith(archive)
					&& !path.getFileName().toString().startsWith("spring-boot-" + archive))
			.toList();
		assertThat(rest).hasSizeBetween(1, classPath.size() - 1);
		return rest.stream().map(ClassPathTests::url).toArray(URL[]::new);
	}

	private static URL url(Path path) {
		try {
			return path.toUri().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	/**
	 * What runs in the other class loader.
	 */
	public static final class Application {

		private Application() {
		}

		public static void serveWithoutNetty() {
			shareProcess();
			serve(EngineApplication.SERVLET, TestServer.start(EngineApplication.class, EngineApplication.LOG));
		}

		public static void serveOnTomcat() {
			shareProcess();
			serve(EngineApplication.NETTY, TestServer.start(EngineApplication.class));
		}

		public static void serveOnJetty() {
			serve(EngineApplication.NETTY, TestServer.startOnJetty(EngineApplication.class));
		}

		public static void serveSecured() {
			shareProcess();
			try (TestServer server = TestServer.startSecured(EngineApplication.class)) {
				assertThat(server.context().getBeansOfType(CallerSecurity.class)).hasSize(1);
				assertThat(server.context().getBeansOfType(AuthenticationExpiry.class)).isEmpty();
				assertThat(new TestClient(server.uri("/hubs/chat")).negotiate("X-Requested-With", "XMLHttpRequest")
					.statusCode()).isEqualTo(401);
			}
		}

		public static void knowCallers() {
			List<String> names = new ArrayList<>();
			CallerScope scope = new SecurityContextCallerSecurity(SecurityContextHolder.getContextHolderStrategy(),
					false)
				.scope(new TestingAuthenticationToken("ann", null));
			scope.run(() -> names.add(SecurityContextHolder.getContext().getAuthentication().getName()));
			assertThat(names).containsExactly("ann");
			assertThat(scope.propagate("result")).isEqualTo("result");
		}

		private static void serve(String channel, TestServer server) {
			try (server) {
				EngineApplication.assertServedBy(channel, server.context(), server.uri("/"));
			}
		}

		public static void insistOnNetty() {
			shareProcess();
			assertThatThrownBy(() -> TestServer.start(EngineApplication.class, "realtime.websocket.engine=netty"))
				.hasRootCauseInstanceOf(WebSocketEngineException.class);
		}

		public static void useAccessKey() {
			shareProcess();
			assertThatThrownBy(() -> TestServer.start(EngineApplication.class,
					"realtime.web-pubsub.access-key=a key of more than thirty-two bytes"))
				.hasStackTraceContaining("nothing on the class path to sign and verify access tokens with");
		}

		private static void shareProcess() {
			// another Tomcat may have set the factory, of which there is one per process
			TomcatURLStreamHandlerFactory.disable();
		}

	}

}
