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

import dev.realtime.lifetime.HubLifetimeManager;

/**
 * A hub for those who look at it from outside.
 * <p>
 * Internal: public for other packages of the engine, not for applications.
 *
 * @param endpoint its front door for SignalR clients
 * @param webPubSub whether it has one for Web PubSub clients, too
 * @param declared whether somebody has declared it
 * @param lifetime who is where in it
 * @since 0.1.0
 */
public record HubEntry(HubEndpoint endpoint, boolean webPubSub, boolean declared, HubLifetimeManager lifetime) {

}
