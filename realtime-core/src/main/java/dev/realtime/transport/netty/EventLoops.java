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

package dev.realtime.transport.netty;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.realtime.connection.Lane;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * The event loops of this process, each with its lane.
 */
final class EventLoops implements AutoCloseable {

	private static final long SHUTDOWN_TIMEOUT_MILLIS = 2000;

	private final EventLoopGroup group;

	private final EventLoopLane[] lanes;

	private final AtomicInteger turn = new AtomicInteger();

	EventLoops(int count) {
		this.group = new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory("realtime-loop", true),
				NioIoHandler.newFactory());
		this.lanes = new EventLoopLane[count];
		for (int i = 0; i < count; i++) {
			EventLoop loop = this.group.next();
			this.lanes[i] = new EventLoopLane(loop, this::isLoop);
		}
	}

	/**
	 * Return the lane whose turn it is.
	 * @return a lane
	 */
	EventLoopLane next() {
		return this.lanes[Math.floorMod(this.turn.getAndIncrement(), this.lanes.length)];
	}

	/**
	 * Return the lane for another transport of a connection.
	 * @param lane the lane of the connection
	 * @return the same, if it is one of these, or the one whose turn it is
	 */
	EventLoopLane of(Lane lane) {
		for (EventLoopLane candidate : this.lanes) {
			if (candidate == lane) {
				return candidate;
			}
		}
		return next();
	}

	private boolean isLoop() {
		for (EventLoopLane lane : this.lanes) {
			if (lane.loop().inEventLoop()) {
				return true;
			}
		}
		return false;
	}

	@Override
	public void close() {
		boolean ended = this.group.shutdownGracefully(0, SHUTDOWN_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
			.awaitUninterruptibly(SHUTDOWN_TIMEOUT_MILLIS);
		if (ended) {
			for (EventLoopLane lane : this.lanes) {
				lane.close();
			}
		}
	}

}
