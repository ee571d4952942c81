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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.util.FileSystemUtils;

/**
 * The applications that are running at the same time. They end with this process at the
 * latest.
 */
final class Servers implements AutoCloseable {

	private final Path directory;

	private final Map<TargetServer, ServerProcess> processes = new ConcurrentHashMap<>();

	private Servers() {
		try {
			this.directory = Files.createTempDirectory("benchmarks");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Start the applications of some targets, and wait until all of them listen.
	 * @param targets the targets
	 * @param jvmOptions the options of the JVMs
	 * @param arguments further arguments of the applications
	 * @return the applications
	 */
	static Servers start(List<Target> targets, List<String> jvmOptions, List<String> arguments) {
		Servers servers = new Servers();
		Runtime.getRuntime().addShutdownHook(new Thread(servers::close));
		try {
			for (Target target : targets) {
				servers.processes.computeIfAbsent(target.server(),
						(server) -> ServerProcess.start(server, jvmOptions, arguments, servers.directory));
			}
			servers.processes.values().forEach(ServerProcess::awaitPort);
			return servers;
		}
		catch (RuntimeException ex) {
			servers.close();
			throw ex;
		}
	}

	ServerProcess get(Target target) {
		ServerProcess process = this.processes.get(target.server());
		if (process == null) {
			throw new IllegalArgumentException("The application of " + target.name() + " was not started");
		}
		return process;
	}

	/**
	 * End the applications.
	 */
	@Override
	public void close() {
		this.processes.values().forEach(ServerProcess::close);
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
