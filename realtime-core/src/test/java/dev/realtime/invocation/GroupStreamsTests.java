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

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.realtime.connection.ClientConnection;
import dev.realtime.connection.ConnectionHandler;
import dev.realtime.lifetime.Target;
import dev.realtime.protocol.OutboundLimits;
import dev.realtime.protocol.Permission;
import dev.realtime.protocol.ServerMessage;
import dev.realtime.protocol.ServerMessage.DataType;
import dev.realtime.protocol.ServerMessage.StreamFragment;
import dev.realtime.protocol.webpubsub.DownstreamMessage;
import dev.realtime.protocol.webpubsub.StreamAckMessage;
import dev.realtime.protocol.webpubsub.StreamClosedMessage;
import dev.realtime.protocol.webpubsub.StreamDataMessage;
import dev.realtime.protocol.webpubsub.StreamEndMessage;
import dev.realtime.protocol.webpubsub.StreamKeepAliveMessage;
import dev.realtime.protocol.webpubsub.StreamNackMessage;
import dev.realtime.protocol.webpubsub.StreamStartMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules of group streams, one by one.
 */
class GroupStreamsTests {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	// what publisher and subscribers get, in order
	private final List<String> log = Collections.synchronizedList(new ArrayList<>());

	private final List<Target> targets = new ArrayList<>();

	private final List<ServerMessage.Data> published = new ArrayList<>();

	private final ClientConnection connection = new ClientConnection("c1", "hub", Mockito.mock(ConnectionHandler.class),
			OutboundLimits.DEFAULT);

	private Consumer<ServerMessage.Data> onPublish = (message) -> {
	};

	private final GroupStreams streams = new GroupStreams(this.connection, new GroupStreams.Output() {

		@Override
		public void reply(DownstreamMessage message) {
			GroupStreamsTests.this.log.add(text(message));
		}

		@Override
		public void publish(Target target, ServerMessage.Data message) {
			GroupStreamsTests.this.onPublish.accept(message);
			GroupStreamsTests.this.targets.add(target);
			GroupStreamsTests.this.published.add(message);
			GroupStreamsTests.this.log.add(text(message));
		}

	}, 0, () -> {
	});

	GroupStreamsTests() {
		this.connection.userId("ann");
		this.connection.permissions().grant(Permission.SEND_TO_GROUP, "g");
	}

	private static String text(DownstreamMessage message) {
		if (message instanceof StreamAckMessage ack) {
			return "ack " + ack.streamId() + " " + ack.expectedSequenceId();
		}
		if (message instanceof StreamNackMessage nack) {
			return "nack " + nack.streamId() + " " + nack.name() + " " + nack.expectedSequenceId();
		}
		StreamClosedMessage closed = (StreamClosedMessage) message;
		return "closed " + closed.streamId() + ((closed.error() != null) ? " " + closed.error().name() : "");
	}

	private static String text(ServerMessage.Data message) {
		StreamFragment fragment = message.stream();
		assertThat(fragment).isNotNull();
		return "-> " + fragment.streamId() + " " + fragment.sequenceId() + " '" + message.payload() + "'"
				+ (fragment.endOfStream() ? " end" : "")
				+ ((fragment.error() != null) ? " " + fragment.error().name() : "");
	}

	private void start(String id, @Nullable Long idleTimeout) {
		this.streams.start(new StreamStartMessage("g", false, id, idleTimeout), 0);
	}

	private void data(String id, long number) {
		this.streams.data(new StreamDataMessage(id, number, DataType.TEXT, "data" + number), 0);
	}

	private void end(String id) {
		this.streams.end(new StreamEndMessage(id, null), 0);
	}

	private void assertThatLogIs(String... messages) {
		assertThat(this.log).containsExactly(messages);
		this.log.clear();
	}

	@Test
	void streamFromStartToEnd() {
		start("s", null);
		data("s", 1);
		data("s", 2);
		end("s");
		assertThatLogIs("ack s 1", "-> s 1 'data1'", "ack s 2", "-> s 2 'data2'", "ack s 3", "-> s 3 '' end",
				"closed s");
		assertThat(this.streams.size()).isZero();
	}

