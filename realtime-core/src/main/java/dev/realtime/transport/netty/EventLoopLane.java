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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import dev.realtime.connection.Lane;
import dev.realtime.protocol.OutboundMessage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * One event loop and the connections it owns. Tasks that wait together run together, and
 * only then is written what they have queued, so that several broadcasts to one member
 * leave in one write.
 */
final class EventLoopLane implements Lane, Runnable, AutoCloseable {

	private static final Log logger = LogFactory.getLog(EventLoopLane.class);

	private static final int SCRATCH_BYTES = 64 * 1024;

	// after which the loop looks after its sockets again
	private static final int TASKS_PER_PASS = 1024;

	private static final int MAX_WAITING = 4096;

	private static final long THROTTLE_NANOS = 50_000;

	private final EventLoop loop;

	private final BooleanSupplier isLoop;

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final AtomicInteger waiting = new AtomicInteger();

	private final AtomicInteger deliveries = new AtomicInteger();

	private final AtomicBoolean scheduled = new AtomicBoolean();

	// everything below is touched by the loop only

	private final Deque<NettyChannel> unflushed = new ArrayDeque<>();

	private final Queue<Runnable> afterReads = new ArrayDeque<>(2);

	private final List<OutboundMessage> batch = new ArrayList<>();

	private final FrameWriter writer = new FrameWriter();

	private final SharedFrames frames = new SharedFrames(this.writer);

	private final InflaterPool inflaters = new InflaterPool();

	private final byte[] scratch = new byte[SCRATCH_BYTES];

	private boolean running;

	private int deliveredBytes;

	/**
	 * Create a lane.
	 * @param loop the loop
	 * @param isLoop tells whether the calling thread is that of an event loop, of this or
	 * of another lane
	 */
	EventLoopLane(EventLoop loop, BooleanSupplier isLoop) {
		this.loop = loop;
		this.isLoop = isLoop;
	}

	EventLoop loop() {
		return this.loop;
	}

	@Override
	public void execute(Runnable task) {
		this.waiting.incrementAndGet();
		this.tasks.add(task);
		schedule();
	}

	@Override
	public void deliver(Runnable task) {
		this.deliveries.incrementAndGet();
		execute(() -> {
			try {
				task.run();
			}
			finally {
				this.deliveries.decrementAndGet();
			}
		});
	}

	@Override
	public boolean isBehind() {
		return this.deliveries.get() > 0;
	}

	@Override
	public void delivered(int bytes) {
		this.deliveredBytes += bytes;
		if (this.running && this.deliveredBytes >= NettyChannel.BATCH_BYTES) {
			flush();
		}
	}

	@Override
	public void throttle() {
		if (this.waiting.get() <= MAX_WAITING || this.isLoop.getAsBoolean()) {
			return;
		}
		while (this.waiting.get() > MAX_WAITING && !this.loop.isShuttingDown()
				&& !Thread.currentThread().isInterrupted()) {
			LockSupport.parkNanos(this, THROTTLE_NANOS);
		}
	}

	@Override
	public void afterReads(Runnable task) {
		if (!this.loop.inEventLoop()) {
			task.run();
		}
		else if (!this.afterReads.contains(task)) {
			this.afterReads.add(task);
			schedule();
		}
	}

	private void schedule() {
		if (!this.scheduled.get() && this.scheduled.compareAndSet(false, true)) {
			this.loop.execute(this);
		}
	}

	@Override
	public void run() {
		this.scheduled.set(false);
		this.running = true;
		Runnable task;
		while ((task = this.afterReads.poll()) != null) {
			perform(task);
		}
		for (int i = 0; i < TASKS_PER_PASS && (task = this.tasks.poll()) != null; i++) {
			this.waiting.decrementAndGet();
			perform(task);
		}
		flush();
		this.running = false;
		if (!this.tasks.isEmpty() || !this.unflushed.isEmpty()) {
			schedule();
		}
	}

	private void perform(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			logger.error("Failure of a task of an event loop", ex);
		}
	}

	// what cannot be written out at once comes back at the end of the queue
	private void flush() {
		for (int i = this.unflushed.size(); i > 0; i--) {
			NettyChannel channel = this.unflushed.remove();
			perform(channel::flush);
		}
		this.frames.clear();
		this.deliveredBytes = 0;
	}

	/**
	 * Have a channel flushed at the end of this pass of the loop, or of the next one.
	 * Called by the loop.
	 * @param channel the channel, which holds the drain right of its queue
	 */
	void flushLater(NettyChannel channel) {
		this.unflushed.add(channel);
		if (!this.running) {
			schedule();
		}
	}

	/**
	 * Return a list to take messages into. Called by the loop.
	 * @return an empty list, valid until the next call
	 */
	List<OutboundMessage> batch() {
		this.batch.clear();
		return this.batch;
	}

	/**
	 * Return the frames of some messages. Called by the loop.
	 * @param messages the messages
	 * @param channel the channel to write them to
	 * @return the frames, shared with the channel before if it got the same messages
	 */
	ByteBuf frames(List<OutboundMessage> messages, NettyChannel channel) {
		if (!this.running) {
			// answers of one channel: nobody would let go of what is shared
			return this.writer.write(messages, channel.protocol(), channel.minCompressed(), channel.allocator());
		}
		return this.frames.of(messages, channel.protocol(), channel.minCompressed(), channel.allocator());
	}

	/**
	 * Return where to borrow inflaters. Used by the loop.
	 * @return the inflaters of this loop
	 */
	InflaterPool inflaters() {
		return this.inflaters;
	}

	/**
	 * Return an array for what is read. Called by the loop.
	 * @return the array of this loop
	 */
	byte[] scratch() {
		return this.scratch;
	}

	/**
	 * Let go of native memory, when the loop has ended.
	 */
	@Override
	public void close() {
		this.writer.close();
		this.inflaters.close();
	}

}
