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

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.ConnectionHandler;
import dev.realtime.hub.HubException;
import dev.realtime.lifetime.ClientResultsManager;
import dev.realtime.protocol.CloseReason;
import dev.realtime.protocol.EncodedBody;
import dev.realtime.protocol.InboundBuffer;
import dev.realtime.protocol.OutboundMessage;
import dev.realtime.protocol.TransferFormat;
import dev.realtime.protocol.TransportType;
import dev.realtime.protocol.signalr.AckMessage;
import dev.realtime.protocol.signalr.BindingFailureMessage;
import dev.realtime.protocol.signalr.CancelInvocationMessage;
import dev.realtime.protocol.signalr.CloseMessage;
import dev.realtime.protocol.signalr.CompletionBindingFailureMessage;
import dev.realtime.protocol.signalr.CompletionMessage;
import dev.realtime.protocol.signalr.HandshakeException;
import dev.realtime.protocol.signalr.HandshakeProtocol;
import dev.realtime.protocol.signalr.HandshakeRequest;
import dev.realtime.protocol.signalr.HubMessage;
import dev.realtime.protocol.signalr.HubProtocol;
import dev.realtime.protocol.signalr.HubProtocolException;
import dev.realtime.protocol.signalr.InvocationBindingFailureMessage;
import dev.realtime.protocol.signalr.InvocationMessage;
import dev.realtime.protocol.signalr.MessageTooBigException;
import dev.realtime.protocol.signalr.PingMessage;
import dev.realtime.protocol.signalr.SequenceMessage;
import dev.realtime.protocol.signalr.StreamBindingFailureMessage;
import dev.realtime.protocol.signalr.StreamInvocationMessage;
import dev.realtime.protocol.signalr.StreamItemMessage;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogFormatUtils;

/**
 * The {@link ConnectionHandler} of the SignalR family: handshake, decoding, keep-alive
 * and close of a hub's connections.
 */
final class SignalRConnectionHandler implements ConnectionHandler {

	private static final Log logger = LogFactory.getLog(SignalRConnectionHandler.class);

	// of the hub protocol, which has acknowledgements from then on
	private static final int RECONNECT_VERSION = 2;

	private final HubDispatcher dispatcher;

	private final ConnectionEvents events;

	private final Map<String, HubProtocol> protocols = new LinkedHashMap<>();

	SignalRConnectionHandler(HubDispatcher dispatcher, ConnectionEvents events, List<HubProtocol> protocols) {
		this.dispatcher = dispatcher;
		this.events = events;
		protocols.forEach((protocol) -> this.protocols.put(protocol.name().toLowerCase(Locale.ROOT), protocol));
	}

	@Override
	public void onAttached(ClientConnection connection) {
	}

	@Override
	public void onData(ClientConnection connection, ByteBuffer data) {
		SignalRSession session = SignalRSession.of(connection);
		InboundBuffer inbound = session.inbound();
		InboundRate rate = session.rate();
		if (rate != null) {
			rate.read(data.remaining());
		}
		inbound.append(data);
		try {
			if (session.protocol() == null && !handshake(session)) {
				return;
			}
			decode(session);
		}
		catch (MessageTooBigException ex) {
			connection.close(CloseReason.MESSAGE_TOO_BIG, ex);
		}
		catch (HubProtocolException ex) {
			connection.close(CloseReason.PROTOCOL_ERROR, ex);
		}
		finally {
			inbound.release();
		}
	}

