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

package dev.realtime.event;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ConnectEventResponse} and {@link ConnectRejectedException}.
 */
class ConnectEventResponseTests {

	@Test
	void acceptChangesNothing() {
		ConnectEventResponse response = ConnectEventResponse.accept();
		assertThat(response.accepted()).isTrue();
		assertThat(response.rejection()).isNull();
		assertThat(response.userId()).isNull();
		assertThat(response.groups()).isEmpty();
		assertThat(response).hasToString("ConnectEventResponse[accepted]");
	}

	@Test
	void acceptWithUserAndGroups() {
		ConnectEventResponse response = ConnectEventResponse.accept().groups("lobby", "b").userId("ann").groups("a");
		assertThat(response.accepted()).isTrue();
		assertThat(response.userId()).isEqualTo("ann");
		assertThat(response.groups()).containsExactly("lobby", "b", "a");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(response.groups()::clear);
		assertThat(ConnectEventResponse.accept().groups()).isEmpty();
	}

	@Test
	void rejectHasStatusAndText() {
		ConnectEventResponse response = ConnectEventResponse.reject(401, "Sign in first");
		assertThat(response.accepted()).isFalse();
		ConnectRejectedException rejection = response.rejection();
		assertThat(rejection).isNotNull().hasMessage("Connection rejected with status 401: Sign in first");
		assertThat(rejection.getStatus()).isEqualTo(401);
		assertThat(rejection.getText()).isEqualTo("Sign in first");
		assertThat(response).hasToString("ConnectEventResponse[rejected with 401]");
	}

	@Test
	void rejectMayHaveNoText() {
		assertThat(new ConnectRejectedException(503, null)).hasMessage("Connection rejected with status 503");
	}

	@Test
	void rejectedConnectionHasNeitherUserNorGroups() {
		ConnectEventResponse response = ConnectEventResponse.reject(403, null);
		assertThatIllegalStateException().isThrownBy(() -> response.groups("lobby"));
		assertThatIllegalStateException().isThrownBy(() -> response.userId("ann"));
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " " })
	void groupsHaveNames(String group) {
		ConnectEventResponse response = ConnectEventResponse.accept();
		assertThatIllegalArgumentException().isThrownBy(() -> response.groups("lobby", group))
			.withMessage("'groups' must not contain empty names");
		assertThatIllegalArgumentException().isThrownBy(() -> response.groups((String[]) null));
	}

	@Test
	void statusMustBeAnError() {
		assertThatIllegalArgumentException().isThrownBy(() -> ConnectEventResponse.reject(399, null))
			.withMessage("'status' must be 400 to 599");
		assertThatIllegalArgumentException().isThrownBy(() -> new ConnectRejectedException(600, null))
			.withMessage("'status' must be 400 to 599");
	}

}
