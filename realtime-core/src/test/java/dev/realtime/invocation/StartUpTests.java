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

import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.realtime.event.ConnectEventRequest;
import dev.realtime.event.ConnectedEvent;
import dev.realtime.event.ConnectedEventRequest;
import dev.realtime.event.DisconnectedEventRequest;
import dev.realtime.event.EventHandler;
import dev.realtime.event.EventType;
import dev.realtime.event.HubEventRequest;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubCancellation;
import dev.realtime.hub.HubRegistry;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.protocol.TransportType;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.NameMatchMethodPointcut;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.messaging.handler.annotation.MessageExceptionHandler;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.bind.annotation.ControllerAdvice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for applications that do not start because something is left open.
 */
class StartUpTests {

	private static Throwable failure(Consumer<HubRegistry> hubs, Class<?>... components) {
		Throwable failure = catchThrowable(() -> HubTester.withHubs(hubs, components).close());
		assertThat(failure).as("failure to start").isNotNull();
		return NestedExceptionUtils.getMostSpecificCause(failure);
	}

	static Stream<Arguments> ambiguities() {
		return Stream.of(
				Arguments.of(new Class<?>[] { TwoOfOneName.class },
						new String[] { "'test'", "'same'", "TwoOfOneName#first", "TwoOfOneName#second" }),
				Arguments.of(new Class<?>[] { CaseOnly.class },
						new String[] { "'test'", "CaseOnly#send", "CaseOnly#SEND", "without case" }),
				Arguments.of(new Class<?>[] { Overloads.class },
						new String[] { "'send'", "Overloads#send[1 args]", "Overloads#send[2 args]" }),
				Arguments.of(new Class<?>[] { CaseOnlyElsewhere.class, Send.class },
						new String[] { "CaseOnlyElsewhere#SEND", "Send#send" }),
				Arguments.of(new Class<?>[] { EventBesideMethod.class, Send.class },
						new String[] { "EventBesideMethod#handle", "Send#send" }),
				Arguments.of(new Class<?>[] { TwoEvents.class },
						new String[] { "TwoEvents#first", "TwoEvents#second" }),
				Arguments.of(new Class<?>[] { ListensToRequest.class },
						new String[] { "@EventListener", "ListensToRequest.on", "ConnectedEventRequest" }),
				Arguments.of(new Class<?>[] { ListensToRequestByAnnotation.class },
						new String[] { "@EventListener", "ListensToRequestByAnnotation.on",
								"DisconnectedEventRequest" }),
				Arguments.of(new Class<?>[] { ListensToAnyRequest.class },
						new String[] { "@EventListener", "ListensToAnyRequest.on", "HubEventRequest" }),
				Arguments.of(new Class<?>[] { HandlesListenerEvent.class },
						new String[] { "@EventHandler", "HandlesListenerEvent.on", "ConnectedEvent" }),
				Arguments.of(new Class<?>[] { NoController.class },
						new String[] { "NoController", "@HubMethod", "@HubController" }),
				Arguments.of(new Class<?>[] { UnresolvableParameter.class },
						new String[] { "UnresolvableParameter#connected", "Parameter 1", "java.lang.Integer" }),
				Arguments.of(new Class<?>[] { CancellationOfEvent.class },
						new String[] { "CancellationOfEvent#connected", "HubCancellation" }),
				Arguments.of(new Class<?>[] { CallerBeforeConnection.class },
						new String[] { "CallerBeforeConnection#connect", "HubCallerContext",
								"before the connection exists" }),
				Arguments.of(new Class<?>[] { NeitherNameNorType.class },
						new String[] { "NeitherNameNorType.on", "name or a type" }),
				Arguments.of(new Class<?>[] { NameAndType.class }, new String[] { "NameAndType.on", "'x'", "CONNECT" }),
				Arguments.of(new Class<?>[] { ProxyOfInterface.class, Proxies.class },
						new String[] { "ProxyOfInterface.hidden", "proxy for interfaces" }),
				Arguments.of(new Class<?>[] { HandlerBehindProxy.class, Proxies.class },
						new String[] { "HandlerBehindProxy.handle", "proxy for interfaces" }),
				Arguments.of(new Class<?>[] { FinalMethod.class, Proxies.class },
						new String[] { "FinalMethod.call", "is final", "proxy" }),
				Arguments.of(new Class<?>[] { PrivateMethod.class, Proxies.class },
						new String[] { "PrivateMethod.call", "is private", "proxy" }),
				Arguments.of(new Class<?>[] { StaticMethod.class, Proxies.class },
						new String[] { "StaticMethod.call", "is static", "proxy" }),
				Arguments.of(new Class<?>[] { TwoForOneException.class },
						new String[] { "TwoForOneException", "IllegalStateException", "first", "second" }),
				Arguments.of(new Class<?>[] { PayloadOfException.class },
						new String[] { "PayloadOfException#handle", "Parameter 1", "java.lang.Integer" }),
				Arguments.of(new Class<?>[] { PayloadOfAdvice.class },
						new String[] { "PayloadOfAdvice#handle", "Parameter 0", "java.lang.String" }));
	}

