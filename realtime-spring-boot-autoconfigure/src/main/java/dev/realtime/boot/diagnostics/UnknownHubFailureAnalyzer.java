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

package dev.realtime.boot.diagnostics;

import java.util.List;

import dev.realtime.hub.UnknownHubException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;

/**
 * Analyzes an {@link UnknownHubException}: lists the hubs there are, and suggests the one
 * that was probably meant.
 */
class UnknownHubFailureAnalyzer extends AbstractInjectionFailureAnalyzer<UnknownHubException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnknownHubException cause, @Nullable String description) {
		List<String> hubs = cause.getKnownHubs();
		String who = (description != null) ? description + " asked for the hub" : "The application asked for the hub";
		String known = hubs.isEmpty() ? "there are no hubs" : "the hubs there are: " + String.join(", ", hubs);
		return new FailureAnalysis("%s '%s', which does not exist; %s.".formatted(who, cause.getHub(), known),
				action(cause), cause);
	}

	private static String action(UnknownHubException cause) {
		String declare = "eclare the hub with @HubController(\"%s\") on a bean, or with a HubConfigurer."
			.formatted(cause.getHub());
		return Suggestions.nearest(cause.getHub(), cause.getKnownHubs())
			.map((name) -> "Did you mean '%s'? If not, d%s".formatted(name, declare))
			.orElse("D" + declare);
	}

}
