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

package dev.realtime.raw;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.stereotype.Component;

/**
 * A component that handles the connections to a path, or to several: a
 * {@link RawConnectionHandler}. Clients reach it over the transports of hubs, WebSocket,
 * server-sent events and long polling, negotiation included, but what they send is handed
 * on as it comes: there is no hub, no handshake and no protocol (SignalR, "connection
 * handler without hub").
 *
 * <pre class="code">
 * &#064;ConnectionController("/echo")
 * class Echo implements RawConnectionHandler {
 *
 *     &#064;Override
 *     public void onData(RawConnection connection, ByteBuffer data) {
 *         connection.send(data);
 *     }
 *
 * }
 * </pre>
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Component
public @interface ConnectionController {

	/**
	 * The paths clients connect to. Each is of this handler alone: neither another one
	 * nor a hub may have it. This is not the name of the bean.
	 * @return at least one path; starts with a slash, does not end with one
	 */
	String[] value();

}
