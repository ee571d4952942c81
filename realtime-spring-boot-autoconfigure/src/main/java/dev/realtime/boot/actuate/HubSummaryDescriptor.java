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

package dev.realtime.boot.actuate;

import java.util.List;

import dev.realtime.invocation.HubEntry;
import dev.realtime.lifetime.HubFigures;
import dev.realtime.lifetime.TrafficFigures;

/**
 * A hub, with figures of this node.
 *
 * @param paths where clients connect
 * @param declared whether somebody has declared the hub; others come and go with clients
 * @param connections how many connections there are, suspended ones included
 * @param suspended how many of them wait for their clients to come back
 * @param users how many users have connections
 * @param groups how many groups have members
 * @param queued what waits for clients
 * @param received what has arrived since the start
 * @param sent what has left since the start
 * @param droppedMessages how many messages were discarded since the start, because queues
 * were full
 * @param kinds the connections, by protocol and transport
 * @since 0.1.0
 */
public record HubSummaryDescriptor(List<String> paths, boolean declared, long connections, long suspended, int users,
		int groups, TrafficDescriptor queued, TrafficDescriptor received, TrafficDescriptor sent, long droppedMessages,
		List<KindDescriptor> kinds) {

	private static final String WEB_PUB_SUB_PATH = "/client/hubs/";

	static HubSummaryDescriptor of(HubEntry hub) {
		HubFigures figures = hub.lifetime().inspection().figures();
		return new HubSummaryDescriptor(paths(hub), hub.declared(), figures.sum(TrafficFigures::connections),
				figures.sum(TrafficFigures::suspended), figures.users(), figures.groups(),
				new TrafficDescriptor(figures.sum(TrafficFigures::queuedMessages),
						figures.sum(TrafficFigures::queuedBytes)),
				new TrafficDescriptor(figures.sum(TrafficFigures::receivedMessages),
						figures.sum(TrafficFigures::receivedBytes)),
				new TrafficDescriptor(figures.sum(TrafficFigures::sentMessages),
						figures.sum(TrafficFigures::sentBytes)),
				figures.sum(TrafficFigures::droppedMessages),
				figures.traffic().stream().filter((kind) -> kind.connections() > 0).map(KindDescriptor::of).toList());
	}

	// nobody but Web PubSub clients can ask for a hub that nobody has declared
	private static List<String> paths(HubEntry hub) {
		String webPubSub = WEB_PUB_SUB_PATH + hub.endpoint().hub();
		if (!hub.declared()) {
			return List.of(webPubSub);
		}
		String signalR = hub.endpoint().options().path();
		return hub.webPubSub() ? List.of(signalR, webPubSub) : List.of(signalR);
	}

	/**
	 * Connections that speak one protocol over one transport.
	 *
	 * @param protocol the name of the protocol
	 * @param transport the name of the transport
	 * @param connections how many there are
	 */
	public record KindDescriptor(String protocol, String transport, int connections) {

		static KindDescriptor of(TrafficFigures figures) {
			return new KindDescriptor(figures.protocol(), figures.transport().wireName(), figures.connections());
		}

	}

}