	@ParameterizedTest
	@MethodSource("ambiguities")
	void ambiguityStopsTheStartUp(Class<?>[] components, String[] names) {
		assertThat(failure((hubs) -> {
		}, components)).hasMessageContainingAll(names);
	}

	@ParameterizedTest
	@ValueSource(
			classes = { NeitherNameNorType.class, NameAndType.class, TwoForOneException.class, PayloadOfAdvice.class })
	void analysisIsPossible(Class<?> component) {
		assertThat(failure((hubs) -> {
		}, component)).isInstanceOfSatisfying(InvalidHubException.class,
				(ex) -> assertThat(ex.getAction()).containsPattern("@EventHandler|@MessageExceptionHandler|@Header"));
	}

	@Test
	void methodOfAnInterfaceIsCalledThroughTheProxy() {
		try (HubTester tester = HubTester.with(ReachableThroughInterface.class, Proxies.class)) {
			assertThat(AopUtils.isJdkDynamicProxy(tester.bean(Api.class))).isTrue();
			assertThat(tester.connect().invoke("call", "['x']")).contains("'result':'advised x'");
		}
	}

	@Test
	void actionSaysWhatToDo() {
		assertThat(failure((hubs) -> {
		}, NoController.class)).isInstanceOfSatisfying(InvalidHubException.class,
				(ex) -> assertThat(ex.getAction()).contains("@HubController"));
	}

	@ParameterizedTest
	@ValueSource(classes = { UnknownHub.class, UnknownHubBesideKnown.class })
	void unknownHubOfAnEventHandler(Class<?> component) {
		assertThat(failure((hubs) -> hubs.hub("chat"), component))
			.hasMessageContainingAll("'tset'", component.getSimpleName() + "#on")
			.isInstanceOfSatisfying(InvalidHubException.class,
					(ex) -> assertThat(ex.getAction()).contains("chat", "test"));
	}

	@ParameterizedTest
	@ValueSource(classes = { OtherHubOfController.class, OtherHubBesideOwn.class })
	void eventHandlerForAHubThatItsControllerDoesNotServe(Class<?> component) {
		assertThat(failure((hubs) -> hubs.hub("chat"), component))
			.hasMessageContainingAll(component.getSimpleName() + "#on", "'startUpTests." + component.getSimpleName(),
					"'chat'", "[test, news]")
			.isInstanceOfSatisfying(InvalidHubException.class,
					(ex) -> assertThat(ex.getAction()).contains("@HubController"));
	}

