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

package dev.realtime.observation;

import java.util.Objects;

import dev.realtime.observation.HubObservationDocumentation.CallLowCardinalityKeyNames;
import dev.realtime.observation.HubObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What is the same in all observations of the calls of one method, worked out once.
 *
 * @since 0.1.0
 */
public final class ObservedMethod {

	/**
	 * Stands for all methods that do not exist, since their names are the clients'.
	 */
	static final String OTHER = "_OTHER";

	private final RpcSystem system;

	private final String hub;

	private final @Nullable String name;

	private final String contextualName;

	private final KeyValues started;

	private final KeyValues succeeded;

	private final @Nullable ObservedMethod webPubSub;

	private ObservedMethod(RpcSystem system, String hub, @Nullable String name) {
		Assert.hasText(hub, "'hub' must not be empty");
		this.system = system;
		this.hub = hub;
		this.name = name;
		String label = (name != null) ? name : OTHER;
		this.contextualName = hub + "/" + label;
		this.started = KeyValues.of(CallLowCardinalityKeyNames.RPC_SYSTEM.withValue(system.value()),
				LowCardinalityKeyNames.RPC_SERVICE.withValue(hub),
				CallLowCardinalityKeyNames.RPC_METHOD.withValue(label));
		this.succeeded = ended(HubOutcome.SUCCESS, null);
		this.webPubSub = (system != RpcSystem.WEB_PUBSUB) ? new ObservedMethod(RpcSystem.WEB_PUBSUB, hub, name) : null;
	}

	/**
	 * Create what is known of a method.
	 * @param hub the name of its hub
	 * @param name the name it is registered with
	 * @return the method as SignalR clients call it
	 */
	public static ObservedMethod of(String hub, String name) {
		Assert.hasText(name, "'name' must not be empty");
		return new ObservedMethod(RpcSystem.SIGNALR, hub, name);
	}

	/**
	 * Create what stands for all methods a hub does not have.
	 * @param hub the name of the hub
	 * @return the method as SignalR clients call it
	 */
	public static ObservedMethod unknown(String hub) {
		return new ObservedMethod(RpcSystem.SIGNALR, hub, null);
	}

	/**
	 * Return the method as clients of one kind call it.
	 * @param system what they speak
	 * @return the same instance whenever the same is asked for
	 */
	public ObservedMethod calledBy(RpcSystem system) {
		return (system == RpcSystem.WEB_PUBSUB && this.webPubSub != null) ? this.webPubSub : this;
	}

	String hub() {
		return this.hub;
	}

	@Nullable String name() {
		return this.name;
	}

	String contextualName() {
		return this.contextualName;
	}

	KeyValues started() {
		return this.started;
	}

	@Override
	public boolean equals(Object other) {
		return this == other || other instanceof ObservedMethod method && this.system == method.system
				&& this.hub.equals(method.hub) && Objects.equals(this.name, method.name);
	}

	@Override
	public int hashCode() {
		return this.contextualName.hashCode();
	}

	@Override
	public String toString() {
		return this.contextualName;
	}

	KeyValues ended(HubOutcome outcome, @Nullable Throwable error) {
		if (outcome == HubOutcome.SUCCESS && error == null && this.succeeded != null) {
			return this.succeeded;
		}
		return this.started.and(outcome.keyValues(error));
	}

}
