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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Runs an application in a process of its own that ends when its standard input does, and
 * so with the driver, however that ends. Asked on the standard input, it answers on the
 * standard output; what the application prints goes to the standard error.
 */
public final class SupervisedApplication {

	/**
	 * Asks for the bytes of the heap in use after a collection.
	 */
	static final String HEAP = "heap";

	private SupervisedApplication() {
	}

	/**
	 * Run an application.
	 * @param args the class of the application, and its own arguments
	 * @throws ReflectiveOperationException if there is no such application, or it fails
	 */
	public static void main(String[] args) throws ReflectiveOperationException {
		PrintStream answers = System.out;
		System.setOut(System.err);
		Thread supervisor = new Thread(() -> supervise(answers), "supervisor");
		supervisor.setDaemon(true);
		supervisor.start();
		try {
			Class.forName(args[0])
				.getMethod("main", String[].class)
				.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
		}
		catch (InvocationTargetException ex) {
			ex.printStackTrace();
			Runtime.getRuntime().halt(1);
		}
	}

	private static void supervise(PrintStream answers) {
		try {
			BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			for (String question = questions.readLine(); question != null; question = questions.readLine()) {
				if (question.equals(HEAP)) {
					answers.println(heap());
				}
			}
		}
		catch (IOException ex) {
			// the driver is gone
		}
		finally {
			Runtime.getRuntime().halt(0);
		}
	}

	private static long heap() {
		// what the first collection enqueues for cleaning is gone after the second
		System.gc();
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

}