	private boolean handshake(SignalRSession session) {
		HandshakeRequest request;
		try {
			request = HandshakeProtocol.read(session.inbound(), session.options().maximumReceiveMessageSize());
		}
		catch (HandshakeException ex) {
			session.inbound().clear();
			refuse(session, HandshakeProtocol.errorText(ex, session.options().detailedErrors()), ex);
			return false;
		}
		if (request == null) {
			return false;
		}
		HubProtocol protocol = this.protocols.get(request.protocol().toLowerCase(Locale.ROOT));
		TransportType transport = session.connection().transport();
		if (protocol == null) {
			refuse(session, HandshakeProtocol.protocolNotSupported(request.protocol()), null);
		}
		else if (!protocol.supportsVersion(request.version())) {
			refuse(session, HandshakeProtocol.versionNotSupported(request.protocol(), request.version()), null);
		}
		else if (transport != null && !transport.supports(protocol.transferFormat())) {
			refuse(session, HandshakeProtocol.transferFormatNotSupported(protocol.name(), protocol.transferFormat()),
					null);
		}
		else {
			session.connection().send(OutboundMessage.control(HandshakeProtocol.success(protocol.transferFormat())));
			if (session.connection().isResumeAgreed() && request.version() >= RECONNECT_VERSION
					&& transport == TransportType.WEB_SOCKETS) {
				session.reconnect(
						new StatefulReconnect(session.connection(), protocol, session.reading(), session.options()));
			}
			session.protocol(protocol);
			this.events.open(session);
			return true;
		}
		return false;
	}

	private void refuse(SignalRSession session, String error, @Nullable Throwable cause) {
		session.connection().send(HandshakeProtocol.error(error, TransferFormat.TEXT));
		session.connection().close(CloseReason.HANDSHAKE_FAILED, cause);
	}

	private void decode(SignalRSession session) {
		HubProtocol protocol = session.protocol();
		InboundBuffer inbound = session.inbound();
		int maximum = session.options().maximumReceiveMessageSize();
		int messages = 0;
		try {
			while (protocol != null && !session.connection().isEnding()) {
				int before = inbound.remaining();
				HubMessage message = protocol.decode(inbound, session, maximum);
				if (message == null) {
					return;
				}
				messages++;
				handle(session, message, before - inbound.remaining());
			}
		}
		finally {
			session.connection().received(messages);
			session.queue().flush();
			session.reading().adjust();
			StatefulReconnect reconnect = session.reconnect();
			if (reconnect != null) {
				reconnect.readCompleted();
			}
		}
	}

	private void handle(SignalRSession session, HubMessage message, int size) {
		StatefulReconnect reconnect = session.reconnect();
		if (reconnect != null && !reconnect.accept(message, size)) {
			return;
		}
		if (session.connection().isRetiring() && isCall(message)) {
			// its client learns from the end of the connection that it is not answered
			return;
		}
		if (message instanceof BindingFailureMessage failure) {
			bindingFailed(session, failure);
			return;
		}
		switch (message.type()) {
			case INVOCATION -> {
				InvocationMessage call = (InvocationMessage) message;
				call(session, call.target(), call.invocationId(), call.arguments(), call.headers(), call.streamIds(),
						false, size);
			}
			case STREAM_INVOCATION -> {
				StreamInvocationMessage call = (StreamInvocationMessage) message;
				call(session, call.target(), call.invocationId(), call.arguments(), call.headers(), call.streamIds(),
						true, size);
			}
			case STREAM_ITEM -> item(session, (StreamItemMessage) message);
			case COMPLETION -> complete(session, (CompletionMessage) message);
			case CANCEL_INVOCATION -> cancel(session, (CancelInvocationMessage) message);
			case PING -> session.markPinged();
			case CLOSE -> {
				session.inbound().clear();
				String error = ((CloseMessage) message).error();
				session.connection().close(CloseReason.CLIENT_CLOSED, (error != null) ? new HubException(error) : null);
			}
			case ACK -> session.connection().acknowledged(((AckMessage) message).sequenceId());
			case SEQUENCE -> {
				if (reconnect != null) {
					reconnect.sequence(((SequenceMessage) message).sequenceId());
				}
			}
		}
	}

	private static boolean isCall(HubMessage message) {
		return message instanceof InvocationMessage || message instanceof StreamInvocationMessage
				|| message instanceof InvocationBindingFailureMessage;
	}

	private void item(SignalRSession session, StreamItemMessage item) {
		handledAtOnce(session);
		UploadStream upload = session.upload(item.invocationId());
		if (upload != null) {
			upload.item(item.item());
		}
	}

	// does not wait for its turn, but those behind it do
	private static void handledAtOnce(SignalRSession session) {
		InboundRate rate = session.rate();
		if (rate != null) {
			rate.handled();
		}
	}

	private void cancel(SignalRSession session, CancelInvocationMessage cancel) {
		HubCall call = session.cancellable(cancel.invocationId());
		if (call != null) {
			call.cancel();
		}
	}