	@Test
	void eventHandlerForSomeHubsOfItsController() {
		try (HubTester tester = HubTester.with(OneOfTwoHubs.class)) {
			assertThat(tester.connect().invoke("x", "[]")).contains("'result':'x'");
			TestClient news = tester
				.open(tester.endpoint("news"), TransportType.WEB_SOCKETS, null, new LinkedMultiValueMap<>())
				.handshake();
			assertThat(news.invoke("x", "[]")).contains("Method does not exist.");
		}
	}

	@Test
	void twoHubsOnOnePath() {
		assertThat(failure((hubs) -> {
			hubs.hub("chat").path("/same");
			hubs.hub("news").path("/same");
		})).isInstanceOf(InvalidHubException.class).hasMessageContainingAll("'chat'", "'news'", "/same");
	}

	@Test
	void unknownProtocol() {
		assertThat(failure((hubs) -> hubs.hub("chat").protocols("json", "carrier-pigeon")))
			.isInstanceOfSatisfying(InvalidHubException.class, (ex) -> {
				assertThat(ex).hasMessageContainingAll("'chat'", "'carrier-pigeon'");
				assertThat(ex.getAction()).contains("json");
			});
	}

	@Test
	void sameNameInDifferentHubsIsFine() {
		try (HubTester tester = HubTester.with(Send.class, SendElsewhere.class)) {
			assertThat(tester.connect().invoke("send", "[]")).contains("'result':'here'");
			TestClient elsewhere = tester
				.open(tester.endpoint("elsewhere"), TransportType.WEB_SOCKETS, null, new LinkedMultiValueMap<>())
				.handshake();
			assertThat(elsewhere.invoke("send", "[]")).contains("'result':'elsewhere'");
		}
	}

	@Test
	void hubNamesCompareWithoutCase() {
		try (HubTester tester = HubTester.with(UpperCase.class)) {
			assertThat(tester.engine().names()).containsExactly("test");
			assertThat(tester.connect().invoke("shout", "[]")).contains("'result':'HERE'");
		}
	}

	@Test
	void overriddenMethodIsOneMethod() {
		try (HubTester tester = HubTester.with(Overriding.class)) {
			assertThat(tester.connect().invoke("send", "[]")).contains("'result':'overridden'");
		}
	}

	@HubController("test")
	static class TwoOfOneName {

		@HubMethod("same")
		void first() {
		}

		@HubMethod("same")
		void second() {
		}

	}

	@HubController("test")
	static class CaseOnly {

		@HubMethod
		void send() {
		}

		@HubMethod
		void SEND() {
		}

	}

	@HubController("test")
	static class Overloads {

		@HubMethod
		void send(String a) {
		}

		@HubMethod
		void send(String a, String b) {
		}

	}

	@HubController("test")
	static class Send {

		@HubMethod
		String send() {
			return "here";
		}

	}

	static class Overriding extends Send {

		@Override
		@HubMethod
		String send() {
			return "overridden";
		}

	}

	@HubController("elsewhere")
	static class SendElsewhere {

		@HubMethod
		String send() {
			return "elsewhere";
		}

	}

	@HubController("TEST")
	static class UpperCase {

		@HubMethod
		String shout() {
			return "HERE";
		}

	}

	@HubController("test")
	static class CaseOnlyElsewhere {

		@HubMethod("SEND")
		void SEND() {
		}

	}

	static class EventBesideMethod {

		@EventHandler("Send")
		void handle() {
		}

	}

	static class TwoEvents {

		@EventHandler("typing")
		void first() {
		}

		@EventHandler(value = "TYPING", hub = "test")
		void second() {
		}

	}

	static class ListensToRequest {

		@EventListener
		void on(ConnectedEventRequest request) {
		}

	}

	static class ListensToRequestByAnnotation {

		@EventListener(DisconnectedEventRequest.class)
		void on() {
		}

	}

	static class ListensToAnyRequest {

		@EventListener
		void on(HubEventRequest request) {
		}

	}

	static class HandlesListenerEvent {

