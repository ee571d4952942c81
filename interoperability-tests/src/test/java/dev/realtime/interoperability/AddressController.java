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

package dev.realtime.interoperability;

import java.util.List;

import dev.realtime.hub.ClientProxy;
import dev.realtime.hub.HubCallerContext;
import dev.realtime.hub.HubContext;
import dev.realtime.hub.annotation.Hub;
import dev.realtime.hub.annotation.HubController;
import dev.realtime.hub.annotation.HubMethod;

/**
 * Who gets what. The clients listen to a method of a name of their own, so that tests do
 * not hear each other.
 */
@HubController("interop")
class AddressController {

	private final HubContext hub;

	AddressController(@Hub("interop") HubContext hub) {
		this.hub = hub;
	}

	@HubMethod
	void join(String group, HubCallerContext caller) {
		caller.join(group);
	}

	@HubMethod
	void leave(String group, HubCallerContext caller) {
		caller.leave(group);
	}

	@HubMethod
	void addUser(String user, String group) {
		this.hub.groups().addUser(user, group).join();
	}

	@HubMethod
	void tell(String whom, List<String> names, String method, String text, HubCallerContext caller) {
		target(whom, names, caller).send(method, text);
	}

	@HubMethod
	void close(String connectionId, String reason) {
		this.hub.connections().close(connectionId, reason).join();
	}

	private static ClientProxy target(String whom, List<String> names, HubCallerContext caller) {
		String id = caller.connectionId();
		return switch (whom) {
			case "all" -> caller.clients().all();
			case "allExcept" -> caller.clients().allExcept(names);
			case "caller" -> caller.clients().caller();
			case "others" -> caller.clients().others();
			case "client" -> caller.clients().client(names.get(0));
			case "clients" -> caller.clients().clients(names);
			case "group" -> caller.clients().group(names.get(0));
			case "groups" -> caller.clients().groups(names);
			case "groupExcept" -> caller.clients().groupExcept(names.get(0), id);
			case "othersInGroup" -> caller.clients().othersInGroup(names.get(0));
			case "user" -> caller.clients().user(names.get(0));
			case "users" -> caller.clients().users(names);
			case "userExcept" -> caller.clients().userExcept(names.get(0), id);
			default -> throw new IllegalArgumentException(whom);
		};
	}

}