	private void bindingFailed(SignalRSession session, BindingFailureMessage message) {
		if (message instanceof InvocationBindingFailureMessage failure) {
			refuseCall(session, failure);
		}
		else if (message instanceof StreamBindingFailureMessage failure) {
			UploadStream upload = session.upload(failure.invocationId());
			if (upload != null) {
				upload.end(new HubException(this.dispatcher.errorTexts().streamItemBinding(failure.cause())));
			}
		}
		else if (message instanceof CompletionBindingFailureMessage failure) {
			answerDoesNotFit(session, failure);
		}
	}

	private static void answerDoesNotFit(SignalRSession session, CompletionBindingFailureMessage failure) {
		Type type = session.resultType(failure.invocationId());
		if (type != null) {
			session.lifetime()
				.clientResults()
				.fail(session.connection().id(), failure.invocationId(),
						ClientResultsManager.misfit(type, failure.cause()));
		}
	}

	private void call(SignalRSession session, String target, @Nullable String invocationId,
			@Nullable Object[] arguments, Map<String, String> headers, List<String> streamIds, boolean streaming,
			int size) {
		HubMethodDescriptor method = this.dispatcher.find(target);
		if (method == null) {
			answer(session, invocationId, this.dispatcher.errorTexts().binding(target, true, ""));
			refused(session, null, headers, RefusedCallException.UNKNOWN_METHOD);
			return;
		}
		if (method.streaming() != streaming) {
			answer(session, invocationId,
					streaming ? ErrorTexts.streamingCall(method.name()) : ErrorTexts.nonStreamingCall(method.name()));
			refused(session, method, headers, RefusedCallException.WRONG_KIND);
			return;
		}
		if (streamIds.size() != method.uploads().size()) {
			answer(session, invocationId,
					ErrorTexts.streamCount(method.name(), streamIds.size(), method.uploads().size()));
			refused(session, method, headers, RefusedCallException.WRONG_STREAMS);
			return;
		}
		CallLimits limits = session.callLimits();
		String objection = (limits != null) ? objection(limits, session, method, streamIds.size()) : null;
		if (objection != null) {
			answer(session, invocationId, objection);
			refused(session, method, headers, RefusedCallException.BEYOND_LIMIT);
			return;
		}
		HubCall call = new HubCall(session, session, method, invocationId, arguments, headers,
				uploads(session, method, streamIds), size);
		if ((method.cancellable() || !streamIds.isEmpty()) && !session.register(call)) {
			answer(session, invocationId, ErrorTexts.idInUse((invocationId != null) ? invocationId : "null"));
			refused(session, method, headers, RefusedCallException.ID_IN_USE);
			return;
		}
		if (limits != null) {
			limits.begun(method);
		}
		if (method.blocking() || !call.needsPermit() || !session.runNow(call, method)) {
			session.queue().add(call);
		}
	}

	private static @Nullable String objection(CallLimits limits, SignalRSession session, HubMethodDescriptor method,
			int uploads) {
		int streams = uploads + (method.streaming() ? 1 : 0);
		return limits.objection(method, streams, (streams > 0) ? session.streamsUnderWay() : 0);
	}

	private Map<String, UploadStream> uploads(SignalRSession session, HubMethodDescriptor method,
			List<String> streamIds) {
		if (streamIds.isEmpty()) {
			return Map.of();
		}
		Map<String, UploadStream> uploads = new LinkedHashMap<>();
		for (int i = 0; i < streamIds.size(); i++) {
			uploads.put(streamIds.get(i),
					new UploadStream(method.uploads().get(i), session.options().streamBufferCapacity(),
							this.dispatcher.executors().invocations(), session.reading()::moved));
		}
		return uploads;
	}

	private void answer(SignalRSession session, @Nullable String invocationId, String error) {
		if (invocationId != null) {
			session.send(CompletionMessage.error(invocationId, error));
		}
	}