		@EventHandler(type = EventType.CONNECTED)
		void on(ConnectedEvent event) {
		}

	}

	static class NoController {

		@HubMethod
		void send() {
		}

	}

	static class UnresolvableParameter {

		@EventHandler(type = EventType.CONNECTED)
		void connected(HubCallerContext caller, Integer what) {
		}

	}

	static class CancellationOfEvent {

		@EventHandler(type = EventType.CONNECTED)
		void connected(HubCancellation cancellation) {
		}

	}

	static class CallerBeforeConnection {

		@EventHandler(type = EventType.CONNECT)
		void connect(ConnectEventRequest request, HubCallerContext caller) {
		}

	}

	static class NeitherNameNorType {

		@EventHandler
		void on() {
		}

	}

	static class NameAndType {

		@EventHandler(value = "x", type = EventType.CONNECT)
		void on() {
		}

	}

	static class UnknownHub {

		@EventHandler(type = EventType.CONNECTED, hub = "tset")
		void on() {
		}

	}

	static class UnknownHubBesideKnown {

		@EventHandler(value = "x", hub = { "test", "tset" })
		void on() {
		}

	}

	@HubController({ "test", "news" })
	static class OtherHubOfController {

		@EventHandler(type = EventType.CONNECTED, hub = "chat")
		void on() {
		}

	}

	@HubController({ "test", "news" })
	static class OtherHubBesideOwn {

		@EventHandler(value = "x", hub = { "News", "chat" })
		void on() {
		}

	}

	@HubController({ "test", "news" })
	static class OneOfTwoHubs {

		@EventHandler(value = "x", hub = "TEST")
		String on() {
			return "x";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Proxies {

		@Bean
		static DefaultAdvisorAutoProxyCreator autoProxyCreator() {
			return new DefaultAdvisorAutoProxyCreator();
		}

		@Bean
		static DefaultPointcutAdvisor advisor() {
			NameMatchMethodPointcut pointcut = new NameMatchMethodPointcut();
			pointcut.setMappedNames("call", "advised");
			pointcut.setClassFilter((type) -> type.getEnclosingClass() == StartUpTests.class);
			return new DefaultPointcutAdvisor(pointcut,
					(MethodInterceptor) (invocation) -> "advised " + invocation.proceed());
		}

	}

	interface Api {

		String call(String text);

	}

	@HubController("test")
	static class ReachableThroughInterface implements Api {

		@Override
		@HubMethod
		public String call(String text) {
			return text;
		}

	}

	@HubController("test")
	static class ProxyOfInterface implements Api {

		@Override
		public String call(String text) {
			return text;
		}

		@HubMethod
		void hidden() {
		}

	}

	@HubController("test")
	static class HandlerBehindProxy implements Api {

		@Override
		@HubMethod
		public String call(String text) {
			return text;
		}

		@MessageExceptionHandler(IllegalStateException.class)
		void handle() {
		}

	}

	@HubController("test")
	static class FinalMethod {

		@HubMethod
		final void call() {
		}

		void advised() {
		}

	}

	@HubController("test")
	static class PrivateMethod {

		@HubMethod
		private void call() {
		}

		void advised() {
		}

	}

	@HubController("test")
	static class StaticMethod {

		@HubMethod
		static void call() {
		}

		void advised() {
		}

	}

	@HubController("test")
	static class TwoForOneException extends Send {

		@MessageExceptionHandler
		void first(IllegalStateException ex) {
		}

		@MessageExceptionHandler
		void second(IllegalStateException ex) {
		}

	}

	@HubController("test")
	static class PayloadOfException extends Send {

		@MessageExceptionHandler
		void handle(IllegalStateException ex, Integer payload) {
		}

	}

	@ControllerAdvice
	static class PayloadOfAdvice {

		@MessageExceptionHandler(IllegalStateException.class)
		void handle(String payload) {
		}

	}

}
