#!/usr/bin/env bash
#
# Copyright 2026-present the original author or authors.
#
# Licensed under the Apache License, Version 2.0 (the "License");
# you may not use this file except in compliance with the License.
# You may obtain a copy of the License at
#
#      https://www.apache.org/licenses/LICENSE-2.0
#
# Unless required by applicable law or agreed to in writing, software
# distributed under the License is distributed on an "AS IS" BASIS,
# WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
# See the License for the specific language governing permissions and
# limitations under the License.
#
# Compares the hub application with the STOMP application. See README.md.

set -euo pipefail
# Every background job leads a process group of its own, which can be ended as a whole.
set -m

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
loadgen_dir=${LOADGEN_DIR:?"set LOADGEN_DIR to the directory of loadgen.c and bench.py"}
java=${JAVA_HOME:?"set JAVA_HOME to the JDK to measure with"}/bin/java
java_opts=${JAVA_OPTS:--Xmx1g}
targets=${TARGETS:-stomp,hub}
scenarios=${SCENARIOS:-E1,E16,B128,B2k,R128}
rounds=${ROUNDS:-3}
secs=${SECS:-3}
warm=${WARM:-20}
work=${WORK_DIR:-$here/target/run}

groups=()

cleanup() {
	local status=$?
	trap - EXIT INT TERM HUP
	local i group attempt
	# In reverse: the load ends before what it is sent to.
	for ((i = ${#groups[@]} - 1; i >= 0; i--)); do
		group=${groups[i]}
		kill -TERM -- "-$group" 2>/dev/null || continue
		for attempt in {1..50}; do
			kill -0 -- "-$group" 2>/dev/null || continue 2
			sleep 0.2
		done
		kill -KILL -- "-$group" 2>/dev/null || true
	done
	rm -f "$work"/*.pid "$work"/*.port
	exit "$status"
}
trap cleanup EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

fail() {
	echo "$*" >&2
	exit 1
}

build_loadgen() {
	[[ -f $loadgen_dir/loadgen.c && -f $loadgen_dir/bench.py ]] || fail "No loadgen.c and bench.py in $loadgen_dir"
	# bench.py runs the binary beside it, and the source directory may be read-only.
	install -m 644 "$loadgen_dir/bench.py" "$work/bench.py"
	"${CC:-cc}" -O2 -Wall -o "$work/loadgen" "$loadgen_dir/loadgen.c"
}

# start <application>: runs dev.realtime.benchmarks.<application> on a port of its choice
start() {
	local name=$1 class=$1.${1^}Application
	rm -f "$work/$name.port"
	# shellcheck disable=SC2086
	"$java" $java_opts "-DPORTFILE=$work/$name.port" -cp "$here/target/classes:$here/target/lib/*" \
		"dev.realtime.benchmarks.$class" >"$work/$name.log" 2>&1 &
	local pid=$!
	groups+=("$pid")
	echo "$pid" >"$work/$name.pid"
	local attempt
	for attempt in {1..300}; do
		[[ -s $work/$name.port ]] && return
		kill -0 "$pid" 2>/dev/null || break
		sleep 0.2
	done
	tail -n 40 "$work/$name.log" >&2
	fail "The $name application did not start, see $work/$name.log"
}

# The STOMP application keeps loadgen's default endpoint and destinations, save that a
# broadcast goes through an annotated method, as it does in the hub application.
write_targets() {
	local netty=() stomp=() hub=()
	[[ ,$targets, == *,netty,* ]] && start netty && netty=(netty)
	[[ ,$targets, == *,stomp,* ]] && start stomp && stomp=(stomp)
	[[ ,$targets, == *,hub* ]] && start hub && hub=(hub hub-inline hub-mp)
	python3 - "$work" "${netty[@]}" "${stomp[@]}" "${hub[@]}" <<'PYTHON'
import json, pathlib, sys

work = pathlib.Path(sys.argv[1])
options = {
    'netty': ['--proto', 'signalr', '--path', '/hubs/bench'],
    'stomp': ['--proto', 'stomp', '--dest-bcast', '/app/broadcast'],
    'hub': ['--proto', 'signalr', '--path', '/hubs/bench'],
    'hub-inline': ['--proto', 'signalr', '--path', '/hubs/bench', '--echo', 'EchoInline'],
    'hub-mp': ['--proto', 'signalr-mp', '--path', '/hubs/bench'],
}

def target(name):
    application = name.split('-')[0]
    port = (work / f'{application}.port').read_text().strip()
    return {'name': name, 'pidfile': str(work / f'{application}.pid'), 'args': ['--port', port] + options[name]}

(work / 'targets.json').write_text(json.dumps([target(name) for name in sys.argv[2:]], indent=2))
PYTHON
}

[[ -d $here/target/classes && -d $here/target/lib ]] || fail "Build this module first, see $here/README.md"
mkdir -p "$work"
build_loadgen
write_targets
results=$work/$(date +%Y%m%d-%H%M%S).jsonl
"$java" -version 2>&1 | head -n 1
echo "java options: $java_opts; results: $results"
python3 "$work/bench.py" "$work/targets.json" "$results" --only "$targets" --ref stomp \
	--scenarios "$scenarios" --rounds "$rounds" --secs "$secs" --warm "$warm" &
groups+=("$!")
wait "$!"