	@Test
	void fragmentIsAMessageOfTheUserToTheGroup() {
		start("s", null);
		this.streams.data(new StreamDataMessage("s", 1, DataType.BINARY, new byte[] { 1 }), 0);
		end("s");
		ServerMessage.Data fragment = this.published.get(0);
		assertThat(fragment.group()).isEqualTo("g");
		assertThat(fragment.fromUserId()).isEqualTo("ann");
		assertThat(fragment.dataType()).isEqualTo(DataType.BINARY);
		assertThat(fragment.payload()).isEqualTo(new byte[] { 1 });
		assertThat(this.published.get(1).dataType()).isEqualTo(DataType.TEXT);
		assertThat(this.published.get(1).payload()).isEqualTo("");
		assertThat(this.targets).containsOnly(Target.group("g"));
	}

	@Test
	void withoutEchoThePublisherIsLeftOut() {
		this.streams.start(new StreamStartMessage("g", true, "s", null), 0);
		data("s", 1);
		end("s");
		assertThat(this.targets).hasSize(2).containsOnly(new Target.Group("g", Set.of("c1")));
	}

	@Test
	void duplicateIsAcknowledgedButNotPublished() {
		start("s", null);
		data("s", 1);
		data("s", 2);
		this.log.clear();
		data("s", 1);
		data("s", 2);
		data("s", 0);
		assertThatLogIs("ack s 3", "ack s 3", "ack s 3");
	}

	@Test
	void fragmentThatComesTooEarlyIsNotAcknowledged() {
		start("s", null);
		data("s", 2);
		data("s", -1);
		data("s", 1);
		data("s", 2);
		assertThatLogIs("ack s 1", "nack s InvalidSequenceId 1", "nack s InvalidSequenceId 1", "-> s 1 'data1'",
				"ack s 2", "-> s 2 'data2'", "ack s 3");
	}

	@Test
	void unknownStreamIsClosed() {
		data("s", 1);
		this.streams.keepAlive(new StreamKeepAliveMessage("s"), 0);
		end("s");
		assertThatLogIs("closed s StreamNotFound", "closed s StreamNotFound", "closed s StreamNotFound");
	}

	@Test
	void streamsAreIndependentOfEachOther() {
		start("a", null);
		start("b", null);
		data("a", 1);
		data("b", 1);
		end("a");
		data("b", 2);
		assertThatLogIs("ack a 1", "ack b 1", "-> a 1 'data1'", "ack a 2", "-> b 1 'data1'", "ack b 2", "-> a 2 '' end",
				"closed a", "-> b 2 'data2'", "ack b 3");
	}

