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

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The {@link Observation observations} of hubs.
 *
 * @since 0.1.0
 */
public enum HubObservationDocumentation implements ObservationDocumentation {

	/**
	 * A call of a client, from the first filter until it is over: with a value to come,
	 * or a stream, that is when it has ended.
	 */
	CALL {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultHubCallObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return KeyName.merge(LowCardinalityKeyNames.values(), CallLowCardinalityKeyNames.values());
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return HighCardinalityKeyNames.values();
		}

	},

	/**
	 * The handling of an event in the life of a connection, by filters and event
	 * handlers.
	 */
	CONNECTION_EVENT {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultConnectionEventObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return KeyName.merge(LowCardinalityKeyNames.values(), EventLowCardinalityKeyNames.values());
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return HighCardinalityKeyNames.values();
		}

	},

	/**
	 * A request that asks for a connection: a negotiation, or an upgrade without one.
	 */
	CONNECT {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultConnectObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return KeyName.merge(LowCardinalityKeyNames.values(), ConnectLowCardinalityKeyNames.values());
		}

	},

	/**
	 * A message that the application sends, until it is in the queues of its receivers on
	 * this node, and accepted by the backplane for those on others.
	 */
	SEND {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultSendObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return KeyName.merge(LowCardinalityKeyNames.values(), SendLowCardinalityKeyNames.values());
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return SendHighCardinalityKeyNames.values();
		}

	},

	/**
	 * A request to a webhook. What is tried again has another one.
	 */
	WEBHOOK {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultWebhookObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return KeyName.merge(LowCardinalityKeyNames.values(), WebhookLowCardinalityKeyNames.values());
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return KeyName.merge(HighCardinalityKeyNames.values(), WebhookHighCardinalityKeyNames.values());
		}

	};

	/**
	 * What is known of everything that is observed and has few values.
	 */
	public enum LowCardinalityKeyNames implements KeyName {

		/**
		 * The name of the hub.
		 */
		RPC_SERVICE {

			@Override
			public String asString() {
				return "rpc.service";
			}

		},

		/**
		 * How it has ended, one of {@link HubOutcome}. Not there before.
		 */
		OUTCOME {

			@Override
			public String asString() {
				return "outcome";
			}

			@Override
			public boolean isRequired() {
				return false;
			}

		},

		/**
		 * The class of the failure, of a call that the client was answered for, or
		 * {@code none}. Not there before the end.
		 */
		ERROR_TYPE {

			@Override
			public String asString() {
				return "error.type";
			}

			@Override
			public boolean isRequired() {
				return false;
			}

		}

	}

	/**
	 * What is known of a call and has few values.
	 */
	public enum CallLowCardinalityKeyNames implements KeyName {

		/**
		 * What the client speaks: {@code signalr} or {@code webpubsub}.
		 */
		RPC_SYSTEM {

			@Override
			public String asString() {
				return "rpc.system";
			}

		},

		/**
		 * The name of the method or of the event, as registered; {@code _OTHER} for all
		 * that do not exist.
		 */
		RPC_METHOD {

			@Override
			public String asString() {
				return "rpc.method";
			}

		}

	}

	/**
	 * What is known of an event and has few values.
	 */
	public enum EventLowCardinalityKeyNames implements KeyName {

		/**
		 * What the client speaks: {@code signalr} or {@code webpubsub}.
		 */
		RPC_SYSTEM {

			@Override
			public String asString() {
				return "rpc.system";
			}

		},

		/**
		 * The event: {@code connect}, {@code connected} or {@code disconnected}.
		 */
		EVENT {

			@Override
			public String asString() {
				return "realtime.event";
			}

		}

	}

	/**
	 * What is known of what happens to one connection and has many values.
	 */
	public enum HighCardinalityKeyNames implements KeyName {

		/**
		 * The public id of the connection.
		 */
		CONNECTION_ID {

			@Override
			public String asString() {
				return "realtime.connection.id";
			}

		}

	}

	/**
	 * What is known of a request for a connection and has few values.
	 */
	public enum ConnectLowCardinalityKeyNames implements KeyName {

		/**
		 * How the client asks: {@code negotiate} or {@code upgrade}.
		 */
		KIND {

			@Override
			public String asString() {
				return "realtime.connect.kind";
			}

		},

		/**
		 * The status the client is answered with. Not there before.
		 */
		STATUS {

			@Override
			public String asString() {
				return "http.response.status_code";
			}

			@Override
			public boolean isRequired() {
				return false;
			}

		}

	}

	/**
	 * What is known of a message of the application and has few values.
	 */
	public enum SendLowCardinalityKeyNames implements KeyName {

		/**
		 * Whom it is for: {@code all}, {@code group}, {@code user}, {@code connection} or
		 * {@code several}.
		 */
		TARGET {

			@Override
			public String asString() {
				return "realtime.target";
			}

		}

	}

	/**
	 * What is known of a message of the application and may have many values.
	 */
	public enum SendHighCardinalityKeyNames implements KeyName {

		/**
		 * The method that clients are to call, if the message names one.
		 */
		METHOD {

			@Override
			public String asString() {
				return "realtime.method";
			}

			@Override
			public boolean isRequired() {
				return false;
			}

		}

	}

	/**
	 * What is known of a request to a webhook and has few values.
	 */
	public enum WebhookLowCardinalityKeyNames implements KeyName {

		/**
		 * The URL of the webhook as configured, without its query.
		 */
		WEBHOOK {

			@Override
			public String asString() {
				return "realtime.webhook";
			}

		},

		/**
		 * The status of the answer, or {@code none}. Not there before.
		 */
		STATUS {

			@Override
			public String asString() {
				return "http.response.status_code";
			}

			@Override
			public boolean isRequired() {
				return false;
			}

		}

	}

	/**
	 * What is known of a request to a webhook and has many values.
	 */
	public enum WebhookHighCardinalityKeyNames implements KeyName {

		/**
		 * The name of the event.
		 */
		EVENT {

			@Override
			public String asString() {
				return "realtime.event";
			}

		}

	}

}