	private void refuseCall(SignalRSession session, InvocationBindingFailureMessage failure) {
		if (logger.isDebugEnabled()) {
			logger.debug("Call of '" + LogFormatUtils.formatValue(failure.target(), 100, true)
					+ "' could not be bound: " + failure.reason(), failure.cause());
		}
		answer(session, failure.invocationId(),
				this.dispatcher.errorTexts().binding(failure.target(), failure.unknownMethod(), failure.reason()));
		String reason = failure.unknownMethod() ? RefusedCallException.UNKNOWN_METHOD
				: RefusedCallException.WRONG_ARGUMENTS;
		refused(session, this.dispatcher.find(failure.target()), failure.headers(), reason);
	}

	private void refused(SignalRSession session, @Nullable HubMethodDescriptor method, Map<String, String> headers,
			String reason) {
		handledAtOnce(session);
		HubObserver observer = this.dispatcher.observer();
		if (observer.isEnabled()) {
			observer.refused(session, method, headers, new RefusedCallException(reason));
		}
	}

	private void complete(SignalRSession session, CompletionMessage completion) {
		String error = completion.error();
		UploadStream upload = session.upload(completion.invocationId());
		if (upload != null) {
			upload.end((error != null) ? new HubException(error) : null);
		}
		else if (error != null) {
			session.lifetime().clientResults().fail(session.connection().id(), completion.invocationId(), error);
		}
		else {
			session.lifetime()
				.clientResults()
				.complete(session.connection().id(), completion.invocationId(), completion.result());
		}
	}

	/**
	 * What is half received is sent again.
	 */
	@Override
	public void onResumed(ClientConnection connection) {
		SignalRSession.of(connection).inbound().clear();
	}

	@Override
	public boolean isBusy(ClientConnection connection) {
		return HubSession.of(connection).isBusy();
	}

	@Override
	public void endStreams(ClientConnection connection) {
		HubSession.of(connection).endStreams();
	}

	@Override
	public @Nullable EncodedBody onClosing(ClientConnection connection, CloseReason reason) {
		SignalRSession session = SignalRSession.of(connection);
		HubProtocol protocol = session.protocol();
		if (protocol == null) {
			return null;
		}
		String error = null;
		if (reason.error()) {
			error = (reason.text() != null) ? reason.text() : ErrorTexts.CLOSED_WITH_ERROR;
			Throwable cause = connection.closeCause();
			if (cause != null) {
				error = this.dispatcher.errorTexts().closed(cause);
			}
		}
		else if (reason.text() != null) {
			error = reason.text();
		}
		return protocol.encode(new CloseMessage(error, reason.allowReconnect()));
	}

	@Override
	public void onClosed(ClientConnection connection, CloseReason reason, @Nullable Throwable cause) {
		SignalRSession session = SignalRSession.of(connection);
		Throwable failure = cause;
		if (failure == null && session.inbound().remaining() > 0
				&& (reason.is(CloseReason.CLIENT_GONE) || reason.is(CloseReason.CLIENT_CLOSED))) {
			failure = new HubProtocolException(ErrorTexts.INCOMPLETE_MESSAGE);
		}
		this.events.close(session, reason, failure);
	}

	@Override
	public void onHeartbeat(ClientConnection connection, long nanoTime) {
		SignalRSession session = SignalRSession.of(connection);
		HubProtocol protocol = session.protocol();
		if (protocol == null) {
			if (nanoTime - connection.attachedAt() >= session.options().handshakeTimeout().toNanos()) {
				refuse(session, HandshakeProtocol.CANCELED, new TimeoutException("Handshake timeout"));
			}
			return;
		}
		session.onHeartbeat(nanoTime);
		if (session.options().closeOnAuthenticationExpiration() && session.isAuthenticationExpired()) {
			connection.close(CloseReason.AUTHENTICATION_EXPIRED, null);
			return;
		}
		long silence = session.reading().silence(nanoTime);
		if (session.pinged() && silence >= session.options().clientTimeoutInterval().toNanos()) {
			connection.close(CloseReason.CLIENT_TIMEOUT, new CancellationException(ErrorTexts.CLIENT_TIMEOUT));
			return;
		}
		if (connection.transport() != TransportType.LONG_POLLING && connection.queue().messages() == 0
				&& nanoTime - connection.lastSent() >= session.options().keepAliveInterval().toNanos()) {
			connection.send(OutboundMessage.control(protocol.encode(PingMessage.INSTANCE)));
		}
	}

}