	@Test
	void idIsUniqueWhileTheStreamIsOpen() {
		start("s", null);
		data("s", 1);
		start("s", null);
		data("s", 2);
		end("s");
		start("s", null);
		assertThatLogIs("ack s 1", "-> s 1 'data1'", "ack s 2", "closed s BadRequest", "-> s 2 'data2'", "ack s 3",
				"-> s 3 '' end", "closed s", "ack s 1");
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, -1, Long.MIN_VALUE })
	void idleTimeoutHasToBePositive(long idleTimeout) {
		start("s", idleTimeout);
		assertThatLogIs("closed s BadRequest");
		assertThat(this.streams.size()).isZero();
	}

	@Test
	void idsHaveALimitedLength() {
		String longest = "x".repeat(GroupStreams.MAXIMUM_ID_LENGTH);
		start(longest, null);
		start(longest + "x", null);
		start(" ", null);
		assertThatLogIs("ack " + longest + " 1", "closed " + longest + "x BadRequest", "closed   BadRequest");
	}

	@Test
	void numberOfStreamsIsLimited() {
		for (int i = 0; i < GroupStreams.MAXIMUM_STREAMS; i++) {
			start("s" + i, null);
		}
		this.log.clear();
		start("more", null);
		assertThatLogIs("closed more BadRequest");
		end("s0");
		start("more", null);
		assertThatLogIs("-> s0 1 '' end", "closed s0", "ack more 1");
	}

	@Test
	void publisherNeedsPermission() {
		this.streams.start(new StreamStartMessage("other", false, "s", null), 0);
		assertThatLogIs("closed s Forbidden");
		data("s", 1);
		assertThatLogIs("closed s StreamNotFound");
	}

	@Test
	void revokedPermissionEndsTheStream() {
		start("s", null);
		data("s", 1);
		this.connection.permissions().revoke(Permission.SEND_TO_GROUP, "g");
		data("s", 2);
		data("s", 3);
		assertThatLogIs("ack s 1", "-> s 1 'data1'", "ack s 2", "-> s 2 '' end Forbidden", "closed s Forbidden",
				"closed s StreamNotFound");
	}

	@Test
	void errorOfThePublisherReachesTheSubscribers() {
		start("s", null);
		this.streams.end(new StreamEndMessage("s", new StreamEndMessage.UserError("out of words", "E7")), 0);
		assertThatLogIs("ack s 1", "-> s 1 '' end UserError", "closed s");
		assertThat(this.published.get(0).stream().error().message()).isEqualTo("out of words");
		assertThat(this.published.get(0).stream().error().userErrorCode()).isEqualTo("E7");
	}

	@Test
	void idleStreamEnds() {
		start("s", 5000L);
		this.streams.onHeartbeat(5 * SECOND - 1);
		assertThatLogIs("ack s 1");
		this.streams.onHeartbeat(5 * SECOND);
		assertThatLogIs("-> s 1 '' end IdleTimeout", "closed s IdleTimeout");
		this.streams.onHeartbeat(6 * SECOND);
		data("s", 1);
		assertThatLogIs("closed s StreamNotFound");
	}

	@Test
	void idleTimeoutHasADefaultAndAMaximum() {
		start("default", null);
		start("endless", Long.MAX_VALUE);
		this.log.clear();
		this.streams.onHeartbeat(300 * SECOND);
		assertThatLogIs("-> default 1 '' end IdleTimeout", "closed default IdleTimeout");
		this.streams.onHeartbeat(TimeUnit.DAYS.toNanos(1) - 1);
		assertThat(this.streams.size()).isEqualTo(1);
		this.streams.onHeartbeat(TimeUnit.DAYS.toNanos(1));
		assertThat(this.streams.size()).isZero();
	}

	@Test
	void everySignOfLifeCounts() {
		start("s", 5000L);
		this.streams.keepAlive(new StreamKeepAliveMessage("s"), 4 * SECOND);
		this.streams.onHeartbeat(8 * SECOND);
		this.streams.data(new StreamDataMessage("s", 7, DataType.TEXT, "early"), 8 * SECOND);
		this.streams.onHeartbeat(12 * SECOND);
		this.streams.onResumed(30 * SECOND);
		this.streams.onHeartbeat(34 * SECOND);
		assertThatLogIs("ack s 1", "nack s InvalidSequenceId 1");
		this.streams.onHeartbeat(35 * SECOND);
		assertThatLogIs("-> s 1 '' end IdleTimeout", "closed s IdleTimeout");
	}

	@Test
	void endOfTheConnectionCancelsItsStreams() {
		start("a", null);
		start("b", null);
		data("b", 1);
		this.log.clear();
		this.streams.close();
		this.streams.close();
		assertThat(this.log).containsExactlyInAnyOrder("-> a 1 '' end Cancelled", "-> b 2 '' end Cancelled");
		this.log.clear();
		start("c", null);
		data("a", 1);
		this.streams.onHeartbeat(Long.MAX_VALUE);
		assertThat(this.log).isEmpty();
	}

	@Test
	void fragmentThatCannotBePublishedEndsTheStream() {
		start("s", null);
		this.onPublish = (message) -> {
			if (!message.stream().endOfStream()) {
				throw new IllegalStateException("no");
			}
		};
		data("s", 1);
		data("s", 1);
		assertThatLogIs("ack s 1", "-> s 1 '' end InternalServerError", "closed s InternalServerError",
				"closed s StreamNotFound");
	}

	@Test
	void nobodyWaitsForAFragmentThatIsBeingPublished() throws Exception {
		start("s", 1L);
		start("t", 1L);
		CountDownLatch publishing = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		this.onPublish = (message) -> {
			publishing.countDown();
			try {
				goOn.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		};
		Thread reader = new Thread(() -> data("s", 1));
		reader.start();
		publishing.await();
		this.log.clear();
		this.streams.onHeartbeat(SECOND);
		this.streams.onResumed(SECOND);
		this.streams.close();
		assertThat(this.log).isEmpty();
		goOn.countDown();
		reader.join();
		assertThat(this.log).startsWith("-> s 1 'data1'", "ack s 2")
			.contains("-> s 2 '' end Cancelled", "-> t 1 '' end Cancelled")
			.hasSize(4);
	}

}
