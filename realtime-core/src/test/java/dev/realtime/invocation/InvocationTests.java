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

import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubException;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.TransportType;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.util.LinkedMultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for calls of hub methods.
 */
class InvocationTests {

	private final HubTester tester = HubTester.with(Calls.class, TenantResolver.class);

	private final TestClient client = this.tester.connect("ann");

	@AfterEach
	void close() {
		this.tester.close();
	}

	private String invoke(String target, String arguments) {
		this.client.send("{'type':1,'invocationId':'7','target':'" + target + "','arguments':" + arguments + "}");
		return this.client.next((record) -> record.startsWith("{'type':3"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			echo       | ['hi']                                | 'result':'hi'
			ECHO       | ['hi']                                | 'result':'hi'
			renamed    | []                                    | 'result':'renamed'
			nothing    | []                                    | 'result':null
			none       | []                                    | 'result':null
			some       | []                                    | 'result':'some'
			stage      | []                                    | 'result':'staged'
			mono       | []                                    | 'result':'mono'
			add        | [1,2]                                 | 'result':3
			total      | [{'a':[{'name':'x','n':2},{'name':'y','n':3}]}] | 'result':5
			whoAmI     | []                                    | 'result':'ann/ann/test/json/WEB_SOCKETS'
			between    | ['a','b']                             | 'result':'a-ann-b'
			tenant     | ['a']                                 | 'result':'a@acme'
			inherited  | []                                    | 'result':'inherited'
			inline     | ['a']                                 | 'result':'a'
			""")
	void completes(String target, String arguments, String result) {
		assertThat(invoke(target, arguments)).isEqualTo("{'type':3,'invocationId':'7'," + result + "}");
	}

	@Test
	void returnsInvocationHeader() {
		this.client.send("{'type':1,'headers':{'trace':'t1'},'invocationId':'7','target':'header','arguments':[]}");
		assertThat(this.client.next()).contains("'result':'t1'");
	}

	@Test
	void resolvesLocaleOfHandshake() {
		LinkedMultiValueMap<String, String> headers = new LinkedMultiValueMap<>();
		headers.add("Accept-Language", "fr-CA,en;q=0.5");
		TestClient french = this.tester.open(this.tester.endpoint(), TransportType.WEB_SOCKETS, null, headers)
			.handshake();
		french.send("{'type':1,'invocationId':'7','target':'locale','arguments':[]}");
		assertThat(french.next()).contains("'result':'fr-CA'");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					missing    | []        | Failed to invoke 'missing' due to an error on the server. HubException: Method does not exist.
					echo       | []        | Failed to invoke 'echo' due to an error on the server.
					echo       | ['a','b'] | Failed to invoke 'echo' due to an error on the server.
					add        | ['x',2]   | Failed to invoke 'add' due to an error on the server.
					add        | [null,2]  | Failed to invoke 'add' due to an error on the server.
					boom       | []        | An unexpected error occurred invoking 'boom' on the server.
					hubBoom    | []        | An unexpected error occurred invoking 'hubBoom' on the server. HubException: told you
					stageBoom  | []        | An unexpected error occurred invoking 'stageBoom' on the server. HubException: later
					monoBoom   | []        | An unexpected error occurred invoking 'monoBoom' on the server.
					limited    | [11]      | An unexpected error occurred invoking 'limited' on the server.
					limited2   | [{'name':''}] | An unexpected error occurred invoking 'limited2' on the server.
					unwritable | []        | An unexpected error occurred invoking 'unwritable' on the server.
					""")
	void failsAndSurvives(String target, String arguments, String error) {
		assertThat(invoke(target, arguments)).isEqualTo("{'type':3,'invocationId':'7','error':'" + error + "'}");
		assertThat(invoke("echo", "['still here']")).contains("'result':'still here'");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					missing    | []        | HubException: Method does not exist.
					echo       | []        | InvalidDataException: Invocation provides 0 argument(s) but target expects 1.
					add        | ['x',2]   | InvalidDataException: Error binding arguments. Make sure that the types of the provided values match the types of the hub method being invoked.
					boom       | []        | IllegalStateException: secret
					""")
	void explainsWithDetailedErrors(String target, String arguments, String error) {
		try (HubTester detailed = HubTester.with((options) -> options.detailedErrors(true), Calls.class,
				TenantResolver.class)) {
			TestClient client = detailed.connect();
			client.send("{'type':1,'invocationId':'7','target':'" + target + "','arguments':" + arguments + "}");
			assertThat(client.next()).contains(error);
		}
	}

	@Test
	void validArgumentsPass() {
		assertThat(invoke("limited", "[10]")).contains("'result':10");
		assertThat(invoke("limited2", "[{'name':'x'}]")).contains("'result':'x'");
	}

	@Test
	void answersNothingWithoutInvocationId() {
		this.client.send("{'type':1,'target':'echo','arguments':['x']}", "{'type':1,'target':'boom','arguments':[]}",
				"{'type':1,'target':'missing','arguments':[]}");
		assertThat(invoke("echo", "['last']")).contains("'result':'last'");
		assertThat(this.client.received()).isEmpty();
	}

	@Test
	void refusesWrongCallMode() {
		this.client.send("{'type':4,'invocationId':'7','target':'echo','arguments':['x']}");
		assertThat(this.client.next())
			.contains("The client attempted to invoke the non-streaming 'echo' method with a streaming invocation.");
		assertThat(invoke("echo", "['x']")).contains("'result':'x'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'target':'echo'}", "not json", "{'type':1,'target':5,'arguments':[]}",
			"{'type':3,'invocationId':'1','error':'e','result':1}", "{'type':1,'target':'echo'}", "[]" })
	void malformedEnvelopeEndsTheConnectionAndNoOther(String record) {
		TestClient other = this.tester.connect();
		this.client.send(record);
		assertThat(this.client.next())
			.isEqualTo("{'type':7,'error':'Connection closed with an error.','allowReconnect':true}");
		this.client.awaitClosed();
		assertThat(this.client.connection().closeReason()).isEqualTo(CloseReason.PROTOCOL_ERROR);
		other.send("{'type':1,'invocationId':'7','target':'echo','arguments':['x']}");
		assertThat(other.next()).contains("'result':'x'");
	}

	@Test
	void tooBigMessageEndsTheConnection() {
		this.client.send("{'type':1,'invocationId':'1','target':'echo','arguments':['" + "x".repeat(33_000) + "']}");
		assertThat(this.client.next())
			.isEqualTo("{'type':7,'error':'Connection closed with an error.','allowReconnect':true}");
		assertThat(this.client.connection().closeReason()).isEqualTo(CloseReason.MESSAGE_TOO_BIG);
	}

	@Test
	void recordThatNeverEndsEndsTheConnection() {
		for (int i = 0; i < 9 && !this.client.connection().isEnding(); i++) {
			this.client.sendRaw("x".repeat(4096));
		}
		this.client.awaitClosed();
		assertThat(this.client.connection().closeReason()).isEqualTo(CloseReason.MESSAGE_TOO_BIG);
	}

	@Test
	void manySmallMessagesInOneFrameAreNotTooBig() {
		String[] records = new String[1000];
		for (int i = 0; i < records.length; i++) {
			records[i] = "{'type':1,'invocationId':'" + i + "','target':'inline','arguments':['0123456789']}";
		}
		this.client.send(records);
		for (int i = 0; i < records.length; i++) {
			assertThat(this.client.next()).contains("'invocationId':'" + i + "'");
		}
	}

	@Test
	void unknownMessageTypesAndPropertiesAreIgnored() {
		this.client.send("{'type':99,'x':[1,{}]}", "{'type':3,'invocationId':'no','result':{}}",
				"{'type':5,'invocationId':'no'}", "{'type':2,'invocationId':'no','item':{}}",
				"{'type':8,'sequenceId':1}");
		assertThat(invoke("echo", "['x']")).contains("'result':'x'");
	}

	static class BaseCalls {

		@HubMethod
		String inherited() {
			return "inherited";
		}

	}

	@HubController("test")
	static class Calls extends BaseCalls {

		@HubMethod
		String echo(String text) {
			return text;
		}

		@HubMethod(blocking = false)
		String inline(String text) {
			return text;
		}

		@HubMethod("renamed")
		String anotherName() {
			return "renamed";
		}

		@HubMethod
		void nothing() {
		}

		@HubMethod
		Optional<String> none() {
			return Optional.empty();
		}

		@HubMethod
		Optional<String> some() {
			return Optional.of("some");
		}

		@HubMethod
		CompletionStage<String> stage() {
			return CompletableFuture.supplyAsync(() -> "staged");
		}

		@HubMethod
		Mono<String> mono() {
			return Mono.fromSupplier(() -> "mono");
		}

		@HubMethod
		int add(int a, int b) {
			return a + b;
		}

		@HubMethod
		int total(Map<String, List<Item>> items) {
			return items.values().stream().flatMap(List::stream).mapToInt(Item::n).sum();
		}

		@HubMethod
		String whoAmI(HubCallerContext caller, Principal principal) {
			return principal.getName() + "/" + caller.userId() + "/" + caller.hub() + "/" + caller.protocol() + "/"
					+ caller.transport();
		}

		@HubMethod
		String between(String a, Principal principal, String b) {
			return a + "-" + principal.getName() + "-" + b;
		}

		@HubMethod
		String tenant(Tenant tenant, String text) {
			return text + "@" + tenant.name();
		}

		@HubMethod
		String header(@Header("trace") String trace) {
			return trace;
		}

		@HubMethod
		String locale(Locale locale) {
			return locale.toLanguageTag();
		}

		@HubMethod
		void boom() {
			throw new IllegalStateException("secret");
		}

		@HubMethod
		void hubBoom() {
			throw new HubException("told you");
		}

		@HubMethod
		CompletionStage<String> stageBoom() {
			return CompletableFuture.supplyAsync(() -> {
				throw new HubException("later");
			});
		}

		@HubMethod
		Mono<String> monoBoom() {
			return Mono.error(new IllegalStateException("secret"));
		}

		@HubMethod
		int limited(@Max(10) int value) {
			return value;
		}

		@HubMethod
		String limited2(@Valid Named named) {
			return named.name();
		}

		@HubMethod
		Object unwritable() {
			return new Unwritable();
		}

	}

	static class Unwritable {

		@JsonProperty
		String name() {
			throw new IllegalStateException("secret");
		}

	}

	record Item(String name, int n) {

	}

	record Named(@NotBlank String name) {

	}

	record Tenant(String name) {

	}

	static class TenantResolver implements HandlerMethodArgumentResolver {

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			return parameter.getParameterType() == Tenant.class;
		}

		@Override
		public Object resolveArgument(MethodParameter parameter, Message<?> message) {
			return new Tenant("acme");
		}

	}

}
