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

package dev.realtime.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.realtime.benchmarks.hub.HubApplication;
import dev.realtime.benchmarks.load.client.Dialect;
import dev.realtime.benchmarks.netty.NettyApplication;
import dev.realtime.benchmarks.stomp.StompApplication;

/**
 * What load is put on. Targets that have an application in common share its process.
 *
 * @param name the name in tables
 * @param server the application
 * @param dialect what it understands
 * @param echoOnly whether it differs from another target in the echo alone, so that other
 * scenarios leave it out
 */
record Target(String name, TargetServer server, Dialect dialect, boolean echoOnly) {

	/**
	 * The WebSocket engines of the hub that are measured by default.
	 */
	private static final List<String> ENGINES = List.of("netty", "servlet");

	/**
	 * The engine that is measured with the MessagePack hub protocol, too: what a protocol
	 * costs does not depend on the engine.
	 */
	private static final String MESSAGE_PACK_ENGINE = "netty";

	/**
	 * All targets, in the order in which they are visited.
	 */
	static final List<Target> ALL = Stream.concat(Stream.of(
			new Target("netty", new TargetServer("netty", NettyApplication.class.getName(), List.of()),
					Dialect.hub("Echo"), false),
			new Target("stomp", new TargetServer("stomp", StompApplication.class.getName(), List.of()), Dialect.stomp(),
					false)),
			ENGINES.stream().flatMap((engine) -> hub(engine).stream()))
		.toList();

	private static List<Target> hub(String engine) {
		String name = "hub-" + engine;
		TargetServer server = new TargetServer(name, HubApplication.class.getName(),
				List.of("--realtime.websocket.engine=" + engine));
		List<Target> targets = new ArrayList<>(List.of(new Target(name, server, Dialect.hub("Echo"), false),
				new Target(name + "-inline", server, Dialect.hub("EchoInline"), true)));
		if (engine.equals(MESSAGE_PACK_ENGINE)) {
			targets.add(new Target(name + "-messagepack", server, Dialect.messagePackHub("Echo"), false));
		}
		return targets;
	}

	/**
	 * Return the targets of some names.
	 * @param names the names
	 * @return the targets in the order of the names
	 * @throws IllegalArgumentException if there is no such target
	 */
	static List<Target> named(List<String> names) {
		List<Target> targets = new ArrayList<>();
		for (String name : names) {
			targets.add(ALL.stream()
				.filter((target) -> target.name().equals(name))
				.findFirst()
				.orElseThrow(() -> new IllegalArgumentException(
						"There is no target '%s'. Choose from %s.".formatted(name, String.join(", ", names())))));
		}
		return targets;
	}

	static List<String> names() {
		return ALL.stream().map(Target::name).toList();
	}

}
