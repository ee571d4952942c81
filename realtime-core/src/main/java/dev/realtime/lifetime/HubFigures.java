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

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What a hub amounts to on this node, at a moment.
 * <p>
 * Internal: public for other packages of the engine, not for applications.
 *
 * @param groups how many groups have members
 * @param users how many users have connections
 * @param traffic the connections, by protocol and transport: all there are, or were
 * @since 0.1.0
 */
public record HubFigures(int groups, int users, List<TrafficFigures> traffic) {

	public HubFigures {
		traffic = List.copyOf(traffic);
	}

	/**
	 * Return the sum of a figure over all protocols and transports.
	 * @param figure the figure
	 * @return the sum
	 */
	public long sum(ToLongFunction<TrafficFigures> figure) {
		return this.traffic.stream().mapToLong(figure).sum();
	}

}
