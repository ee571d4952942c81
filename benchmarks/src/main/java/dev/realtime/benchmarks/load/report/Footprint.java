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

package dev.realtime.benchmarks.load.report;

/**
 * What one idle connection takes.
 *
 * @param target the name of the target
 * @param connections how many connections were open
 * @param heapKilobytes the heap per connection after a collection
 * @param residentKilobytes the resident memory per connection
 * @param openedPerSecond how many connections were opened a second
 */
public record Footprint(String target, int connections, double heapKilobytes, double residentKilobytes,
		double openedPerSecond) {

}
