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

package dev.realtime.boot.autoconfigure.servlet;

import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What the web server was told to let pass in paths for the sake of the REST API alone,
 * and would have refused otherwise.
 */
final class OpenedPaths implements Predicate<String> {

	static final Pattern SLASH = Pattern.compile("%2[fF]");

	static final Pattern BACKSLASH = Pattern.compile("%5[cC]");

	static final Pattern PERCENT = Pattern.compile("%25");

	/** Backslashes and control characters. */
	static final Pattern SUSPICIOUS = Pattern.compile("\\\\|%5[cC]|%[01][0-9a-fA-F]|%7[fF]");

	private final Set<Pattern> opened = new CopyOnWriteArraySet<>();

	void opened(Pattern pattern) {
		this.opened.add(pattern);
	}

	@Override
	public boolean test(String rawPath) {
		for (Pattern pattern : this.opened) {
			if (pattern.matcher(rawPath).find()) {
				return true;
			}
		}
		return false;
	}

}
