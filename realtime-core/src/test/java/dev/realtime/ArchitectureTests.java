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

package dev.realtime;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may know whom. A subpackage belongs to its top-level package.
 */
class ArchitectureTests {

	private static final String ROOT = "dev.realtime";

	private static final Map<String, Set<String>> KNOWS = Map.ofEntries(Map.entry("protocol", Set.of()),
			Map.entry("connection", Set.of("protocol")), Map.entry("backplane", Set.of("protocol")),
			Map.entry("hub", Set.of("protocol")), Map.entry("event", Set.of("protocol")),
			Map.entry("raw", Set.of("protocol")),
			Map.entry("lifetime", Set.of("connection", "backplane", "protocol", "hub", "event", "observation")),
			Map.entry("observation", Set.of("hub", "event", "protocol")),
			Map.entry("invocation",
					Set.of("hub", "event", "raw", "lifetime", "backplane", "connection", "protocol", "observation")),
			Map.entry("transport", Set.of("connection", "protocol")), Map.entry("web", Set.of("transport", "connection",
					"invocation", "lifetime", "hub", "event", "protocol", "observation")),
			Map.entry("security", Set.of("hub", "invocation", "web")));

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(ROOT);

	@ParameterizedTest
	@MethodSource("topLevelPackages")
	void packageKnowsOnly(String name) {
		String[] known = Stream.concat(Stream.of(name), KNOWS.get(name).stream())
			.map(ArchitectureTests::in)
			.toArray(String[]::new);
		classes().that()
			.resideInAPackage(in(name))
			.should()
			.onlyDependOnClassesThat(resideOutsideOfPackage(ROOT + "..").or(resideInAnyPackage(known)))
			.allowEmptyShould(true)
			.check(CLASSES);
	}

	static Set<String> topLevelPackages() {
		return new TreeSet<>(KNOWS.keySet());
	}

	@Test
	void everyTopLevelPackageIsListed() {
		Set<String> found = CLASSES.stream()
			.map((type) -> (type.getPackageName() + ".").substring(ROOT.length()).split("\\.")[1])
			.collect(Collectors.toSet());
		assertThat(found).isSubsetOf(KNOWS.keySet());
	}

	@Test
	void topLevelPackagesHaveNoCycles() {
		slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true).check(CLASSES);
	}

	@Test
	void everyPackageIsNullMarked() {
		Set<String> unmarked = CLASSES.stream()
			.map(JavaClass::getPackage)
			.filter((javaPackage) -> !javaPackage.isAnnotatedWith(NullMarked.class))
			.map(JavaPackage::getName)
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(unmarked).isEmpty();
	}

	@Test
	void nobodyKnowsSpringBoot() {
		nobodyKnows("org.springframework.boot..");
	}

	@Test
	void nobodyKnowsJackson2() {
		nobodyKnows("com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind..");
	}

	@Test
	void nobodyKnowsMeters() {
		nobodyKnows("io.micrometer.core..");
	}

	@Test
	void nettyStaysInItsTransport() {
		only(resideInAPackage("io.netty.."), "transport.netty");
	}

	@Test
	void jacksonStaysWhereJsonIs() {
		only(resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson.annotation.."), "protocol", "invocation",
				"web");
	}

	@Test
	void protobufStaysInTheProtocols() {
		only(resideInAPackage("com.google.protobuf.."), "protocol");
	}

	@Test
	void messagePackStaysInTheProtocols() {
		only(resideInAPackage("org.msgpack.."), "protocol");
	}

	@Test
	void queuesStayInTheConnection() {
		only(resideInAPackage("org.jctools.."), "connection");
	}

	@Test
	void tokensStayInTheWeb() {
		only(resideInAPackage("com.nimbusds.."), "web");
	}

	@Test
	void transactionsStayInTheLifetime() {
		only(resideInAPackage("org.springframework.transaction.."), "lifetime");
	}

	@Test
	void springSecurityStaysInSecurity() {
		only(resideInAPackage("org.springframework.security.."), "security");
	}

	@Test
	void servletAndWebSocketStayAtTheEdge() {
		only(resideInAnyPackage("jakarta.servlet..", "jakarta.websocket..", "org.springframework.http..",
				"org.springframework.web.."), "transport", "web", "security");
	}

	@Test
	void onlySpringCoreIsEverywhere() {
		DescribedPredicate<JavaClass> beyondSpringCore = resideInAPackage("org.springframework..")
			.and(resideOutsideOfPackages("org.springframework.aot..", "org.springframework.core..",
					"org.springframework.lang..", "org.springframework.util.."));
		only(beyondSpringCore, "hub", "event", "raw", "invocation", "lifetime", "transport", "web", "security");
	}

	private static void nobodyKnows(String... packages) {
		noClasses().should().dependOnClassesThat().resideInAnyPackage(packages).allowEmptyShould(true).check(CLASSES);
	}

	private static void only(DescribedPredicate<JavaClass> types, String... names) {
		noClasses().that()
			.resideOutsideOfPackages(Arrays.stream(names).map(ArchitectureTests::in).toArray(String[]::new))
			.should()
			.dependOnClassesThat(types)
			.allowEmptyShould(true)
			.check(CLASSES);
	}

	private static String in(String name) {
		return ROOT + "." + name + "..";
	}

}
