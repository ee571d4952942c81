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

package dev.realtime.boot;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.annotation.Bean;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may know whom, and what an auto-configuration looks like.
 */
class ArchitectureTests {

	private static final String ROOT = "dev.realtime";

	private static final String BOOT = ROOT + ".boot..";

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(ROOT);

	private static final JavaClasses BOOT_CLASSES = CLASSES.that(resideInAPackage(BOOT));

	@Test
	void nobodyKnowsBoot() {
		noClasses().that()
			.resideOutsideOfPackage(BOOT)
			.should()
			.dependOnClassesThat()
			.resideInAPackage(BOOT)
			.allowEmptyShould(true)
			.check(CLASSES);
	}

	@Test
	void nobodyKnowsJackson2() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage("com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind..")
			.allowEmptyShould(true)
			.check(BOOT_CLASSES);
	}

	@Test
	void everyPackageIsNullMarked() {
		Set<String> unmarked = BOOT_CLASSES.stream()
			.map(JavaClass::getPackage)
			.filter((javaPackage) -> !javaPackage.isAnnotatedWith(NullMarked.class))
			.map(JavaPackage::getName)
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(unmarked).isEmpty();
	}

	@Test
	void autoConfigurationsArePublicAndFinalAndNamedSo() {
		classes().that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL)
			.andShould()
			.haveSimpleNameEndingWith("AutoConfiguration")
			.andShould()
			.resideInAPackage(ROOT + ".boot.autoconfigure..")
			.allowEmptyShould(true)
			.check(BOOT_CLASSES);
	}

	@Test
	void nothingElseIsNamedSo() {
		classes().that()
			.haveSimpleNameEndingWith("AutoConfiguration")
			.should()
			.beAnnotatedWith(AutoConfiguration.class)
			.allowEmptyShould(true)
			.check(BOOT_CLASSES);
	}

	@Test
	void autoConfigurationsAreListed() {
		Set<String> found = BOOT_CLASSES.stream()
			.filter((type) -> type.isAnnotatedWith(AutoConfiguration.class))
			.map(JavaClass::getName)
			.collect(Collectors.toSet());
		Set<String> listed = ImportCandidates.load(AutoConfiguration.class, null)
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith(ROOT + "."))
			.collect(Collectors.toSet());
		assertThat(listed).isEqualTo(found);
	}

	@Test
	void beanMethodsArePackagePrivate() {
		methods().that()
			.areAnnotatedWith(Bean.class)
			.should()
			.bePackagePrivate()
			.allowEmptyShould(true)
			.check(BOOT_CLASSES);
	}

}
