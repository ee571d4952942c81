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

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;

import dev.realtime.hub.HubOptions;
import dev.realtime.hub.HubRegistry;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.protocol.TransportType;
import dev.realtime.protocol.signalr.JsonHubProtocol;
import dev.realtime.raw.ConnectionController;
import dev.realtime.raw.RawConnection;
import dev.realtime.raw.RawConnectionHandler;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what start-up makes of handlers of raw connections, and what it refuses.
 */
class RawStartUpTests {

	private static final String NAME = RawStartUpTests.class.getName();

	@Test
	void handlersAreEndpoints() {
		List<HubEndpoint> endpoints = endpoints(Echo.class, Chat.class);
		assertThat(endpoints).extracting((endpoint) -> endpoint.options().path()).containsExactly("/chat", "/echo");
		HubOptions options = endpoints.get(1).options();
		assertThat(options.transports()).containsExactly(TransportType.WEB_SOCKETS);
		assertThat(options.statefulReconnectBufferSize()).isZero();
	}

	@Test
	void handlerMayHaveSeveralPaths() {
		assertThat(endpoints(TwoPaths.class)).extracting(HubEndpoint::hub).containsExactly("/one", "/two");
	}

	@Test
	void handlerWithoutAPath() {
		assertInvalid("The @ConnectionController " + NAME + "$NoPath has no path.", NoPath.class);
	}

	@Test
	void applicationWithoutHandlersHasNone() {
		assertThat(endpoints(Chat.class)).extracting(HubEndpoint::hub).containsExactly("chat");
	}

	@Test
	void twoHandlersOfOnePath() {
		assertInvalid(
				"@ConnectionController " + NAME + "$Echo (bean 'rawStartUpTests.Echo') and @ConnectionController "
						+ NAME + "$OtherEcho (bean 'rawStartUpTests.OtherEcho') have the same path /echo.",
				Echo.class, OtherEcho.class);
	}

	@Test
	void handlerWithThePathOfAHub() {
		assertInvalid(
				"Hub 'chat' and @ConnectionController " + NAME
						+ "$ChatPath (bean 'rawStartUpTests.ChatPath') have the same path /chat.",
				Chat.class, ChatPath.class);
	}

	@Test
	void handlerWhereAHubNegotiates() {
		assertInvalid(
				"@ConnectionController " + NAME + "$Negotiation (bean 'rawStartUpTests.Negotiation') has the path "
						+ "/chat/negotiate, where clients of hub 'chat' negotiate.",
				Chat.class, Negotiation.class);
	}

	@Test
	void pathThatIsNotValid() {
		assertInvalid("The path 'echo' of the @ConnectionController " + NAME
				+ "$NoSlash is invalid: 'path' must start with '/'.", NoSlash.class);
	}

	@Test
	void controllerThatIsNoHandler() {
		assertInvalid(NAME + "$NoHandler is a @ConnectionController but not a RawConnectionHandler.", NoHandler.class);
	}

	private static void assertInvalid(String message, Class<?>... components) {
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> endpoints(components))
			.havingRootCause()
			.isInstanceOf(InvalidHubException.class)
			.withMessage(message);
	}

	private static List<HubEndpoint> endpoints(Class<?>... components) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
				HubExecutors executors = HubExecutors.platform()) {
			Stream.of(components).forEach(context::register);
			context.registerBean(HubEngine.class,
					() -> HubEngine
						.builder(context.getBeanFactory(), new HubRegistry((name) -> HubOptions.at("/" + name)),
								List.of(new JsonHubProtocol(JsonMapper.builder().build())))
						.executors(executors)
						.rawOptions(HubOptions.builder("/any").transports(TransportType.WEB_SOCKETS).build())
						.build());
			context.refresh();
			return context.getBean(HubEngine.class).endpoints();
		}
	}

	@HubController("chat")
	static class Chat {

	}

	abstract static class Base implements RawConnectionHandler {

		@Override
		public void onData(RawConnection connection, ByteBuffer data) {
			connection.close();
		}

	}

	@ConnectionController("/echo")
	static class Echo extends Base {

	}

	@ConnectionController("/echo")
	static class OtherEcho extends Base {

	}

	@ConnectionController("/chat")
	static class ChatPath extends Base {

	}

	@ConnectionController("/chat/negotiate")
	static class Negotiation extends Base {

	}

	@ConnectionController("echo")
	static class NoSlash extends Base {

	}

	@ConnectionController({ "/one", "/two" })
	static class TwoPaths extends Base {

	}

	@ConnectionController({})
	static class NoPath extends Base {

	}

	@ConnectionController("/no-handler")
	static class NoHandler {

	}

}
