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

package dev.realtime.lifetime;

import java.io.IOException;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;

import dev.realtime.backplane.BackplaneMessage.Answer;
import dev.realtime.backplane.BackplaneMessage.ClientCall;
import dev.realtime.backplane.BackplaneMessage.ClientCallCancelled;
import dev.realtime.backplane.BackplaneMessage.Failure;
import dev.realtime.backplane.BackplaneMessage.FailureKind;
import dev.realtime.backplane.BackplaneMessage.Operation;
import dev.realtime.backplane.BackplaneMessage.Response;
import dev.realtime.backplane.BackplaneMessage.Rows;
import dev.realtime.backplane.BackplaneNode;
import dev.realtime.backplane.HubChannels;
import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.ConnectionState;
import dev.realtime.hub.HubException;
import dev.realtime.protocol.ClientProtocol;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.MessageEncodingException;
import dev.realtime.protocol.TransferFormat;
import dev.realtime.protocol.signalr.HubProtocol;
import dev.realtime.protocol.signalr.InvocationMessage;
import dev.realtime.protocol.signalr.RawResult;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.converter.MessageConversionException;

/**
 * Asks clients and waits for their answers, whichever node they are on (SignalR, client
 * results).
 */
final class ClientCalls {

	private final ConnectionStore store;

	private final ProtocolUsage protocols;

	private final ClientResultsManager results;

	private final BackplaneNode node;

	private final HubChannels channels;

	private final ResultBinder binder;

	ClientCalls(ConnectionStore store, ProtocolUsage protocols, ClientResultsManager results, BackplaneNode node,
			HubChannels channels, ResultBinder binder) {
		this.store = store;
		this.protocols = protocols;
		this.results = results;
		this.node = node;
		this.channels = channels;
		this.binder = binder;
	}

	/**
	 * Ask a client.
	 * @param connectionId the id of the connection
	 * @param target the name of the client's method
	 * @param arguments the positional arguments
	 * @param type the type of the answer
	 * @param timeout how long to wait, or {@code null} for as long as the connection
	 * lives
	 * @return completes as {@link dev.realtime.hub.SingleClientProxy} says
	 */
	CompletableFuture<@Nullable Object> ask(String connectionId, String target, @Nullable Object[] arguments, Type type,
			@Nullable Duration timeout) {
		ClientConnection connection = this.store.find(connectionId);
		if (connection == null) {
			return this.node.isDistributed() ? askRemotely(connectionId, target, arguments, type, timeout)
					: CompletableFuture.failedFuture(ClientResultsManager.unknown(connectionId));
		}
		if (!isOpen(connection)) {
			return CompletableFuture.failedFuture(ClientResultsManager.unknown(connectionId));
		}
		if (!(connection.protocol() instanceof HubProtocol protocol)) {
			return CompletableFuture.failedFuture(cannotBeAsked(connection));
		}
		String invocationId = this.node.nextInvocationId();
		EncodedBody question = encode(protocol, InvocationMessage.of(invocationId, target, arguments));
		this.results.announce(connection);
		return this.results.ask(connection, invocationId, question, type, timeout);
	}

	private static boolean isOpen(ClientConnection connection) {
		ConnectionState state = connection.state();
		return !connection.isEnding() && (state == ConnectionState.OPEN || state == ConnectionState.SUSPENDED);
	}

	private static HubException cannotBeAsked(ClientConnection connection) {
		ClientProtocol protocol = connection.protocol();
		return new HubException("Connection '" + connection.id() + "' cannot be asked: its protocol "
				+ ((protocol != null) ? "'" + protocol.name() + "' " : "") + "has no answers.");
	}

	private static EncodedBody encode(HubProtocol protocol, InvocationMessage message) {
		try {
			return protocol.encode(message);
		}
		catch (MessageEncodingException ex) {
			throw new MessageConversionException(String.valueOf(ex.getMessage()), ex);
		}
	}

	private Map<String, byte[]> encode(InvocationMessage message) {
		Map<String, byte[]> slots = new LinkedHashMap<>();
		for (ClientProtocol protocol : this.protocols.all()) {
			if (protocol instanceof HubProtocol hubProtocol) {
				slots.put(protocol.name(), encode(hubProtocol, message).bytes());
			}
		}
		return slots;
	}

	private CompletableFuture<@Nullable Object> askRemotely(String connectionId, String target,
			@Nullable Object[] arguments, Type type, @Nullable Duration timeout) {
		String invocationId = this.node.nextInvocationId();
		Map<String, byte[]> slots = encode(InvocationMessage.of(invocationId, target, arguments));
		this.results.announce(null);
		CompletableFuture<@Nullable Object> future = new CompletableFuture<>();
		CompletableFuture<Response> call = this.node.call(this.channels.connection(connectionId), connectionId,
				invocationId, slots);
		call.whenComplete((response, ex) -> {
			if (ex != null) {
				this.results.complete(future, null, (ex instanceof CompletionException) ? ex.getCause() : ex);
			}
			else {
				complete(future, connectionId, type, response);
			}
		});
		if (timeout != null) {
			cancelWith(future, this.node.schedule(
					() -> this.results.complete(future, null, ClientResultsManager.timedOut(connectionId, timeout)),
					timeout));
		}
		watch(connectionId, future);
		future.whenComplete((result, ex) -> giveUp(call, connectionId, invocationId));
		return future;
	}

	private static void cancelWith(CompletableFuture<?> future, Future<?> timer) {
		future.whenComplete((result, ex) -> timer.cancel(false));
	}

	private void giveUp(CompletableFuture<Response> call, String connectionId, String invocationId) {
		if (!call.isDone()) {
			call.cancel(false);
			this.node.send(this.channels.connection(connectionId), new ClientCallCancelled(connectionId, invocationId));
		}
	}

	private void complete(CompletableFuture<@Nullable Object> future, String connectionId, Type type,
			Response response) {
		if (response instanceof Answer answer) {
			try {
				this.results.complete(future, bind(answer, type), null);
			}
			catch (Exception ex) {
				this.results.complete(future, null, ClientResultsManager.misfit(type, ex));
			}
		}
		else if (response instanceof Failure failure) {
			this.results.complete(future, null, toException(failure, connectionId));
		}
		else {
			this.results.complete(future, null, new IOException("Unexpected response of another node"));
		}
	}

	private @Nullable Object bind(Answer answer, Type type) throws Exception {
		byte[] raw = answer.result();
		return (raw != null && type != Void.class && type != void.class)
				? this.binder.bind(raw, answer.protocol(), type) : null;
	}

	private static Exception toException(Failure failure, String connectionId) {
		return switch (failure.kind()) {
			case NOT_FOUND -> ClientResultsManager.unknown(connectionId);
			case DISCONNECTED -> ClientResultsManager.disconnected(connectionId);
			case CLIENT_ERROR -> new HubException(failure.text());
			case NODE_ERROR -> new IOException(failure.text());
		};
	}

	/**
	 * Look from time to time whether the node that was asked is still there to answer.
	 * @param connectionId the id of the connection
	 * @param future the future
	 */
	private void watch(String connectionId, CompletableFuture<@Nullable Object> future) {
		cancelWith(future, this.node.schedule(() -> look(connectionId, future), this.node.requestTimeout()));
	}

	private void look(String connectionId, CompletableFuture<@Nullable Object> future) {
		this.node
			.request(this.channels.connection(connectionId), Operation.CONNECTION_EXISTS, List.of(connectionId), true)
			.whenComplete((responses, ex) -> {
				if (future.isDone()) {
					return;
				}
				if (ex == null && responses.stream().noneMatch(ClientCalls::isFound)) {
					this.results.complete(future, null, ClientResultsManager.disconnected(connectionId));
				}
				else {
					watch(connectionId, future);
				}
			});
	}

	private static boolean isFound(Response response) {
		return response instanceof Rows rows && !rows.rows().isEmpty();
	}

	/**
	 * Ask a connection of this node on behalf of another one.
	 * @param call the question
	 */
	void answer(ClientCall call) {
		ClientConnection connection = this.store.find(call.connectionId());
		if (connection == null || !isOpen(connection)) {
			respond(call, new Failure(call.id(), FailureKind.NOT_FOUND, "Not on node " + this.node.name()));
			return;
		}
		ClientProtocol protocol = connection.protocol();
		byte[] question = (protocol instanceof HubProtocol) ? call.slots().get(protocol.name()) : null;
		if (protocol == null || question == null) {
			respond(call, failure(call, cannotBeAsked(connection)));
			return;
		}
		EncodedBody body = (protocol.transferFormat() == TransferFormat.TEXT) ? EncodedBody.text(question)
				: EncodedBody.binary(question);
		this.results.askForNode(connection, call.invocationId(), body)
			.whenComplete((result, ex) -> respond(call, (ex != null) ? failure(call, ex) : new Answer(call.id(),
					protocol.name(), (result instanceof RawResult raw) ? raw.encoded() : null)));
	}

	private static Failure failure(ClientCall call, Throwable ex) {
		FailureKind kind = (ex instanceof IOException) ? FailureKind.DISCONNECTED
				: (ex instanceof HubException) ? FailureKind.CLIENT_ERROR : FailureKind.NODE_ERROR;
		return new Failure(call.id(), kind, String.valueOf(ex.getMessage()));
	}

	private void respond(ClientCall call, Response response) {
		this.node.respond(call.replyTo(), response);
	}

	void cancel(ClientCallCancelled cancelled) {
		this.results.cancel(cancelled.connectionId(), cancelled.invocationId());
	}

}
